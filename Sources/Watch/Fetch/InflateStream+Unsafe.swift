internal import CZlib

/// A stream that is being unpacked by zlib.
///
/// Safety: zlib remembers the address of its stream, so the stream lives in memory of its own, set
/// up in `init` and freed once in `deinit`. The pointers it is given lie in buffers lent for one
/// call, with their counts; counts never exceed 2³⁰.
final class InflateStream {
  /// What is around the deflate stream.
  enum Wrapping: Int32 {
    case gzipOrZlib = 47
    case gzip = 31
    case none = -15
  }

  /// What one call did.
  struct Step {
    var outcome: Outcome
    var consumed: Int
    var produced: Int
  }

  /// How one call ended.
  enum Outcome {
    /// More input or more room is wanted.
    case more
    /// A member ended.
    case end
    /// The octets are no such stream, or no more can be had of it.
    case stuck
  }

  private let stream: UnsafeMutablePointer<z_stream>

  /// Sets a stream up; nil where the library has no memory.
  init?(_ wrapping: Wrapping) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(stream, wrapping.rawValue, ZLIB_VERSION, size) == Z_OK else { return nil }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Makes ready for the next member; whether it is.
  func reset() -> Bool { inflateReset(stream) == Z_OK }

  /// Unpacks some of the octets from `start` on into the first `room` octets of a buffer.
  func step(_ packed: [UInt8], from start: Int, into target: inout [UInt8], room: Int) -> Step {
    packed.withUnsafeBufferPointer { source in
      target.withUnsafeMutableBufferPointer { target in
        let input = min(source.count - start, 1 << 30)
        let output = min(room, target.count, 1 << 30)
        stream.pointee.next_in = UnsafeMutablePointer(
          mutating: source.baseAddress.map { $0 + start })
        stream.pointee.avail_in = UInt32(input)
        stream.pointee.next_out = target.baseAddress
        stream.pointee.avail_out = UInt32(output)
        // As if all were there: at the end of a member zlib then keeps no window for what might follow.
        let code = inflate(stream, Z_FINISH)
        let consumed = input - Int(stream.pointee.avail_in)
        let produced = output - Int(stream.pointee.avail_out)
        let moved = consumed > 0 || produced > 0
        let outcome: Outcome =
          code == Z_STREAM_END
          ? .end : (code == Z_OK || code == Z_BUF_ERROR) && moved ? .more : .stuck
        return Step(outcome: outcome, consumed: consumed, produced: produced)
      }
    }
  }
}
