import Testing
import TransparencyLog

@Suite("c2sp.org/tlog-checkpoint") struct CheckpointTests {
  private let key = try! NoteSigningKey(secretText: ForeignVectors.signingKey)
  private let leaves = sampleLeaves(1000)

  private func checkpoint(_ tree: InMemoryTree, size: UInt64) throws -> VerifiedCheckpoint {
    let root = try tree.root(ofSize: size)
    return try Checkpoint(origin: "log.example/cordon", size: size, root: root).signed(by: key)
  }

  @Test func `a signed checkpoint has the bytes that OpenSSL makes`() throws {
    let signed = try checkpoint(InMemoryTree(leaves: leaves), size: 1000)
    #expect(signed.note.encoded == ForeignVectors.checkpoint)
    let note = try SignedNote(bytes: Array(ForeignVectors.checkpoint.utf8))
    #expect(try VerifiedCheckpoint(note, by: key.verifier) == signed)
  }

  @Test func `the text leads back to the checkpoint`() throws {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<200 {
      let size = UInt64.random(in: 1...TreeHash.maximumSize, using: &generator)
      let root = try #require(Digest(bytes: generator.bytes(32)))
      let lines = Bool.random(using: &generator) ? [] : ["extension", "another one"]
      let checkpoint = try Checkpoint(
        origin: "log.example/\(size % 100)", size: size, root: root, extensionLines: lines)
      #expect(try Checkpoint(text: checkpoint.text) == checkpoint)
    }
    let empty = try Checkpoint(origin: "a", size: 0, root: TreeHash.empty)
    #expect(empty.text == "a\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")
    #expect(try Checkpoint(text: empty.text) == empty)
  }

  private static let root = "NGxrnLicS3b6ydyyDNqG46AcCldBfBOQKOrNRTj96Vs="

  @Test(arguments: [
    ("", CheckpointError.missingLines),
    ("a\n5\n", .missingLines),
    ("a\n5\n\(root)", .missingLines),
    ("\n5\n\(root)\n", .malformedOrigin),
    ("a\n05\n\(root)\n", .malformedSize),
    ("a\n+5\n\(root)\n", .malformedSize),
    ("a\n5 \n\(root)\n", .malformedSize),
    ("a\n-1\n\(root)\n", .malformedSize),
    ("a\n\n\(root)\n", .malformedSize),
    ("a\n٥\n\(root)\n", .malformedSize),
    ("a\n9223372036854775808\n\(root)\n", .malformedSize),
    ("a\n18446744073709551616\n\(root)\n", .malformedSize),
    ("a\n5\n\(root.dropLast())\n", .malformedRoot),
    ("a\n5\nAAAA\n", .malformedRoot),
    ("a\n5\n\(root)\n\n", .malformedExtension),
    ("a\n5\n\(root)\n\nx\n", .malformedExtension),
    ("a\n5\n\(root)\nx\ty\n", .malformedExtension),
  ])
  func `what is not exactly a checkpoint is refused`(text: String, error: CheckpointError) {
    #expect(throws: error) { try Checkpoint(text: text) }
  }

  @Test func `an empty tree has the empty root and no other`() throws {
    let root = try #require(Digest(base64: Self.root))
    #expect(throws: CheckpointError.wrongEmptyRoot(root)) {
      try Checkpoint(origin: "a", size: 0, root: root)
    }
  }

  @Test func `a key signs for its own log alone`() throws {
    let checkpoint = try Checkpoint(origin: "log.example/other", size: 0, root: TreeHash.empty)
    #expect(
      throws: CheckpointError.originIsNotKeyName(
        origin: "log.example/other", name: "log.example/cordon")
    ) { try checkpoint.signed(by: key) }
  }

  @Test func `a checkpoint of another log or by another key is refused`() throws {
    let text = try Checkpoint(origin: "log.example/other", size: 0, root: TreeHash.empty).text
    let note = try SignedNote(text: text, signedBy: [key])
    #expect(throws: CheckpointError.self) { try VerifiedCheckpoint(note, by: key.verifier) }
    #expect(throws: Never.self) {
      try VerifiedCheckpoint(note, by: key.verifier, origin: "log.example/other")
    }
    let stranger = try NoteSigningKey(name: key.name, seed: [UInt8](repeating: 9, count: 32))
    #expect(throws: CheckpointError.note(.noKnownSignature)) {
      try VerifiedCheckpoint(note, by: stranger.verifier)
    }
  }

  @Test func `a checkpoint takes proofs for its own size alone`() throws {
    let tree = InMemoryTree(leaves: leaves)
    let (old, new) = (try checkpoint(tree, size: 600), try checkpoint(tree, size: 1000))
    try new.verify(tree.inclusionProof(of: 5, inTreeOfSize: 1000), leaf: leaves[5])
    #expect(throws: ProofError.wrongSize(expected: 1000, actual: 600)) {
      try new.verify(tree.inclusionProof(of: 5, inTreeOfSize: 600), leaf: leaves[5])
    }
    try new.verify(tree.consistencyProof(from: 600, to: 1000), from: old)
    #expect(throws: ProofError.wrongSize(expected: 600, actual: 599)) {
      try new.verify(tree.consistencyProof(from: 599, to: 1000), from: old)
    }
    #expect(throws: ProofError.wrongSize(expected: 1000, actual: 900)) {
      try new.verify(tree.consistencyProof(from: 600, to: 900), from: old)
    }
  }
}

