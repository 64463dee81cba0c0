/// The layout of an index as flat octets: the same in memory and in a file.
///
/// All numbers are little endian. First a header of ``headerSize`` octets, then sections, one after
/// the other: the buckets (see ``NameTable``), the directory, the signs (see ``SuffixSigns``), the
/// shared endings, the extras, notes of whoever owns the index, and a checksum for each ``chunkSize``
/// octets of all that stands between header and checksums. The header holds a checksum of itself and
/// of the checksums, so that every octet counts.
enum NameImage {
  /// What the header says.
  struct Header: Equatable {
    var valueWidth = 1
    var key = NameIndex.Key(0, 0)
    var depths: UInt64 = 0
    var listed = 0
    var bucketCount = 1
    /// Octets of the sections, in their order; the signs always have as many.
    var buckets = 0
    var directory = 0
    var tails = 0
    var extras = 0
    var notes = 0
  }

  /// "cordonix", the lowest octet first.
  static let magic: UInt64 = 0x7869_6E6F_6472_6F63
  /// Grows with every change of the layout.
  static let version: UInt64 = 2
  static let headerSize = 128
  /// Octets under one checksum.
  static let chunkSize = 1 << 20
  /// Octets of all sections, at most: offsets have 32 bits.
  static let largest = Int(UInt32.max) - chunkSize
}

extension NameImage.Header {
  /// Octets between header and checksums.
  var body: Int { buckets + directory + SuffixSigns.size + tails + extras + notes }

  var chunks: Int { (body + NameImage.chunkSize - 1) / NameImage.chunkSize }

  /// Octets of the whole image.
  var total: Int { NameImage.headerSize + body + 8 * chunks }

  private var numbers: [UInt64] {
    [
      NameImage.magic, NameImage.version, UInt64(valueWidth), key.first, key.second, depths,
      UInt64(listed), UInt64(bucketCount), UInt64(buckets), UInt64(directory), UInt64(tails),
      UInt64(extras), UInt64(notes), UInt64(total),
    ]
  }

  /// The octets of the header, before checksums of its chunks.
  func encoded(over sums: [UInt64]) -> [UInt8] {
    var octets: [UInt8] = []
    for number in numbers { octets.append(number: number) }
    octets.append(number: checksum(sums))
    octets += [UInt8](repeating: 0, count: NameImage.headerSize - octets.count)
    return octets
  }

  /// The checksum of the header and of the checksums.
  func checksum(_ sums: [UInt64]) -> UInt64 {
    ImageChecksum.of(numbers + sums)
  }
}

/// Why octets are not an index.
public enum NameImageFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// Not an index at all, or one cut short.
  case notAnIndex
  /// An index of another version of the layout.
  case otherVersion(UInt64)
  /// The sections do not fit together.
  case malformed(String)
  /// Octets are not as they were written.
  case damaged

  /// What is wrong, as a sentence.
  public var description: String {
    switch self {
    case .notAnIndex: "the octets are not a name index, or only a part of one"
    case .otherVersion(let version):
      "the name index has layout \(version), and this program reads \(NameImage.version)"
    case .malformed(let what): "the name index does not fit together: \(what)"
    case .damaged: "the name index is not as it was written: a checksum differs"
    }
  }
}
