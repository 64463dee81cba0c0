/// A SHA-256 hash: 32 bytes, stored in place.
///
/// In a file that imports Crypto too, write `TransparencyLog.Digest`: Crypto has a protocol of
/// the same name.
public struct Digest: Sendable, Hashable {
  /// The number of bytes in a digest.
  public static let byteCount = 32

  // The bytes as four big-endian words, the first bytes in the first word.
  let word0: UInt64
  let word1: UInt64
  let word2: UInt64
  let word3: UInt64

  /// Makes a digest of exactly 32 bytes; `nil` for any other number of them.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    for (offset, byte) in bytes.enumerated() {
      switch offset >> 3 {
      case 0: words.0 = words.0 << 8 | UInt64(byte)
      case 1: words.1 = words.1 << 8 | UInt64(byte)
      case 2: words.2 = words.2 << 8 | UInt64(byte)
      default: words.3 = words.3 << 8 | UInt64(byte)
      }
    }
    self.init(words.0, words.1, words.2, words.3)
  }

  init(_ word0: UInt64, _ word1: UInt64, _ word2: UInt64, _ word3: UInt64) {
    self.word0 = word0
    self.word1 = word1
    self.word2 = word2
    self.word3 = word3
  }

  /// The 32 bytes.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.byteCount)
    append(to: &bytes)
    return bytes
  }

  /// The first 8 bytes as a number, the first byte the highest: for tables that need a short key.
  public var leadingWord: UInt64 { word0 }

  /// Adds the 32 bytes to the end of `bytes`.
  public func append(to bytes: inout [UInt8]) {
    Self.append(word0, to: &bytes)
    Self.append(word1, to: &bytes)
    Self.append(word2, to: &bytes)
    Self.append(word3, to: &bytes)
  }

  /// Written out: this runs twice for every node that is hashed.
  private static func append(_ word: UInt64, to bytes: inout [UInt8]) {
    bytes.append(UInt8(truncatingIfNeeded: word >> 56))
    bytes.append(UInt8(truncatingIfNeeded: word >> 48))
    bytes.append(UInt8(truncatingIfNeeded: word >> 40))
    bytes.append(UInt8(truncatingIfNeeded: word >> 32))
    bytes.append(UInt8(truncatingIfNeeded: word >> 24))
    bytes.append(UInt8(truncatingIfNeeded: word >> 16))
    bytes.append(UInt8(truncatingIfNeeded: word >> 8))
    bytes.append(UInt8(truncatingIfNeeded: word))
  }

  /// Compares in a time that does not depend on where the two differ.
  ///
  /// For digests that an attacker must not be able to guess byte by byte; `==` may stop early.
  public func equalsInConstantTime(_ other: Digest) -> Bool {
    let difference =
      (word0 ^ other.word0) | (word1 ^ other.word1)
      | (word2 ^ other.word2) | (word3 ^ other.word3)
    return difference == 0
  }
}

// MARK: - Text

extension Digest: CustomStringConvertible {
  /// Reads 64 lower-case hexadecimal digits; `nil` for anything else.
  public init?(hex: String) {
    guard let bytes = Hexadecimal.decode(hex.utf8) else { return nil }
    self.init(bytes: bytes)
  }

  /// Reads the 44 characters of padded, canonical base 64; `nil` for anything else.
  public init?(base64: String) {
    guard let bytes = Base64.decode(base64.utf8) else { return nil }
    self.init(bytes: bytes)
  }

  /// The digest as 64 lower-case hexadecimal digits.
  public var hex: String { Hexadecimal.encode(bytes) }

  /// The digest as 44 characters of base 64 (RFC 4648, Section 4).
  public var base64: String { Base64.encodeToString(bytes) }

  /// The hexadecimal form.
  public var description: String { hex }
}
