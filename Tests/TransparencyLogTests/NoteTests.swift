import Testing
import TransparencyLog

@Suite("c2sp.org/signed-note") struct NoteTests {
  private static let exampleKey =
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
  private static let exampleNote = """
    This is an example message.

    — example.com/foo \
    Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=

    """

  private func key(_ name: String, seed: UInt8) throws -> NoteSigningKey {
    try NoteSigningKey(name: KeyName(name), seed: [UInt8](repeating: seed, count: 32))
  }

  private func parse(_ text: String) throws -> SignedNote {
    try SignedNote(bytes: Array(text.utf8))
  }

  // MARK: Notes

  @Test func `the example of the specification verifies`() throws {
    let key = try VerifierKey(Self.exampleKey)
    let note = try parse(Self.exampleNote)
    let verified = try note.verified(by: [key])
    #expect(verified.text == "This is an example message.\n")
    #expect(verified.signers == [key])
    #expect(note.encoded == Self.exampleNote)
    #expect(key.description == Self.exampleKey)
  }

  @Test func `no byte of a note can be changed without being refused`() throws {
    let key = try VerifierKey(Self.exampleKey)
    let bytes = Array(Self.exampleNote.utf8)
    for offset in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[offset] ^= 1 << UInt8(bit)
        #expect(throws: NoteError.self) {
          try SignedNote(bytes: changed).verified(by: [key])
        }
      }
    }
  }

  @Test func `no note that was cut off, lengthened or doubled verifies`() throws {
    let key = try VerifierKey(Self.exampleKey)
    let bytes = Array(Self.exampleNote.utf8)
    for count in bytes.indices {
      #expect(throws: NoteError.self) { try SignedNote(bytes: Array(bytes.prefix(count))) }
      guard count > 0 else { continue }
      #expect(throws: NoteError.self) {
        try SignedNote(bytes: Array(bytes.dropFirst(count))).verified(by: [key])
      }
    }
    for extra in ["\n", " ", "x", Self.exampleNote] {
      #expect(throws: NoteError.self) {
        try SignedNote(bytes: bytes + Array(extra.utf8)).verified(by: [key])
      }
    }
  }

  @Test func `signatures by unknown keys are ignored, but not alone`() throws {
    let known = try key("a.example", seed: 1)
    let strangers = [
      try key("b.example", seed: 1), try key("a.example", seed: 2), try key("c.example", seed: 3),
    ]
    let note = try SignedNote(text: "text\n", signedBy: strangers + [known])
    #expect(try note.verified(by: [known.verifier]).signers == [known.verifier])
    let alone = try SignedNote(text: "text\n", signedBy: strangers)
    #expect(throws: NoteError.noKnownSignature) { try alone.verified(by: [known.verifier]) }
    #expect(throws: NoteError.noKnownSignature) { try note.verified(by: []) }
  }

  @Test func `one wrong signature by a known key refuses the note`() throws {
    let (first, second) = (try key("a.example", seed: 1), try key("b.example", seed: 2))
    let good = try first.sign("text\n")
    let wrong = try second.sign("another text\n")
    let note = try SignedNote(text: "text\n", signatures: [good, wrong])
    #expect(try note.verified(by: [first.verifier]).signers.count == 1)
    #expect(throws: NoteError.wrongSignature(name: "b.example")) {
      try note.verified(by: [first.verifier, second.verifier])
    }
  }

  @Test func `a text may hold empty lines and what looks like signatures`() throws {
    let signer = try key("a.example", seed: 1)
    let line = try signer.sign("other\n").line
    for text in ["\n", "a\n\nb\n", "a\n\n", "\n\n\n", "x\n\n\(line)", "ed è subito sera\n"] {
      let note = try SignedNote(text: text, signedBy: [signer])
      let again = try SignedNote(bytes: note.bytes)
      #expect(again == note)
      #expect(try again.verified(by: [signer.verifier]).text == text)
    }
  }

  @Test(arguments: [
    ("text\n", NoteError.missingSignatures),
    ("", .missingSignatures),
    ("text\n\n", .missingSignatures),
    ("text\n\nsignature\n", .malformedSignature(number: 1)),
    ("text\n\n- a.example AAAAAAA=\n", .malformedSignature(number: 1)),
    ("text\n\n— a.example AAAAAA==\n", .malformedSignature(number: 1)),
    ("text\n\n— a.example AAAAAAB=\n", .malformedSignature(number: 1)),
    ("text\n\n— a.example AAAAAAA\n", .malformedSignature(number: 1)),
    ("text\n\n— a+b AAAAAAA=\n", .malformedSignature(number: 1)),
    ("text\n\n—  AAAAAAA=\n", .malformedSignature(number: 1)),
    ("text\n\n— a\u{3000}b AAAAAAA=\n", .malformedSignature(number: 1)),
    ("text\n\n— a b AAAAAAA=\n", .malformedSignature(number: 1)),
    ("text\n\n— a.example AAAAAAA=", .missingFinalNewline),
    ("text\n\n— a.example AAAAAAA=\n— b\n", .malformedSignature(number: 2)),
    ("te\txt\n\n— a.example AAAAAAA=\n", .controlCharacter(9, offset: 2)),
    ("text\r\n\n— a.example AAAAAAA=\n", .controlCharacter(13, offset: 4)),
  ])
  func `what is not exactly a note is refused`(text: String, error: NoteError) {
    #expect(throws: error) { try parse(text) }
  }

  @Test func `a text that is not UTF-8 is refused`() {
    #expect(throws: NoteError.notUTF8) {
      try SignedNote(bytes: [0xC0, 0x80] + Array("\n\n— a.example AAAAAAA=\n".utf8))
    }
  }

  @Test func `64 signatures are read, 65 are not, nor is a note above its bound`() throws {
    let signature = try NoteSignature(name: KeyName("a.example"), keyID: 1, signature: [1])
    #expect(throws: Never.self) {
      try SignedNote(text: "t\n", signatures: .init(repeating: signature, count: 64))
    }
    #expect(throws: NoteError.tooManySignatures(count: 65)) {
      try SignedNote(text: "t\n", signatures: .init(repeating: signature, count: 65))
    }
    let limit = SignedNote.maximumByteCount
    #expect(throws: NoteError.tooLarge(byteCount: limit + 1)) {
      try SignedNote(bytes: [UInt8](repeating: 0x0A, count: limit + 1))
    }
  }

  @Test func `a text that no note can carry is not signed`() throws {
    let signer = try key("a.example", seed: 1)
    for text in ["", "no newline", "tab\there\n", "text\n\u{0}\n"] {
      #expect(throws: NoteError.self) { try signer.sign(text) }
    }
    #expect(throws: NoteError.missingSignatures) { try SignedNote(text: "t\n", signedBy: []) }
  }

  // MARK: Keys

  @Test func `keys from a seed have the text another implementation writes`() throws {
    let key = try NoteSigningKey(name: KeyName("log.example/cordon"), seed: Array(0..<32))
    #expect(key.verifier.description == ForeignVectors.verifierKey)
    #expect(key.secretText == ForeignVectors.signingKey)
    let read = try NoteSigningKey(secretText: ForeignVectors.signingKey)
    #expect(read.verifier == key.verifier && read.secretText == key.secretText)
  }

  @Test func `no view of a signing key shows its private part`() throws {
    let key = try key("a.example", seed: 217)
    var dumped = ""
    dump(key, to: &dumped)
    dump([key], to: &dumped)
    let shown = "\(key) \(String(reflecting: key)) \(String(describing: [key])) \(dumped)"
    let secret = try #require(key.secretText.split(separator: "+").last)
    #expect(shown.contains("a.example"))
    #expect(!shown.contains(secret) && !shown.contains("217") && !shown.contains("PRIVATE"))
    #expect(Mirror(reflecting: key).children.isEmpty)
  }

  @Test(arguments: [
    ("", NoteKeyError.malformedVerifierKey),
    ("example.com/foo+530d903a", .malformedVerifierKey),
    (
      "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .malformedVerifierKey
    ),
    ("example.com/foo+530d903+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .malformedVerifierKey),
    (
      "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n",
      .malformedVerifierKey
    ),
    ("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .malformedName("")),
    ("a b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .malformedName("a b")),
    ("example.com/foo+530d903a+BOkyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .unsupportedType(4)),
    ("example.com/foo+530d903a+AekyeRrm", .wrongKeyLength(5)),
    (
      "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
      .wrongID(written: 0x530D_903B, computed: 0x530D_903A)
    ),
  ])
  func `what is not exactly a verifier key is refused`(text: String, error: NoteKeyError) {
    #expect(throws: error) { try VerifierKey(text) }
  }

  @Test func `what is not exactly a signing key is refused`() throws {
    let text = ForeignVectors.signingKey
    for wrong in [
      "", "PRIVATE+KEY+", String(text.dropFirst()), String(text.dropLast(4)), text + "\n",
      text.replacing("685350e6", with: "685350e7"), text.replacing("cordon", with: "cordoN"),
      ForeignVectors.verifierKey,
    ] {
      #expect(throws: NoteKeyError.self) { try NoteSigningKey(secretText: wrong) }
    }
    #expect(throws: NoteKeyError.wrongKeyLength(31)) {
      try NoteSigningKey(name: KeyName("a"), seed: Array(0..<31))
    }
  }

  @Test func `names are compared by their bytes`() throws {
    let (composed, decomposed) = (try KeyName("caf\u{E9}"), try KeyName("cafe\u{301}"))
    #expect(composed != decomposed)
    #expect(composed.isSpelled("caf\u{E9}") && !composed.isSpelled("cafe\u{301}"))
  }
}
