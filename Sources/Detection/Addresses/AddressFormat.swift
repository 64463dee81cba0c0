/// What a text is as a wallet address: found by shape, told by its checksum.
///
/// Rules and prefixes: BIP 173 and 350, the base58 versions of each ledger, EIP-55, TON's and
/// Stellar's address formats. Test networks are not counted.
enum AddressFormat {
  /// What a text turned out to be.
  struct Match: Sendable, Hashable {
    var asset: WalletAddress.Asset
    var form: WalletAddress.Form
    var strength: WalletAddress.Strength = .checksum
  }

  /// Octets of the shortest address.
  static let shortest = 25
  /// Octets of the longest that is looked at: an invoice of Lightning.
  static let longest = 1_200

  /// Reads a text of letters and digits; nil where it is no address.
  static func match(_ text: [UInt8]) -> Match? {
    guard (shortest...longest).contains(text.count), let first = text.first else { return nil }
    if text.count == 42, first == UInt8(ascii: "0") { return ethereum(text) }
    if let found = bech32(text) { return found }
    if let found = base58(text, first: first) { return found }
    if let found = others(text, first: first) { return found }
    return solana(text)
  }

  private static func base58(_ text: [UInt8], first: UInt8) -> Match? {
    guard text.count <= 36 else { return nil }
    if first == UInt8(ascii: "r") {
      guard let payload = Base58.ripple.decodeChecked(text), payload.count == 21, payload[0] == 0
      else { return nil }
      return Match(asset: .ripple, form: .base58Check)
    }
    guard "13LMDA9X7tT".utf8.contains(first),
      let payload = Base58.bitcoin.decodeChecked(text),
      let asset = asset(ofPayload: payload)
    else { return nil }
    return Match(asset: asset, form: .base58Check)
  }

  private static func asset(ofPayload payload: [UInt8]) -> WalletAddress.Asset? {
    if payload.count == 22, payload[0] == 0x1C, payload[1] == 0xB8 || payload[1] == 0xBD {
      return .zcash
    }
    guard payload.count == 21 else { return nil }
    return switch payload[0] {
    case 0x00, 0x05: .bitcoin
    case 0x30, 0x32: .litecoin
    case 0x1E, 0x16: .dogecoin
    case 0x4C, 0x10: .dash
    case 0x41: .tron
    case _: nil
    }
  }

  private static let cosmosPrefixes: Set<String> = [
    "cosmos", "osmo", "juno", "akash", "celestia", "inj", "kava", "secret", "terra", "sei", "dydx",
    "axelar", "stars", "noble",
  ]

  private static func bech32(_ text: [UInt8]) -> Match? {
    guard text.count >= 26, let separator = text.lastIndex(of: UInt8(ascii: "1")), separator >= 2,
      let decoded = Bech32.decode(text)
    else { return cash(text) }
    switch decoded.prefix {
    case "bc": return segwit(decoded, asset: .bitcoin, length: text.count)
    case "ltc": return segwit(decoded, asset: .litecoin, length: text.count)
    case "addr":
      guard !decoded.isModified, let octets = Bech32.octets(decoded.values), octets.count >= 29
      else { return nil }
      return Match(asset: .cardano, form: .bech32)
    case let prefix where cosmosPrefixes.contains(prefix):
      guard !decoded.isModified, let octets = Bech32.octets(decoded.values),
        octets.count == 20 || octets.count == 32
      else { return nil }
      return Match(asset: .cosmos, form: .bech32)
    case let prefix where isLightning(prefix):
      // A time stamp, a payment hash and a signature, at the least (BOLT 11).
      guard !decoded.isModified, decoded.values.count >= 7 + 55 + 104 else { return nil }
      return Match(asset: .lightning, form: .bech32)
    case _: return nil
    }
  }

  private static func isLightning(_ prefix: String) -> Bool {
    guard prefix.hasPrefix("lnbc") else { return false }
    let amount = prefix.dropFirst(4)
    return amount.isEmpty
      || (amount.dropLast().allSatisfy(\.isNumber)
        && amount.last.map { "munp0123456789".contains($0) } == true)
  }

