// Numbers and strings.
extension JSONReader {
  mutating func readInteger() throws(CanonicalJSONError) -> Int64 {
    let start = position
    let isNegative = next == UInt8(ascii: "-")
    if isNegative { position += 1 }
    let digits = position
    var magnitude: Int64 = 0
    var isTooLarge = false
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      if !isTooLarge {
        magnitude = magnitude * 10 + Int64(byte - UInt8(ascii: "0"))
        isTooLarge = magnitude > CanonicalJSON.maximumInteger
      }
      position += 1
    }
    let hasLeadingZero = position - digits > 1 && bytes[digits] == UInt8(ascii: "0")
    guard position > digits, !hasLeadingZero else { throw failure(.malformedNumber, at: start) }
    switch next {
    case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
      throw failure(.fraction, at: start)
    default:
      guard !isTooLarge else { throw failure(.integerTooLarge, at: start) }
      return isNegative ? -magnitude : magnitude
    }
  }

  mutating func readString() throws(CanonicalJSONError) -> String {
    let start = position
    position += 1
    // Most strings have no escapes: they are one run of bytes.
    let run = try readRun()
    if next == UInt8(ascii: "\"") {
      position += 1
      return try text(bytes[run], startingAt: start)
    }
    var unescaped = Array(bytes[run])
    while next == UInt8(ascii: "\\") {
      try readEscape(into: &unescaped)
      unescaped += bytes[try readRun()]
    }
    position += 1
    return try text(unescaped[...], startingAt: start)
  }

  private func text(
    _ utf8: ArraySlice<UInt8>, startingAt offset: Int
  ) throws(CanonicalJSONError) -> String {
    guard let text = String(validating: utf8, as: UTF8.self) else {
      throw failure(.notUTF8, at: offset)
    }
    return text
  }

  /// Reads up to the next quotation mark or backslash, and leaves the reader on it.
  private mutating func readRun() throws(CanonicalJSONError) -> Range<Int> {
    let start = position
    while let byte = next {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return start..<position }
      guard byte >= 0x20 else { throw failure(.controlCharacter(byte), at: position) }
      position += 1
    }
    throw failure(.unexpectedEnd, at: position)
  }

  private mutating func readEscape(into text: inout [UInt8]) throws(CanonicalJSONError) {
    let start = position
    position += 1
    guard let letter = next else { throw failure(.unexpectedEnd, at: position) }
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): text += String(try readScalar(startingAt: start)).utf8
    default: throw failure(.malformedEscape, at: start)
    }
  }

  /// Reads the digits after `\u`, and the second escape of a surrogate pair.
  private mutating func readScalar(
    startingAt start: Int
  ) throws(CanonicalJSONError) -> Unicode.Scalar {
    let first = try readFourDigits(startingAt: start)
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, next == UInt8(ascii: "\\"), position + 1 < bytes.count,
      bytes[position + 1] == UInt8(ascii: "u")
    else { throw failure(.loneSurrogate, at: start) }
    position += 2
    let second = try readFourDigits(startingAt: start)
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw failure(.loneSurrogate, at: start) }
    return scalar
  }

  private mutating func readFourDigits(
    startingAt start: Int
  ) throws(CanonicalJSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next else { throw failure(.unexpectedEnd, at: position) }
      let isUpperCase = (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte)
      guard let digit = Hexadecimal.value(of: isUpperCase ? byte | 0x20 : byte) else {
        throw failure(.malformedEscape, at: start)
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }
}
