internal import CDeflate

/// Unpacks a body that is one whole gzip member, in one go and straight to where it stays.
///
/// Nearly all packed pages are, and cost less than half of what a stream does. A member's last four
/// octets say how long its content is, so that room of just that size is made; whatever does not fit
/// that picture is left to ``Inflation``, which believes nothing.
///
/// Safety: the decompressor is freed on every way out; the pointers it is given are those of the lent
/// buffers, with their counts, and what it leaves is taken only where it says that all of the room was
/// filled.
enum WholeMember {
  /// The header and the trailer.
  private static let leastSize = 18
  /// No deflate stream holds more octets for each of its own.
  private static let largestRatio = 1_032

  /// Unpacks a member; nil where the octets are not one whole member of at most so many octets.
  static func unpack(_ packed: [UInt8], limit: Int) -> [UInt8]? {
    guard packed.count >= leastSize, packed[0] == 0x1F, packed[1] == 0x8B else { return nil }
    let length = packed.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= limit, length <= largestRatio * packed.count,
      let decompressor = libdeflate_alloc_decompressor()
    else { return nil }
    defer { libdeflate_free_decompressor(decompressor) }
    var isWhole = false
    let octets = [UInt8](unsafeUninitializedCapacity: length) { target, count in
      packed.withUnsafeBytes { source in
        var (consumed, produced) = (0, 0)
        let outcome = libdeflate_gzip_decompress_ex(
          decompressor, source.baseAddress, source.count, target.baseAddress, length, &consumed,
          &produced)
        isWhole =
          outcome == LIBDEFLATE_SUCCESS && consumed == source.count && produced == length
        count = isWhole ? length : 0
      }
    }
    return isWhole ? octets : nil
  }
}
