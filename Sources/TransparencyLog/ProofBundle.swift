/// All that is needed to verify offline that a leaf is in a log (c2sp.org/tlog-proof).
///
/// Index, inclusion path and checkpoint, as they came from anyone: `verify` decides.
public struct ProofBundle: Sendable, Hashable {
  /// The most bytes the text of a bundle may have: the checkpoint's, and 64 KiB for all else.
  public static let maximumByteCount = SignedNote.maximumByteCount + 65_536

  /// The number of the leaf in the log, from 0.
  public let index: UInt64
  /// The inclusion path, from the leaf's sibling up to the root's child.
  public let path: [Digest]
  /// The checkpoint, not verified.
  public let note: SignedNote
  /// Anything the sender added, which nothing authenticates; `nil` if nothing, never empty.
  public let extra: [UInt8]?

  /// Joins an inclusion proof and the checkpoint of the tree it is for.
  ///
  /// - Throws: `ProofBundleError.proof` if the proof is for a tree of another size.
  public init(
    _ proof: InclusionProof, checkpoint: VerifiedCheckpoint
  ) throws(ProofBundleError) {
    guard proof.size == checkpoint.size else {
      throw .proof(.wrongSize(expected: checkpoint.size, actual: proof.size))
    }
    index = proof.index
    path = proof.path
    note = checkpoint.note
    extra = nil
  }

  /// Verifies that the leaf is in the log, by its hash.
  ///
  /// - Parameters:
  ///   - leaf: the leaf's hash, made from the leaf by who verifies (`TreeHash.leaf`).
  ///   - key: the log's key, known beforehand.
  ///   - origin: the origin the checkpoint must bear; without one, the name of the key.
  /// - Returns: the checkpoint that the leaf is proved by.
  /// - Throws: `ProofBundleError` if the checkpoint is not by the key, or the proof does not hold.
  @discardableResult
  public func verify(
    leaf: Digest, by key: VerifierKey, origin: String? = nil
  ) throws(ProofBundleError) -> VerifiedCheckpoint {
    let checkpoint: VerifiedCheckpoint
    do {
      checkpoint = try VerifiedCheckpoint(note, by: key, origin: origin)
    } catch {
      throw .checkpoint(error)
    }
    do {
      let proof = try InclusionProof(index: index, size: checkpoint.size, path: path)
      try checkpoint.verify(proof, leaf: leaf)
    } catch {
      throw .proof(error)
    }
    return checkpoint
  }
}

// MARK: - Text

extension ProofBundle {
  private static let header = "c2sp.org/tlog-proof@v1"
  private static let newline = UInt8(ascii: "\n")

  /// The bundle as text, to be stored with the extension `.tlog-proof`.
  public var text: String {
    var lines = [Self.header]
    if let extra { lines.append("extra \(Base64.encodeToString(extra))") }
    lines.append("index \(index)")
    lines += path.map(\.base64)
    return lines.map { $0 + "\n" }.joined() + "\n" + note.encoded
  }

  /// Reads the text of a bundle.
  ///
  /// - Throws: `ProofBundleError` if the bytes are not exactly what `text` writes.
  public init(bytes: [UInt8]) throws(ProofBundleError) {
    guard bytes.count <= Self.maximumByteCount else { throw .tooLarge(byteCount: bytes.count) }
    var rest = bytes[...]
    guard let first = Self.nextLine(&rest), first.elementsEqual(Self.header.utf8) else {
      throw .missingHeader
    }
    var line = Self.nextLine(&rest)
    if let value = Self.value("extra ", in: line) {
      guard let extra = Base64.decode(value), !extra.isEmpty else { throw .malformedExtra }
      self.extra = extra
      line = Self.nextLine(&rest)
    } else {
      extra = nil
    }
    guard let value = Self.value("index ", in: line), let index = Decimal.parse(value) else {
      throw .malformedIndex
    }
    self.index = index
    path = try Self.parsePath(&rest)
    do {
      note = try SignedNote(bytes: Array(rest))
    } catch {
      throw .checkpoint(.note(error))
    }
  }

  /// Reads hashes up to and with the blank line.
  private static func parsePath(
    _ rest: inout ArraySlice<UInt8>
  ) throws(ProofBundleError) -> [Digest] {
    var path: [Digest] = []
    while let line = nextLine(&rest) {
      if line.isEmpty { return path }
      guard let bytes = Base64.decode(line), let digest = Digest(bytes: bytes) else {
        throw .malformedHash(number: path.count + 1)
      }
      path.append(digest)
      guard path.count <= maximumProofLength else {
        throw .proof(.tooManyHashes(count: path.count))
      }
    }
    throw .missingCheckpoint
  }

  /// Takes the next line and its newline off; `nil` if there is no whole line left.
  private static func nextLine(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let end = rest.firstIndex(of: newline) else { return nil }
    defer { rest = rest[(end + 1)...] }
    return rest[..<end]
  }

  private static func value(_ name: String, in line: ArraySlice<UInt8>?) -> ArraySlice<UInt8>? {
    guard let line, line.starts(with: name.utf8) else { return nil }
    return line.dropFirst(name.utf8.count)
  }
}

/// Why a proof bundle was refused.
public enum ProofBundleError: Error, Sendable, Hashable {
  /// The text is larger than `ProofBundle.maximumByteCount`.
  case tooLarge(byteCount: Int)
  /// The first line is not that of the format.
  case missingHeader
  /// The extra data is empty or not base 64.
  case malformedExtra
  /// The index line is missing or holds no decimal number.
  case malformedIndex
  /// A hash, counted from 1, is not the base 64 of 32 bytes.
  case malformedHash(number: Int)
  /// No blank line and checkpoint follow the hashes.
  case missingCheckpoint
  /// The checkpoint was refused.
  case checkpoint(CheckpointError)
  /// The inclusion proof was refused.
  case proof(ProofError)
}

extension ProofBundleError: CustomStringConvertible {
  /// The error as a sentence.
  public var description: String {
    switch self {
    case .tooLarge(let byteCount):
      "the proof has \(byteCount) bytes; at most \(ProofBundle.maximumByteCount) are read"
    case .missingHeader:
      "a proof begins with the line c2sp.org/tlog-proof@v1; this text does not"
    case .malformedExtra:
      "the proof's extra line holds no base 64"
    case .malformedIndex:
      "the proof has no line \"index\" with a decimal number"
    case .malformedHash(let number):
      "hash \(number) of the proof is not the base 64 of 32 bytes"
    case .missingCheckpoint:
      "the proof has no blank line and checkpoint after its hashes: it was cut off"
    case .checkpoint(let error):
      "the proof's checkpoint was refused: \(error)"
    case .proof(let error):
      "the inclusion proof does not hold: \(error)"
    }
  }
}
