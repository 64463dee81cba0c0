internal import FoundationEssentials

/// A JSON value of a foreign server, read leniently and within bounds.
enum JSONDocument: Sendable, Hashable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONDocument])
  case object([String: JSONDocument])

  /// The deepest nesting that is read.
  static let maximumDepth = 48

  /// Reads a document.
  ///
  /// - Parameters:
  ///   - octets: the text in UTF-8, with a byte order mark or without.
  ///   - limit: the most octets that are read.
  /// - Returns: the document.
  /// - Throws: ``ContactFault`` where it is too large, too deep, or no JSON.
  static func read(_ octets: [UInt8], limit: Int) throws(ContactFault) -> JSONDocument {
    guard octets.count <= limit else { throw .tooLarge(limit: limit) }
    let text = octets.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(octets.dropFirst(3)) : octets
    guard depth(of: text) <= maximumDepth else { throw .tooDeep(limit: maximumDepth) }
    do {
      return try JSONDecoder().decode(JSONDocument.self, from: Data(text))
    } catch {
      throw .unreadable("it is not JSON")
    }
  }

  /// How deep lists and objects lie in each other, at most; strings are passed over.
  private static func depth(of text: [UInt8]) -> Int {
    var depth = 0
    var deepest = 0
    var isInString = false
    var isEscaped = false
    for octet in text {
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if octet == UInt8(ascii: "\\") {
          isEscaped = true
        } else if octet == UInt8(ascii: "\"") {
          isInString = false
        }
        continue
      }
      switch octet {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        deepest = max(deepest, depth)
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      default: continue
      }
    }
    return deepest
  }
}

extension JSONDocument: Decodable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([String: JSONDocument].self) {
      self = .object(value)
    } else if let value = try? container.decode([JSONDocument].self) {
      self = .array(value)
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if container.decodeNil() {
      self = .null
    } else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no JSON value")
    }
  }
}

extension JSONDocument {
  /// The value of a name; nil where this is no object, or has no such name.
  subscript(name: String) -> JSONDocument? {
    guard case .object(let members) = self else { return nil }
    return members[name]
  }

  /// The text, if this is one.
  var string: String? {
    guard case .string(let value) = self else { return nil }
    return value
  }

  /// The elements; none where this is no list.
  var elements: [JSONDocument] {
    guard case .array(let values) = self else { return [] }
    return values
  }

  /// The texts of a list, or the text itself: RDAP servers write a single role either way.
  var strings: [String] {
    string.map { [$0] } ?? elements.compactMap(\.string)
  }
}
