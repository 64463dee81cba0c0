/// Base32 and Base64 (RFC 4648) without padding, and the checksum that addresses in them carry.
enum Base32 {
  /// The octets of a text in capitals and digits 2 to 7; nil where it holds another sign, or bits
  /// that no octet needs are not 0.
  static func decode(_ text: [UInt8]) -> [UInt8]? {
    var values: [UInt8] = []
    for sign in text {
      switch sign {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): values.append(sign - UInt8(ascii: "A"))
      case UInt8(ascii: "2")...UInt8(ascii: "7"): values.append(sign - UInt8(ascii: "2") + 26)
      case _: return nil
      }
    }
    return Bech32.octets(values)
  }
}

/// Base64 in both of its alphabets.
enum Base64 {
  /// The octets of a text of whole groups of four signs; nil where it holds another sign.
  static func decode(_ text: [UInt8]) -> [UInt8]? {
    guard text.count % 4 == 0 else { return nil }
    var octets: [UInt8] = []
    var rest: UInt32 = 0
    for (index, sign) in text.enumerated() {
      guard let value = value(of: sign) else { return nil }
      rest = rest << 6 | value
      if index % 4 == 3 {
        octets += [16, 8, 0].map { UInt8(truncatingIfNeeded: rest >> $0) }
        rest = 0
      }
    }
    return octets
  }

  private static func value(of sign: UInt8) -> UInt32? {
    switch sign {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(sign - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(sign - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(sign - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    case _: nil
    }
  }
}

/// CRC-16/XMODEM: polynomial 0x1021, start 0.
enum CRC16 {
  /// The checksum of some octets.
  static func xmodem(_ octets: some Sequence<UInt8>) -> UInt16 {
    var check: UInt16 = 0
    for octet in octets {
      check ^= UInt16(octet) << 8
      for _ in 0..<8 { check = check & 0x8000 != 0 ? check << 1 ^ 0x1021 : check << 1 }
    }
    return check
  }
}
