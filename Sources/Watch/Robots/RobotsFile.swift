public import Egress
public import Enforcement

/// A site's robots.txt as it was last fetched, and how long that counts (RFC 9309, Section 2.3).
public struct RobotsFile: Sendable, Hashable {
  /// How the fetch went.
  public enum State: Sendable, Hashable {
    /// It was there.
    case found
    /// There is none, or it may not be had: everything may be asked.
    case unavailable
    /// The site did not answer properly: nothing may be asked, or what an older copy says.
    case unreachable
  }

  /// How long a file counts (RFC 9309, Section 2.4).
  public static let lifetime = Duration.seconds(86_400)
  /// How long a site that did not answer is left alone.
  public static let pause = Duration.seconds(3_600)
  /// How many redirects are followed (RFC 9309, Section 2.3.1.2).
  public static let redirectLimit = 5

  /// What it says.
  public let rules: RobotsRules
  /// How the fetch went.
  public let state: State
  /// From when on it must be fetched anew.
  public let end: Instant

  /// Takes the parts, as they were kept.
  public init(rules: RobotsRules, state: State, end: Instant) {
    self.rules = rules
    self.state = state
    self.end = end
  }

  /// Whether it still counts.
  public func isFresh(at time: Instant) -> Bool { time < end }

  /// Judges a fetch of `/robots.txt`.
  ///
  /// - Parameters:
  ///   - outcome: what came of it.
  ///   - product: the crawler's product token.
  ///   - time: when it was fetched.
  ///   - previous: the copy at hand; it goes on where the site does not answer.
  public init(
    _ outcome: FetchOutcome, for product: String, at time: Instant, previous: RobotsFile? = nil
  ) {
    switch outcome {
    case .fetched(let page):
      self.init(page, for: product, at: time, previous: previous)
    case .notModified:
      let rules = previous?.rules ?? .allowAll
      self.init(rules: rules, state: .found, end: time + Self.lifetime)
    case .failed(let failure, _):
      switch failure {
      case .tooManyRedirects, .redirectLoop:
        self.init(rules: .allowAll, state: .unavailable, end: time + Self.lifetime)
      case .refusedAddress, .unresolved, .unreachable, .timedOut, .tooLarge, .badResponse, .tls,
        .badURL:
        self.init(unreachableAt: time, previous: previous)
      }
    }
  }

  private init(
    _ page: FetchedPage, for product: String, at time: Instant, previous: RobotsFile?
  ) {
    let end = time + Self.lifetime
    if page.hops.count > Self.redirectLimit + 1 {
      self.init(rules: .allowAll, state: .unavailable, end: end)
      return
    }
    switch page.status {
    case 200...299:
      self.init(rules: RobotsRules(page.content, for: product), state: .found, end: end)
    case 429, 500...599:
      self.init(unreachableAt: time, previous: previous)
    default:
      self.init(rules: .allowAll, state: .unavailable, end: end)
    }
  }

  private init(unreachableAt time: Instant, previous: RobotsFile?) {
    let rules = previous.map(\.rules) ?? .disallowAll
    self.init(rules: rules, state: .unreachable, end: time + Self.pause)
  }
}

extension WebURL {
  /// The address of the robots.txt that speaks for this one: same scheme, host and port.
  public var robots: String { origin + "/robots.txt" }
}
