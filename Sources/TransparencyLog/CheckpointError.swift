/// Why a checkpoint was refused.
public enum CheckpointError: Error, Sendable, Hashable {
  /// The text has fewer than three lines or does not end in a newline.
  case missingLines
  /// The origin is empty or holds a control character.
  case malformedOrigin
  /// The size is no decimal number without leading zeros, or too large.
  case malformedSize
  /// The root is not the base 64 of 32 bytes.
  case malformedRoot
  /// An extension line is empty or holds a control character.
  case malformedExtension
  /// The tree is empty, but the root is not the empty tree's.
  case wrongEmptyRoot(Digest)
  /// The checkpoint is of another log.
  case wrongOrigin(expected: String, actual: String)
  /// The key to sign with bears another name than the log.
  case originIsNotKeyName(origin: String, name: String)
  /// The note around the checkpoint was refused.
  case note(NoteError)
}

extension CheckpointError: CustomStringConvertible {
  /// The error as a sentence.
  public var description: String {
    switch self {
    case .missingLines:
      "a checkpoint has three lines (origin, size, root), each ended by a newline"
    case .malformedOrigin:
      "the checkpoint's origin is empty or holds a control character"
    case .malformedSize:
      "the checkpoint's size is no decimal number from 0 to \(TreeHash.maximumSize) "
        + "without leading zeros"
    case .malformedRoot:
      "the checkpoint's root is not the base 64 of 32 bytes"
    case .malformedExtension:
      "an extension line of the checkpoint is empty or holds a control character"
    case .wrongEmptyRoot(let root):
      "the checkpoint of an empty tree has the root \(root), not \(TreeHash.empty)"
    case .wrongOrigin(let expected, let actual):
      "the checkpoint is of the log \(actual), not of \(expected)"
    case .originIsNotKeyName(let origin, let name):
      "the key \(name) must not sign for the log \(origin): a log's key bears its origin's name"
    case .note(let error):
      "the checkpoint's note was refused: \(error)"
    }
  }
}
