/// Character references in markup, such as `&amp;` and `&#x6B22;`.
enum CharacterReference {
  /// Octets of the longest reference that is read.
  static let longest = 32

  /// Names to characters, with open addressing; a name is packed into a word, its first octet lowest.
  private static let byName: [(name: UInt64, code: UInt32)] = {
    var table = [(name: UInt64, code: UInt32)](repeating: (0, 0), count: 1_024)
    func set(_ name: UInt64, _ code: UInt32) {
      var slot = slot(of: name)
      while table[slot].name != 0, table[slot].name != name { slot = (slot + 1) & 1_023 }
      table[slot] = (name, code)
    }
    for item in names.split(whereSeparator: { $0 == " " || $0.isNewline }) {
      let sides = item.split(separator: ">")
      guard sides.count == 2, let code = UInt32(sides[1], radix: 16) else { continue }
      set(PackedName.key(of: sides[0].utf8), code)
    }
    set(PackedName.key(of: "apos".utf8), 0x27)
    return table
  }()

  private static func slot(of name: UInt64) -> Int {
    Int((name &* 0x9E37_79B9_7F4A_7C15) >> 54)
  }

  /// The character that a packed name, which is not 0, stands for.
  private static func code(named name: UInt64) -> UInt32? {
    let table = byName
    var slot = slot(of: name)
    while table[slot].name != name {
      guard table[slot].name != 0 else { return nil }
      slot = (slot + 1) & 1_023
    }
    return table[slot].code
  }

  /// Characters that pages of Windows mean by numbers 128 to 159 (HTML, Section 13.2.5.80).
  static let windows: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
    0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
  ]

  /// The character that a number means; U+FFFD for one that is none.
  static func character(number: UInt32) -> UInt32 {
    if (0x80..<0xA0).contains(number) { return windows[Int(number - 0x80)] }
    return number == 0 || Unicode.Scalar(number) == nil ? 0xFFFD : number
  }

  /// Reads the reference at the head of some octets that begin with `&`.
  ///
  /// The semicolon may be missing, as it often is; the names of HTML 4 are known.
  ///
  /// - Returns: the character and the octets it takes; nil where there is no reference.
  @inline(never)
  static func read(_ octets: Span<UInt8>) -> (code: UInt32, length: Int)? {
    guard octets.count > 2 else { return nil }
    return octets[1] == UInt8(ascii: "#") ? readNumber(octets) : readName(octets)
  }

  /// Octets with their references decoded.
  static func decoded(_ octets: ArraySlice<UInt8>) -> String {
    guard octets.contains(0x26) else { return String(decoding: octets, as: UTF8.self) }
    var plain: [UInt8] = []
    plain.reserveCapacity(octets.count)
    var at = octets.startIndex
    while at < octets.endIndex {
      let rest = octets[at...]
      if octets[at] == 0x26, let (code, length) = read(rest.span), let scalar = Unicode.Scalar(code)
      {
        plain.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        at += length
      } else {
        plain.append(octets[at])
        at += 1
      }
    }
    return String(decoding: plain, as: UTF8.self)
  }

  private static func readNumber(_ octets: Span<UInt8>) -> (code: UInt32, length: Int)? {
    let isHexadecimal = octets[2] | 0x20 == UInt8(ascii: "x")
    let end = min(octets.count, longest)
    let first = isHexadecimal ? 3 : 2
    var index = first
    var number: UInt32 = 0
    while index < end, let digit = PackedName.digit(octets[index]), isHexadecimal || digit < 10 {
      number = min(number &* (isHexadecimal ? 16 : 10) &+ digit, 0x110000)
      index += 1
    }
    guard index > first else { return nil }
    if index < end, octets[index] == UInt8(ascii: ";") { index += 1 }
    return (character(number: number), index)
  }

  private static func readName(_ octets: Span<UInt8>) -> (code: UInt32, length: Int)? {
    var key: UInt64 = 0
    var index = 1
    while index < min(octets.count, 9), PackedName.isAlphanumeric(octets[index]) {
      key |= UInt64(octets[index]) << UInt64(8 * (index - 1))
      index += 1
    }
    guard index > 1, let code = code(named: key) else { return nil }
    if index < octets.count {
      if octets[index] == UInt8(ascii: ";") { return (code, index + 1) }
      // As in `?a=1&copy=2`: a longer word, or a key of a query.
      if PackedName.isAlphanumeric(octets[index]) || octets[index] == UInt8(ascii: "=") {
        return nil
      }
    }
    return (code, index)
  }
}

/// Short names as machine words, to compare them at once.
enum PackedName {
  /// The first eight octets, the first lowest.
  static func key(of octets: some Sequence<UInt8>) -> UInt64 {
    var key: UInt64 = 0
    var shift: UInt64 = 0
    for octet in octets where shift < 64 {
      key |= UInt64(octet) << shift
      shift += 8
    }
    return key
  }

  /// The value of a hexadecimal digit.
  static func digit(_ octet: UInt8) -> UInt32? {
    switch octet {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(octet - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(octet - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(octet - UInt8(ascii: "A") + 10)
    case _: nil
    }
  }

  /// Whether an octet is a letter or digit of ASCII.
  @inline(__always)
  static func isAlphanumeric(_ octet: UInt8) -> Bool {
    let letter = octet | 0x20
    return (letter >= 0x61 && letter <= 0x7A) || (octet >= 0x30 && octet <= 0x39)
  }
}
