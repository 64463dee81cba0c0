/// Reads one line of JSON (RFC 8259) strictly, from octets that are known to be UTF-8.
///
/// It goes forward only, and copies nothing but the strings that are asked for.
/// Budget: some octets a nanosecond, one allocation for each string asked for.
struct PostScanner {
  private let octets: [UInt8]
  private let start: Int
  private let end: Int
  /// The next octet, in the batch.
  private(set) var at: Int

  /// Takes a part of a batch.
  init(_ octets: [UInt8], _ range: Range<Int>) {
    self.octets = octets
    start = range.lowerBound
    end = range.upperBound
    at = range.lowerBound
  }

  /// The fault at an offset of the batch, or at the next octet.
  func fault(_ reason: PostFault.Reason, at offset: Int? = nil) -> PostFault {
    PostFault(reason, octet: (offset ?? at) - start + 1)
  }

  /// Passes over white space; false at the end.
  mutating func skipSpace() -> Bool {
    while at < end {
      switch octets[at] {
      case 0x20, 0x09, 0x0D: at += 1
      default: return true
      }
    }
    return false
  }

  /// The next octet that is no white space; there has to be one.
  mutating func peek() throws(PostFault) -> UInt8 {
    guard skipSpace() else { throw fault(.endsEarly) }
    return octets[at]
  }

  /// Takes a mark if it comes next.
  mutating func take(_ mark: UInt8) throws(PostFault) -> Bool {
    guard try peek() == mark else { return false }
    at += 1
    return true
  }

  /// Takes a mark that has to come next.
  mutating func demand(_ mark: UInt8, _ name: String) throws(PostFault) {
    guard try take(mark) else { throw fault(.expected(name)) }
  }

  /// Demands that nothing follows.
  mutating func demandEnd() throws(PostFault) {
    guard !skipSpace() else { throw fault(.expected("the end of the line")) }
  }

  /// Takes a word such as `true` if it comes next.
  mutating func takeWord(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard at + count <= end else { return false }
    let isThere = word.withUTF8Buffer { word in
      for offset in 0..<count where octets[at + offset] != word[offset] { return false }
      return true
    }
    guard isThere else { return false }
    at += count
    return true
  }
}

// MARK: - Strings

extension PostScanner {
  /// A string's octets, escapes resolved.
  mutating func string() throws(PostFault) -> [UInt8] {
    let (range, hasEscapes) = try stringRange()
    return hasEscapes ? try resolved(range) : Array(octets[range])
  }

  /// Where the octets of a string stand, and whether escapes are among them.
  mutating func stringRange() throws(PostFault) -> (range: Range<Int>, hasEscapes: Bool) {
    guard try peek() == 0x22 else { throw fault(.expected("a string")) }
    at += 1
    let first = at
    var hasEscapes = false
    while true {
      at = OctetSearch.endOfPlainText(in: octets, at..<end)
      guard at < end else { throw fault(.endsEarly) }
      switch octets[at] {
      case 0x22:
        at += 1
        return (first..<at - 1, hasEscapes)
      case 0x5C:
        hasEscapes = true
        try passEscape()
      default: throw fault(.controlCharacter)
      }
    }
  }

  /// The octets of a plain string as text.
  func text(_ range: Range<Int>) -> String { String(decoding: octets[range], as: UTF8.self) }

  /// Whether the octets at a place are those of a name.
  func isName(_ name: StaticString, _ range: Range<Int>) -> Bool {
    guard range.count == name.utf8CodeUnitCount else { return false }
    return name.withUTF8Buffer { name in
      for offset in 0..<name.count where octets[range.lowerBound + offset] != name[offset] {
        return false
      }
      return true
    }
  }

  /// An octet of the batch.
  subscript(offset: Int) -> UInt8 { octets[offset] }

