internal import CZlib

/// Gzip members (RFC 1952): one record is one member, so that it can be read by itself.
///
/// Safety: the stream stays where it is from its set-up to its end, within one closure; its
/// pointers are those of lent buffers, with their counts, for one call.
enum GzipMember {
  /// How many octets one member may hold.
  static let sizeLimit = 1 << 30

  /// Packs octets as one member; nil where they are too many, or the library has no memory.
  static func pack(_ octets: [UInt8]) -> [UInt8]? {
    guard octets.count <= sizeLimit else { return nil }
    var stream = z_stream()
    return withUnsafeMutablePointer(to: &stream) { stream in
      let size = Int32(MemoryLayout<z_stream>.size)
      guard
        deflateInit2_(
          stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
          == Z_OK
      else { return nil }
      defer { deflateEnd(stream) }
      // The library's own bound for packing in one call.
      let bound = Int(deflateBound(stream, UInt(octets.count)))
      var isWhole = false
      let packed = [UInt8](unsafeUninitializedCapacity: bound) { target, count in
        octets.withUnsafeBufferPointer { source in
          stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
          stream.pointee.avail_in = UInt32(source.count)
          stream.pointee.next_out = target.baseAddress
          stream.pointee.avail_out = UInt32(clamping: target.count)
          isWhole = deflate(stream, Z_FINISH) == Z_STREAM_END
          count = min(target.count, Int(stream.pointee.total_out))
        }
      }
      return isWhole ? packed : nil
    }
  }
}
