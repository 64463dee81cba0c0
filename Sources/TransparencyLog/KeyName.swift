/// The name of a key in signed notes: not empty, without Unicode spaces and without "+".
///
/// Names are compared byte by byte: two spellings of one accented letter are two names.
public struct KeyName: Sendable, Hashable, CustomStringConvertible {
  private let utf8: [UInt8]

  /// Takes a name, for instance the log's address without scheme: `log.example/cordon`.
  ///
  /// - Throws: `NoteKeyError.malformedName` if the name is empty or holds a space, a control
  ///   character or "+".
  public init(_ name: String) throws(NoteKeyError) {
    let isAllowed = name.unicodeScalars.allSatisfy { scalar in
      !scalar.properties.isWhitespace && scalar != "+" && scalar.value >= 0x20
    }
    guard !name.isEmpty, isAllowed else { throw .malformedName(name) }
    utf8 = Array(name.utf8)
  }

  /// The name as text.
  public var description: String { String(decoding: utf8, as: UTF8.self) }

  /// Whether this name is spelled exactly as `text`.
  public func isSpelled(_ text: String) -> Bool {
    utf8.elementsEqual(text.utf8)
  }
}

/// Why the text of a key was refused.
///
/// No case holds any part of a private key.
public enum NoteKeyError: Error, Sendable, Hashable {
  /// The name is empty or holds a space, a control character or "+".
  case malformedName(String)
  /// The text of a verifier key does not have the form `name+id+key`.
  case malformedVerifierKey
  /// The text of a signing key does not have the form `PRIVATE+KEY+name+id+key`.
  case malformedSigningKey
  /// The key is of a type other than Ed25519 (0x01).
  case unsupportedType(UInt8)
  /// The key itself is not 32 bytes long.
  case wrongKeyLength(Int)
  /// The ID in the text is not that of the name and key beside it.
  case wrongID(written: UInt32, computed: UInt32)
}

extension NoteKeyError: CustomStringConvertible {
  /// The error as a sentence.
  public var description: String {
    switch self {
    case .malformedName(let name):
      "\"\(name)\" is no key name: it must not be empty or hold spaces, control characters or \"+\""
    case .malformedVerifierKey:
      "a verifier key has the form <name>+<8 hexadecimal digits>+<base 64>; this text has not"
    case .malformedSigningKey:
      "a signing key has the form PRIVATE+KEY+<name>+<8 hexadecimal digits>+<base 64>; "
        + "this text has not"
    case .unsupportedType(let type):
      "key type \(type) is not supported; only Ed25519 (type 1) is"
    case .wrongKeyLength(let count):
      "an Ed25519 key has 32 bytes, this one has \(count)"
    case .wrongID(let written, let computed):
      "the key ID \(KeyID.text(written)) does not belong to this name and key, "
        + "whose ID is \(KeyID.text(computed)): part of the text was changed or lost"
    }
  }
}
