internal import Crypto

/// An Ed25519 private key that signs notes under a name.
///
/// Its description, its debug description and its mirror show the name and the ID alone; the key
/// leaves the value only through `secretText`.
public struct NoteSigningKey: Sendable {
  /// The key that verifies what this key signs.
  public let verifier: VerifierKey

  private let privateKey: Curve25519.Signing.PrivateKey

  /// The name this key signs under.
  public var name: KeyName { verifier.name }

  /// Makes a key from a seed.
  ///
  /// - Parameters:
  ///   - name: the name to sign under; a log's is the origin of its checkpoints.
  ///   - seed: 32 bytes (RFC 8032, Section 5.1.5) from a generator fit for keys.
  /// - Throws: `NoteKeyError.wrongKeyLength` for any other number of bytes.
  public init(name: KeyName, seed: [UInt8]) throws(NoteKeyError) {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
      throw .wrongKeyLength(seed.count)
    }
    privateKey = key
    verifier = try VerifierKey(name: name, publicKey: Array(key.publicKey.rawRepresentation))
  }

  private static let textPrefix = "PRIVATE+KEY+"

  /// Reads the text of a signing key, `PRIVATE+KEY+name+id+key`, as Go's note package writes it.
  ///
  /// - Throws: `NoteKeyError` for another form or type, or if the ID does not belong to the key.
  public init(secretText text: String) throws(NoteKeyError) {
    guard text.utf8.starts(with: Self.textPrefix.utf8) else { throw .malformedSigningKey }
    let parts = text.utf8.dropFirst(Self.textPrefix.utf8.count).split(
      separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let name = String(parts[0]),
      let written = KeyID.parse(text: parts[1]),
      let key = Base64.decode(parts[2]), let type = key.first
    else { throw .malformedSigningKey }
    guard type == KeyID.ed25519 else { throw .unsupportedType(type) }
    try self.init(name: KeyName(name), seed: Array(key.dropFirst()))
    guard verifier.id == written else {
      throw .wrongID(written: written, computed: verifier.id)
    }
  }

  /// The private key as text, to be stored where only its owner can read it (mode 0600).
  public var secretText: String {
    let key = Base64.encodeToString([KeyID.ed25519] + Array(privateKey.rawRepresentation))
    return "\(Self.textPrefix)\(name)+\(KeyID.text(verifier.id))+\(key)"
  }

  /// Signs a note text.
  ///
  /// - Throws: `NoteError` if the text is no note text, or if the signature cannot be made.
  public func sign(_ text: String) throws(NoteError) -> NoteSignature {
    let bytes = Array(text.utf8)
    try SignedNote.checkText(bytes[...])
    guard let signature = try? privateKey.signature(for: bytes) else {
      throw .signingFailed(name: name.description)
    }
    return try NoteSignature(name: name, keyID: verifier.id, signature: Array(signature))
  }
}

extension NoteSigningKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The name and the ID of the key, never the key.
  public var description: String {
    "signing key \(name), ID \(KeyID.text(verifier.id)) (private part not shown)"
  }

  /// The same as `description`.
  public var debugDescription: String { description }

  /// A mirror without children, so that `dump` shows no key either.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
