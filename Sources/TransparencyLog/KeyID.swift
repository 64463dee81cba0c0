/// The short number that stands for a key in a signature line (c2sp.org/signed-note).
///
/// It finds a key, it proves nothing: anyone can make a key with a given ID.
enum KeyID {
  /// The type byte of Ed25519 signatures over the note text.
  static let ed25519: UInt8 = 0x01

  /// The first four bytes of SHA-256(name || 0x0A || type || public key), big-endian.
  static func compute(name: KeyName, type: UInt8, publicKey: [UInt8]) -> UInt32 {
    let digest = Digest.sha256(of: Array(name.description.utf8) + [0x0A, type] + publicKey)
    return UInt32(digest.word0 >> 32)
  }

  static func bytes(_ id: UInt32) -> [UInt8] {
    stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: id >> UInt32($0)) }
  }

  static func parse(bytes: some Collection<UInt8>) -> UInt32 {
    bytes.reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// The ID as eight lower-case hexadecimal digits.
  static func text(_ id: UInt32) -> String { Hexadecimal.encode(bytes(id)) }

  static func parse(text: some Collection<UInt8>) -> UInt32? {
    guard let bytes = Hexadecimal.decode(text), bytes.count == 4 else { return nil }
    return parse(bytes: bytes)
  }
}
