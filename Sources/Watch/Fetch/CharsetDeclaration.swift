/// Where a page or its server says which encoding it is in.
enum CharsetDeclaration {
  /// How much of a page is searched for a declaration (HTML, Section 13.2.3.2).
  static let prescanLength = 1_024

  /// The encoding that a byte order mark shows, and how long the mark is.
  static func mark(_ octets: [UInt8]) -> (charset: Charset, length: Int)? {
    if octets.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
    if octets.starts(with: [0xFE, 0xFF]) { return (.utf16be, 2) }
    if octets.starts(with: [0xFF, 0xFE]) { return (.utf16le, 2) }
    return nil
  }

  /// The encoding that a Content-Type field names.
  static func inField(_ contentType: String?) -> Charset? {
    contentType.flatMap { inParameters($0.utf8.map(\.asciiLowercase)[...]) }
  }

  /// The encoding that the page's beginning names: an XML declaration or a `meta` element.
  static func inPage(_ octets: [UInt8]) -> Charset? {
    let head = octets.prefix(prescanLength).map(\.asciiLowercase)
    let found = inXMLDeclaration(head) ?? inMeta(head)
    // Who can read the declaration as ASCII does not read UTF-16.
    return found == .utf16le || found == .utf16be ? .utf8 : found
  }

  private static func inXMLDeclaration(_ head: [UInt8]) -> Charset? {
    guard head.starts(with: Array("<?xml".utf8)), let end = head.firstIndex(of: UInt8(ascii: ">"))
    else { return nil }
    let declaration = Array(head[..<end])
    guard let at = declaration.firstRange(of: Array("encoding".utf8))?.upperBound else {
      return nil
    }
    return label(afterEquals: declaration[at...])
  }

  private static func inMeta(_ head: [UInt8]) -> Charset? {
    var at = 0
    while let open = head[at...].firstIndex(of: UInt8(ascii: "<")) {
      if begins(head, at: open, with: "<!--") {
        var end = open + 2
        while end < head.count, !begins(head, at: end, with: "-->") { end += 1 }
        guard end < head.count else { return nil }
        at = end + 3
      } else if begins(head, at: open, with: "<meta") {
        let end = head[open...].firstIndex(of: UInt8(ascii: ">")) ?? head.endIndex
        if let found = inParameters(head[open..<end]) { return found }
        at = end
      } else {
        at = open + 1
      }
    }
    return nil
  }

  private static func begins(_ octets: [UInt8], at start: Int, with text: StaticString) -> Bool {
    guard start + text.utf8CodeUnitCount <= octets.count else { return false }
    return text.withUTF8Buffer { $0.elementsEqual(octets[start..<start + $0.count]) }
  }

  /// The label after `charset=`: a parameter of a media type or an attribute, in lower case.
  private static func inParameters(_ text: ArraySlice<UInt8>) -> Charset? {
    var at = text.startIndex
    while let start = text[at...].firstIndex(of: UInt8(ascii: "c")) {
      let rest = text[start...]
      if rest.starts(with: Self.word) {
        if let found = label(afterEquals: rest.dropFirst(Self.word.count)) { return found }
        at = start + Self.word.count
      } else {
        at = start + 1
      }
    }
    return nil
  }

  private static let word = Array("charset".utf8)

  private static func label(afterEquals text: ArraySlice<UInt8>) -> Charset? {
    var rest = text.drop { $0 <= 0x20 }
    guard rest.popFirst() == UInt8(ascii: "=") else { return nil }
    rest = rest.drop { $0 <= 0x20 || $0 == 0x22 || $0 == 0x27 }
    let label = rest.prefix {
      switch $0 {
      case 0...0x20, 0x22, 0x27, 0x2F, 0x3B, 0x3E, 0x3F: false
      default: true
      }
    }
    return Charset(label: String(decoding: label, as: UTF8.self))
  }
}

extension UInt8 {
  /// The octet, an ASCII capital as the small letter.
  var asciiLowercase: UInt8 { (0x41...0x5A).contains(self) ? self + 0x20 : self }
}
