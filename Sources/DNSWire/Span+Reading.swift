extension Span where Element == UInt8 {
  /// The octet at an offset.
  func octet(at offset: Int) throws(WireError) -> UInt8 {
    guard offset >= 0, offset < count else { throw .truncated(at: offset) }
    return self[offset]
  }

  /// The 16-bit number at an offset, in network order.
  func uint16(at offset: Int) throws(WireError) -> UInt16 {
    let high = try octet(at: offset)
    let low = try octet(at: offset + 1)
    return UInt16(high) << 8 | UInt16(low)
  }

  /// The 32-bit number at an offset, in network order.
  func uint32(at offset: Int) throws(WireError) -> UInt32 {
    let high = try uint16(at: offset)
    let low = try uint16(at: offset + 2)
    return UInt32(high) << 16 | UInt32(low)
  }

  /// A copy of the octets in a range.
  func octets(in range: Range<Int>) throws(WireError) -> [UInt8] {
    guard range.lowerBound >= 0 else { throw .truncated(at: range.lowerBound) }
    guard range.upperBound <= count else { throw .truncated(at: count) }
    var copy: [UInt8] = []
    copy.reserveCapacity(range.count)
    for offset in range { copy.append(self[offset]) }
    return copy
  }
}

extension FixedWidthInteger where Self: UnsignedInteger {
  /// The octets in network order.
  var bigEndianOctets: [UInt8] {
    stride(from: Self.bitWidth - 8, through: 0, by: -8).map {
      UInt8(truncatingIfNeeded: self >> Self($0))
    }
  }
}
