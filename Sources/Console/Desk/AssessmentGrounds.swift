internal import DomainNames
internal import Enforcement
internal import Foundation
internal import Interchange
internal import Synchronization
internal import TransparencyLog

/// Reads what assessments rest on from the files that the configuration names, once.
///
/// Without them nothing is assessed: an order taken in without a guard list could block anything.
final class AssessmentGrounds: Sendable {
  private let configuration: CordonConfiguration
  private let loaded = Mutex<AssessmentBasis?>(nil)
  private let loadedSuffixes = Mutex<PublicSuffixes?>(nil)

  init(_ configuration: CordonConfiguration) {
    self.configuration = configuration
  }

  func basis() throws -> AssessmentBasis {
    try loaded.withLock { loaded in
      if let loaded { return loaded }
      let basis = try load()
      loaded = basis
      return basis
    }
  }

  /// The public suffix list alone, for those who need no more.
  func suffixes() throws -> PublicSuffixes {
    try loadedSuffixes.withLock { loaded in
      if let loaded { return loaded }
      let suffixes = try PublicSuffixes(
        list: try octets(of: configuration.suffixList, what: "the public suffix list"))
      loaded = suffixes
      return suffixes
    }
  }

  /// The names that the gate never blocks: the operator's list, and those that devices need to work,
  /// also where an order in force names something above them.
  func protectedAtGate() throws -> [DomainName] {
    let basis = try basis()
    return basis.protectedNames + basis.guardList.entries(of: .essential).map(\.name).sorted()
  }

  /// What tells the names of ``protectedAtGate()`` from others: a digest of the files that they come
  /// from, and of the settings.
  func protectionsDigest() throws -> String {
    var octets: [UInt8] = []
    for file in try guardFiles() { octets += try self.octets(of: file, what: "a guard list") }
    octets += configuration.protected.joined(separator: "\n").utf8
    return TreeHash.leaf(octets).hex
  }

  private func load() throws -> AssessmentBasis {
    let contestHost = URL(string: configuration.consoleURL)?.host()
    let own = configuration.ownNames + [contestHost].compactMap(\.self)
    return AssessmentBasis(
      suffixes: try suffixes(),
      guardList: GuardList(try guardEntries()),
      popular: try popularNames(),
      ownNames: own.compactMap { try? DomainName(presentation: $0) }.filter { $0.labelCount > 1 },
      protectedNames: configuration.protected.compactMap { try? DomainName(presentation: $0) })
  }

  private func guardEntries() throws -> [GuardEntry] {
    try guardFiles().flatMap { path in
      try GuardFile.read(
        try octets(of: path, what: "a guard list"),
        fileName: URL(fileURLWithPath: path).lastPathComponent)
    }
  }

  private func guardFiles() throws -> [String] {
    let folder = try PolicyFolder.locate(configuration.policies) + "/guard"
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let lists = files.filter { $0.hasSuffix(".yaml") }.sorted()
    guard !lists.isEmpty else {
      throw DeskFault("there are no guard lists in \(folder): set assessment.policies")
    }
    return lists.map { folder + "/" + $0 }
  }

  private func popularNames() throws -> PopularNames {
    guard let path = configuration.popularity else { return PopularNames(ranked: []) }
    let file = try PopularityFile.read(try octets(of: path, what: "the file of popular names"))
    return PopularNames(ranked: file.names)
  }

  private func octets(of path: String, what: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw DeskFault(
        "\(what) is not at \(path), or may not be read: nothing is assessed without it")
    }
    return Array(data)
  }
}

/// Finds the folder of policies and examples that belongs to this program.
enum PolicyFolder {
  /// The folder that is set, or the nearest `Policies` above the program or the working directory.
  static func locate(_ configured: String?) throws -> String {
    if let configured { return configured }
    guard let folder = beside("Policies") else {
      throw DeskFault("the folder Policies is not found: name it under assessment.policies")
    }
    return folder
  }

  /// A file or folder of the program's own, wherever it is installed.
  static func beside(_ name: String) -> String? {
    let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    var starts = [program.deletingLastPathComponent()]
    while let last = starts.last, last.path != "/" {
      starts.append(last.deletingLastPathComponent())
    }
    let places =
      starts.flatMap { [$0, $0.appendingPathComponent("share/cordon")] }
      + [URL(fileURLWithPath: FileManager.default.currentDirectoryPath)]
    return places.map { $0.appendingPathComponent(name).path }
      .first { FileManager.default.fileExists(atPath: $0) }
  }
}
