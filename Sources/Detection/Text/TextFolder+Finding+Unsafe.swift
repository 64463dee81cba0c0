/// Finds octets, sixteen at a time.
///
/// Safety: `source` is valid for `end` octets; octets are read at offsets from `start` on and below `end`.
extension TextFolder {
  /// The first place from `start` on of an octet with another behind it, or `end`.
  static func find(
    _ octet: UInt8, before other: UInt8, in source: UnsafePointer<UInt8>, from start: Int,
    to end: Int
  ) -> Int {
    var at = start
    let (first, second) = (SIMD16<UInt8>(repeating: octet), SIMD16<UInt8>(repeating: other))
    while at &+ 17 <= end {
      let octets = UnsafeRawPointer(source + at).loadUnaligned(as: SIMD16<UInt8>.self)
      let next = UnsafeRawPointer(source + at + 1).loadUnaligned(as: SIMD16<UInt8>.self)
      let found = OctetScan.mask(octets .== first) & OctetScan.mask(next .== second)
      if !OctetScan.isZero(found) { break }
      at &+= 16
    }
    while at &+ 1 < end, source[at] != octet || source[at &+ 1] != other { at &+= 1 }
    return at &+ 1 < end ? at : end
  }

  /// The first place of an octet from `start` on, or `end`.
  @inline(__always)
  static func find(
    _ octet: UInt8, in source: UnsafePointer<UInt8>, from start: Int, to end: Int
  ) -> Int {
    var at = start
    let pattern = SIMD16<UInt8>(repeating: octet)
    while at &+ 16 <= end {
      let octets = UnsafeRawPointer(source + at).loadUnaligned(as: SIMD16<UInt8>.self)
      let before = OctetScan.zerosBefore(OctetScan.mask(octets .== pattern))
      at &+= before
      if before < 16 { return at }
    }
    while at < end, source[at] != octet { at &+= 1 }
    return at
  }
}
