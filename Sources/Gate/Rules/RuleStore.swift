internal import DomainNames
internal import Foundation

/// A file beside the record that keeps the compiled names, so that a restart need not read them again.
///
/// It only saves time. What is enforced comes from the record: the file says which wording of which
/// order its names are from, and an order is taken from it only where the record has that wording in
/// force. A file that is damaged, of another version or another record is made anew.
///
/// The file is written beside its place and renamed, so there is always a whole one or none.
public struct RuleStore: Sendable {
  /// Where the file is.
  public let path: String

  /// Keeps the names in a file.
  public init(path: String) {
    self.path = path
  }

  /// What is kept with the names.
  struct Notes: Codable, Equatable {
    /// An order whose names the index has; its place is its slot.
    struct Kept: Codable, Equatable {
      var order: String
      var version: Int
      var identity: String
    }

    /// By slot; nil for an order whose names cannot be known again.
    var orders: [Kept?]
    /// The slots of each rule number.
    var sets: [[Int]]
    /// What the protections of the index were made from.
    var protections: String

    var encoded: [UInt8] { (try? JSONEncoder().encode(self)).map { Array($0) } ?? [] }

    /// Whether all places that are named exist.
    var isConsistent: Bool { sets.joined().allSatisfy(orders.indices.contains) }
  }

  /// An index with what was kept beside it.
  struct Contents {
    let index: NameIndex
    let notes: Notes
  }

  /// Reads the file, and checks all of it.
  ///
  /// - Returns: nil where there is no file.
  /// - Throws: why it cannot be used.
  func load() throws -> Contents? {
    guard let file = try MappedFile(reading: path, isReadAtOnce: true) else { return nil }
    let index = try file.index(isTrusted: false)
    let notes = try JSONDecoder().decode(Notes.self, from: Data(index.notes))
    guard notes.isConsistent else {
      throw RuleStoreFault(path: path, reason: "its notes name orders that it does not have")
    }
    return Contents(index: index, notes: notes)
  }

  /// Writes an index in the place of the one that is there, and maps it.
  ///
  /// - Parameters:
  ///   - builder: the names.
  ///   - plan: what else the index is made of.
  ///   - suffix: of the file while it is written. Who may write at the same time has another.
  /// - Returns: the index, mapped.
  /// - Throws: what the system or the spill says.
  func write(
    _ builder: consuming NameIndex.Builder, _ plan: NameIndex.Plan, suffix: String
  ) throws -> NameIndex {
    let file = try FileWriter(path: path + suffix, headerSize: 128)
    let header = try builder.write(plan) { chunk throws(RuleStoreFault) in try file.append(chunk) }
    return try file.finish(header: header, renamingTo: path).index(isTrusted: true)
  }

  /// Room outside of memory for names on their way into the file.
  func spill(suffix: String) -> (any NameSpill)? {
    try? SpillFile(path: path + suffix + ".spill")
  }
}

/// Why the file of compiled names cannot be read or written.
struct RuleStoreFault: Error, CustomStringConvertible {
  let path: String
  let reason: String

  var description: String { "\(path): \(reason)" }
}
