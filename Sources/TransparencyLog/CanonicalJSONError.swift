/// Why a text was refused as JSON, and where.
public struct CanonicalJSONError: Error, Sendable, Hashable {
  /// What is wrong.
  public let reason: Reason
  /// The line, from 1.
  public let line: Int
  /// The column, from 1, counted in bytes.
  public let column: Int

  /// The kinds of faults.
  public enum Reason: Sendable, Hashable {
    /// The text is larger than the limit.
    case tooLarge(byteCount: Int, limit: Int)
    /// Arrays and objects are nested deeper than the limit.
    case tooDeep(limit: Int)
    /// The text ends inside a value, or holds none.
    case unexpectedEnd
    /// This byte cannot stand here.
    case unexpectedByte(UInt8)
    /// Something follows the value.
    case trailingContent
    /// The text begins with a byte order mark.
    case byteOrderMark
    /// The word is none of `null`, `true` and `false`.
    case unknownWord
    /// The number has a fraction or an exponent.
    case fraction
    /// The number is beyond `CanonicalJSON.maximumInteger`.
    case integerTooLarge
    /// The number has a leading zero, or no digits.
    case malformedNumber
    /// The string is not valid UTF-8.
    case notUTF8
    /// A control character in a string is not escaped.
    case controlCharacter(UInt8)
    /// An escape is not one of JSON's.
    case malformedEscape
    /// A `\u` escape is half of a surrogate pair.
    case loneSurrogate
    /// An object has two members of one name.
    case repeatedName(String)
    /// The text is JSON, but not in its canonical form; it departs from it here.
    case notCanonical
  }

  /// Says what is wrong at the byte `offset` of `bytes`.
  init(_ reason: Reason, at offset: Int, in bytes: [UInt8]) {
    let before = bytes.prefix(offset)
    let newline = UInt8(ascii: "\n")
    self.reason = reason
    line = before.reduce(1) { $1 == newline ? $0 + 1 : $0 }
    column = offset - (before.lastIndex(of: newline) ?? -1)
  }
}

extension CanonicalJSONError: CustomStringConvertible {
  /// The error as a sentence, with line and column.
  public var description: String { "line \(line), column \(column): \(reason)" }
}

extension CanonicalJSONError.Reason: CustomStringConvertible {
  /// The fault in words.
  public var description: String {
    switch self {
    case .tooLarge(let byteCount, let limit):
      "the text has \(byteCount) bytes; at most \(limit) are read"
    case .tooDeep(let limit):
      "arrays and objects are nested deeper than \(limit) levels"
    case .unexpectedEnd:
      "the text ends before the value does"
    case .unexpectedByte(let byte):
      "\(Self.name(of: byte)) cannot stand here"
    case .trailingContent:
      "only one value is read; something follows it"
    case .byteOrderMark:
      "the text begins with a byte order mark: save it as UTF-8 without one"
    case .unknownWord:
      "only the words null, true and false are JSON; put text between quotation marks"
    case .fraction:
      "fractional numbers are not allowed here: write a whole number or a string"
    case .integerTooLarge:
      "the number is beyond ±\(CanonicalJSON.maximumInteger): write it as a string"
    case .malformedNumber:
      "a number has digits and no leading zero"
    case .notUTF8:
      "the text is not valid UTF-8"
    case .controlCharacter(let byte):
      "\(Self.name(of: byte)) must be escaped in a string"
    case .malformedEscape:
      "no such escape: allowed are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four digits"
    case .loneSurrogate:
      "the escape is half of a surrogate pair, which is no character"
    case .repeatedName(let name):
      "the name \"\(name)\" stands twice in one object"
    case .notCanonical:
      "the text is not in canonical form (RFC 8785) from here on"
    }
  }

  private static func name(of byte: UInt8) -> String {
    switch byte {
    case 0x0A: "a line break"
    case 0x21..<0x7F: "\"\(Character(Unicode.Scalar(byte)))\""
    default: "the byte 0x\(Hexadecimal.encode(CollectionOfOne(byte)))"
    }
  }
}
