internal import Egress
internal import Enforcement
internal import Records

/// The pages of a site that one of its pages leads to.
struct SiteLinks {
  /// The most links of a page that are followed.
  static let limit = 256

  private let look: Errand.Look
  private let url: WebURL
  private let scope: SiteScope
  private let markup: [UInt8]

  init(_ markup: [UInt8], of look: Errand.Look, at url: WebURL, scope: SiteScope) {
    self.markup = markup
    self.look = look
    self.url = url
    self.scope = scope
  }

  /// The pages, each once, in the order in which the page names them.
  func pages(at moment: Instant) -> [PageEntry] {
    var scan = LinkScan(markup)
    var links: [LinkScan.Link] = []
    while links.count < 8 * Self.limit, let link = scan.next() { links.append(link) }
    let base = scan.base.flatMap { try? WebURL(scan.address($0), relativeTo: url) } ?? url
    let isNew = look.memo.new(hashes(of: links, base: base))
    var seen: Set<PageKey> = []
    var found: [PageEntry] = []
    for (link, isNew) in zip(links, isNew) where isNew && found.count < Self.limit {
      guard let page = page(link, scan, base, at: moment), seen.insert(page.key).inserted else {
        continue
      }
      found.append(page)
    }
    return found
  }

  private func page(
    _ link: LinkScan.Link, _ scan: LinkScan, _ base: WebURL, at moment: Instant
  ) -> PageEntry? {
    guard let target = try? WebURL(scan.address(link.address), relativeTo: base).identity,
      scope.contains(target), !target.isOrnament, target.text.utf8.count <= SiteTerms.urlLimit
    else { return nil }
    if target.origin == url.origin, !look.rules.allows(target) { return nil }
    let depth = look.due.page.depth + 1
    let rank = PageRank.rank(
      depth: depth, address: Array(target.requestTarget.utf8), label: scan.label(of: link))
    return PageEntry(
      found: target.text, depth: depth, rank: rank, on: look.due.page.key, at: moment)
  }

  /// One number for each link: the same address of the same site has the same, most of the time.
  private func hashes(of links: [LinkScan.Link], base: WebURL) -> [UInt64] {
    var root = OctetHash()
    root.feed(base.origin.utf8)
    var page = root
    page.feed(base.path.utf8)
    let isWhole = Array("http".utf8)
    return links.map { link in
      let octets = markup[link.address]
      var hash =
        octets.first == UInt8(ascii: "/") || octets.starts(with: isWhole) ? root : page
      hash.feed(octets)
      return hash.value
    }
  }
}

extension WebURL {
  /// Whether the address is that of a picture, a style, a script or a file, and of no page.
  var isOrnament: Bool {
    let octets = Array(path.utf8.suffix(8))
    guard let dot = octets.lastIndex(of: UInt8(ascii: ".")) else { return false }
    let ending = String(decoding: octets[(dot + 1)...].map(\.asciiLowercase), as: UTF8.self)
    return Self.ornaments.contains(ending)
  }

  private static let ornaments: Set<String> = [
    "jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "ico", "bmp", "css", "js", "mjs", "map",
    "woff", "woff2", "ttf", "otf", "eot", "mp3", "mp4", "m4a", "m4v", "avi", "mov", "mkv", "webm",
    "ogg", "wav", "flac", "zip", "gz", "tgz", "bz2", "xz", "rar", "7z", "tar", "iso", "dmg", "exe",
    "msi", "apk", "ipa", "deb", "rpm", "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "csv",
    "rss", "atom",
  ]
}
