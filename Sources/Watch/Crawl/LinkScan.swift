/// Finds the links of a page in one pass over its markup, without a tree.
///
/// It reads tags as a browser's tokenizer does where that matters: comments, scripts, styles and
/// quoted values hold no links. `a`, `area`, `iframe`, `frame`, `base` and refreshing `meta` count.
struct LinkScan {
  /// A link as it stands in the markup.
  struct Link {
    /// The address, not decoded yet.
    let address: Range<Int>
    /// Where the words of the link begin; nil for elements without words.
    let label: Int?
  }

  /// The most octets of an address; longer ones are traps.
  private static let addressLimit = 2_048

  private let markup: [UInt8]
  private var position = 0
  /// The value of `<base href>`, once it was met.
  private(set) var base: Range<Int>?

  init(_ markup: [UInt8]) {
    self.markup = markup
  }

  /// The next link; nil at the end.
  mutating func next() -> Link? {
    while let open = index(of: UInt8(ascii: "<"), from: position) {
      position = open + 1
      guard position < markup.count else { return nil }
      if markup[position] == UInt8(ascii: "!") {
        skipDeclaration()
        continue
      }
      guard let element = Element(markup, at: position) else { continue }
      position += element.length
      switch element {
      case .script: skip(to: "</script")
      case .style: skip(to: "</style")
      case .anchor, .area, .frame, .iframe, .base, .meta:
        if let link = link(of: element) { return link }
      }
    }
    position = markup.count
    return nil
  }

  /// Text of a label without tags, at most so many octets.
  func label(of link: Link, limit: Int = 96) -> [UInt8] {
    guard var place = link.label else { return [] }
    var text: [UInt8] = []
    let end = min(markup.count, place + 8 * limit)
    while place < end, text.count < limit {
      guard markup[place] == UInt8(ascii: "<") else {
        text.append(markup[place])
        place += 1
        continue
      }
      if place + 2 < end, markup[place + 1] == UInt8(ascii: "/"),
        markup[place + 2] | 0x20 == UInt8(ascii: "a")
      {
        break
      }
      place = (index(of: UInt8(ascii: ">"), from: place) ?? end) + 1
    }
    return text
  }

  /// An address with its ampersands decoded.
  func address(_ range: Range<Int>) -> String {
    let octets = markup[range]
    guard octets.contains(UInt8(ascii: "&")) else { return String(decoding: octets, as: UTF8.self) }
    var decoded: [UInt8] = []
    decoded.reserveCapacity(octets.count)
    var place = range.lowerBound
    while place < range.upperBound {
      decoded.append(markup[place])
      if markup[place] == UInt8(ascii: "&") {
        for entity in Self.ampersands
        where markup[place..<range.upperBound].starts(with: entity) {
          place += entity.count - 1
          break
        }
      }
      place += 1
    }
    return String(decoding: decoded, as: UTF8.self)
  }

  private static let ampersands = ["&amp;", "&#38;", "&#x26;", "&AMP;"].map { Array($0.utf8) }
}

// MARK: - Tags

extension LinkScan {
  /// The elements that matter, by the octets of their names.
  private enum Element: UInt64 {
    case anchor = 0x61
    case area = 0x6172_6561
    case frame = 0x66_7261_6D65
    case iframe = 0x6966_7261_6D65
    case base = 0x6261_7365
    case meta = 0x6D65_7461
    case script = 0x7363_7269_7074
    case style = 0x73_7479_6C65

    /// Reads the name of a tag; nil where it is none of these, or where nothing ends it.
    init?(_ markup: [UInt8], at start: Int) {
      var name: UInt64 = 0
      for place in start..<min(markup.count, start + 7) {
        guard !markup[place].endsName else {
          self.init(rawValue: name)
          return
        }
        name = name << 8 | UInt64(markup[place] | 0x20)
      }
      return nil
    }

    /// Octets of the name.
    var length: Int { (UInt64.bitWidth - rawValue.leadingZeroBitCount + 7) / 8 }
  }

  private mutating func link(of element: Element) -> Link? {
    var address: Range<Int>?
    while let attribute = nextAttribute() {
      guard address == nil, let value = attribute.value else { continue }
      switch element {
      case .anchor, .area, .base:
        if isName(attribute.name, "href") { address = value }
      case .frame, .iframe:
        if isName(attribute.name, "src") { address = value }
      case .meta:
        if isName(attribute.name, "content") { address = refreshTarget(in: value) }
      case .script, .style: break
      }
    }
    guard let found = address.map(trimmed), !found.isEmpty, found.count <= Self.addressLimit,
      markup[found.lowerBound] != UInt8(ascii: "#")
    else { return nil }
    if element == .base {
      base = base ?? found
      return nil
    }
    return Link(address: found, label: element == .anchor ? position : nil)
  }

