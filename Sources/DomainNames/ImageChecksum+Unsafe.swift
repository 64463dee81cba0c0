/// A checksum of octets, fast and without a secret: it finds damage, not forgery.
///
/// Four lanes each fold eight octets at a time with a multiplication to 128 bits.
///
/// Safety: words are read at offsets below the buffer's count alone.
enum ImageChecksum {
  private static let multipliers = SIMD4<UInt64>(
    0x9E37_79B9_7F4A_7C15, 0xBF58_476D_1CE4_E5B9, 0x94D0_49BB_1331_11EB, 0xD6E8_FEB8_6659_FD93)

  static func of(_ octets: UnsafeRawBufferPointer) -> UInt64 {
    var (one, two) = (multipliers[1], multipliers[2])
    var (three, four) = (multipliers[3], UInt64(octets.count) ^ multipliers[0])
    var at = 0
    while at &+ 32 <= octets.count {
      one = fold(one ^ word(octets, at), multipliers[0])
      two = fold(two ^ word(octets, at &+ 8), multipliers[1])
      three = fold(three ^ word(octets, at &+ 16), multipliers[2])
      four = fold(four ^ word(octets, at &+ 24), multipliers[3])
      at &+= 32
    }
    while at < octets.count {
      var last: UInt64 = 0
      for place in at..<min(at + 8, octets.count) { last = last << 8 | UInt64(octets[place]) }
      one = fold(one ^ last, multipliers[0]) &+ 1
      at += 8
    }
    return fold(fold(one, two | 1) ^ three, multipliers[0]) ^ fold(four, multipliers[1])
  }

  static func of(_ numbers: [UInt64]) -> UInt64 {
    numbers.map(\.littleEndian).withUnsafeBytes { of($0) }
  }

  static func of(_ octets: [UInt8]) -> UInt64 {
    octets.withUnsafeBytes { of($0) }
  }

  @inline(__always)
  private static func word(_ octets: UnsafeRawBufferPointer, _ at: Int) -> UInt64 {
    UInt64(littleEndian: octets.loadUnaligned(fromByteOffset: at, as: UInt64.self))
  }

  @inline(__always)
  private static func fold(_ one: UInt64, _ other: UInt64) -> UInt64 {
    let product = one.multipliedFullWidth(by: other)
    return product.high ^ product.low
  }
}
