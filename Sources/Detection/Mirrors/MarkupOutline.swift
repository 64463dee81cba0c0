/// The outline of a page: its tags in order, its scripts and its icons.
///
/// Read in one pass without building a tree; what is not well formed is passed over, as browsers do.
struct MarkupOutline: Sendable, Hashable {
  /// The most tags and the most scripts that are kept.
  static let tagLimit = 20_000
  static let scriptLimit = 256
  /// Shorter scripts in the page are settings and counters, not programs.
  static let shortestScript = 200
  /// The most octets that are read.
  static let octetLimit = 4 << 20

  /// A number for each start tag: of its name and its first class.
  private(set) var tags: [UInt64] = []
  /// Sources of scripts, as they are written.
  private(set) var sources: [String] = []
  /// The contents of scripts in the page.
  private(set) var inline: [Range<Int>] = []
  /// Addresses of icons, as they are written.
  private(set) var icons: [String] = []
  /// Addresses of links, as they are written.
  private(set) var links: [String] = []

  private static let rawText: Set<String> = ["script", "style", "textarea", "title", "noscript"]

  init(_ html: [UInt8]) {
    let end = min(html.count, Self.octetLimit)
    var at = 0
    while at < end, tags.count < Self.tagLimit {
      guard html[at] == UInt8(ascii: "<") else {
        at += 1
        continue
      }
      if html[at..<end].starts(with: "<!--".utf8) {
        at = html[(at + 4)..<max(end, at + 4)].firstRange(of: Array("-->".utf8))?.upperBound ?? end
        continue
      }
      guard let tag = MarkupTag(html, at: at, end: end) else {
        at += 1
        continue
      }
      at = tag.end
      take(tag, in: html, at: &at, end: end)
    }
  }

  private mutating func take(_ tag: MarkupTag, in html: [UInt8], at: inout Int, end: Int) {
    let name = tag.name
    let style = tag["class"]?.split(separator: " ").first.map { ".\($0)" } ?? ""
    tags.append(MirrorHash.hash(Array("\(name)\(style)".utf8)))
    switch name {
    case "a":
      if links.count < 2048, let href = tag["href"] { links.append(href) }
    case "link":
      if icons.count < 8, tag["rel"]?.lowercased().contains("icon") == true, let href = tag["href"]
      {
        icons.append(href)
      }
    default: break
    }
    guard Self.rawText.contains(name) else { return }
    let start = at
    at = Self.closing(of: name, in: html, from: start, to: end)
    guard name == "script", sources.count + inline.count < Self.scriptLimit else { return }
    if let source = tag["src"] {
      sources.append(source)
    } else if at - start >= Self.shortestScript {
      inline.append(start..<at)
    }
  }

  /// Where the end tag of an element of raw text begins.
  private static func closing(of name: String, in html: [UInt8], from: Int, to end: Int) -> Int {
    let wanted = Array("</\(name)".utf8)
    var at = from
    while at + wanted.count <= end {
      if html[at] == UInt8(ascii: "<"),
        zip(html[at...], wanted).allSatisfy({ $0 | 0x20 == $1 | 0x20 })
      {
        return at
      }
      at += 1
    }
    return end
  }
}

/// One start tag.
struct MarkupTag {
  let name: String
  /// The octet after its `>`.
  let end: Int
  private let attributes: [(name: String, value: String)]

  subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }

  /// Reads a start tag; nil where there is none.
  init?(_ html: [UInt8], at start: Int, end limit: Int) {
    var at = start + 1
    guard at < limit, (0x61...0x7A).contains(html[at] | 0x20) else { return nil }
    let isSpace: (UInt8) -> Bool = { $0 <= 0x20 }
    let text: (Range<Int>) -> String = { String(decoding: html[$0], as: UTF8.self) }
    var begin = at
    while at < limit, !isSpace(html[at]), html[at] != 0x3E, html[at] != 0x2F { at += 1 }
    name = text(begin..<min(at, begin + 32)).lowercased()
    var attributes: [(name: String, value: String)] = []
    while at < limit, html[at] != 0x3E {
      if isSpace(html[at]) || html[at] == 0x2F {
        at += 1
        continue
      }
      begin = at
      while at < limit, !isSpace(html[at]), html[at] != 0x3D, html[at] != 0x3E { at += 1 }
      let attribute = text(begin..<min(at, begin + 64)).lowercased()
      while at < limit, isSpace(html[at]) { at += 1 }
      guard at < limit, html[at] == 0x3D else {
        if attributes.count < 32 { attributes.append((attribute, "")) }
        if at == begin { at += 1 }
        continue
      }
      at += 1
      while at < limit, isSpace(html[at]) { at += 1 }
      guard at < limit else { break }
      let quote = html[at]
      if quote == 0x22 || quote == 0x27 {
        begin = at + 1
        at = html[begin..<max(begin, limit)].firstIndex(of: quote) ?? limit
      } else {
        begin = at
        while at < limit, !isSpace(html[at]), html[at] != 0x3E { at += 1 }
      }
      if attributes.count < 32 {
        attributes.append((attribute, text(begin..<min(at, begin + 2048))))
      }
      if at < limit, quote == 0x22 || quote == 0x27 { at += 1 }
    }
    end = min(at + 1, limit)
    self.attributes = attributes
  }
}

/// Hashing for sketches: quick and the same on every machine; of no use against an adversary.
enum MirrorHash {
  /// FNV-1a with a final mix.
  static func hash(_ octets: some Sequence<UInt8>) -> UInt64 {
    mix(octets.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 })
  }

  /// A permutation of 64 bits (the finaliser of SplitMix64).
  static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
