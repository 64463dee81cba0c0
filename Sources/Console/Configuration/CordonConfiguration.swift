internal import Conduct
internal import DomainNames
public import Enforcement
internal import Foundation
public import Gate
internal import TransparencyLog

/// All settings, checked as a whole: nothing starts with half a configuration.
public struct CordonConfiguration: Sendable {
  /// The name that a new log gets.
  public var origin: String
  /// Where the gate listens.
  public var listeners: [ListenAddress]
  /// UDP threads on each address.
  public var workers: Int
  /// Whether each of them keeps to one processor, and takes the queries that come in there.
  public var pinsWorkers: Bool
  /// Who resolves allowed names.
  public var upstream: Upstream
  /// Octets for resolved answers.
  public var cacheOctets: Int
  /// Addresses of the block page.
  public var blockPage: BlockPageAddresses
  /// The same as texts.
  public var blockPageTexts: [String]
  /// Where the console listens.
  public var console: ListenAddress
  /// How people reach the console, without a slash at the end.
  public var consoleURL: String
  /// Scope of a bare name.
  public var defaultScope: Scope
  /// Folder of the policies; nil for the one beside the program.
  public var policies: String?
  /// The public suffix list.
  public var suffixList: String
  /// File of popular names, if any.
  public var popularity: String?
  /// The operator's own names.
  public var ownNames: [String]
  /// Names that nothing blocks.
  public var protected: [String]
  /// Who may ask the gate, and how much.
  var clients: ClientConfiguration
  /// Who answers for blocks.
  var respondent: Respondent
  /// File with the certificates to trust for resolvers reached by TLS; nil for the system's.
  public var upstreamAuthorities: String?
  /// Hours past its time for which a resolved answer may be used.
  public var staleHours: Int
  /// When the brake acts.
  public var brake: BrakeConfiguration
  /// The gate's doors for streams.
  var doors: DoorConfiguration
  /// How notices are written and sent.
  var notices: NoticeConfiguration
  /// How sites are watched.
  public var watch: WatchConfiguration
  /// How sanctions reach platforms.
  let conduct: ConductConfiguration
  /// Where reports on accounts go.
  let reports: ReportSettings

  /// Who resolves allowed names.
  public enum Upstream: Sendable, Hashable {
    case system
    case chosen(UpstreamChoice)
  }

  /// Reads a file, if there is one, and the environment; what neither sets is as in
  /// `cordon.example.yaml`.
  ///
  /// - Parameters:
  ///   - path: the file; nil for `cordon.yaml` where there is one.
  ///   - environment: the environment variables.
  /// - Returns: the settings.
  /// - Throws: ``ConfigurationFault`` with the place of the first fault.
  public static func load(
    path: String?, environment: [String: String]
  ) throws(ConfigurationFault) -> CordonConfiguration {
    var values = ConfigurationValues()
    try values.readStandards()
    let chosen =
      path ?? (FileManager.default.fileExists(atPath: "cordon.yaml") ? "cordon.yaml" : nil)
    if let chosen {
      guard let octets = FileManager.default.contents(atPath: chosen) else {
        throw ConfigurationFault(
          place: chosen, line: nil, reason: "the file is not there, or may not be read")
      }
      guard let text = String(validating: octets, as: UTF8.self) else {
        throw ConfigurationFault(place: chosen, line: nil, reason: "the file is not UTF-8")
      }
      try values.read(yaml: text, fileName: chosen)
    }
    try values.read(environment: environment)
    return try CordonConfiguration(values)
  }
}

