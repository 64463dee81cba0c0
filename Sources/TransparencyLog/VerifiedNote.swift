/// A note whose text at least one trusted key has signed.
///
/// Only verification makes one.
public struct VerifiedNote: Sendable, Hashable {
  /// The note as it came, with signatures by unknown keys too.
  public let note: SignedNote
  /// The trusted keys that signed it, in the order of their signatures, each once.
  public let signers: [VerifierKey]

  /// The text that was signed, with its last newline.
  public var text: String { note.unverifiedText }

  fileprivate init(note: SignedNote, signers: [VerifierKey]) {
    self.note = note
    self.signers = signers
  }
}

extension SignedNote {
  /// Verifies the note with the keys that are trusted.
  ///
  /// Signatures by other keys are ignored, as the format demands; every one by a trusted key must
  /// verify, and there must be at least one.
  ///
  /// - Throws: `NoteError.wrongSignature`, `.noKnownSignature`, or `.ambiguousKeys`.
  public func verified(by keys: [VerifierKey]) throws(NoteError) -> VerifiedNote {
    var signers: [VerifierKey] = []
    let text = textBytes
    for signature in signatures {
      let candidates = Set(keys.filter { $0.name == signature.name && $0.id == signature.keyID })
      guard let key = candidates.first else { continue }
      guard candidates.count == 1 else { throw .ambiguousKeys(name: key.name.description) }
      guard key.verifies(signature.signature, of: text) else {
        throw .wrongSignature(name: key.name.description)
      }
      if !signers.contains(key) { signers.append(key) }
    }
    guard !signers.isEmpty else { throw .noKnownSignature }
    return VerifiedNote(note: self, signers: signers)
  }
}
