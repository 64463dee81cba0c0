/// Walks over octets, eight at a time.
///
/// Safety: pointers stay within the closure that lends them; octets are read at offsets within the
/// range, which the caller's array holds: that is checked once for each walk.
enum OctetScan {
  private static let high: UInt64 = 0x8080_8080_8080_8080

  /// The first place of an octet in a range, or the end of the range.
  static func find(_ octet: UInt8, in octets: borrowing [UInt8], _ range: Range<Int>) -> Int {
    precondition(range.upperBound <= octets.count)
    return octets.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return range.upperBound }
      return TextFolder.find(octet, in: base, from: range.lowerBound, to: range.upperBound)
    }
  }

  /// The first place from `start` on, in steps of eight, of sixteen octets that all stand in words: of
  /// ASCII, and neither space nor sign below `-`; or the end of the range where there is none.
  static func denseOctets(
    in octets: borrowing [UInt8], _ range: Range<Int>
  ) -> Int {
    precondition(range.upperBound <= octets.count)
    return octets.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return range.upperBound }
      var wasDense = false
      var at = range.lowerBound
      while at + 8 <= range.upperBound {
        let word = UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self)
        let isDense =
          word & high == 0 && (word &+ 0x5353_5353_5353_5353) & high == high
        if isDense, wasDense { return at - 8 }
        wasDense = isDense
        at += 8
      }
      return range.upperBound
    }
  }

  /// Characters that begin in a range of UTF-8.
  static func characters(in octets: borrowing [UInt8], _ range: Range<Int>) -> Int {
    precondition(range.upperBound <= octets.count)
    return octets.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return 0 }
      var count = range.count
      var at = range.lowerBound
      while at + 8 <= range.upperBound {
        let word = UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self)
        // An octet that goes on with a character has the highest bit and not the next.
        count -= (word & ~(word << 1) & high).nonzeroBitCount
        at += 8
      }
      while at < range.upperBound {
        if base[at] & 0xC0 == 0x80 { count -= 1 }
        at += 1
      }
      return count
    }
  }
}
