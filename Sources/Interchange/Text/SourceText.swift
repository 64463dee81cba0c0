/// The octets of a file, known to be UTF-8, within the limits, and without a byte order mark.
struct SourceText {
  let bytes: [UInt8]
  /// Where the content starts: after a byte order mark, if there is one.
  let start: Int

  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  init(_ bytes: [UInt8]) throws(OrderFileError) {
    guard bytes.count <= OrderFile.maximumOctets else { throw .tooLarge(octets: bytes.count) }
    if Self.looksLikeUTF16(bytes) { throw .utf16 }
    if let fault = Self.firstFault(in: bytes) {
      throw .notUTF8(byte: fault + 1, line: Self.line(of: fault, in: bytes))
    }
    if let zero = bytes.firstIndex(of: 0) {
      throw .notText(byte: zero + 1, line: Self.line(of: zero, in: bytes))
    }
    self.bytes = bytes
    self.start = bytes.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0
    if bytes[start...].allSatisfy(\.isASCIISpace) { throw .empty }
  }

  /// The content, without a byte order mark.
  var content: ArraySlice<UInt8> { bytes[start...] }

  /// Whether the file opens with a byte order mark of UTF-16, or with every second octet zero.
  private static func looksLikeUTF16(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 2 else { return false }
    let first = (bytes[0], bytes[1])
    if first == (0xFF, 0xFE) || first == (0xFE, 0xFF) { return true }
    return (first.0 == 0) != (first.1 == 0)
  }

  /// Where the octets first break the rules of UTF-8 (RFC 3629); nil where they keep them.
  private static func firstFault(in bytes: [UInt8]) -> Int? {
    if String(validating: bytes, as: UTF8.self) != nil { return nil }
    var parser = Unicode.UTF8.ForwardParser()
    var octets = bytes.makeIterator()
    var at = 0
    while true {
      switch parser.parseScalar(from: &octets) {
      case .valid(let scalar): at += scalar.count
      case .error: return at
      case .emptyInput: return nil
      }
    }
  }

  /// The number of the line on which an octet stands.
  private static func line(of offset: Int, in bytes: [UInt8]) -> Int {
    var lines = LineSequence(bytes[...])
    var number = 1
    while let line = lines.next(), line.bytes.startIndex <= offset { number = line.number }
    return number
  }
}

/// The lines of a text: LF, CR LF and CR alone end a line.
struct LineSequence: Sequence, IteratorProtocol {
  private var rest: ArraySlice<UInt8>
  private var number = 0

  struct Line {
    /// Counted from 1.
    let number: Int
    /// Without its end.
    let bytes: ArraySlice<UInt8>
  }

  init(_ bytes: ArraySlice<UInt8>) {
    rest = bytes
  }

  mutating func next() -> Line? {
    guard !rest.isEmpty else { return nil }
    number += 1
    guard let end = rest.firstIndex(where: \.isLineBreak) else {
      defer { rest = [] }
      return Line(number: number, bytes: rest)
    }
    let line = Line(number: number, bytes: rest[..<end])
    let isPair = rest[end] == 0x0D && end + 1 < rest.endIndex && rest[end + 1] == 0x0A
    rest = rest[(end + (isPair ? 2 : 1))...]
    return line
  }
}

extension UInt8 {
  /// Line feed or carriage return.
  var isLineBreak: Bool { self == 0x0A || self == 0x0D }
  /// Space, or one of the control characters that move the cursor like it.
  var isASCIISpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
  /// `0` to `9`.
  var isDigit: Bool { (0x30...0x39).contains(self) }
  /// `A` to `Z`, `a` to `z`.
  var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }
  /// `0` to `9`, `A` to `F`, `a` to `f`.
  var isHexDigit: Bool { isDigit || (0x61...0x66).contains(self | 0x20) }
}

extension ArraySlice<UInt8> {
  /// This slice without ASCII white space at its ends.
  var trimmedOfASCIISpace: ArraySlice<UInt8> {
    guard let first = firstIndex(where: { !$0.isASCIISpace }),
      let last = lastIndex(where: { !$0.isASCIISpace })
    else { return self[endIndex...] }
    return self[first...last]
  }
}

extension StringProtocol where SubSequence == Substring {
  /// This text without white space of any kind at its ends (Unicode's `White_Space`).
  ///
  /// Invisible characters that are no white space, such as U+200B, stay.
  var trimmedOfWhiteSpace: Substring {
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return self[endIndex...] }
    return self[first..<scalars.index(after: last)]
  }
}
