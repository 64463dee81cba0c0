/// What a log says of itself at one moment: its origin, its size and its root.
///
/// A value is well formed, which says nothing of who wrote it; `VerifiedCheckpoint` does. Format:
/// c2sp.org/tlog-checkpoint.
public struct Checkpoint: Sendable {
  /// The log's identity: for instance its address without scheme.
  public let origin: String
  /// The number of leaves.
  public let size: UInt64
  /// The root of the tree of that size.
  public let root: Digest
  /// Further lines, which Cordon writes none of: no one can audit them.
  public let extensionLines: [String]

  /// Takes the parts of a checkpoint.
  ///
  /// - Throws: `CheckpointError` if the origin or an extension is no single, non-empty line of
  ///   text, the size is too large, or the root of an empty tree is not the empty root.
  public init(
    origin: String, size: UInt64, root: Digest, extensionLines: [String] = []
  ) throws(CheckpointError) {
    guard Self.isLine(origin) else { throw .malformedOrigin }
    guard size <= TreeHash.maximumSize else { throw .malformedSize }
    guard size > 0 || root == TreeHash.empty else { throw .wrongEmptyRoot(root) }
    guard extensionLines.allSatisfy(Self.isLine) else { throw .malformedExtension }
    self.origin = origin
    self.size = size
    self.root = root
    self.extensionLines = extensionLines
  }

  /// Reads the text of a checkpoint, without signatures.
  ///
  /// - Throws: `CheckpointError` if the text is not exactly what `text` writes.
  public init(text: String) throws(CheckpointError) {
    guard text.utf8.last == UInt8(ascii: "\n") else { throw .missingLines }
    let lines = text.utf8.dropLast().split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).map { String(decoding: $0, as: UTF8.self) }
    guard lines.count >= 3 else { throw .missingLines }
    guard let size = Decimal.parse(lines[1].utf8) else { throw .malformedSize }
    guard let root = Digest(base64: lines[2]) else { throw .malformedRoot }
    try self.init(
      origin: lines[0], size: size, root: root, extensionLines: Array(lines.dropFirst(3)))
  }

  /// The text that is signed: origin, size, root, each on its line.
  public var text: String {
    ([origin, String(size), root.base64] + extensionLines).map { $0 + "\n" }.joined()
  }

  /// Signs the checkpoint as a note.
  ///
  /// A log must never sign two checkpoints that contradict each other; that is the caller's duty.
  ///
  /// - Throws: `CheckpointError.originIsNotKeyName` unless the key bears the origin's name, or
  ///   `.note` if the signature cannot be made.
  public func signed(by key: NoteSigningKey) throws(CheckpointError) -> VerifiedCheckpoint {
    guard key.name.isSpelled(origin) else {
      throw .originIsNotKeyName(origin: origin, name: key.name.description)
    }
    let note: SignedNote
    do {
      note = try SignedNote(text: text, signedBy: [key])
    } catch {
      throw .note(error)
    }
    return try VerifiedCheckpoint(note, by: key.verifier)
  }

  private static func isLine(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x20 }
  }
}

extension Checkpoint: Hashable {
  /// Whether both are the same text, byte by byte.
  public static func == (left: Checkpoint, right: Checkpoint) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  /// Feeds the bytes of the text into the hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(Array(text.utf8))
  }
}
