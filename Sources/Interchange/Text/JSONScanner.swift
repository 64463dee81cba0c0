/// Reads JSON (RFC 8259) strictly from octets that are known to be UTF-8, and knows where it is.
///
/// It goes forward only and holds nothing back, so that a list of millions of targets is read one
/// target at a time.
struct JSONScanner {
  private let bytes: [UInt8]
  private var at: Int
  private var lineStart: Int
  /// The line of the next octet, counted from 1.
  private(set) var line = 1
  /// What is being read, for the sentence about a file that ends early.
  var within = "the order"

  /// How deep lists and objects may lie in each other.
  static let maximumDepth = 32

  init(_ text: SourceText) {
    bytes = text.bytes
    at = text.start
    lineStart = text.start
  }

  /// The column of the next octet, counted from 1 in code points.
  var column: Int {
    bytes[lineStart..<at].count { $0 & 0xC0 != 0x80 } + 1
  }

  /// Where the next octet stands in the file.
  var offset: Int { at }

  /// The text of the file from an offset to here.
  func text(from start: Int) -> String {
    String(decoding: bytes[start..<at], as: UTF8.self)
  }

  /// The fault at this place.
  func fault(_ reason: String) -> OrderFileError {
    .syntax(line: line, column: column, reason: reason)
  }

  private var truncated: OrderFileError {
    .truncated(line: line, column: column, within: within)
  }
}

// MARK: - Marks and space

extension JSONScanner {
  /// The next octet that is no white space; nil at the end.
  mutating func peek() -> UInt8? {
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x09: at += 1
      case 0x0A:
        at += 1
        (line, lineStart) = (line + 1, at)
      case 0x0D:
        at += 1
        if at < bytes.count, bytes[at] == 0x0A { at += 1 }
        (line, lineStart) = (line + 1, at)
      default: return bytes[at]
      }
    }
    return nil
  }

  /// The next octet that is no white space; there has to be one.
  mutating func require() throws(OrderFileError) -> UInt8 {
    guard let octet = peek() else { throw truncated }
    return octet
  }

  /// Takes a mark if it comes next.
  mutating func take(_ mark: Unicode.Scalar) -> Bool {
    guard peek() == UInt8(ascii: mark) else { return false }
    at += 1
    return true
  }

  /// Takes a mark that has to come next.
  mutating func expect(_ mark: Unicode.Scalar, _ what: String) throws(OrderFileError) {
    guard try require() == UInt8(ascii: mark) else { throw fault("\(what) is missing here") }
    at += 1
  }

  /// Takes a key and its colon.
  mutating func key() throws(OrderFileError) -> String {
    guard try require() == UInt8(ascii: "\"") else {
      throw fault("a field's name in quotes is missing here")
    }
    let key = try string()
    try expect(":", "the colon behind a field's name")
    return key
  }

  /// Whether a further item follows in a list or object whose end is `end`.
  mutating func continues(to end: Unicode.Scalar, first: inout Bool) throws(OrderFileError) -> Bool
  {
    let octet = try require()
    if octet == UInt8(ascii: end) {
      at += 1
      return false
    }
    if !first {
      guard octet == UInt8(ascii: ",") else { throw fault("a comma or “\(end)” is missing here") }
      at += 1
      if try require() == UInt8(ascii: end) { throw fault("nothing follows the last comma") }
    }
    first = false
    return true
  }
}

// MARK: - Values

extension JSONScanner {
  /// Takes a whole value.
  mutating func value(depth: Int = 0) throws(OrderFileError) -> JSONValue {
    guard depth < Self.maximumDepth else {
      throw fault("lists and objects lie more than \(Self.maximumDepth) deep")
    }
    let octet = try require()
    switch octet {
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "["): return .array(try items(depth: depth + 1))
    case UInt8(ascii: "{"): return .object(try members(depth: depth + 1))
    case UInt8(ascii: "-"), 0x30...0x39: return .number(try number())
    case UInt8(ascii: "t"):
      try word("true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try word("false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try word("null")
      return .null
    default: throw fault("a value is missing here, or its quotes are")
    }
  }