  private static func segwit(
    _ decoded: Bech32.Decoded, asset: WalletAddress.Asset, length: Int
  ) -> Match? {
    guard length <= 90, let version = decoded.values.first, version <= 16,
      let program = Bech32.octets(Array(decoded.values.dropFirst())),
      (2...40).contains(program.count), decoded.isModified == (version > 0)
    else { return nil }
    if version == 0, program.count != 20, program.count != 32 { return nil }
    if version == 1, program.count != 32 { return nil }
    return Match(asset: asset, form: version == 0 ? .bech32 : .bech32m)
  }

  private static func cash(_ text: [UInt8]) -> Match? {
    guard text.count == 42, "qpQP".utf8.contains(text[0]),
      let octets = Bech32.decodeCash(text), octets.count == 21, octets[0] & 0x87 == 0
    else { return nil }
    return Match(asset: .bitcoinCash, form: .cashAddr)
  }

  private static func ethereum(_ text: [UInt8]) -> Match? {
    guard text[1] == UInt8(ascii: "x") else { return nil }
    let digits = text[2...]
    guard digits.allSatisfy({ PackedName.digit($0) != nil }) else { return nil }
    let lower = digits.map { $0 | 0x20 }
    let hasSmall = digits.contains { $0 >= UInt8(ascii: "a") }
    let hasCapital = digits.contains { (UInt8(ascii: "A")...UInt8(ascii: "F")).contains($0) }
    guard hasSmall, hasCapital else {
      // The same digit forty times is no one's address.
      return Set(digits).count < 5
        ? nil : Match(asset: .ethereum, form: .hexadecimal, strength: .weak)
    }
    let hash = Keccak.hash256(lower)
    for (index, sign) in digits.enumerated() where sign >= UInt8(ascii: "A") {
      let nibble = index % 2 == 0 ? hash[index / 2] >> 4 : hash[index / 2] & 15
      guard (nibble >= 8) == (sign < UInt8(ascii: "a")) else { return nil }
    }
    return Match(asset: .ethereum, form: .eip55)
  }

  private static func others(_ text: [UInt8], first: UInt8) -> Match? {
    switch (text.count, first) {
    case (95, UInt8(ascii: "4")), (95, UInt8(ascii: "8")), (106, UInt8(ascii: "4")):
      guard let octets = Base58.bitcoin.decodeBlocks(text),
        [18, 19, 42].contains(octets[0]),
        Keccak.hash256(Array(octets.dropLast(4))).prefix(4).elementsEqual(octets.suffix(4))
      else { return nil }
      return Match(asset: .monero, form: .moneroBase58)
    case (56, UInt8(ascii: "G")):
      guard let octets = Base32.decode(text), octets.count == 35, octets[0] == 0x30 else {
        return nil
      }
      let check = CRC16.xmodem(octets[..<33])
      guard octets[33] == UInt8(check & 0xFF), octets[34] == UInt8(check >> 8) else { return nil }
      return Match(asset: .stellar, form: .base32CRC)
    case (58, _):
      guard let octets = Base32.decode(text), octets.count == 36,
        SHA512t.hash256(Array(octets[..<32])).suffix(4).elementsEqual(octets[32...])
      else { return nil }
      return Match(asset: .algorand, form: .base32SHA512)
    case (48, _): return ton(text)
    case _: return nil
    }
  }

  /// Reads a text of 48 signs of Base64.
  static func ton(_ text: [UInt8]) -> Match? {
    guard text.count == 48, text[0] == UInt8(ascii: "E") || text[0] == UInt8(ascii: "U"),
      let octets = Base64.decode(text), octets[0] == 0x11 || octets[0] == 0x51
    else { return nil }
    let check = CRC16.xmodem(octets[..<34])
    guard octets[34] == UInt8(check >> 8), octets[35] == UInt8(check & 0xFF) else { return nil }
    return Match(asset: .ton, form: .base64CRC)
  }

  /// Any 32 octets pass, so that this says little.
  private static func solana(_ text: [UInt8]) -> Match? {
    guard (32...44).contains(text.count),
      text.contains(where: { (0x30...0x39).contains($0) }),
      text.contains(where: { (0x41...0x5A).contains($0) }),
      text.contains(where: { (0x61...0x7A).contains($0) }),
      let octets = Base58.bitcoin.decode(text), octets.count == 32
    else { return nil }
    return Match(asset: .solana, form: .base58, strength: .weak)
  }
}
