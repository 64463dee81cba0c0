/// Unpacking of gzip, zlib and bare deflate streams.
enum Inflation {
  /// Unpacks all members of a stream, up to a bound.
  ///
  /// - Returns: nil where not even the first octet comes out.
  static func unpack(
    _ packed: [UInt8], wrapping: InflateStream.Wrapping, limit: Int
  ) -> ContentCoding.Unpacked? {
    guard let stream = InflateStream(wrapping) else { return nil }
    var octets: [UInt8] = []
    octets.reserveCapacity(min(limit, 4 * packed.count))
    var scratch = [UInt8](repeating: 0, count: 16 << 10)
    var consumed = 0
    while octets.count < limit {
      let room = min(scratch.count, limit - octets.count)
      let step = stream.step(packed, from: consumed, into: &scratch, room: room)
      consumed += step.consumed
      octets.append(contentsOf: scratch[..<step.produced])
      switch step.outcome {
      case .more:
        continue
      case .end:
        // RFC 1952, Section 2.2: a file may be several members in a row.
        guard packed[consumed...].starts(with: [0x1F, 0x8B]), stream.reset() else {
          return ContentCoding.Unpacked(octets: octets, isTruncated: false)
        }
      case .stuck:
        return octets.isEmpty ? nil : ContentCoding.Unpacked(octets: octets, isTruncated: true)
      }
    }
    return ContentCoding.Unpacked(octets: octets, isTruncated: true)
  }
}
