internal import CXml
internal import Glibc
internal import Synchronization

/// Conversion to UTF-8 by the C library's `iconv`, which libxml2's header brings in.
///
/// Safety: the descriptor is closed on every way out. Input and output pointers point into the
/// lent buffers, and `iconv` moves them by no more than the counts it is given; both are read back
/// from those counts alone.
enum Transcoding {
  /// Converts octets to UTF-8; what is no character becomes U+FFFD.
  ///
  /// - Returns: the text and how many octets were none; nil where the converter is not installed.
  static func utf8(
    _ octets: ArraySlice<UInt8>, from charset: Charset
  ) -> (text: [UInt8], faults: Int)? {
    guard let descriptor = iconv_open("UTF-8", charset.converter),
      descriptor != iconv_t(bitPattern: -1)
    else { return nil }
    defer { iconv_close(descriptor) }
    keepLoaded(charset)
    var text: [UInt8] = []
    text.reserveCapacity(octets.count + octets.count / 2)
    var scratch = [UInt8](repeating: 0, count: min(64 << 10, 4 * octets.count + 64))
    var faults = 0
    octets.withUnsafeBufferPointer { source in
      guard let base = source.baseAddress else { return }
      var start = 0
      while start < source.count {
        var next: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(mutating: base + start)
          .assumingMemoryBound(to: CChar.self)
        var left = source.count - start
        let (produced, fault) = scratch.withUnsafeMutableBytes { target -> (Int, Int32) in
          var output = target.baseAddress?.assumingMemoryBound(to: CChar.self)
          var room = target.count
          errno = 0
          let outcome = iconv(descriptor, &next, &left, &output, &room)
          return (target.count - room, outcome == -1 ? errno : 0)
        }
        start = source.count - left
        text.append(contentsOf: scratch[..<produced])
        switch fault {
        case 0, E2BIG:
          continue
        default:
          // EILSEQ: no character begins here. EINVAL: the last one is not whole.
          faults += 1
          guard start < source.count else { return }
          text += replacement(for: source[start], in: charset)
          start += fault == EINVAL ? source.count - start : 1
        }
      }
    }
    // Some converters hold the last character back, in case a mark to combine with follows.
    let held = scratch.withUnsafeMutableBytes { target -> Int in
      var output = target.baseAddress?.assumingMemoryBound(to: CChar.self)
      var room = target.count
      _ = iconv(descriptor, nil, nil, &output, &room)
      return target.count - room
    }
    text.append(contentsOf: scratch[..<held])
    return (text, faults)
  }

  /// Encodings of which one descriptor stays open, so that the library keeps their tables in memory:
  /// it unloads what nobody uses, and to load it costs more than to convert most pages.
  private static let loaded = Mutex<Set<Charset>>([])

  private static func keepLoaded(_ charset: Charset) {
    let isNew = loaded.withLock { $0.insert(charset).inserted }
    if isNew { _ = iconv_open("UTF-8", charset.converter) }
  }

  /// U+FFFD, or the euro sign that GBK has at 0x80 (WHATWG Encoding, Section 10.2.1).
  private static func replacement(for octet: UInt8, in charset: Charset) -> [UInt8] {
    charset == .gb18030 && octet == 0x80 ? [0xE2, 0x82, 0xAC] : [0xEF, 0xBF, 0xBD]
  }
}
