/// What the octets of a link show before it is taken apart: most links need no more.
///
/// Safety: pointers stay within the closure that lends them; octets are read at offsets within the range
/// of the link, or behind it within the array that holds it: both are checked once for each link.
enum LinkShape {
  private static let openingWords = NameTable(
    [
      "join", "register", "signup", "sign-up", "invite", "share", "expressly", "account",
      "ucenter", "users", "r", "j", "referral", "reg", "ref",
    ].map { ($0, 1) })

  /// Octets of the longest of them.
  private static let longestWord = 9
  /// The letters that they begin with, a bit for the lower five bits of each.
  private static let firstLetters = "jrsieau".utf8.reduce(UInt32(0)) { $0 | 1 << UInt32($1 & 0x1F) }

  /// Whether a link may bind a code, pass on to another address, or lead to a program: it has a path
  /// word of venues, an address in its query, or such a suffix.
  ///
  /// - Parameters:
  ///   - source: the page.
  ///   - value: where the link stands in it.
  ///   - hostLength: octets of the link up to the end of its host; nil for a relative link.
  /// - Returns: false where none of these can be.
  static func mayBind(
    _ source: borrowing [UInt8], _ value: Range<Int>, hostLength: Int?
  ) -> Bool {
    precondition(value.lowerBound + (hostLength ?? 0) <= value.upperBound)
    precondition(value.upperBound <= source.count)
    return source.withUnsafeBufferPointer { source in
      guard let base = source.baseAddress else { return false }
      let link = UnsafeBufferPointer(start: base + value.lowerBound, count: value.count)
      let readable = source.count - value.lowerBound
      var word = hostLength ?? 0
      while true {
        let end = endOfSegment(link, from: word, readable: readable)
        let isQuery = end < link.count && link[end] != 0x2F
        guard end < link.count else { return endsAsProgram(link, end: end) }
        if hostLength != nil, isOpeningWord(link, word..<end) { return true }
        if isQuery { return endsAsProgram(link, end: end) || mayPassOn(link, from: end) }
        word = end + 1
      }
    }
  }

  /// The next `/`, `?` or `#`, or the end.
  ///
  /// Octets are read eight at a time, also behind the link, as long as there are so many `readable` from
  /// its beginning on.
  @inline(__always)
  private static func endOfSegment(
    _ link: UnsafeBufferPointer<UInt8>, from start: Int, readable: Int
  ) -> Int {
    guard let base = link.baseAddress else { return link.count }
    var at = start
    while at < link.count, at &+ 8 <= readable {
      let word = UInt64(
        littleEndian: UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self))
      let slashes = (word & 0xEFEF_EFEF_EFEF_EFEF) ^ 0x2F2F_2F2F_2F2F_2F2F
      let ends = zeros(slashes) | zeros(word ^ 0x2323_2323_2323_2323)
      if ends != 0 { return min(link.count, at &+ ends.trailingZeroBitCount >> 3) }
      at &+= 8
    }
    while at < link.count {
      let octet = link[at]
      if octet == 0x2F || octet == 0x3F || octet == 0x23 { break }
      at &+= 1
    }
    return min(at, link.count)
  }

  /// The highest bit of each octet that is zero; octets above the first such may be marked wrongly.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }

  @inline(__always)
  private static func isOpeningWord(
    _ link: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> Bool {
    guard !range.isEmpty, range.count <= longestWord,
      firstLetters >> UInt32(link[range.lowerBound] & 0x1F) & 1 == 1
    else { return false }
    var packed = PackedOctets()
    for at in range { packed.append(link[at] | 0x20) }
    return openingWords.value(of: packed.key) == 1
  }

  /// Whether a path may end as programs do: `.apk`, `.ipa`, `.exe`, `.dmg`, `.msi`, `.mobileconfig`.
  private static func endsAsProgram(_ link: UnsafeBufferPointer<UInt8>, end: Int) -> Bool {
    var end = end
    while end > 0, link[end - 1] == 0x2F { end -= 1 }
    guard end > 4 else { return false }
    switch link[end - 1] | 0x20 {
    case 0x61, 0x65, 0x69, 0x6B: return link[end - 4] == 0x2E
    case 0x67: return true
    case _: return false
    }
  }

  /// Whether a query may hold an address: one of its values begins as one does, or is written in a
  /// way that hides how it begins.
  private static func mayPassOn(_ link: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
    for at in start..<link.count - 1 where link[at] == 0x3D {
      switch link[at + 1] {
      case 0x25, 0x26, 0x2F, 0x68: return true
      case _: break
      }
    }
    return false
  }
}
