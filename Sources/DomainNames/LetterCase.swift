extension UInt8 {
  /// This octet with an ASCII capital made small; every other octet as it is.
  @inlinable
  public var asciiLowercased: UInt8 {
    self >= 0x41 && self <= 0x5A ? self | 0x20 : self
  }
}

extension UInt64 {
  /// Eight octets, each ASCII capital made small.
  @inlinable
  public var asciiLowercasedOctets: UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let low = self & (ones &* 0x7F)
    let atLeastA = low &+ ones &* (0x80 - 0x41)
    let pastZ = low &+ ones &* (0x80 - 0x5B)
    let capital = (atLeastA & ~pastZ & ~self) & (ones &* 0x80)
    return self | (capital >> 2)
  }
}
