/// Walks through the tags of a page that may hold links, and past all else.
struct TagScanner {
  /// The elements that are looked at.
  enum Name: Sendable {
    case anchor
    case area
    case base
    case frame
    case link
    case meta
  }

  /// A start tag with its attributes, names in lower case, values with references decoded.
  struct Tag {
    var name: Name
    fileprivate var attributes: [(name: String, value: String)]

    /// The value of the first attribute with a name.
    func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
  }

  /// How many attributes of a tag are read.
  private static let attributeLimit = 32
  /// How long a value may be that is kept, in octets.
  private static let valueLimit = 4 * WebURL.maximumLength

  private let markup: [UInt8]
  private var position = 0

  init(_ markup: [UInt8]) {
    self.markup = markup
  }

  /// The next tag that may hold a link; nil at the end.
  mutating func next() -> Tag? {
    while seek(UInt8(ascii: "<")) {
      position += 1
      guard position < markup.count else { return nil }
      switch markup[position] {
      case UInt8(ascii: "!"):
        skipDeclaration()
      case 0x41...0x5A, 0x61...0x7A:
        let word = readName()
        if let name = Self.name(word) { return Tag(name: name, attributes: readAttributes()) }
        if Self.isOpaque(word) { skipContent(of: word) }
      default:
        continue
      }
    }
    return nil
  }

  private static func name(_ word: ArraySlice<UInt8>) -> Name? {
    switch word.count {
    case 1: return Self.equal(word, "a") ? .anchor : nil
    case 4:
      if Self.equal(word, "link") { return .link }
      if Self.equal(word, "meta") { return .meta }
      if Self.equal(word, "area") { return .area }
      return Self.equal(word, "base") ? .base : nil
    case 5: return Self.equal(word, "frame") ? .frame : nil
    case 6: return Self.equal(word, "iframe") ? .frame : nil
    default: return nil
    }
  }

  /// Whether an element's content is text even where it looks like tags.
  private static func isOpaque(_ word: ArraySlice<UInt8>) -> Bool {
    equal(word, "script") || equal(word, "style") || equal(word, "textarea")
      || equal(word, "title") || equal(word, "xmp")
  }

  private static func equal(_ word: ArraySlice<UInt8>, _ name: StaticString) -> Bool {
    name.withUTF8Buffer { name in
      word.count == name.count
        && zip(word, name).allSatisfy { $0.0.asciiLowercase == $0.1 }
    }
  }

  /// Moves to an octet; false where there is none left.
  private mutating func seek(_ octet: UInt8) -> Bool {
    guard let found = markup[position...].firstIndex(of: octet) else {
      position = markup.count
      return false
    }
    position = found
    return true
  }

  private mutating func skipDeclaration() {
    guard markup[position...].starts(with: Array("!--".utf8)) else {
      _ = seek(UInt8(ascii: ">"))
      return
    }
    position += 1
    while seek(UInt8(ascii: ">")) {
      if markup[position - 1] == UInt8(ascii: "-"), markup[position - 2] == UInt8(ascii: "-") {
        return
      }
      position += 1
    }
  }

  private mutating func readName() -> ArraySlice<UInt8> {
    let start = position
    while position < markup.count, Self.isNameOctet(markup[position]) { position += 1 }
    return markup[start..<position]
  }

  private static func isNameOctet(_ octet: UInt8) -> Bool {
    switch octet {
    case 0...0x20, UInt8(ascii: "/"), UInt8(ascii: ">"), UInt8(ascii: "="): false
    default: true
    }
  }

  /// Skips to the end tag of an element whose content is text.
  private mutating func skipContent(of word: ArraySlice<UInt8>) {
    while seek(UInt8(ascii: "<")) {
      position += 1
      guard position < markup.count, markup[position] == UInt8(ascii: "/") else { continue }
      position += 1
      let name = readName()
      if name.count == word.count,
        zip(name, word).allSatisfy({ $0.asciiLowercase == $1.asciiLowercase })
      {
        return
      }
    }
  }

  private mutating func readAttributes() -> [(name: String, value: String)] {
    var attributes: [(name: String, value: String)] = []
    while position < markup.count, attributes.count < Self.attributeLimit {
      while position < markup.count, markup[position] <= 0x20 || markup[position] == 0x2F {
        position += 1
      }
      guard position < markup.count, markup[position] != UInt8(ascii: ">") else { break }
      let name = readName()
      skipSpace()
      guard position < markup.count, markup[position] == UInt8(ascii: "=") else {
        if name.isEmpty { position += 1 }
        continue
      }
      position += 1
      skipSpace()
      let value = readValue()
      guard name.count <= 16, value.count <= Self.valueLimit else { continue }
      attributes.append(
        (
          String(decoding: name.map(\.asciiLowercase), as: UTF8.self),
          CharacterReferences.decoded(value)
        ))
    }
    return attributes
  }

  private mutating func skipSpace() {
    while position < markup.count, markup[position] <= 0x20 { position += 1 }
  }

  private mutating func readValue() -> ArraySlice<UInt8> {
    guard position < markup.count else { return [] }
    let quote = markup[position]
    guard quote == 0x22 || quote == 0x27 else {
      let start = position
      while position < markup.count, markup[position] > 0x20, markup[position] != 0x3E {
        position += 1
      }
      return markup[start..<position]
    }
    position += 1
    let start = position
    _ = seek(quote)
    let value = markup[start..<position]
    if position < markup.count { position += 1 }
    return value
  }
}

/// Character references in attribute values: the numeric ones and the five of XML.
enum CharacterReferences {
  /// The text with references replaced; what is none stays.
  static func decoded(_ value: ArraySlice<UInt8>) -> String {
    guard value.contains(UInt8(ascii: "&")) else { return String(decoding: value, as: UTF8.self) }
    var text: [UInt8] = []
    text.reserveCapacity(value.count)
    var rest = value
    while let octet = rest.first {
      if octet == UInt8(ascii: "&"), let (scalar, length) = reference(rest) {
        text += Array(String(scalar).utf8)
        rest = rest.dropFirst(length)
      } else {
        text.append(octet)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func reference(
    _ text: ArraySlice<UInt8>
  ) -> (scalar: Unicode.Scalar, length: Int)? {
    let body = text.dropFirst().prefix(10)
    guard let end = body.firstIndex(of: UInt8(ascii: ";")) else { return nil }
    let name = String(decoding: body[..<end], as: UTF8.self)
    let length = end - text.startIndex + 1
    if name.hasPrefix("#") {
      let digits = name.dropFirst()
      let isHexadecimal = digits.first == "x" || digits.first == "X"
      let number =
        isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits, radix: 10)
      return number.flatMap { Unicode.Scalar($0) }.map { ($0, length) }
    }
    let named: [String: Unicode.Scalar] = [
      "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'",
    ]
    return named[name].map { ($0, length) }
  }
}