@Suite("c2sp.org/tlog-proof") struct ProofBundleTests {
  private let key = try! NoteSigningKey(secretText: ForeignVectors.signingKey)
  private let leaf = TreeHash.leaf(Array("entry 777".utf8))

  private func parse(_ text: String) throws -> ProofBundle {
    try ProofBundle(bytes: Array(text.utf8))
  }

  @Test func `a bundle put together elsewhere verifies, and is written alike`() throws {
    let bundle = try parse(ForeignVectors.proofBundle)
    let checkpoint = try bundle.verify(leaf: leaf, by: key.verifier)
    #expect(checkpoint.size == 1000 && bundle.index == 777)
    #expect(bundle.text == ForeignVectors.proofBundle)

    let tree = InMemoryTree(leaves: sampleLeaves(1000))
    let proof = try tree.inclusionProof(of: 777, inTreeOfSize: 1000)
    #expect(try ProofBundle(proof, checkpoint: checkpoint) == bundle)
    let short = try tree.inclusionProof(of: 777, inTreeOfSize: 999)
    #expect(throws: ProofBundleError.proof(.wrongSize(expected: 1000, actual: 999))) {
      try ProofBundle(short, checkpoint: checkpoint)
    }
  }

  @Test func `no byte of a bundle can be changed without being refused`() throws {
    let bytes = Array(ForeignVectors.proofBundle.utf8)
    for offset in bytes.indices {
      var changed = bytes
      changed[offset] ^= 1 << UInt8(offset % 8)
      #expect(throws: ProofBundleError.self) {
        try ProofBundle(bytes: changed).verify(leaf: leaf, by: key.verifier)
      }
    }
  }

  @Test func `another leaf, another key and one hash more are refused`() throws {
    let bundle = try parse(ForeignVectors.proofBundle)
    #expect(throws: ProofBundleError.self) {
      try bundle.verify(leaf: leaf.flipping(bit: 3), by: key.verifier)
    }
    let stranger = try NoteSigningKey(name: key.name, seed: [UInt8](repeating: 9, count: 32))
    #expect(throws: ProofBundleError.checkpoint(.note(.noKnownSignature))) {
      try bundle.verify(leaf: leaf, by: stranger.verifier)
    }
    let hash = TreeHash.empty.base64
    let longer = try parse(
      ForeignVectors.proofBundle.replacing("index 777\n", with: "index 777\n\(hash)\n"))
    #expect(throws: ProofBundleError.proof(.wrongHashCount(expected: 10, count: 11))) {
      try longer.verify(leaf: leaf, by: key.verifier)
    }
  }

  @Test func `extra data is kept and takes no part`() throws {
    let text = ForeignVectors.proofBundle.replacing("index 777", with: "extra AQID\nindex 777")
    let bundle = try parse(text)
    #expect(bundle.extra == [1, 2, 3] && bundle.text == text)
    try bundle.verify(leaf: leaf, by: key.verifier)
  }

  @Test func `the only leaf of a log needs no hash`() throws {
    let checkpoint = try Checkpoint(origin: "log.example/cordon", size: 1, root: leaf)
      .signed(by: key)
    let bundle = try ProofBundle(
      InclusionProof(index: 0, size: 1, path: []), checkpoint: checkpoint)
    #expect(bundle.text.hasPrefix("c2sp.org/tlog-proof@v1\nindex 0\n\nlog.example/cordon\n1\n"))
    try parse(bundle.text).verify(leaf: leaf, by: key.verifier)
  }

  @Test(arguments: [
    ("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2", ProofBundleError.missingHeader),
    ("c2sp.org/", "\nc2sp.org/", .missingHeader),
    ("index 777", "index 0777", .malformedIndex),
    ("index 777", "index  777", .malformedIndex),
    ("index 777\n", "", .malformedIndex),
    ("index 777", "extra \nindex 777", .malformedExtra),
    ("index 777", "extra AQI\nindex 777", .malformedExtra),
    ("index 777", "extra AQID\nextra AQID\nindex 777", .malformedIndex),
    ("index 777\n", "index 777\nAAAA\n", .malformedHash(number: 1)),
    ("EPyngmf", "EPyngm", .malformedHash(number: 3)),
    ("index 777", "index 1000", .proof(.indexOutsideTree(index: 1000, size: 1000))),
  ])
  func `what is not exactly a bundle is refused`(
    part: String, replacement: String, error: ProofBundleError
  ) {
    let text = ForeignVectors.proofBundle.replacing(part, with: replacement)
    #expect(throws: error) { try parse(text).verify(leaf: leaf, by: key.verifier) }
  }

  @Test func `a bundle without end, or with hashes without end, is refused`() {
    let hash = TreeHash.empty.base64 + "\n"
    let start = "c2sp.org/tlog-proof@v1\nindex 777\n"
    #expect(throws: ProofBundleError.missingCheckpoint) { try parse(start + hash) }
    #expect(throws: ProofBundleError.proof(.tooManyHashes(count: 64))) {
      try parse(start + String(repeating: hash, count: 1000))
    }
    let limit = ProofBundle.maximumByteCount
    #expect(throws: ProofBundleError.tooLarge(byteCount: limit + 1)) {
      try ProofBundle(bytes: [UInt8](repeating: 0x0A, count: limit + 1))
    }
  }
}
