extension CanonicalJSON {
  /// The one form of this value under RFC 8785: what is hashed, signed and committed to.
  ///
  /// No space, members in the order of their names' UTF-16 code units, the shortest escapes.
  ///
  /// - Throws: `CanonicalJSONEncodingError` for what could not be read back: a number beyond
  ///   `maximumInteger`, or nesting beyond `maximumDepth`.
  public var canonicalBytes: [UInt8] {
    get throws(CanonicalJSONEncodingError) {
      var bytes: [UInt8] = []
      try append(to: &bytes, depth: 0)
      return bytes
    }
  }

  private func append(
    to bytes: inout [UInt8], depth: Int
  ) throws(CanonicalJSONEncodingError) {
    switch self {
    case .null:
      bytes += "null".utf8
    case .bool(let value):
      bytes += (value ? "true" : "false").utf8
    case .integer(let value):
      guard value.magnitude <= Self.maximumInteger.magnitude else {
        throw .integerTooLarge(value)
      }
      bytes += String(value).utf8
    case .string(let value):
      Self.append(value, to: &bytes)
    case .array(let elements):
      guard depth < Self.maximumDepth else { throw .tooDeep }
      bytes.append(UInt8(ascii: "["))
      for (position, element) in elements.enumerated() {
        if position > 0 { bytes.append(UInt8(ascii: ",")) }
        try element.append(to: &bytes, depth: depth + 1)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let object):
      guard depth < Self.maximumDepth else { throw .tooDeep }
      bytes.append(UInt8(ascii: "{"))
      for (position, member) in object.members.enumerated() {
        if position > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.append(member.name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        try member.value.append(to: &bytes, depth: depth + 1)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// Writes a string as RFC 8785, Section 3.2.2.2 demands: only what must be escaped, is.
  private static func append(_ string: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    let isPlain = string.utf8.allSatisfy { byte in
      byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
    if isPlain {
      bytes += string.utf8
    } else {
      appendEscaped(string, to: &bytes)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func appendEscaped(_ string: String, to bytes: inout [UInt8]) {
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += "\\\"".utf8
      case UInt8(ascii: "\\"): bytes += "\\\\".utf8
      case 0x08: bytes += "\\b".utf8
      case 0x09: bytes += "\\t".utf8
      case 0x0A: bytes += "\\n".utf8
      case 0x0C: bytes += "\\f".utf8
      case 0x0D: bytes += "\\r".utf8
      case 0..<0x20: bytes += "\\u00\(Hexadecimal.encode(CollectionOfOne(byte)))".utf8
      default: bytes.append(byte)
      }
    }
  }
}

/// Why a value has no canonical form.
public enum CanonicalJSONEncodingError: Error, Sendable, Hashable {
  /// The number is further from 0 than `CanonicalJSON.maximumInteger`.
  case integerTooLarge(Int64)
  /// Arrays and objects are nested deeper than `CanonicalJSON.maximumDepth`.
  case tooDeep
}

extension CanonicalJSONEncodingError: CustomStringConvertible {
  /// The error as a sentence.
  public var description: String {
    switch self {
    case .integerTooLarge(let value):
      "the number \(value) is beyond ±\(CanonicalJSON.maximumInteger), "
        + "which is as far as JSON readers agree: write it as a string"
    case .tooDeep:
      "arrays and objects are nested deeper than \(CanonicalJSON.maximumDepth) levels"
    }
  }
}
