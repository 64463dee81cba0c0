internal import Crypto

/// A public key that verifies notes, with the name it signs under (c2sp.org/signed-note).
public struct VerifierKey: Sendable, Hashable {
  /// The name in the signature lines of this key.
  public let name: KeyName
  /// The key's ID in signature lines.
  public let id: UInt32
  /// The 32 bytes of the Ed25519 public key (RFC 8032).
  public let publicKey: [UInt8]

  /// Takes an Ed25519 public key of 32 bytes.
  ///
  /// - Throws: `NoteKeyError.wrongKeyLength` for any other number of bytes.
  public init(name: KeyName, publicKey: [UInt8]) throws(NoteKeyError) {
    guard publicKey.count == 32 else { throw .wrongKeyLength(publicKey.count) }
    self.name = name
    self.publicKey = publicKey
    id = KeyID.compute(name: name, type: KeyID.ed25519, publicKey: publicKey)
  }

  /// Reads the text of a verifier key, `name+id+key`.
  ///
  /// - Throws: `NoteKeyError` for another form or type, or if the ID does not belong to the key.
  public init(_ text: String) throws(NoteKeyError) {
    // The base 64 may hold "+" too, so only the first two separate.
    let parts = text.utf8.split(
      separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let name = String(parts[0]),
      let written = KeyID.parse(text: parts[1]),
      let key = Base64.decode(parts[2]), let type = key.first
    else { throw .malformedVerifierKey }
    guard type == KeyID.ed25519 else { throw .unsupportedType(type) }
    try self.init(name: KeyName(name), publicKey: Array(key.dropFirst()))
    guard id == written else { throw .wrongID(written: written, computed: id) }
  }

  /// Whether `signature` is this key's Ed25519 signature of `message`.
  func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
      return false
    }
    return key.isValidSignature(signature, for: message)
  }
}

extension VerifierKey: CustomStringConvertible {
  /// The text of the verifier key, which may be published and given to `init(_:)`.
  public var description: String {
    "\(name)+\(KeyID.text(id))+\(Base64.encodeToString([KeyID.ed25519] + publicKey))"
  }
}
