/// Where words of alphabetic scripts end, in folded text.
///
/// Chinese has no such ends.
enum WordBoundary {
  /// Whether an octet is a letter or a digit of ASCII, or part of a Latin, Greek or Cyrillic letter.
  static func isWord(_ octet: UInt8) -> Bool {
    PackedName.isAlphanumeric(octet) || (0xC3...0xD4).contains(octet)
  }

  /// Whether a word may begin at an offset: no letter or digit stands before it.
  static func isBefore(_ offset: Int, in octets: borrowing [UInt8]) -> Bool {
    guard offset > 0 else { return true }
    let last = octets[offset - 1]
    guard last >= 0x80 else { return !PackedName.isAlphanumeric(last) && last != 0x5F }
    guard offset > 1, last < 0xC0 else { return true }
    return !(0xC3...0xD4).contains(octets[offset - 2])
  }

  /// Whether a word may end at an offset: no letter or digit stands there.
  static func isBehind(_ offset: Int, in octets: borrowing [UInt8], count: Int) -> Bool {
    guard offset < count else { return true }
    let next = octets[offset]
    return !isWord(next) && next != 0x5F
  }
}
