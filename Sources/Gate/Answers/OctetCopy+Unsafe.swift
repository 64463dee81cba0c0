extension [UInt8] {
  /// Copies octets over those from `start` on, all at once.
  ///
  /// Safety: the room is cut out of the array's own span, so the range is checked; both sides are
  /// octets, of the same number, and cannot overlap, since the source is borrowed from elsewhere
  /// while this array is held exclusively.
  mutating func copy(_ source: Span<UInt8>, to start: Int) {
    var whole = mutableSpan
    var room = whole._mutatingExtracting(start..<(start + source.count))
    room.withUnsafeMutableBytes { target in
      source.withUnsafeBytes { target.copyMemory(from: $0) }
    }
  }
}

extension [UInt8] {
  /// Writes a number's octets as they lie in memory.
  ///
  /// Safety: the room is cut out of the array's own span, so the range is checked.
  @inline(__always)
  mutating func store<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number, at start: Int)
  {
    var whole = mutableSpan
    var room = whole._mutatingExtracting(start..<(start + MemoryLayout<Number>.size))
    room.withUnsafeMutableBytes { $0.storeBytes(of: number, as: Number.self) }
  }
}