  private mutating func items(depth: Int) throws(OrderFileError) -> [JSONValue] {
    at += 1
    var items: [JSONValue] = []
    var first = true
    while try continues(to: "]", first: &first) { items.append(try value(depth: depth)) }
    return items
  }

  private mutating func members(depth: Int) throws(OrderFileError) -> [JSONValue.Member] {
    at += 1
    var members: [JSONValue.Member] = []
    var first = true
    while try continues(to: "}", first: &first) {
      members.append(JSONValue.Member(try key(), try value(depth: depth)))
    }
    return members
  }

  private mutating func word(_ word: String) throws(OrderFileError) {
    for octet in word.utf8 {
      guard at < bytes.count else { throw truncated }
      guard bytes[at] == octet else { throw fault("“\(word)” is misspelt here") }
      at += 1
    }
  }

  private mutating func number() throws(OrderFileError) -> String {
    let start = at
    if bytes[at] == UInt8(ascii: "-") { at += 1 }
    let first = at
    try digits()
    if bytes[first] == 0x30, at - first > 1 { throw fault("a number may not start with 0") }
    if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      at += 1
      try digits()
    }
    if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < bytes.count, bytes[at] == 0x2B || bytes[at] == 0x2D { at += 1 }
      try digits()
    }
    return text(from: start)
  }

  private mutating func digits() throws(OrderFileError) {
    guard at < bytes.count else { throw truncated }
    guard bytes[at].isDigit else { throw fault("a digit is missing here") }
    while at < bytes.count, bytes[at].isDigit { at += 1 }
  }
}

// MARK: - Texts

extension JSONScanner {
  /// Takes a text, from its opening quote to its closing one.
  private mutating func string() throws(OrderFileError) -> String {
    at += 1
    let start = at
    // Most texts have no escape, and are taken as they stand.
    while at < bytes.count, bytes[at] >= 0x20, bytes[at] != 0x22, bytes[at] != 0x5C { at += 1 }
    var octets = Array(bytes[start..<at])
    while true {
      guard at < bytes.count else { throw truncated }
      guard at - start <= OrderFile.maximumLineOctets else { throw .lineTooLong(line: line) }
      let octet = bytes[at]
      if octet < 0x20 { throw fault("a text may not hold a line break or control character") }
      at += 1
      if octet == UInt8(ascii: "\"") { return String(decoding: octets, as: UTF8.self) }
      if octet == UInt8(ascii: "\\") {
        octets += String(try escape()).utf8
      } else {
        octets.append(octet)
      }
    }
  }

  /// Takes what follows a backslash.
  private mutating func escape() throws(OrderFileError) -> Character {
    guard at < bytes.count else { throw truncated }
    let octet = bytes[at]
    at += 1
    switch octet {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      return Character(Unicode.Scalar(octet))
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return Character(try codePoint())
    default:
      at -= 1
      throw fault("a backslash is followed by none of \" \\ / b f n r t u")
    }
  }

  /// Takes four hexadecimal digits, and the second half of a surrogate pair.
  private mutating func codePoint() throws(OrderFileError) -> Unicode.Scalar {
    let high = try hexadecimal()
    if let scalar = Unicode.Scalar(high) { return scalar }
    guard high < 0xDC00 else { throw fault("half of a surrogate pair stands alone") }
    for octet in [UInt8(ascii: "\\"), UInt8(ascii: "u")] {
      guard at < bytes.count else { throw truncated }
      guard bytes[at] == octet else { throw fault("half of a surrogate pair stands alone") }
      at += 1
    }
    let low = try hexadecimal()
    guard (0xDC00...0xDFFF).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    else { throw fault("half of a surrogate pair stands alone") }
    return scalar
  }

  private mutating func hexadecimal() throws(OrderFileError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard at < bytes.count else { throw truncated }
      guard bytes[at].isHexDigit,
        let digit = UInt32(String(Unicode.Scalar(bytes[at])), radix: 16)
      else { throw fault("four hexadecimal digits belong behind \\u") }
      value = value << 4 | digit
      at += 1
    }
    return value
  }
}
