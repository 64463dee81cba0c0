internal import Egress

/// Reading robots.txt (RFC 9309, Section 2.2).
extension RobotsRules {
  /// How much of a file is read (RFC 9309, Section 2.5).
  public static let sizeLimit = 500 << 10
  /// How many rules for one crawler are kept.
  static let ruleLimit = 20_000
  /// How many sitemaps are kept.
  static let sitemapLimit = 100

  /// Reads a file.
  ///
  /// Rules of all groups for the crawler are taken together; where no group names it, those for
  /// `*`. What cannot be read is passed over.
  ///
  /// - Parameters:
  ///   - octets: the file; what is past the limit on its size is not read.
  ///   - product: the crawler's product token, such as `cordon`.
  public init(_ octets: [UInt8], for product: String) {
    var reader = RobotsReader(product: product)
    var rest = octets.prefix(Self.sizeLimit)
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    while !rest.isEmpty {
      let line = rest.prefix { $0 != 0x0A && $0 != 0x0D }
      reader.read(line)
      rest = rest[line.endIndex...].dropFirst()
    }
    self = reader.rules
  }
}

/// The state between two lines.
private struct RobotsReader {
  /// Whose group the lines are in.
  private struct Audience: OptionSet {
    let rawValue: Int
    static let product = Audience(rawValue: 1)
    static let everyone = Audience(rawValue: 2)
  }

  private struct Group {
    var isNamed = false
    var rules: [RobotsRules.Rule] = []
    var delay: Duration?
  }

  private let product: String
  private var audience: Audience = []
  private var isNaming = false
  private var own = Group()
  private var general = Group()
  private var sitemaps: [String] = []

  init(product: String) {
    self.product = product.lowercased()
  }

  var rules: RobotsRules {
    let group = own.isNamed ? own : general
    return RobotsRules(rules: group.rules, crawlDelay: group.delay, sitemaps: sitemaps)
  }

  mutating func read(_ line: ArraySlice<UInt8>) {
    let line = line.prefix { $0 != UInt8(ascii: "#") }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return }
    let value = Self.trimmed(line[(colon + 1)...])
    switch String(decoding: Self.trimmed(line[..<colon]).prefix(20), as: UTF8.self).lowercased() {
    case "user-agent", "useragent", "user agent":
      name(value)
    case "allow":
      add(value, allows: true)
    case "disallow":
      add(value, allows: false)
    case "crawl-delay":
      delay(value)
    case "sitemap":
      guard sitemaps.count < RobotsRules.sitemapLimit, !value.isEmpty,
        value.count <= WebURL.maximumLength
      else { return }
      sitemaps.append(String(decoding: value, as: UTF8.self))
    default:
      return
    }
  }

  /// A line that says whom the group is for; the first after a rule begins a new group.
  private mutating func name(_ value: ArraySlice<UInt8>) {
    if !isNaming { audience = [] }
    isNaming = true
    if value.first == UInt8(ascii: "*") {
      audience.insert(.everyone)
      return
    }
    // Some write a version behind the token; it says nothing.
    let token = value.prefix { octet in
      switch octet {
      case 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
      default: false
      }
    }
    guard String(decoding: token, as: UTF8.self).lowercased() == product else { return }
    audience.insert(.product)
    own.isNamed = true
  }

  private mutating func add(_ value: ArraySlice<UInt8>, allows: Bool) {
    isNaming = false
    // An empty pattern matches nothing.
    guard !value.isEmpty, value.count <= 2 * WebURL.maximumLength else { return }
    var text = String(decoding: value, as: UTF8.self)
    if value.first != UInt8(ascii: "/"), value.first != UInt8(ascii: "*") { text = "/" + text }
    let rule = RobotsRules.Rule(allows: allows, pattern: RobotsPattern(text))
    if audience.contains(.product), own.rules.count < RobotsRules.ruleLimit {
      own.rules.append(rule)
    }
    if audience.contains(.everyone), general.rules.count < RobotsRules.ruleLimit {
      general.rules.append(rule)
    }
  }

  private mutating func delay(_ value: ArraySlice<UInt8>) {
    isNaming = false
    guard let seconds = Double(String(decoding: value.prefix(20), as: UTF8.self)),
      seconds.isFinite, seconds >= 0
    else { return }
    let delay = min(.milliseconds(Int64(min(seconds, 1e6) * 1000)), RobotsRules.longestDelay)
    if audience.contains(.product) { own.delay = max(own.delay ?? .zero, delay) }
    if audience.contains(.everyone) { general.delay = max(general.delay ?? .zero, delay) }
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = text.drop { $0 <= 0x20 }
    while let last = text.last, last <= 0x20 { text = text.dropLast() }
    return text
  }
}
