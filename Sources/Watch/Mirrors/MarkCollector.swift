internal import Detection
internal import Egress
internal import Enforcement
internal import Foundation
internal import Records

/// Takes down what marks a site, from its start page as the crawl sees it.
///
/// The page's template, scripts and links cost no request. The icon and a few scripts of the site's
/// own are asked for once in a while, each after the host's usual pause and only where its rules
/// allow it.
struct MarkCollector: Sendable {
  /// How long the icon and scripts count as known.
  static let freshness = Duration.seconds(7 * 86_400)
  /// The most scripts that are asked for.
  static let scriptLimit = 3
  /// The most octets of an icon or a script.
  static let octetLimit = 2 << 20

  let fetcher: any Fetching
  let store: WatchStore
  let clock: @Sendable () -> Instant

  /// A start page, as it was seen.
  struct Sighting: Sendable {
    var site: Site
    /// The page's markup; nil where the site led away.
    var markup: [UInt8]?
    /// Where the page ended up.
    var url: WebURL
    /// The names in the certificate that the site showed; empty where it showed none.
    var certificateNames: Set<String> = []
    var rules: RobotsRules
    /// The pause that the host is given between two requests.
    var delay: Duration
  }

  /// What marks the site now; nil where the store has it so already.
  func mark(from sighting: Sighting) async throws -> MarkEntry? {
    let name = sighting.site.description
    let before = try await store.mark(of: name)
    let known = before.flatMap { SiteMark(body: $0.body) }
    var mark = SiteMark(SiteFingerprint(site: name))
    if let markup = sighting.markup {
      mark.fingerprint = SiteFingerprint(reading: markup, of: name)
    }
    mark.fingerprint.certificateNames = sighting.certificateNames
    let host = sighting.url.host.description
    if sighting.markup == nil, host != sighting.site.host { mark.fingerprint.redirects = [host] }
    let now = clock()
    if let known, now.duration(since: known.fetched) < Self.freshness {
      mark.fingerprint.icon = known.fingerprint.icon
      mark.fingerprint.scripts.formUnion(known.own)
      (mark.own, mark.fetched) = (known.own, known.fetched)
    } else if let markup = sighting.markup {
      await ask(markup, sighting, &mark)
      mark.fetched = now
    }
    guard !Task.isCancelled, mark != known, let body = mark.body else { return nil }
    return MarkEntry(site: name, taken: now, body: body)
  }

  /// Asks for the icon, and for scripts of the site's own whose name says nothing.
  private func ask(_ markup: [UInt8], _ sighting: Sighting, _ mark: inout SiteMark) async {
    for icon in SiteFingerprint.icons(in: markup).prefix(1) {
      guard let octets = await fetch(icon, sighting) else { continue }
      mark.fingerprint.icon = SiteFingerprint.digest(of: octets)
    }
    let sources = SiteFingerprint.scriptSources(in: markup).filter { source in
      (try? WebURL(source, relativeTo: sighting.url))?.host == sighting.url.host
    }
    for source in sources.prefix(Self.scriptLimit) {
      guard let octets = await fetch(source, sighting) else { continue }
      mark.own.insert(SiteFingerprint.digest(of: octets))
    }
    mark.fingerprint.scripts.formUnion(mark.own)
  }

  /// The octets of something on a page; nil where there is nothing to compare.
  private func fetch(_ text: String, _ sighting: Sighting) async -> [UInt8]? {
    guard let url = try? WebURL(text, relativeTo: sighting.url),
      url.host == sighting.url.host, sighting.rules.decision(on: url).isAllowed
    else { return nil }
    try? await Task.sleep(for: sighting.delay)
    guard !Task.isCancelled,
      case .fetched(let answer) = await fetcher.fetch(FetchRequest(url: url.text)),
      answer.status == 200, !answer.isTruncated, let body = answer.hops.last?.body,
      (16...Self.octetLimit).contains(body.count)
    else { return nil }
    return body
  }
}

/// What is kept of a site: its fingerprint, and what of it took requests of its own.
struct SiteMark: Sendable, Hashable, Codable {
  var fingerprint: SiteFingerprint
  /// The digests of scripts that were asked for.
  var own: Set<String> = []
  /// When the icon and the scripts were asked for; the distant past where they never were.
  var fetched = Instant(milliseconds: 0)

  private enum CodingKeys: String, CodingKey {
    case fingerprint, own, fetched
  }

  init(_ fingerprint: SiteFingerprint) {
    self.fingerprint = fingerprint
  }

  /// Reads what `body` wrote; nil for what an older version wrote otherwise.
  init?(body: [UInt8]) {
    guard let mark = try? JSONDecoder().decode(SiteMark.self, from: Data(body)) else { return nil }
    self = mark
  }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    fingerprint = try values.decode(SiteFingerprint.self, forKey: .fingerprint)
    own = try values.decode(Set<String>.self, forKey: .own)
    fetched = Instant(milliseconds: try values.decode(Int64.self, forKey: .fetched))
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(fingerprint, forKey: .fingerprint)
    try values.encode(own, forKey: .own)
    try values.encode(fetched.milliseconds, forKey: .fetched)
  }

  /// The form in which it is kept.
  var body: [UInt8]? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return (try? encoder.encode(self)).map(Array.init)
  }
}
