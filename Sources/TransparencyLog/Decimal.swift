/// Numbers in the one decimal form that checkpoints, proofs and tile paths allow.
enum Decimal {
  /// The number that `text` spells in ASCII digits, without sign, space or leading zero; else `nil`.
  static func parse(_ text: some Collection<UInt8>) -> UInt64? {
    guard let first = text.first, first != UInt8(ascii: "0") || text.count == 1 else { return nil }
    return parseDigits(text)
  }

  /// The number that `text` spells in ASCII digits, where leading zeros are part of the form.
  static func parseDigits(_ text: some Collection<UInt8>) -> UInt64? {
    guard !text.isEmpty else { return nil }
    var number: UInt64 = 0
    for digit in text {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      let (product, tooLarge) = number.multipliedReportingOverflow(by: 10)
      let (sum, overflow) = product.addingReportingOverflow(UInt64(digit - UInt8(ascii: "0")))
      guard !tooLarge, !overflow else { return nil }
      number = sum
    }
    return number
  }
}
