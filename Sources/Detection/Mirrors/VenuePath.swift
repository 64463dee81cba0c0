/// An address made as a venue makes its own, on a host that is not known for one.
///
/// Invitations to a venue lead through its own grammar even where a mirror serves them:
/// `/join/88888` on any host is the path of one venue's invitations.
public struct VenuePath: Sendable, Hashable, Codable {
  /// The venue whose grammar it is.
  public var venue: String
  /// The grammar, such as `/join/<code>`.
  public var grammar: String
  /// The host it was met on.
  public var host: String
  /// The address, as it is written; at most 300 octets.
  public var url: String
  /// Whether hardly anyone but this venue makes addresses so; `/join/<code>` is made by many.
  public var isTelling: Bool

  /// Reads an address; nil where it has no venue's grammar.
  ///
  /// - Parameters:
  ///   - url: the address, absolute or relative.
  ///   - site: the host that a relative address is on.
  public init?(url: String, on site: String) {
    let parts = URLParts(url, site: site)
    guard let parts, let grammar = Self.grammars.first(where: { $0.matches(parts) }) else {
      return nil
    }
    venue = grammar.venue
    self.grammar = grammar.text
    isTelling = grammar.isTelling
    host = parts.host
    self.url = String(decoding: url.utf8.prefix(300), as: UTF8.self)
  }

  /// Which address a venue's invitations have: path segments, and a key of the query.
  struct Grammar: Sendable {
    let venue: String
    let text: String
    /// Segments of the path; nil for a code.
    ///
    /// A language before them is passed over.
    let segments: [String?]
    /// A key that the query must have, with a code for value.
    let key: String?
    let isTelling: Bool

    init(_ venue: String, _ text: String, isTelling: Bool = false) {
      self.venue = venue
      self.isTelling = isTelling
      self.text = text
      let halves = text.split(separator: "?", maxSplits: 1)
      segments = halves[0].split(separator: "/").map { $0 == "<code>" ? nil : String($0) }
      key = halves.count > 1 ? String(halves[1].dropLast()) : nil
    }

    func matches(_ parts: URLParts) -> Bool {
      if let key {
        guard let code = parts.query.first(where: { $0.key == key })?.value,
          VenuePath.isCode(code)
        else { return false }
      }
      let path = parts.segments
      let bare = path.first.map(VenuePath.isLanguage) == true ? Array(path.dropFirst()) : path
      return [path, bare].contains { candidate in
        candidate.count == segments.count
          && zip(candidate, segments).allSatisfy { seen, wanted in
            wanted.map { $0 == seen } ?? VenuePath.isCode(seen)
          }
      }
    }
  }

  /// The grammars of invitations to venues; `?ref=` on any path is everybody's, and not here.
  static let grammars = [
    Grammar("okx", "/join/<code>"),
    Grammar("binance", "/join?ref="),
    Grammar("binance", "/register?ref="),
    Grammar("binance", "/activity/referral-entry/CPA?ref=", isTelling: true),
    Grammar("bybit", "/invite?ref="),
    Grammar("gate", "/share/<code>"),
    Grammar("htx", "/invite/<code>/1h?invite_code=", isTelling: true),
    Grammar("htx", "/invite/<code>/1f?invite_code=", isTelling: true),
    Grammar("htx", "/invite/<code>/1g?invite_code=", isTelling: true),
    Grammar("mexc", "/register?inviteCode="),
    Grammar("kucoin", "/ucenter/signup?rcode=", isTelling: true),
    Grammar("kucoin", "/r/rf/<code>", isTelling: true),
    Grammar("bitget", "/expressly?vipCode=", isTelling: true),
    Grammar("bitget", "/expressly?channelCode=", isTelling: true),
    Grammar("weex", "/register?vipCode=", isTelling: true),
  ]

  /// Whether a text may be an invitation's code: not a word, not a placeholder.
  static func isCode(_ text: String) -> Bool {
    guard (3...32).contains(text.utf8.count),
      text.utf8.allSatisfy({
        (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x2D || $0 == 0x5F
      })
    else { return false }
    let isPlaceholder =
      Set(text.lowercased()) == ["x"] || text.lowercased().contains("code")
      || text.lowercased().contains("your")
    // A code has a digit or a capital in it: `about` is a page, not a code.
    return !isPlaceholder && (isLanguage(text) || text.utf8.contains { $0 < 0x5B })
  }

  /// Whether a segment is a language, as `zh-hans` or `en`.
  static func isLanguage(_ text: String) -> Bool {
    let parts = text.lowercased().split(separator: "-")
    guard let first = parts.first, parts.count <= 2, first.utf8.count == 2 else { return false }
    return text.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) || $0 == 0x2D }
  }
}

/// The parts of an address that a grammar is about.
struct URLParts {
  let host: String
  let segments: [String]
  let query: [(key: String, value: String)]

  init?(_ url: String, site: String) {
    guard url.utf8.count <= 2048 else { return nil }
    var rest = Substring(url)
    if let scheme = rest.firstRange(of: "://") {
      guard ["http", "https"].contains(rest[..<scheme.lowerBound].lowercased()) else { return nil }
      rest = rest[scheme.upperBound...]
    } else if rest.hasPrefix("//") {
      rest = rest.dropFirst(2)
    } else if rest.hasPrefix("/") {
      rest = Substring(site) + rest
    } else {
      return nil
    }
    let authority = rest.prefix { !"/?#".contains($0) }
    host = authority.split(separator: ":").first.map { $0.lowercased() } ?? ""
    guard !host.isEmpty, !host.contains("@") else { return nil }
    let location = rest.dropFirst(authority.count).prefix { $0 != "#" }
    let halves = location.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    segments = halves.first?.split(separator: "/").prefix(8).map(String.init) ?? []
    query = (halves.count > 1 ? halves[1] : "").split(separator: "&").prefix(32).map { pair in
      let sides = pair.split(separator: "=", maxSplits: 1)
      return (String(sides.first ?? ""), sides.count > 1 ? String(sides[1]) : "")
    }
  }
}
