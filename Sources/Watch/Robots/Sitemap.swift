public import Egress
public import Enforcement

/// A site's own list of its pages, or of such lists (sitemaps.org, protocol 0.9).
public struct Sitemap: Sendable, Hashable {
  /// How often a site says that a page changes.
  public enum ChangeFrequency: String, Sendable, Hashable {
    case always
    case hourly
    case daily
    case weekly
    case monthly
    case yearly
    case never
  }

  /// One page, or one further list.
  public struct Entry: Sendable, Hashable {
    /// Where it is.
    public var url: WebURL
    /// When it last changed, as the site says.
    public var lastModified: Instant?
    /// How often it changes, as the site says.
    public var changeFrequency: ChangeFrequency?
  }

  /// How many entries are read.
  public static let entryLimit = 50_000
  /// How large a list may be once unpacked, in octets.
  public static let sizeLimit = 50 << 20
  /// How deep lists of lists are followed: a list, and the lists it names.
  public static let depthLimit = 2

  /// Whether the entries are further lists.
  public let isIndex: Bool
  /// The entries in order.
  public let entries: [Entry]

  /// Reads XML or plain text, packed by gzip or not; what cannot be read is passed over.
  ///
  /// Entities that the document defines itself are not expanded, and nothing is loaded.
  ///
  /// - Parameters:
  ///   - octets: the body of the response.
  ///   - url: where it was fetched, for relative locations.
  public init(_ octets: [UInt8], at url: WebURL) {
    var octets = octets
    if octets.starts(with: [0x1F, 0x8B]) {
      octets = Inflation.unpack(octets, wrapping: .gzipOrZlib, limit: Self.sizeLimit)?.octets ?? []
    }
    if octets.starts(with: [0xEF, 0xBB, 0xBF]) { octets.removeFirst(3) }
    if octets.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") {
      (isIndex, entries) = SitemapReader.read(octets, at: url)
    } else {
      isIndex = false
      entries = Self.lines(octets, at: url)
    }
  }

  /// A plain list: an address a line.
  private static func lines(_ octets: [UInt8], at url: WebURL) -> [Entry] {
    var entries: [Entry] = []
    for line in octets.lazy.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      guard entries.count < entryLimit else { break }
      guard line.count <= WebURL.maximumLength, line.starts(with: Array("http".utf8)),
        let page = try? WebURL(String(decoding: line, as: UTF8.self))
      else { continue }
      entries.append(Entry(url: page))
    }
    return entries
  }

  /// A date as sitemaps write it: a year, a month, a day or a moment (W3C NOTE-datetime).
  static func date(_ text: String) -> Instant? {
    switch text.utf8.count {
    case 4: return Instant(text + "-01-01")
    case 7: return Instant(text + "-01")
    default:
      if let instant = Instant(text) { return instant }
      // Seconds may be left out.
      guard let at = text.lastIndex(where: { $0 == ":" }), text.utf8.count >= 17 else { return nil }
      let zone = text.lastIndex { $0 == "+" || $0 == "-" || $0 == "Z" } ?? at
      guard zone > text.startIndex else { return nil }
      return Instant("\(text[..<zone]):00\(text[zone...])")
    }
  }
}
