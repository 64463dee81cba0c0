internal import CZlib

/// Unpacking of gzip, zlib and bare deflate streams by zlib.
///
/// Safety: the stream's pointers are set inside the closures that lend them and used by one call of
/// `inflate` each; counts are those of the lent buffers. `inflateEnd` runs on every way out.
enum Inflation {
  /// What is around the deflate stream.
  enum Wrapping: Int32 {
    case gzipOrZlib = 47
    case none = -15
  }

  /// Unpacks all members of a stream, up to a bound.
  ///
  /// - Returns: nil where not even the first octet comes out.
  static func unpack(
    _ packed: [UInt8], wrapping: Wrapping, limit: Int
  ) -> ContentCoding.Unpacked? {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(&stream, wrapping.rawValue, ZLIB_VERSION, size) == Z_OK else { return nil }
    defer { inflateEnd(&stream) }
    var octets: [UInt8] = []
    octets.reserveCapacity(min(limit, 4 * packed.count))
    var scratch = [UInt8](repeating: 0, count: 64 << 10)
    var consumed = 0
    while true {
      let room = min(scratch.count, limit - octets.count)
      guard room > 0 else { return ContentCoding.Unpacked(octets: octets, isTruncated: true) }
      let step = inflate(&stream, packed, from: consumed, into: &scratch, room: room)
      consumed += step.consumed
      octets.append(contentsOf: scratch[..<step.produced])
      switch step.outcome {
      case Z_STREAM_END:
        // RFC 1952, Section 2.2: a file may be several members in a row.
        let more = packed[consumed...].starts(with: [0x1F, 0x8B])
        guard wrapping == .gzipOrZlib, more, inflateReset(&stream) == Z_OK else {
          return ContentCoding.Unpacked(octets: octets, isTruncated: false)
        }
      case Z_OK where step.consumed > 0 || step.produced > 0:
        continue
      case Z_BUF_ERROR where consumed == packed.count, Z_OK:
        return octets.isEmpty ? nil : ContentCoding.Unpacked(octets: octets, isTruncated: true)
      default:
        return octets.isEmpty ? nil : ContentCoding.Unpacked(octets: octets, isTruncated: true)
      }
    }
  }

  private struct Step {
    var outcome: Int32
    var consumed: Int
    var produced: Int
  }

  private static func inflate(
    _ stream: inout z_stream, _ packed: [UInt8], from start: Int, into scratch: inout [UInt8],
    room: Int
  ) -> Step {
    packed.withUnsafeBufferPointer { source in
      scratch.withUnsafeMutableBufferPointer { target in
        let input = min(source.count - start, 1 << 30)
        stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress.map { $0 + start })
        stream.avail_in = UInt32(input)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(room)
        let outcome = CZlib.inflate(&stream, Z_NO_FLUSH)
        return Step(
          outcome: outcome, consumed: input - Int(stream.avail_in),
          produced: room - Int(stream.avail_out))
      }
    }
  }
}
