/// A checkpoint that the log's own key has signed.
///
/// Only verification makes one.
public struct VerifiedCheckpoint: Sendable, Hashable {
  /// What the log says.
  public let checkpoint: Checkpoint
  /// The note it came in, to be kept or passed on as it is.
  public let note: SignedNote
  /// The key that signed it.
  public let signer: VerifierKey

  /// Verifies a note and reads it as a checkpoint.
  ///
  /// - Parameters:
  ///   - note: the note as it came.
  ///   - key: the log's key, known beforehand.
  ///   - origin: the origin the checkpoint must bear; without one, the name of the key.
  /// - Throws: `CheckpointError` if the key did not sign it, if it is no checkpoint, or if it is
  ///   that of another log.
  public init(
    _ note: SignedNote, by key: VerifierKey, origin: String? = nil
  ) throws(CheckpointError) {
    let verified: VerifiedNote
    do {
      verified = try note.verified(by: [key])
    } catch {
      throw .note(error)
    }
    let checkpoint = try Checkpoint(text: verified.text)
    let expected = origin ?? key.name.description
    guard expected.utf8.elementsEqual(checkpoint.origin.utf8) else {
      throw .wrongOrigin(expected: expected, actual: checkpoint.origin)
    }
    self.checkpoint = checkpoint
    self.note = note
    signer = key
  }

  /// The log's identity.
  public var origin: String { checkpoint.origin }
  /// The number of leaves.
  public var size: UInt64 { checkpoint.size }
  /// The root of the tree.
  public var root: Digest { checkpoint.root }

  /// Verifies that a leaf is in the tree of this checkpoint.
  ///
  /// - Throws: `ProofError` if the proof is for another size or leads to another root.
  public func verify(_ proof: InclusionProof, leaf: Digest) throws(ProofError) {
    guard proof.size == size else { throw .wrongSize(expected: size, actual: proof.size) }
    try proof.verify(leaf: leaf, root: root)
  }

  /// Verifies that the tree of an older checkpoint is a beginning of the tree of this one.
  ///
  /// Both must be of one log, which the caller sees to by verifying both with the same key.
  ///
  /// - Throws: `ProofError` if the proof is for other sizes or leads to another root.
  public func verify(
    _ proof: ConsistencyProof, from older: VerifiedCheckpoint
  ) throws(ProofError) {
    guard proof.newSize == size else { throw .wrongSize(expected: size, actual: proof.newSize) }
    guard proof.oldSize == older.size else {
      throw .wrongSize(expected: older.size, actual: proof.oldSize)
    }
    try proof.verify(oldRoot: older.root, newRoot: root)
  }
}
