internal import Enforcement
internal import Records
internal import TransparencyLog

/// All about a site.
struct SiteDetail: Tellable {
  /// Pages and captures that are shown before `--all` is asked for.
  static let fewPages = 20

  let site: SiteLine
  let startUrls: [String]
  let language: String?
  let pageBound: Int?
  let depthBound: Int?
  let cases: [CaseOfSite]
  let pages: [Page]
  let captures: [Capture]
  let hosts: [Host]
  private let now: Instant
  private let more: Int

  private enum CodingKeys: String, CodingKey {
    case site, startUrls, language, pageBound, depthBound, cases, pages, captures, hosts
  }

  struct CaseOfSite: Encodable, Sendable {
    let id: String
    let category: String
    let state: String
    let opened: String
  }

  struct Page: Encodable, Sendable {
    let url: String
    let kind: String
    let depth: Int
    let status: Int?
    let category: String?
    let score: Double?
    let evidence: String?
    let fetched: String?
    let due: String
    let intervalSeconds: Int64
    let changes: Int
    let failures: Int
    let fault: String?
    let payload: String?
  }

  struct Capture: Encodable, Sendable {
    let url: String
    let time: String
    let file: String
    let offset: Int64
    let payload: String
  }

  struct Host: Encodable, Sendable {
    let origin: String
    let robots: String
    let robotsRead: String?
    let robotsUntil: String?
    let failures: Int
  }

  init(
    _ entry: SiteEntry, pages: [PageEntry], captures: [CaptureEntry], hosts: [HostEntry],
    cases: [CaseFile], now: Instant
  ) {
    let open = cases.last { !$0.state.isFinal }
    site = SiteLine(entry, open, now: now)
    startUrls = entry.terms.startURLs
    language = entry.terms.language
    pageBound = entry.terms.pageBound
    depthBound = entry.terms.depthBound
    self.cases = cases.map {
      CaseOfSite(
        id: $0.id.text, category: $0.category.rawValue, state: $0.state.rawValue,
        opened: $0.opened.description)
    }
    self.pages = pages.map(Page.init)
    self.captures = captures.map {
      Capture(
        url: $0.url, time: $0.time.description, file: $0.reference.file,
        offset: $0.reference.offset, payload: $0.reference.payload.hex)
    }
    self.hosts = hosts.map(Host.init)
    self.now = now
    more = max(0, entry.pages - pages.count)
  }

  func text(_ style: TextStyle) -> String {
    var text = style.paint(style.safe(site.site), .strong) + "\n"
    text += style.fields([
      ("  state", "\(site.state), risk \(site.risk)"),
      ("  since", "\(site.added), by \(site.addedBy)"),
      ("  begins at", startUrls.map(style.safe).joined(separator: ", ")),
      ("  note", site.note.isEmpty ? nil : style.safe(site.note)),
      ("  pages", "\(site.pages), of which \(site.failing) fail"),
      ("  looked at", site.seen ?? "never"), ("  next", site.due),
      ("  cannot be had", site.fault.map(style.safe)),
    ])
    for one in cases {
      text += "  case \(one.id)  \(one.category)  \(one.state)  since \(one.opened)\n"
    }
    text += section("Hosts", hosts.map { "\($0.origin)  \($0.robots)" }, style)
    text += section("Pages", pages.map { $0.line(style) }, style)
    if more > 0 { text += "  and \(more) more: --all shows them\n" }
    text += section(
      "Captures", captures.map { "\($0.time)  \($0.file) at \($0.offset)  \($0.url)" }, style)
    return text
  }

  private func section(_ title: String, _ lines: [String], _ style: TextStyle) -> String {
    guard !lines.isEmpty else { return "" }
    return "\n\(style.paint(title, .strong))\n" + lines.map { "  \(style.safe($0))\n" }.joined()
  }
}

extension SiteDetail.Page {
  fileprivate init(_ entry: PageEntry) {
    let state = entry.state
    url = entry.url
    kind = entry.kind == .page ? "page" : "sitemap"
    depth = entry.depth
    status = state.status
    category = state.verdict?.category
    score = state.verdict.map { ($0.score * 1000).rounded() / 1000 }
    evidence = state.verdict?.evidence?.hex
    fetched = state.fetched?.description
    due = state.due.description
    intervalSeconds = state.interval.components.seconds
    changes = state.changes
    failures = state.failures
    fault = state.fault
    payload = state.digest?.hex
  }

  fileprivate func line(_ style: TextStyle) -> String {
    let found = category.map { "\($0) \(Int(((score ?? 0) * 100).rounded())) %" }
    let what = fault ?? (evidence == nil ? category : found) ?? (fetched == nil ? "waits" : "-")
    return "\(style.column(what, 24))  \(style.column(status.map { "\($0)" } ?? "-", 4))  \(url)"
  }
}

extension SiteDetail.Host {
  fileprivate init(_ entry: HostEntry) {
    origin = entry.origin
    robots =
      switch entry.robots {
      case .unknown: "robots.txt not asked for yet"
      case .rules(let octets): "robots.txt of \(octets.count) octets"
      case .none: "no robots.txt"
      case .unreachable(let reason): "robots.txt cannot be had: \(reason)"
      }
    robotsRead = entry.robotsRead?.description
    robotsUntil = entry.robotsUntil?.description
    failures = entry.failures
  }
}
