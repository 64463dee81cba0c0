public import Egress

/// What a site's robots.txt says to one crawler (RFC 9309).
///
/// Pure: a value made from the file's octets. When to fetch the file, and what its absence means,
/// is ``RobotsFile``'s matter.
public struct RobotsRules: Sendable, Hashable {
  /// What is said of an address, and by which line.
  public struct Decision: Sendable, Hashable {
    /// Whether the address may be asked.
    public var isAllowed: Bool
    /// The line that decided, such as `Disallow: /admin`; nil where none matched.
    public var rule: String?
  }

  /// One `Allow` or `Disallow` line.
  struct Rule: Sendable, Hashable {
    var allows: Bool
    var pattern: RobotsPattern
  }

  /// The longest delay that is believed; a site that asks for more is read once a day.
  public static let longestDelay = Duration.seconds(86_400)

  let rules: [Rule]
  /// How long to wait between two requests, where the file says so.
  public let crawlDelay: Duration?
  /// The addresses of the site's sitemaps, as written.
  public let sitemaps: [String]

  /// No rule at all: everything may be asked.
  public static let allowAll = RobotsRules(rules: [], crawlDelay: nil, sitemaps: [])

  /// Nothing may be asked.
  public static let disallowAll = RobotsRules(
    rules: [Rule(allows: false, pattern: RobotsPattern("/"))], crawlDelay: nil, sitemaps: [])

  init(rules: [Rule], crawlDelay: Duration?, sitemaps: [String]) {
    self.rules = rules
    self.crawlDelay = crawlDelay
    self.sitemaps = sitemaps
  }

  /// Whether an address may be asked.
  public func allows(_ url: WebURL) -> Bool { decision(on: url).isAllowed }

  /// Whether an address may be asked, and which line says so.
  ///
  /// The longest pattern decides, and of two as long the one that allows (RFC 9309, Section
  /// 2.2.2). The robots.txt itself may always be asked.
  public func decision(on url: WebURL) -> Decision {
    guard url.path != "/robots.txt" else { return Decision(isAllowed: true, rule: nil) }
    guard !rules.isEmpty else { return Decision(isAllowed: true, rule: nil) }
    let target = RobotsPattern.subject(url)
    var effort = RobotsPattern.effortLimit
    var best: Rule?
    for rule in rules {
      if let best {
        guard rule.pattern.length >= best.pattern.length else { continue }
        guard rule.pattern.length > best.pattern.length || rule.allows else { continue }
      }
      guard rule.pattern.matches(target, effort: &effort) else { continue }
      best = rule
    }
    // Patterns made to be slow do not buy an answer.
    guard effort > 0 else { return Decision(isAllowed: false, rule: nil) }
    guard let best else { return Decision(isAllowed: true, rule: nil) }
    return Decision(
      isAllowed: best.allows,
      rule: "\(best.allows ? "Allow" : "Disallow"): \(best.pattern.text)")
  }
}
