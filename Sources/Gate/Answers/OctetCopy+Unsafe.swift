/// Octets of answers, copied and changed many at once.
///
/// Safety: every room is cut out of the span that holds it, and every source out of its own, so both
/// ranges are checked; they cannot overlap, since the one is borrowed and the other held exclusively.
extension MutableSpan where Element == UInt8 {
  /// Copies octets over those from `start` on.
  @inline(__always)
  mutating func copy(_ source: Span<UInt8>, to start: Int) {
    var room = _mutatingExtracting(start..<(start + source.count))
    room.withUnsafeMutableBytes { target in
      source.withUnsafeBytes { target.copyMemory(from: $0) }
    }
  }

  /// Writes a number, most significant octet first.
  @inline(__always)
  mutating func store<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number, at start: Int)
  {
    var room = _mutatingExtracting(start..<(start + MemoryLayout<Number>.size))
    room.withUnsafeMutableBytes { $0.storeBytes(of: number.bigEndian, as: Number.self) }
  }
}

extension Span where Element == UInt8 {
  /// A number that stands in network order from an octet on.
  @inline(__always)
  func number<Number: FixedWidthInteger & BitwiseCopyable>(
    at start: Int, as type: Number.Type = Number.self
  ) -> Number {
    bytes.unsafeLoadUnaligned(fromByteOffset: start, as: type).bigEndian
  }
}
