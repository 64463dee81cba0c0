internal import Glibc

/// Looks for octets, many at a time: a post is read mostly by passing over its words.
///
/// Safety: pointers stay within the closure that lends them; octets are read at offsets within the
/// range, which the caller's array holds: that is checked once for each search.
enum OctetSearch {
  /// The first place of an octet in a range, or the end of the range.
  static func find(_ octet: UInt8, in octets: borrowing [UInt8], _ range: Range<Int>) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= octets.count)
    return octets.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress,
        let found = memchr(base + range.lowerBound, Int32(octet), range.count)
      else { return range.upperBound }
      return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
    }
  }

  /// How often an octet stands in an array.
  static func count(_ octet: UInt8, in octets: borrowing [UInt8]) -> Int {
    octets.withUnsafeBufferPointer { buffer in
      var count = 0
      var at = 0
      let wanted = SIMD16<UInt8>(repeating: octet)
      while at + 16 <= buffer.count, let base = buffer.baseAddress {
        let word = UnsafeRawPointer(base + at).loadUnaligned(as: SIMD16<UInt8>.self)
        let ones = SIMD16<UInt8>(repeating: 0).replacing(with: 1, where: word .== wanted)
        count += Int(ones.wrappedSum())
        at += 16
      }
      while at < buffer.count {
        if buffer[at] == octet { count += 1 }
        at += 1
      }
      return count
    }
  }

  /// The first place in a range where a JSON string ends or needs a closer look: a quotation mark, a
  /// backslash or a control character; or the end of the range.
  static func endOfPlainText(in octets: borrowing [UInt8], _ range: Range<Int>) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= octets.count)
    return octets.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return range.upperBound }
      var at = range.lowerBound
      while at + 8 <= range.upperBound {
        let word = UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self)
        let marks = zeros(word ^ quotes) | zeros(word ^ backslashes) | controls(word)
        if marks != 0 { return at + UInt64(littleEndian: marks).trailingZeroBitCount / 8 }
        at += 8
      }
      while at < range.upperBound {
        let octet = base[at]
        if octet == 0x22 || octet == 0x5C || octet < 0x20 { return at }
        at += 1
      }
      return range.upperBound
    }
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let high: UInt64 = 0x8080_8080_8080_8080
  private static let quotes = ones &* 0x22
  private static let backslashes = ones &* 0x5C

  /// The highest bit of each octet that is zero; behind the first such octet others may be wrong.
  private static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & high }

  /// The highest bit of each octet below 0x20; behind the first such octet others may be wrong.
  private static func controls(_ word: UInt64) -> UInt64 {
    (word &- ones &* 0x20) & ~word & high
  }
}
