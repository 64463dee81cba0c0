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

  /// Adds the octets of a range to others.
  static func add(_ octets: borrowing [UInt8], _ range: Range<Int>, to others: inout [UInt8]) {
    precondition(range.upperBound <= octets.count)
    octets.withUnsafeBufferPointer {
      others.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range]))
    }
  }

  /// Whether two ranges hold the same octets.
  static func isSame(
    _ one: Range<Int>, _ other: Range<Int>, in octets: borrowing [UInt8]
  ) -> Bool {
    precondition(max(one.upperBound, other.upperBound) <= octets.count)
    guard one.count == other.count else { return false }
    return octets.withUnsafeBytes { octets in
      octets[one].elementsEqual(octets[other])
    }
  }

  /// The small letters of ASCII from an offset on: the first eight packed, and how many there are.
  @inline(__always)
  static func smallLetters(
    in octets: borrowing [UInt8], _ range: Range<Int>
  ) -> (key: UInt64, count: Int) {
    precondition(range.upperBound <= octets.count)
    return octets.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress, range.lowerBound + 8 <= buffer.count else {
        var packed = PackedOctets()
        for at in range {
          guard octets[at] &- 0x61 < 26 else { break }
          packed.append(octets[at])
        }
        return (packed.key, Int(packed.count))
      }
      let word = UInt64(
        littleEndian: UnsafeRawPointer(base + range.lowerBound).loadUnaligned(as: UInt64.self))
      let low = word & ~high
      let letters =
        (low &+ 0x1F1F_1F1F_1F1F_1F1F) & ~(low &+ 0x0505_0505_0505_0505) & ~word & high
      var count = min(((letters ^ high).trailingZeroBitCount) >> 3, range.count)
      guard count == 8 else { return (word & ~(UInt64.max &<< UInt64(8 * count)), count) }
      while count < range.count, base[range.lowerBound + count] &- 0x61 < 26 { count += 1 }
      return (word, count)
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
        // Counted for each of eight octets by itself, as long as that fits into an octet.
        let end = min(range.upperBound - 8, at + 8 * 254)
        var sums: UInt64 = 0
        while at <= end {
          let word = UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self)
          // An octet that goes on with a character has the highest bit and not the next.
          sums &+= (word & ~(word << 1) & high) >> 7
          at += 8
        }
        let pairs = (sums & 0x00FF_00FF_00FF_00FF) &+ (sums >> 8 & 0x00FF_00FF_00FF_00FF)
        count -= Int((pairs &* 0x0001_0001_0001_0001) >> 48)
      }
      while at < range.upperBound {
        if base[at] & 0xC0 == 0x80 { count -= 1 }
        at += 1
      }
      return count
    }
  }
}
