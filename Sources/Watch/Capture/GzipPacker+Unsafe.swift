internal import CDeflate

/// Packs octets as gzip members (RFC 1952): one record is one member, so that it can be read by itself.
///
/// Its tables are made once and serve one member after the other.
///
/// Safety: the compressor is made in `init` and freed once in `deinit`, and is used by one caller at a
/// time, since the type is not `Sendable`; its pointers are those of lent buffers, with their counts,
/// for one call.
final class GzipPacker {
  /// How many octets one member may hold.
  static let sizeLimit = 1 << 30

  /// How hard it tries, 1 to 12; the library's own choice.
  private static let level: Int32 = 6

  private let compressor: OpaquePointer

  /// Nil where the library has no memory.
  init?() {
    guard let compressor = libdeflate_alloc_compressor(Self.level) else { return nil }
    self.compressor = compressor
  }

  deinit {
    libdeflate_free_compressor(compressor)
  }

  /// Packs octets as one member; nil where they are too many.
  func pack(_ octets: [UInt8]) -> [UInt8]? {
    guard octets.count <= Self.sizeLimit else { return nil }
    // The library's own bound for packing in one call.
    let bound = libdeflate_gzip_compress_bound(compressor, octets.count)
    let packed = [UInt8](unsafeUninitializedCapacity: bound) { target, count in
      octets.withUnsafeBytes { source in
        count = libdeflate_gzip_compress(
          compressor, source.baseAddress, source.count, target.baseAddress, bound)
      }
    }
    return packed.isEmpty ? nil : packed
  }
}
