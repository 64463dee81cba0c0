internal import Enforcement

/// A host whose last label is a number: never a name, for programs take it for an IPv4 address.
///
/// Browsers and `inet_aton` read one to four parts in decimal, octal (`0…`) or hexadecimal
/// (`0x…`), the last filling what the others leave (WHATWG URL Standard, "ends in a number" and
/// "IPv4 parser").
struct NumericEnding {
  /// The address in dotted decimal, where the parts make one.
  let address: String?
  private let isLoneSmallNumber: Bool

  /// Answers nil where the last label is no number.
  init?(of host: String) {
    var parts = host.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count > 1, parts.last?.isEmpty == true { parts.removeLast() }
    guard let last = parts.last, !last.isEmpty,
      last.utf8.allSatisfy(\.isDigit) || Self.number(last) != nil
    else { return nil }
    let numbers = parts.map(Self.number)
    let value = Self.address(of: numbers.compactMap(\.self))
    let isComplete = !numbers.contains(nil) && parts.count <= 4
    isLoneSmallNumber = parts.count == 1 && (numbers[0] ?? 0) < 1 << 24
    address = isComplete && !isLoneSmallNumber ? value.map(Self.dotted) : nil
  }

  /// Why a host with a numeric ending that makes no address is not taken.
  var refusal: Quarantine { .numericEnding(isLoneNumber: isLoneSmallNumber) }

  /// A part in decimal, octal or hexadecimal.
  private static func number(_ part: Substring) -> UInt64? {
    let lower = part.lowercased()
    if lower.hasPrefix("0x") {
      let digits = lower.dropFirst(2)
      return digits.isEmpty
        ? 0 : digits.utf8.allSatisfy(\.isHexDigit) ? UInt64(digits, radix: 16) : nil
    }
    guard !lower.isEmpty, lower.utf8.allSatisfy(\.isDigit) else { return nil }
    return UInt64(lower, radix: lower.count > 1 && lower.hasPrefix("0") ? 8 : 10)
  }

  private static func address(of numbers: [UInt64]) -> UInt32? {
    guard let last = numbers.last, numbers.count <= 4 else { return nil }
    let leading = numbers.dropLast()
    guard leading.allSatisfy({ $0 < 256 }), last < 1 << UInt64(8 * (4 - leading.count)) else {
      return nil
    }
    var value = last
    for (place, number) in leading.enumerated() { value += number << UInt64(8 * (3 - place)) }
    return UInt32(exactly: value)
  }

  private static func dotted(_ value: UInt32) -> String {
    [24, 16, 8, 0].map { String(value >> UInt32($0) & 0xFF) }.joined(separator: ".")
  }
}
