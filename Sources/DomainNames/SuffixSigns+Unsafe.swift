/// Says of most suffixes of a name that no record of theirs matters to it, so that no search is made.
///
/// A record of a subtree matters to all names below, any other one only to its own. So there are two
/// fields of bits for each number of labels up to ``deepest``, which stands for all from there on: in
/// the first a bit is set for each record that matters below, in the second for each record at all.
/// Where a table has a few hundred names of a kind, such as protected ones, most others are known by
/// that; where it has thousands, all bits are set, and the directory says more (see ``NameTable``).
///
/// Safety: both addresses are those of ``size`` octets that can be read, of tables that are held while
/// this value is used.
struct SuffixSigns: @unchecked Sendable {
  // Unchecked: nobody writes to the memory behind these pointers.
  private let lower: UnsafeRawPointer?
  private let upper: UnsafeRawPointer?

  /// Octets of the fields of a table.
  static let size = 2 * (deepest + 1) * bits / 8

  private static let deepest = 7
  private static let bits = 512

  /// Every suffix is admitted.
  static let all = SuffixSigns(lower: nil, upper: nil)

  private init(lower: UnsafeRawPointer?, upper: UnsafeRawPointer?) {
    (self.lower, self.upper) = (lower, upper)
  }

  /// The signs of a table, and of another one on top of it.
  @inline(__always)
  init(_ lower: UnsafeRawPointer, under upper: UnsafeRawPointer?) {
    self.init(lower: lower, upper: upper)
  }

  /// Whether a record of a suffix can matter.
  ///
  /// - Parameters:
  ///   - hash: of the suffix.
  ///   - labels: of the suffix.
  ///   - isWhole: whether it is the whole name.
  /// - Returns: false only where none can.
  @inline(__always)
  func admit(_ hash: UInt64, labels: Int, isWhole: Bool) -> Bool {
    guard let lower else { return true }
    let bit = Self.bit(hash, labels: labels, isWhole: isWhole)
    var octet = lower.load(fromByteOffset: bit >> 3, as: UInt8.self)
    if let upper { octet |= upper.load(fromByteOffset: bit >> 3, as: UInt8.self) }
    return (octet >> UInt8(truncatingIfNeeded: bit & 7)) & 1 != 0
  }

  /// Where the bit stands; bits of the hash say it that neither place a record nor mark it.
  @inline(__always)
  private static func bit(_ hash: UInt64, labels: Int, isWhole: Bool) -> Int {
    let field = min(labels, deepest) &+ (isWhole ? deepest + 1 : 0)
    return field &* bits &+ (Int(truncatingIfNeeded: hash >> 16) & (bits - 1))
  }

  /// Adds a record to the signs of a table in the making.
  static func add(_ record: NameRecord, labels: Int, to signs: inout [UInt8]) {
    guard !record.contents.isEmpty else { return }
    let coversBelow = !record.contents.isDisjoint(with: [.subtreeRule, .protectedSubtree])
    for isWhole in coversBelow ? [false, true] : [true] {
      let bit = bit(record.hash, labels: labels, isWhole: isWhole)
      signs[bit >> 3] |= 1 << UInt8(bit & 7)
    }
  }
}
