/// What the octets of a link show before it is taken apart: most links need no more.
///
/// Safety: pointers stay within the closure that lends them; octets are read at offsets within the range
/// of the link, which the caller's array holds: that is checked once for each link.
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
      var word = hostLength ?? 0
      while true {
        let end = endOfSegment(link, from: word)
        let isQuery = end < link.count && link[end] != 0x2F
        guard end < link.count else { return endsAsProgram(link, end: end) }
        if hostLength != nil, isOpeningWord(link, word..<end) { return true }
        if isQuery { return endsAsProgram(link, end: end) || mayPassOn(link, from: end) }
        word = end + 1
      }
    }
  }

  /// The next `/`, `?` or `#`, or the end.
  @inline(__always)
  private static func endOfSegment(_ link: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var at = start
    while at < link.count {
      let octet = link[at]
      if octet == 0x2F || octet == 0x3F || octet == 0x23 { break }
      at &+= 1
    }
    return at
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
