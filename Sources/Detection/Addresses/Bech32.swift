/// Bech32 (BIP 173), Bech32m (BIP 350), and the address form of Bitcoin Cash with its longer checksum.
enum Bech32 {
  /// A text whose checksum holds.
  struct Decoded: Sendable, Hashable {
    /// The part before the last `1`, in lower case.
    let prefix: String
    /// Values of five bits, without the checksum.
    let values: [UInt8]
    /// Whether the checksum is that of Bech32m.
    let isModified: Bool
  }

  /// The values of the signs; 255 for an octet that is none.
  private static let signs: [UInt8] = {
    var table = [UInt8](repeating: 255, count: 256)
    for (value, sign) in "qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8.enumerated() {
      table[Int(sign)] = UInt8(value)
    }
    return table
  }()

  /// Reads a text; nil where it mixes letter cases, holds another sign, or fails the checksum.
  ///
  /// The bound of 90 octets is left to the caller: Cardano and Lightning go beyond it.
  static func decode(_ text: [UInt8]) -> Decoded? {
    guard let lower = oneCase(text), let separator = lower.lastIndex(of: UInt8(ascii: "1")),
      separator > 0, separator + 7 <= lower.count
    else { return nil }
    let prefix = lower[..<separator]
    guard let values = values(of: lower[(separator + 1)...]) else { return nil }
    let expanded = prefix.map { $0 >> 5 } + [0] + prefix.map { $0 & 31 } + values
    let check = polymod(expanded)
    guard check == 1 || check == 0x2BC8_30A3 else { return nil }
    return Decoded(
      prefix: String(decoding: prefix, as: UTF8.self), values: Array(values.dropLast(6)),
      isModified: check != 1)
  }

  /// Reads an address of Bitcoin Cash without its prefix; nil where its checksum fails.
  static func decodeCash(_ text: [UInt8]) -> [UInt8]? {
    guard let lower = oneCase(text), let values = values(of: lower[...]) else { return nil }
    let prefix = "bitcoincash".utf8.map { $0 & 31 }
    guard cashPolymod(prefix + [0] + values) == 0 else { return nil }
    return octets(Array(values.dropLast(8)))
  }

  /// Regroups values of five bits to octets; nil where bits are left over.
  static func octets(_ values: [UInt8]) -> [UInt8]? {
    var octets: [UInt8] = []
    var rest: UInt32 = 0
    var bits: UInt32 = 0
    for value in values {
      rest = (rest << 5 | UInt32(value)) & 0xFFF
      bits += 5
      if bits >= 8 {
        bits -= 8
        octets.append(UInt8(truncatingIfNeeded: rest >> bits))
      }
    }
    return bits < 5 && rest & (1 << bits - 1) == 0 ? octets : nil
  }

  private static func oneCase(_ text: [UInt8]) -> [UInt8]? {
    let lower = text.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    let upper = text.map { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 }
    return text == lower || text == upper ? lower : nil
  }

  private static func values(of text: ArraySlice<UInt8>) -> [UInt8]? {
    let values = text.map { signs[Int($0)] }
    return values.contains(255) ? nil : values
  }

  private static func polymod(_ values: [UInt8]) -> UInt32 {
    let generator: [UInt32] = [0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3]
    var check: UInt32 = 1
    for value in values {
      let top = check >> 25
      check = (check & 0x1FF_FFFF) << 5 ^ UInt32(value)
      for bit in 0..<5 where top >> UInt32(bit) & 1 == 1 { check ^= generator[bit] }
    }
    return check
  }

  private static func cashPolymod(_ values: [UInt8]) -> UInt64 {
    let generator: [UInt64] = [
      0x98_F2BC_8E61, 0x79_B76D_99E2, 0xF3_3E5F_B3C4, 0xAE_2EAB_E2A8, 0x1E_4F43_E470,
    ]
    var check: UInt64 = 1
    for value in values {
      let top = check >> 35
      check = (check & 0x07_FFFF_FFFF) << 5 ^ UInt64(value)
      for bit in 0..<5 where top >> UInt64(bit) & 1 == 1 { check ^= generator[bit] }
    }
    return check ^ 1
  }
}
