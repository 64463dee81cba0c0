/// Writes one line of JSON (RFC 8259).
struct JSONLineWriter {
  private(set) var octets: [UInt8] = []

  private static let digits = Array("0123456789abcdef".utf8)

  /// Makes room beforehand.
  mutating func reserve(_ count: Int) { octets.reserveCapacity(count) }

  /// Writes text as it stands.
  mutating func raw(_ text: StaticString) {
    text.withUTF8Buffer { octets.append(contentsOf: $0) }
  }

  /// Writes text of ours as it stands.
  mutating func plain(_ text: String) { octets.append(contentsOf: text.utf8) }

  /// Writes a string.
  mutating func string(_ text: String) {
    var text = text
    let isPlain = text.withUTF8 { utf8 in
      octets.append(0x22)
      let isPlain = utf8.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }
      if isPlain { octets.append(contentsOf: utf8) }
      return isPlain
    }
    if !isPlain { escape(Array(text.utf8)) }
    octets.append(0x22)
  }

  /// Writes a string's octets; what is no UTF-8 stays so.
  mutating func string(_ text: [UInt8]) {
    octets.append(0x22)
    escape(text)
    octets.append(0x22)
  }

  private mutating func escape(_ text: [UInt8]) {
    for octet in text {
      switch octet {
      case 0x22, 0x5C:
        octets.append(0x5C)
        octets.append(octet)
      case 0x0A: raw("\\n")
      case 0x0D: raw("\\r")
      case 0x09: raw("\\t")
      case 0..<0x20:
        raw("\\u00")
        octets.append(Self.digits[Int(octet >> 4)])
        octets.append(Self.digits[Int(octet & 15)])
      case let octet: octets.append(octet)
      }
    }
  }

  /// Writes a whole number.
  mutating func number(_ value: Int) { octets.append(contentsOf: String(value).utf8) }

  /// Writes a number in thousandths, without zeros at its end.
  mutating func thousandths(_ value: Double) {
    let bounded = value.isFinite ? min(max(value, -1e9), 1e9) : 0
    let all = Int((bounded * 1_000).rounded())
    if all < 0 { raw("-") }
    let (whole, part) = all.magnitude.quotientAndRemainder(dividingBy: 1_000)
    octets.append(contentsOf: String(whole).utf8)
    guard part > 0 else { return }
    var digits = Array(String(part).utf8)
    digits.insert(contentsOf: repeatElement(0x30, count: 3 - digits.count), at: 0)
    while digits.last == 0x30 { digits.removeLast() }
    octets.append(0x2E)
    octets.append(contentsOf: digits)
  }

  /// Appends what another has written.
  mutating func append(_ other: ArraySlice<UInt8>) { octets.append(contentsOf: other) }

  /// Ends the line.
  mutating func endLine() { octets.append(0x0A) }
}
