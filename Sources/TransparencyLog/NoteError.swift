/// Why a signed note was refused.
public enum NoteError: Error, Sendable, Hashable {
  /// The note is larger than `SignedNote.maximumByteCount`.
  case tooLarge(byteCount: Int)
  /// The note is not valid UTF-8.
  case notUTF8
  /// The note holds a byte below 0x20 that is not a newline.
  case controlCharacter(UInt8, offset: Int)
  /// The text or the last signature does not end in a newline.
  case missingFinalNewline
  /// No signature follows the text and its blank line.
  case missingSignatures
  /// The note has more signatures than `SignedNote.maximumSignatureCount`.
  case tooManySignatures(count: Int)
  /// A signature line, counted from 1, is not exactly in the form of one.
  case malformedSignature(number: Int)
  /// Two of the keys to verify with have the same name and ID.
  case ambiguousKeys(name: String)
  /// A signature by a known key does not verify.
  case wrongSignature(name: String)
  /// None of the signatures is by a known key.
  case noKnownSignature
  /// The signature could not be made.
  case signingFailed(name: String)
}

extension NoteError: CustomStringConvertible {
  /// The error as a sentence.
  public var description: String {
    switch self {
    case .tooLarge(let byteCount):
      "the note has \(byteCount) bytes; at most \(SignedNote.maximumByteCount) are read"
    case .notUTF8:
      "the note is not valid UTF-8"
    case .controlCharacter(let byte, let offset):
      "the note holds the control character \(byte) at byte \(offset)"
    case .missingFinalNewline:
      "the note does not end in a newline: it was cut off"
    case .missingSignatures:
      "the note has no signatures after a blank line"
    case .tooManySignatures(let count):
      "the note has \(count) signatures; at most \(SignedNote.maximumSignatureCount) are read"
    case .malformedSignature(let number):
      "signature line \(number) does not have the form \"— name base64\""
    case .ambiguousKeys(let name):
      "two different keys to verify with have the name \(name) and the same ID: drop one"
    case .wrongSignature(let name):
      "the signature by \(name) does not verify: the text or the signature was changed"
    case .noKnownSignature:
      "none of the signatures is by a key that is known here"
    case .signingFailed(let name):
      "the key \(name) could not sign"
    }
  }
}
