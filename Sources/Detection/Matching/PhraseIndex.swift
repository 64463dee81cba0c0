/// Literal phrases, found by the words that they begin with in one walk over folded text.
///
/// Thousands of short words make a general matcher of literals stop at every other octet. Most
/// phrases begin and end at word boundaries, so a text can hold them only where one of its words is
/// their first: one look-up a word, and one a character where there are no words.
///
/// A key is a word, of which the first eight letters and digits count, or a character of three octets;
/// where a phrase goes on behind it, the three octets behind are mixed into it. What begins with
/// something else has its first octet as the key.
struct PhraseIndex: Sendable {
  /// A phrase.
  struct Entry: Sendable {
    let pattern: UInt32
    /// Octets of the whole phrase.
    let count: Int
    /// The first eight octets or fewer, the first lowest.
    let head: UInt64
    /// Which octets of ``head`` count.
    let mask: UInt64
    /// The octets behind those, in ``PhraseIndex/octets``.
    let rest: Range<Int>
    let needsBoundaryBefore: Bool
    let needsBoundaryBehind: Bool
  }

  /// Entries, those of one key side by side.
  private(set) var entries: [Entry] = []
  private(set) var octets: [UInt8] = []
  /// Open addressing; 0 where there is no key.
  private(set) var keys: [UInt64] = []
  /// By the place of the key: where its entries begin and end in ``entries``.
  private(set) var groups: [Range<Int32>] = []
  /// One bit for each hash of a key: most words are known by it alone to be no key.
  private(set) var filter = [UInt64](repeating: 0, count: 1 << (Self.filterBits - 6))
  /// Keys of one octet that begins neither a word nor a character of three octets.
  private(set) var octetKeys: [UInt8] = []
  /// Expressions for words that hold a digit, with their patterns.
  let shapes: [(pattern: UInt32, shape: WordShape)]

  static let filterBits = 16
  static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Takes phrases, which are not empty and folded, by their patterns, and shapes of words.
  init(
    _ phrases: [(pattern: Int, octets: [UInt8])], shapes: [(pattern: Int, shape: WordShape)] = []
  ) {
    self.shapes = shapes.map { (UInt32($0.pattern), $0.shape) }
    var byKey: [UInt64: [Entry]] = [:]
    for (pattern, phrase) in phrases {
      byKey[key(of: phrase), default: []].append(entry(UInt32(pattern), phrase))
    }
    var size = 64
    while size < byKey.count * 4 { size *= 2 }
    keys = [UInt64](repeating: 0, count: size)
    groups = [Range<Int32>](repeating: 0..<0, count: size)
    for (key, members) in byKey.sorted(by: { $0.key < $1.key }) { add(key, members) }
  }

  private mutating func key(of phrase: [UInt8]) -> UInt64 {
    let count: Int
    if PackedName.isAlphanumeric(phrase[0]) {
      count = phrase.prefix(8).prefix { PackedName.isAlphanumeric($0) }.count
    } else if phrase[0] & 0xF0 == 0xE0, phrase.count >= 3 {
      count = 3
    } else {
      if !octetKeys.contains(phrase[0]) { octetKeys.append(phrase[0]) }
      return UInt64(phrase[0])
    }
    let key = PackedName.key(of: phrase[..<count])
    guard phrase.count >= count + 3 else { return key }
    return Self.key(key, before: PackedName.key(of: phrase[count...].prefix(3)))
  }

  /// The key of what begins with another key, from the three octets behind it, the first lowest.
  @inline(__always)
  static func key(_ key: UInt64, before next: UInt64) -> UInt64 {
    (key ^ ((next & 0xFF_FFFF) &* 0xC2B2_AE3D_27D4_EB4F)) | 1 << 63
  }

  private mutating func entry(_ pattern: UInt32, _ phrase: [UInt8]) -> Entry {
    let head = phrase.prefix(8)
    let start = octets.count
    octets += phrase[head.endIndex...]
    return Entry(
      pattern: pattern, count: phrase.count, head: PackedName.key(of: head),
      mask: UInt64.max >> UInt64(64 - 8 * head.count), rest: start..<octets.count,
      needsBoundaryBefore: WordBoundary.isWord(phrase[0]),
      needsBoundaryBehind: WordBoundary.isWord(phrase[phrase.count - 1]))
  }

  private mutating func add(_ key: UInt64, _ members: [Entry]) {
    let hash = key &* Self.factor
    filter[Int(hash >> 54)] |= 1 << (hash >> 48 & 63)
    var slot = slot(of: key)
    while keys[slot] != 0 { slot = (slot + 1) & (keys.count - 1) }
    keys[slot] = key
    groups[slot] = Int32(entries.count)..<Int32(entries.count + members.count)
    entries += members
  }

  /// Where a key stands first in ``keys``, if it is known.
  @inline(__always)
  func slot(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* Self.factor) >> 32) & (keys.count &- 1)
  }
}
