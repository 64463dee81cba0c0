/// The strict form of base64url without padding that DNS over HTTPS asks for (RFC 8484, Section 4.1;
/// RFC 4648, Section 5).
///
/// Every sequence of octets has one text and no other: padding, line breaks, the letters of plain
/// base 64, and bits that say nothing are refused.
enum Base64URL {
  /// Reads a text; nil where it is no such text, or stands for too many octets.
  ///
  /// - Parameters:
  ///   - text: the text.
  ///   - limit: the most octets that are taken.
  /// - Returns: the octets.
  static func decode(_ text: some StringProtocol, limit: Int) -> [UInt8]? {
    let letters = text.utf8
    guard letters.count % 4 != 1, letters.count / 4 <= limit else { return nil }
    var octets: [UInt8] = []
    octets.reserveCapacity(letters.count * 3 / 4)
    var bits: UInt32 = 0
    var bitCount = 0
    for letter in letters {
      guard let value = value(of: letter) else { return nil }
      bits = bits << 6 | value
      bitCount += 6
      guard bitCount >= 8 else { continue }
      bitCount -= 8
      octets.append(UInt8(truncatingIfNeeded: bits >> bitCount))
      bits &= (1 << bitCount) - 1
    }
    return bits == 0 && octets.count <= limit ? octets : nil
  }

  private static func value(of letter: UInt8) -> UInt32? {
    switch letter {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(letter - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(letter - UInt8(ascii: "a") + 26)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(letter - UInt8(ascii: "0") + 52)
    case UInt8(ascii: "-"): 62
    case UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
