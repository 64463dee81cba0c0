internal import Egress
internal import Enforcement
internal import Records

/// Reads a host's robots.txt.
struct RobotsErrand: Sendable {
  let tools: CrawlTools
  let settings: CrawlSettings
  let clock: @Sendable () -> Instant

  /// The most site maps of a host that are read.
  private static let sitemapLimit = 8

  /// What a host's robots.txt said when it was last read; nil where it must be read again.
  static func rules(of host: HostEntry, for product: String) -> RobotsRules? {
    switch host.robots {
    case .rules(let octets): RobotsRules(octets, for: product)
    case .none: .allowAll
    case .unknown, .unreachable: nil
    }
  }

  func read(_ origin: String, previous: RobotsRules?) async -> ErrandReport.Result {
    let outcome = await tools.fetcher.fetch(FetchRequest(url: "\(origin)/robots.txt"))
    guard !Task.isCancelled else { return .abandoned }
    let now = clock()
    let known = previous.map { RobotsFile(rules: $0, state: .found, end: now) }
    let file = RobotsFile(outcome, for: settings.product, at: now, previous: known)
    var host = HostEntry(
      origin: origin, robotsRead: now, robotsUntil: file.end, next: now + settings.courtesy.delay)
    var conduct = HostConduct.answered
    var rules: RobotsRules? = file.rules
    switch file.state {
    case .found:
      host.robots = .rules(outcome.content)
    case .unavailable:
      host.robots = .none
    case .unreachable:
      conduct = .silent("robots.txt cannot be had: \(outcome.reason)")
      host.robots = .unreachable(outcome.reason)
      host.failures = 1
      host.next = file.end
      if previous == nil { rules = nil }
    }
    return .robots(host, rules, conduct, sitemaps: sitemaps(file.rules, origin, at: now))
  }

  /// The site maps that a host names, or the place where one usually lies.
  private func sitemaps(
    _ rules: RobotsRules, _ origin: String, at moment: Instant
  ) -> [PageEntry] {
    rules.sitemaps.prefix(Self.sitemapLimit).compactMap { text in
      guard let url = try? WebURL.canonical(text), url.hasPrefix("\(origin)/") else { return nil }
      return PageEntry(found: url, kind: .sitemap, depth: 1, rank: PageRank.sitemap, at: moment)
    }
  }
}

extension FetchOutcome {
  /// The text of what came.
  fileprivate var content: [UInt8] {
    switch self {
    case .fetched(let page): page.content
    case .notModified, .failed: []
    }
  }

  /// Why nothing usable came.
  fileprivate var reason: String {
    switch self {
    case .fetched(let page): "status \(page.status)"
    case .notModified: "not modified"
    case .failed(let failure, _): failure.description
    }
  }
}