  private mutating func passEscape() throws(PostFault) {
    guard at + 1 < end else { throw fault(.endsEarly) }
    switch octets[at + 1] {
    case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: at += 2
    case 0x75:
      let unit = try unit(at: at)
      if (0xDC00...0xDFFF).contains(unit) { throw fault(.loneSurrogate) }
      guard (0xD800...0xDBFF).contains(unit) else {
        at += 6
        return
      }
      guard at + 11 < end, octets[at + 6] == 0x5C, octets[at + 7] == 0x75,
        (0xDC00...0xDFFF).contains(try self.unit(at: at + 6))
      else { throw fault(.loneSurrogate) }
      at += 12
    default: throw fault(.badEscape)
    }
  }

  /// The code unit of `\uXXXX`.
  private func unit(at offset: Int) throws(PostFault) -> UInt32 {
    guard offset + 5 < end else { throw fault(.endsEarly) }
    var value: UInt32 = 0
    for octet in octets[offset + 2...offset + 5] {
      let digit: UInt32
      switch octet {
      case 0x30...0x39: digit = UInt32(octet) - 0x30
      case 0x41...0x46: digit = UInt32(octet) - 0x37
      case 0x61...0x66: digit = UInt32(octet) - 0x57
      default: throw fault(.badEscape, at: offset)
      }
      value = value << 4 | digit
    }
    return value
  }

  /// The octets of a string whose escapes were checked.
  func resolved(_ range: Range<Int>) throws(PostFault) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(range.count)
    var at = range.lowerBound
    while at < range.upperBound {
      guard octets[at] == 0x5C else {
        out.append(octets[at])
        at += 1
        continue
      }
      switch octets[at + 1] {
      case 0x62: out.append(0x08)
      case 0x66: out.append(0x0C)
      case 0x6E: out.append(0x0A)
      case 0x72: out.append(0x0D)
      case 0x74: out.append(0x09)
      case 0x75:
        var code = try unit(at: at)
        if (0xD800...0xDBFF).contains(code) {
          code = 0x10000 + (code - 0xD800) << 10 + (try unit(at: at + 6) - 0xDC00)
          at += 6
        }
        if let scalar = Unicode.Scalar(code) {
          out.append(contentsOf: Unicode.UTF8.encode(scalar) ?? .init())
        }
        at += 4
      case let octet: out.append(octet)
      }
      at += 2
    }
    return out
  }
}

// MARK: - Values that are passed over

extension PostScanner {
  /// Passes over a value of any type, and checks it all the same.
  mutating func skipValue(depth: Int = 0) throws(PostFault) {
    guard depth < PostLines.depthLimit else { throw fault(.tooDeep) }
    switch try peek() {
    case 0x22: _ = try stringRange()
    case 0x7B:
      at += 1
      if try take(0x7D) { return }
      repeat {
        _ = try stringRange()
        try demand(0x3A, "a colon")
        try skipValue(depth: depth + 1)
      } while try take(0x2C)
      try demand(0x7D, "a comma or }")
    case 0x5B:
      at += 1
      if try take(0x5D) { return }
      repeat { try skipValue(depth: depth + 1) } while try take(0x2C)
      try demand(0x5D, "a comma or ]")
    case 0x2D, 0x30...0x39: try skipNumber()
    default:
      guard takeWord("true") || takeWord("false") || takeWord("null") else {
        throw fault(.expected("a value"))
      }
    }
  }

  private mutating func skipNumber() throws(PostFault) {
    let first = at
    if octets[at] == 0x2D { at += 1 }
    let whole = at
    guard skipDigits() > 0, octets[whole] != 0x30 || at == whole + 1 else {
      throw fault(.badNumber, at: first)
    }
    if at < end, octets[at] == 0x2E {
      at += 1
      guard skipDigits() > 0 else { throw fault(.badNumber, at: first) }
    }
    if at < end, octets[at] | 0x20 == 0x65 {
      at += 1
      if at < end, octets[at] == 0x2B || octets[at] == 0x2D { at += 1 }
      guard skipDigits() > 0 else { throw fault(.badNumber, at: first) }
    }
  }

  private mutating func skipDigits() -> Int {
    let first = at
    while at < end, octets[at] &- 0x30 < 10 { at += 1 }
    return at - first
  }
}
