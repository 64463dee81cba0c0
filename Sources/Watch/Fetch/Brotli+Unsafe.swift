internal import CBrotli

/// Unpacking of Brotli streams (RFC 7932) by its reference decoder.
///
/// Safety: the decoder is destroyed on every way out; the pointers it is given are those of the
/// lent buffers, and the counts it returns never exceed what it was given.
enum Brotli {
  /// Unpacks a stream, up to a bound; nil where not even the first octet comes out.
  static func unpack(_ packed: [UInt8], limit: Int) -> ContentCoding.Unpacked? {
    guard let decoder = BrotliDecoderCreateInstance(nil, nil, nil) else { return nil }
    defer { BrotliDecoderDestroyInstance(decoder) }
    var octets: [UInt8] = []
    octets.reserveCapacity(min(limit, 4 * packed.count))
    var scratch = [UInt8](repeating: 0, count: 64 << 10)
    return packed.withUnsafeBufferPointer { source -> ContentCoding.Unpacked? in
      var input = source.count
      var next = source.baseAddress
      while true {
        let room = min(scratch.count, limit - octets.count)
        guard room > 0 else { return ContentCoding.Unpacked(octets: octets, isTruncated: true) }
        var left = room
        let outcome = scratch.withUnsafeMutableBufferPointer { target in
          var output = target.baseAddress
          return BrotliDecoderDecompressStream(decoder, &input, &next, &left, &output, nil)
        }
        octets.append(contentsOf: scratch[..<(room - left)])
        switch outcome {
        case BROTLI_DECODER_RESULT_SUCCESS:
          return ContentCoding.Unpacked(octets: octets, isTruncated: false)
        case BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT:
          continue
        default:
          return octets.isEmpty ? nil : ContentCoding.Unpacked(octets: octets, isTruncated: true)
        }
      }
    }
  }
}
