/// The links of a page, found in its markup in one pass.
///
/// It is fast and forgiving rather than exact: a page is not built, only its tags are read.
public struct PageLinks: Sendable, Hashable {
  /// A place that the page leads to.
  public struct Link: Sendable, Hashable {
    /// Where it leads.
    public var url: WebURL
    /// How it stands in the page.
    public var kind: Kind
    /// Whether the page disowns it (`rel="nofollow"`).
    public var isNoFollow: Bool
  }

  /// How a link stands in a page.
  public enum Kind: Sendable, Hashable {
    case anchor
    case frame
    case next
    case canonical
    case sitemap
    case refresh
  }

  /// How many links of a page are read.
  public static let linkLimit = 5_000

  /// The links in order, each address once.
  public private(set) var links: [Link] = []
  /// What relative links start from.
  public private(set) var base: WebURL
  /// Whether the page asks that none of its links be followed (`meta name="robots"`).
  public private(set) var isNoFollow = false

  private var seen: Set<String> = []
  private var hasBase = false

  /// Reads a page in UTF-8 that came from an address.
  public init(_ markup: [UInt8], at url: WebURL) {
    base = url
    var scanner = TagScanner(markup)
    while links.count < Self.linkLimit, let tag = scanner.next() { take(tag) }
  }

  private mutating func take(_ tag: TagScanner.Tag) {
    switch tag.name {
    case .anchor, .area:
      add(tag.attribute("href"), as: .anchor, rel: tag.attribute("rel"))
    case .frame:
      add(tag.attribute("src"), as: .frame, rel: nil)
    case .link:
      takeLink(tag)
    case .meta:
      takeMeta(tag)
    case .base:
      guard !hasBase, let href = tag.attribute("href"),
        let url = try? WebURL(href, relativeTo: base)
      else { return }
      base = url
      hasBase = true
    }
  }

  private mutating func takeLink(_ tag: TagScanner.Tag) {
    let relations = Self.words(tag.attribute("rel"))
    let href = tag.attribute("href")
    if relations.contains("canonical") { add(href, as: .canonical, rel: nil) }
    if relations.contains("next") { add(href, as: .next, rel: nil) }
    if relations.contains("sitemap") { add(href, as: .sitemap, rel: nil) }
  }

  private mutating func takeMeta(_ tag: TagScanner.Tag) {
    let content = tag.attribute("content") ?? ""
    if tag.attribute("name")?.lowercased() == "robots" {
      let words = Self.words(content)
      isNoFollow = isNoFollow || words.contains("nofollow") || words.contains("none")
    }
    guard tag.attribute("http-equiv")?.lowercased() == "refresh" else { return }
    // `5; url=/there`, the address quoted or not.
    guard let mark = content.firstIndex(where: { $0 == ";" || $0 == "," }) else { return }
    var target = content[content.index(after: mark)...].drop { $0 == " " }
    if target.prefix(3).lowercased() == "url" {
      let rest = target.dropFirst(3).drop { $0 == " " }
      if rest.first == "=" { target = rest.dropFirst().drop { $0 == " " } }
    }
    if let quote = target.first, quote == "\"" || quote == "'" {
      target = target.dropFirst().prefix { $0 != quote }
    }
    add(String(target), as: .refresh, rel: nil)
  }

  private mutating func add(_ href: String?, as kind: Kind, rel: String?) {
    guard let href, href.utf8.first != UInt8(ascii: "#"),
      let url = try? WebURL(href, relativeTo: base), seen.insert(url.text).inserted
    else { return }
    let isNoFollow = rel.map { Self.words($0).contains("nofollow") } ?? false
    links.append(Link(url: url, kind: kind, isNoFollow: isNoFollow))
  }

  /// The words of an attribute that lists them, in lower case.
  private static func words(_ text: String?) -> [String] {
    guard let text else { return [] }
    return text.lowercased().split { $0 == " " || $0 == "," || $0 == "\t" || $0 == "\n" }
      .map { String($0) }
  }
}
