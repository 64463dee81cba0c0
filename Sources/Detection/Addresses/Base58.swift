internal import Crypto

/// Base58: numbers to the base of 58, with signs that are hard to mistake for one another.
struct Base58: Sendable {
  /// Bitcoin's order of signs, which most others use.
  static let bitcoin = Base58("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")
  /// The order of signs of the XRP Ledger.
  static let ripple = Base58("rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz")

  /// The value of each octet; 255 for one that is no sign.
  private let values: [UInt8]
  private let zero: UInt8

  private init(_ signs: StaticString) {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, sign) in signs.description.utf8.enumerated() { values[Int(sign)] = UInt8(value) }
    self.values = values
    zero = signs.description.utf8.first ?? 0
  }

  /// The octets that a text stands for; nil where it holds another sign.
  func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
    var number: [UInt8] = []
    var leading = 0
    var isLeading = true
    for sign in text {
      let value = values[Int(sign)]
      guard value != 255 else { return nil }
      if isLeading, sign == zero { leading += 1 } else { isLeading = false }
      var carry = Int(value)
      for index in number.indices {
        carry += Int(number[index]) * 58
        number[index] = UInt8(carry & 0xFF)
        carry >>= 8
      }
      if carry > 0 { number.append(UInt8(carry)) }
    }
    return [UInt8](repeating: 0, count: leading) + number.reversed()
  }

  /// The octets before the checksum, where the last four are those of SHA-256 taken twice.
  func decodeChecked(_ text: some Sequence<UInt8>) -> [UInt8]? {
    guard let octets = decode(text), octets.count > 4 else { return nil }
    let payload = Array(octets.dropLast(4))
    let digest = SHA256.hash(data: Array(SHA256.hash(data: payload)))
    return digest.prefix(4).elementsEqual(octets.suffix(4)) ? payload : nil
  }

  /// The octets of Monero's blocks: each eleven signs are eight octets, the rest fewer.
  func decodeBlocks(_ text: [UInt8]) -> [UInt8]? {
    let sizes = [0, -1, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8]
    var octets: [UInt8] = []
    for start in stride(from: 0, to: text.count, by: 11) {
      let block = text[start..<min(start + 11, text.count)]
      let size = sizes[block.count]
      guard size > 0 else { return nil }
      var number: UInt64 = 0
      for sign in block {
        let value = values[Int(sign)]
        let (product, overflow) = number.multipliedReportingOverflow(by: 58)
        let (sum, carry) = product.addingReportingOverflow(UInt64(value))
        guard value != 255, !overflow, !carry else { return nil }
        number = sum
      }
      guard size == 8 || number >> UInt64(8 * size) == 0 else { return nil }
      octets += (0..<size).map {
        UInt8(truncatingIfNeeded: number >> UInt64(8 * (size - 1 - $0)))
      }
    }
    return octets
  }
}
