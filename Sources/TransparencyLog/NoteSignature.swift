/// One signature line of a note, by anyone, of any type.
public struct NoteSignature: Sendable, Hashable {
  /// The name of the key that claims to have signed.
  public let name: KeyName
  /// The ID of that key.
  public let keyID: UInt32
  /// What the key made: for Ed25519 64 bytes, for other types whatever they define.
  public let signature: [UInt8]

  /// Takes the parts of a signature line.
  ///
  /// - Throws: `NoteError.malformedSignature` if the signature is empty.
  public init(name: KeyName, keyID: UInt32, signature: [UInt8]) throws(NoteError) {
    guard !signature.isEmpty else { throw .malformedSignature(number: 1) }
    self.name = name
    self.keyID = keyID
    self.signature = signature
  }

  /// Reads a line without its newline; `nil` if it is not exactly in the form of one.
  init?(line: ArraySlice<UInt8>) {
    guard line.starts(with: Self.prefix) else { return nil }
    let parts = line.dropFirst(Self.prefix.count).split(
      separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard parts.count == 2,
      let text = String(validating: parts[0], as: UTF8.self),
      let name = try? KeyName(text),
      let blob = Base64.decode(parts[1]), blob.count > 4
    else { return nil }
    self.name = name
    keyID = KeyID.parse(bytes: blob.prefix(4))
    signature = Array(blob.dropFirst(4))
  }

  /// The line with its newline: dash, name, base 64 of ID and signature.
  public var line: String {
    "— \(name) \(Base64.encodeToString(KeyID.bytes(keyID) + signature))\n"
  }

  private static let prefix = Array("— ".utf8)
}
