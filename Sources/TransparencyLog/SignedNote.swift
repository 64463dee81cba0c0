/// A note as it came from anyone: well formed, its signatures not verified.
///
/// Format: c2sp.org/signed-note. The text means nothing before a trusted key has verified it; use
/// `verified(by:)`. A value keeps its exact bytes.
public struct SignedNote: Sendable, Hashable {
  /// The most bytes a note may have: 1 MiB, room for 64 of the largest signatures in use.
  public static let maximumByteCount = 1 << 20
  /// The most signatures a note may have; the format asks for at least 16.
  public static let maximumSignatureCount = 64

  /// The whole note.
  public let bytes: [UInt8]
  /// The signature lines, in their order, each by anyone.
  public let signatures: [NoteSignature]
  /// How many of the bytes are the text that was signed.
  let textByteCount: Int

  /// Reads a note.
  ///
  /// - Throws: `NoteError` if the bytes are not exactly in the form of a signed note.
  public init(bytes: [UInt8]) throws(NoteError) {
    guard bytes.count <= Self.maximumByteCount else { throw .tooLarge(byteCount: bytes.count) }
    guard let separator = Self.lastBlankLine(in: bytes) else { throw .missingSignatures }
    let text = bytes[...separator]
    try Self.checkText(text)
    signatures = try Self.parseSignatures(bytes[(separator + 2)...])
    textByteCount = text.count
    self.bytes = bytes
  }

  /// Joins a text and signatures of it, which are not verified here.
  ///
  /// - Throws: `NoteError` if the text is no note text, or there are no or too many signatures.
  public init(text: String, signatures: [NoteSignature]) throws(NoteError) {
    let lines = signatures.map(\.line).joined()
    try self.init(bytes: Array(text.utf8) + Array("\n\(lines)".utf8))
    guard Array(text.utf8).count == textByteCount else { throw .missingFinalNewline }
  }

  /// Signs a text with one or more keys.
  ///
  /// - Throws: `NoteError` if the text is no note text, or there are no or too many keys.
  public init(text: String, signedBy keys: [NoteSigningKey]) throws(NoteError) {
    var signatures: [NoteSignature] = []
    for key in keys {
      signatures.append(try key.sign(text))
    }
    try self.init(text: text, signatures: signatures)
  }

  /// The text, which anyone may have written.
  ///
  /// For routing alone, such as finding the key by the first line.
  public var unverifiedText: String { String(decoding: textBytes, as: UTF8.self) }

  var textBytes: [UInt8] { Array(bytes.prefix(textByteCount)) }

  /// The note as text.
  public var encoded: String { String(decoding: bytes, as: UTF8.self) }
}

// MARK: - Parsing

extension SignedNote {
  private static let newline = UInt8(ascii: "\n")

  /// The offset of the newline that ends the text: the first of the last two in a row.
  private static func lastBlankLine(in bytes: [UInt8]) -> Int? {
    bytes.indices.dropLast().last { bytes[$0] == newline && bytes[$0 + 1] == newline }
  }

  /// Refuses what no note text may be: not UTF-8, with control characters, or unfinished.
  static func checkText(_ text: ArraySlice<UInt8>) throws(NoteError) {
    if let offset = text.firstIndex(where: { $0 < 0x20 && $0 != newline }) {
      throw .controlCharacter(text[offset], offset: offset - text.startIndex)
    }
    guard String(validating: text, as: UTF8.self) != nil else { throw .notUTF8 }
    guard text.last == newline else { throw .missingFinalNewline }
  }

  private static func parseSignatures(
    _ bytes: ArraySlice<UInt8>
  ) throws(NoteError) -> [NoteSignature] {
    guard bytes.last == newline else {
      throw bytes.isEmpty ? .missingSignatures : .missingFinalNewline
    }
    let lines = bytes.dropLast().split(separator: newline, omittingEmptySubsequences: false)
    guard lines.count <= maximumSignatureCount else {
      throw .tooManySignatures(count: lines.count)
    }
    var signatures: [NoteSignature] = []
    for (offset, line) in lines.enumerated() {
      guard let signature = NoteSignature(line: line) else {
        throw .malformedSignature(number: offset + 1)
      }
      signatures.append(signature)
    }
    return signatures
  }
}
