/// SHA-256 of something that is kept elsewhere: 64 lower-case hexadecimal digits.
public struct ContentDigest: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The digits.
  public let hex: String

  /// Takes the digits; nil where they are others, or not 64.
  public init?(hex: some StringProtocol) {
    let isHex = hex.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    guard isHex, hex.utf8.count == 64 else { return nil }
    self.hex = String(hex)
  }

  /// The digits.
  public var description: String { hex }

  /// The first twelve digits, for people.
  public var short: String { String(hex.prefix(12)) }

  /// Compares by text.
  public static func < (left: ContentDigest, right: ContentDigest) -> Bool { left.hex < right.hex }
}

extension ContentDigest: TextCodable {
  /// Reads 64 hexadecimal digits.
  public init?(text: String) { self.init(hex: text) }
}
