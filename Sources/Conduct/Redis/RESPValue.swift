/// A value as Redis writes it (RESP2 and RESP3).
///
/// What differs between the two in form alone is one case here: a null is a null, a string is octets.
enum RESPValue: Sendable, Hashable {
  /// A simple, bulk or verbatim string, or a big number.
  case string([UInt8])
  /// A number.
  case integer(Int)
  /// A floating-point number.
  case double(Double)
  /// True or false.
  case boolean(Bool)
  /// Nothing.
  case null
  /// An error, simple or bulk.
  case failure(String)
  /// A list or a set.
  case array([RESPValue])
  /// Names and values in turns.
  case map([RESPValue])
  /// A message that nobody asked for.
  case push([RESPValue])

  /// The text of a string; nil for anything else.
  var text: String? {
    if case .string(let octets) = self { String(decoding: octets, as: UTF8.self) } else { nil }
  }

  /// The elements of a list; nil for anything else.
  var elements: [RESPValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// Names and values in turns, from a map or from a list of pairs, as RESP2 writes maps.
  var pairs: [(name: RESPValue, value: RESPValue)]? {
    switch self {
    case .map(let flat):
      return stride(from: 0, to: flat.count - 1, by: 2).map { (flat[$0], flat[$0 + 1]) }
    case .array(let list):
      var pairs: [(name: RESPValue, value: RESPValue)] = []
      for element in list {
        guard let pair = element.elements, pair.count == 2 else { return nil }
        pairs.append((pair[0], pair[1]))
      }
      return pairs
    case .string, .integer, .double, .boolean, .null, .failure, .push: return nil
    }
  }
}

/// Why octets are no RESP.
enum RESPFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// A value begins with an octet that no type has.
  case unknownType(UInt8)
  /// A number is none.
  case badNumber
  /// A line does not end as lines end.
  case badEnd
  /// More than ``RESPReader`` takes.
  case tooLarge(String)

  var description: String {
    switch self {
    case .unknownType(let octet): "Redis sent a value of the unknown type \(octet)"
    case .badNumber: "Redis sent a number that is none"
    case .badEnd: "Redis sent a value without its end"
    case .tooLarge(let what): "Redis sent more than is taken: \(what)"
    }
  }
}
