/// Base 64 as RFC 4648, Section 4 defines it, with padding and with one spelling for each value.
///
/// A decoder that accepts stray bits in the last character gives one signature many spellings;
/// this one refuses them, and every character outside the alphabet.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let padding = UInt8(ascii: "=")
  private static let notInAlphabet: UInt8 = 0xFF

  /// The value of each character, by its code; `notInAlphabet` for the others.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: notInAlphabet, count: 256)
    for (value, character) in alphabet.enumerated() {
      values[Int(character)] = UInt8(value)
    }
    return values
  }()

  static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let count = min(3, bytes.count - start)
      let first = UInt32(bytes[start])
      let second = count > 1 ? UInt32(bytes[start + 1]) : 0
      let third = count > 2 ? UInt32(bytes[start + 2]) : 0
      let group = first << 16 | second << 8 | third
      text.append(alphabet[Int(group >> 18 & 63)])
      text.append(alphabet[Int(group >> 12 & 63)])
      text.append(count > 1 ? alphabet[Int(group >> 6 & 63)] : padding)
      text.append(count > 2 ? alphabet[Int(group & 63)] : padding)
    }
    return text
  }

  static func encodeToString(_ bytes: [UInt8]) -> String {
    String(decoding: encode(bytes), as: UTF8.self)
  }

  /// The bytes that `text` spells, or `nil` if `encode` would not have written it.
  static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    let text = Array(text)
    guard text.count.isMultiple(of: 4) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 4 * 3)
    for start in stride(from: 0, to: text.count, by: 4) {
      let isLast = start + 4 == text.count
      let pads = isLast ? text[start...].reversed().prefix { $0 == padding }.count : 0
      guard pads <= 2 else { return nil }
      var group: UInt32 = 0
      for offset in 0..<4 {
        let value = offset < 4 - pads ? values[Int(text[start + offset])] : 0
        guard value != notInAlphabet else { return nil }
        group = group << 6 | UInt32(value)
      }
      let unused: UInt32 = pads == 0 ? 0 : pads == 1 ? 0xFF : 0xFFFF
      guard group & unused == 0 else { return nil }
      bytes.append(UInt8(group >> 16 & 0xFF))
      if pads < 2 { bytes.append(UInt8(group >> 8 & 0xFF)) }
      if pads < 1 { bytes.append(UInt8(group & 0xFF)) }
    }
    return bytes
  }
}