  private struct Attribute {
    let name: Range<Int>
    let value: Range<Int>?
  }

  /// Reads an attribute; nil at the end of the tag, which is passed.
  private mutating func nextAttribute() -> Attribute? {
    while position < markup.count, markup[position].isSpace || markup[position] == 0x2F {
      position += 1
    }
    guard position < markup.count else { return nil }
    guard markup[position] != UInt8(ascii: ">") else {
      position += 1
      return nil
    }
    let start = position
    position += 1
    while position < markup.count, !markup[position].endsName, markup[position] != 0x3D {
      position += 1
    }
    let name = start..<position
    skipSpace()
    guard position < markup.count, markup[position] == UInt8(ascii: "=") else {
      return Attribute(name: name, value: nil)
    }
    position += 1
    skipSpace()
    return Attribute(name: name, value: takeValue())
  }

  private mutating func takeValue() -> Range<Int>? {
    guard position < markup.count else { return nil }
    let first = markup[position]
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
      let start = position + 1
      let end = index(of: first, from: start) ?? markup.count
      position = min(end + 1, markup.count)
      return start..<end
    }
    let start = position
    while position < markup.count, !markup[position].isSpace, markup[position] != 0x3E {
      position += 1
    }
    return start..<position
  }

  /// The address in `5; url=…` of a refreshing meta element.
  private func refreshTarget(in value: Range<Int>) -> Range<Int>? {
    let mark = Array("url=".utf8)
    guard value.count > mark.count, value.count < Self.addressLimit else { return nil }
    for start in value.lowerBound..<(value.upperBound - mark.count)
    where mark.indices.allSatisfy({ markup[start + $0].asciiLowercase == mark[$0] }) {
      var target = (start + mark.count)..<value.upperBound
      // Only after a number of seconds: other meta elements have a content too.
      guard
        markup[value.lowerBound..<start].allSatisfy({ octet in
          octet.isSpace || octet == 0x3B || octet == 0x2C || octet == 0x2E
            || (0x30...0x39).contains(octet)
        })
      else { return nil }
      if let first = target.first, markup[first] == 0x27 || markup[first] == 0x22 {
        target = (first + 1)..<max(first + 1, target.upperBound - 1)
      }
      return target
    }
    return nil
  }
}

// MARK: - Octets

extension LinkScan {
  private func index(of octet: UInt8, from start: Int) -> Int? {
    OctetSearch.first(octet, in: markup, from: start)
  }

  private func isName(_ range: Range<Int>, _ name: StaticString) -> Bool {
    guard range.count == name.utf8CodeUnitCount else { return false }
    return name.description.utf8.elementsEqual(markup[range].lazy.map(\.asciiLowercase))
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, markup[start] <= 0x20 { start += 1 }
    while start < end, markup[end - 1] <= 0x20 { end -= 1 }
    return start..<end
  }

  private mutating func skipSpace() {
    while position < markup.count, markup[position].isSpace { position += 1 }
  }

  /// Passes a comment, or a declaration.
  private mutating func skipDeclaration() {
    let dash = UInt8(ascii: "-")
    guard position + 2 < markup.count, markup[position + 1] == dash, markup[position + 2] == dash
    else {
      position = (index(of: UInt8(ascii: ">"), from: position) ?? markup.count - 1) + 1
      return
    }
    position += 3
    while let end = index(of: UInt8(ascii: ">"), from: position) {
      position = end + 1
      if markup[end - 1] == dash, markup[end - 2] == dash { return }
    }
    position = markup.count
  }

  /// Passes everything up to an end tag; to the end where there is none.
  private mutating func skip(to tag: StaticString) {
    let wanted = Array(tag.description.utf8)
    while let open = index(of: UInt8(ascii: "<"), from: position) {
      position = open + 1
      guard open + wanted.count <= markup.count else { break }
      if wanted.indices.allSatisfy({ markup[open + $0].asciiLowercase == wanted[$0] }) { return }
    }
    position = markup.count
  }
}

extension UInt8 {
  fileprivate var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
  fileprivate var endsName: Bool { isSpace || self == 0x3E || self == 0x2F }
}