extension CordonConfiguration {
  init(_ values: ConfigurationValues) throws(ConfigurationFault) {
    let reader = SettingReader(values: values)
    origin = try reader.one("log.origin", Self.logName, "no name for a log")
    listeners = try reader.each("gate.listen", ListenAddress.init, "no address with a port")
    workers = reader.number("gate.workers")
    pinsWorkers = reader.word("gate.pin_workers") == "true"
    cacheOctets = reader.number("gate.cache_mebibytes") << 20
    blockPage = try reader.blockPage("gate.block_page")
    blockPageTexts = reader.list("gate.block_page")
    console = try reader.one("console.listen", ListenAddress.init, "no address with a port")
    let url = reader.word("console.url")
    consoleURL = url.isEmpty ? "http://\(console)" : url.trimmingSuffix("/")
    defaultScope = try reader.one("orders.default_scope", Scope.init(rawValue:), "no scope")
    policies = reader.optional("assessment.policies")
    suffixList = reader.word("assessment.suffix_list")
    popularity = reader.optional("assessment.popularity")
    ownNames = try reader.each("assessment.own_names", Self.name, "no domain name")
    protected = try reader.each("protected", Self.name, "no domain name")
    upstream = try reader.upstream()
    clients = try reader.clients()
    respondent = try reader.respondent()
    upstreamAuthorities = reader.optional("gate.upstream_authorities")
    staleHours = reader.number("gate.stale_hours")
    brake = reader.brake()
    doors = try reader.doors()
    notices = try reader.notices()
    watch = try reader.watch(contact: consoleURL)
    conduct = try reader.conduct()
    reports = try reader.reports()
  }

  private static func logName(_ text: String) -> String? {
    (try? KeyName(text)) == nil ? nil : text
  }

  private static func name(_ text: String) -> String? {
    (try? DomainName(international: text)).map { "\($0)" }
  }
}

/// Reads values that were checked for their kind, and checks what they say.
struct SettingReader {
  let values: ConfigurationValues

  func word(_ path: String) -> String {
    guard case .word(let word) = values.values[path]?.content else { return "" }
    return word
  }

  func optional(_ path: String) -> String? {
    let word = word(path)
    return word.isEmpty ? nil : word
  }

  func number(_ path: String) -> Int { Int(word(path)) ?? 0 }

  func list(_ path: String) -> [String] {
    guard case .list(let list) = values.values[path]?.content else { return [] }
    return list
  }

  func map(_ path: String) -> [(String, String)] {
    guard case .map(let map) = values.values[path]?.content else { return [] }
    return map
  }

  func one<Value>(
    _ path: String, _ read: (String) -> Value?, _ wrong: String
  ) throws(ConfigurationFault) -> Value {
    guard let value = read(word(path)) else { throw fault(path, word(path), wrong) }
    return value
  }

  func each<Value>(
    _ path: String, _ read: (String) -> Value?, _ wrong: String
  ) throws(ConfigurationFault) -> [Value] {
    try list(path).map { text throws(ConfigurationFault) in
      guard let value = read(text) else { throw fault(path, text, wrong) }
      return value
    }
  }

  func blockPage(_ path: String) throws(ConfigurationFault) -> BlockPageAddresses {
    var page = BlockPageAddresses()
    for text in list(path) {
      guard let octets = BlockPageAddresses.octets(of: text) else {
        throw fault(path, text, "no IPv4 or IPv6 address")
      }
      if octets.count == 4 { page.ipv4 = octets } else { page.ipv6 = octets }
    }
    return page
  }

  func upstream() throws(ConfigurationFault) -> CordonConfiguration.Upstream {
    guard case .word(let word) = values.values["gate.upstream"]?.content else {
      let servers = try each(
        "gate.upstream", { UpstreamChoice.isResolver($0) ? $0 : nil }, "no address of a resolver")
      return .chosen(
        .forward(servers, authorities: optional("gate.upstream_authorities")))
    }
    guard word == "recursive" else { return .system }
    var recursion = UpstreamChoice.Recursion(
      trustAnchorFile: self.word("gate.recursion.trust_anchor"),
      rootHintsFile: optional("gate.recursion.root_hints"))
    for (zone, address) in map("gate.recursion.stubs") {
      recursion.stubs[zone, default: []].append(address)
    }
    return .chosen(.recursive(recursion))
  }

  func fault(_ path: String, _ text: String, _ wrong: String) -> ConfigurationFault {
    let value = values.values[path]
    return ConfigurationFault(
      place: value?.place ?? path, line: value?.line,
      reason: "\(path) has \"\(text)\", which is \(wrong)")
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
