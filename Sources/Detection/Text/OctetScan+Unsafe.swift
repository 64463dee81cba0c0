/// Walks over octets, eight or sixteen at a time.
///
/// Vectors meet vectors only: the operators that take one number are not made for each kind of vector in
/// the standard library, and then go from octet to octet.
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

  /// The first place in a range of an octet with another behind it, or the end of the range.
  static func find(
    _ octet: UInt8, before other: UInt8, in octets: borrowing [UInt8], _ range: Range<Int>
  ) -> Int {
    precondition(range.upperBound <= octets.count)
    return octets.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return range.upperBound }
      return TextFolder.find(
        octet, before: other, in: base, from: range.lowerBound, to: range.upperBound)
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
      let sign = SIMD16<Int8>(repeating: 0x2C)
      while at &+ 16 <= range.upperBound {
        // As signed numbers, octets that are not ASCII are below all others.
        let octets = UnsafeRawPointer(base + at).loadUnaligned(as: SIMD16<Int8>.self)
        let halves = unsafeBitCast(octets .> sign, to: SIMD2<UInt64>.self)
        if halves[0] == .max {
          if wasDense { return at - 8 }
          if halves[1] == .max { return at }
        }
        wasDense = halves[1] == .max
        at &+= 16
      }
      guard wasDense, at &+ 8 <= range.upperBound else { return range.upperBound }
      let word = UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self)
      let isDense = word & high == 0 && (word &+ 0x5353_5353_5353_5353) & high == high
      return isDense ? at - 8 : range.upperBound
    }
  }

  /// The text of a range; octets that are no UTF-8 are replaced.
  static func string(in octets: borrowing [UInt8], _ range: Range<Int>) -> String {
    precondition(range.upperBound <= octets.count)
    return octets.withUnsafeBufferPointer {
      String(decoding: UnsafeBufferPointer(rebasing: $0[range]), as: UTF8.self)
    }
  }

  /// Whether an octet stands in a range.
  static func holds(_ octet: UInt8, in octets: borrowing [UInt8], _ range: Range<Int>) -> Bool {
    precondition(range.upperBound <= octets.count)
    return octets.withUnsafeBytes { octets in
      let pattern = SIMD16<UInt8>(repeating: octet)
      var at = range.lowerBound
      // What stands behind the range is read, too, where there is as much, and does not count.
      while at < range.upperBound, at &+ 16 <= octets.count {
        let word = octets.loadUnaligned(fromByteOffset: at, as: SIMD16<UInt8>.self)
        let before = zerosBefore(mask(word .== pattern))
        if before < 16 { return at &+ before < range.upperBound }
        at &+= 16
      }
      while at < range.upperBound, octets[at] != octet { at &+= 1 }
      return at < range.upperBound
    }
  }

  /// Adds the octets of a range to others.
  static func add(_ octets: borrowing [UInt8], _ range: Range<Int>, to others: inout [UInt8]) {
    precondition(range.upperBound <= octets.count)
    octets.withUnsafeBufferPointer {
      others.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range]))
    }
  }

  /// The next whole lines that hold digits, less than so many octets apart from one another.
  ///
  /// The range begins at the beginning of a line; nil where no digit is left in it.
  static func linesWithDigits(
    in octets: borrowing [UInt8], _ range: Range<Int>, apart: Int
  ) -> Range<Int>? {
    var digit = findDigit(in: octets, range)
    guard digit < range.upperBound else { return nil }
    var start = digit
    while start > range.lowerBound, octets[start - 1] != 0x0A { start -= 1 }
    while true {
      let end = min(range.upperBound, find(0x0A, in: octets, digit..<range.upperBound) + 1)
      let bound = min(end + apart, range.upperBound)
      digit = findDigit(in: octets, end..<bound)
      if digit == bound { return start..<end }
    }
  }

  /// The first digit in a range, or the end of the range.
  private static func findDigit(in octets: borrowing [UInt8], _ range: Range<Int>) -> Int {
    precondition(range.upperBound <= octets.count)
    return octets.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return range.upperBound }
      var at = range.lowerBound
      let (zero, ten) = (SIMD16<UInt8>(repeating: 0x30), SIMD16<UInt8>(repeating: 10))
      while at &+ 16 <= range.upperBound {
        let word = (base + at).loadUnaligned(as: SIMD16<UInt8>.self)
        let before = zerosBefore(mask((word &- zero) .< ten))
        at &+= before
        if before < 16 { return at }
      }
      while at < range.upperBound, buffer[at] &- 0x30 >= 10 { at &+= 1 }
      return at
    }
  }

  /// Whether two ranges hold the same octets.
  static func isSame(
    _ one: Range<Int>, _ other: Range<Int>, in octets: borrowing [UInt8]
  ) -> Bool {
    precondition(max(one.upperBound, other.upperBound) <= octets.count)
    return octets.withUnsafeBufferPointer { octets in
      guard let base = octets.baseAddress else { return one.count == other.count }
      return isSame(one, other, in: base)
    }
  }

  /// Whether two ranges of octets that can be read hold the same.
  @inline(__always)
  static func isSame(
    _ one: Range<Int>, _ other: Range<Int>, in octets: UnsafePointer<UInt8>
  ) -> Bool {
    guard one.count == other.count else { return false }
    let first = UnsafeRawPointer(octets + one.lowerBound)
    let second = UnsafeRawPointer(octets + other.lowerBound)
    var at = 0
    while at &+ 8 <= one.count {
      guard
        (first + at).loadUnaligned(as: UInt64.self)
          == (second + at).loadUnaligned(as: UInt64.self)
      else { return false }
      at &+= 8
    }
    while at < one.count {
      guard
        first.load(fromByteOffset: at, as: UInt8.self)
          == second.load(fromByteOffset: at, as: UInt8.self)
      else { return false }
      at &+= 1
    }
    return true
  }

  /// Eight octets from an offset on, the first lowest; 0 for those behind the end.
  @inline(__always)
  static func word(in octets: borrowing [UInt8], at offset: Int) -> UInt64 {
    precondition(offset >= 0)
    guard offset + 8 <= octets.count else {
      var word: UInt64 = 0
      for at in offset..<max(offset, octets.count) {
        word |= UInt64(octets[at]) << UInt64(8 * (at - offset))
      }
      return word
    }
    return octets.withUnsafeBytes {
      UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
  }

  /// Which of the first octets of a range are small letters of ASCII, the first lowest, up to one that is
  /// not ASCII; and how many octets that tells of, 64 at most.
  static func smallLetters(
    in octets: borrowing [UInt8], _ range: Range<Int>
  ) -> (letters: UInt64, count: Int) {
    let count = min(64, range.count)
    var letters: UInt64 = 0
    var at = 0
    while at < count {
      let word = word(in: octets, at: range.lowerBound + at)
      let low = word & ~high
      let found =
        smallLetters(low) & ~word & high
      letters |= highBits(of: found) << UInt64(at)
      if word & high != 0 {
        let end = min(count, at + (word & high).trailingZeroBitCount >> 3)
        return (letters & ~(end < 64 ? .max &<< UInt64(end) : 0), end)
      }
      at += 8
    }
    return (letters & ~(count < 64 ? .max &<< UInt64(count) : 0), count)
  }

  /// Marks the small letters among eight octets of ASCII in their highest bits; other bits mean nothing.
  @inline(__always)
  static func smallLetters(_ octets: UInt64) -> UInt64 {
    (octets &+ 0x1F1F_1F1F_1F1F_1F1F) & ~(octets &+ 0x0505_0505_0505_0505)
  }

  /// The highest bits of eight octets of which all other bits are 0, side by side.
  @inline(__always)
  static func highBits(of word: UInt64) -> UInt64 {
    ((word >> 7) &* 0x0102_0408_1020_4080) >> 56
  }

  /// Characters that begin in a range of UTF-8.
  static func characters(in octets: borrowing [UInt8], _ range: Range<Int>) -> Int {
    precondition(range.upperBound <= octets.count)
    return octets.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return 0 }
      var count = range.count
      var at = range.lowerBound
      while at + 16 <= range.upperBound {
        // Counted for each of sixteen octets by itself, as long as that fits into an octet.
        let end = min(range.upperBound - 16, at + 16 * 254)
        var sums = SIMD16<UInt8>()
        while at <= end {
          let word = (base + at).loadUnaligned(as: SIMD16<UInt8>.self)
          // An octet that goes on with a character has the highest bit and not the next.
          let top = word & SIMD16<UInt8>(repeating: 0xC0)
          sums = sums &- mask(top .== SIMD16<UInt8>(repeating: 0x80))
          at &+= 16
        }
        let halves = unsafeBitCast(sums, to: SIMD2<UInt64>.self)
        count -= sum(halves[0]) + sum(halves[1])
      }
      while at < range.upperBound {
        if buffer[at] & 0xC0 == 0x80 { count -= 1 }
        at += 1
      }
      return count
    }
  }

  /// The sum of eight octets.
  private static func sum(_ word: UInt64) -> Int {
    let pairs = (word & 0x00FF_00FF_00FF_00FF) &+ (word >> 8 & 0x00FF_00FF_00FF_00FF)
    return Int((pairs &* 0x0001_0001_0001_0001) >> 48)
  }

  /// Octets that are 255 where a comparison holds and 0 elsewhere.
  @inline(__always)
  static func mask(_ comparison: SIMDMask<SIMD16<Int8>>) -> SIMD16<UInt8> {
    unsafeBitCast(comparison, to: SIMD16<UInt8>.self)
  }

  /// How many of sixteen octets, each of which is 0 or has its highest bit, are 0 before the first other.
  @inline(__always)
  static func zerosBefore(_ octets: SIMD16<UInt8>) -> Int {
    let halves = unsafeBitCast(octets, to: SIMD2<UInt64>.self)
    guard halves[0] | halves[1] != 0 else { return 16 }
    return halves[0] != 0
      ? UInt64(littleEndian: halves[0]).trailingZeroBitCount >> 3
      : 8 + UInt64(littleEndian: halves[1]).trailingZeroBitCount >> 3
  }

  /// Whether all of sixteen octets are 0.
  @inline(__always)
  static func isZero(_ octets: SIMD16<UInt8>) -> Bool {
    let halves = unsafeBitCast(octets, to: SIMD2<UInt64>.self)
    return halves[0] | halves[1] == 0
  }
}
