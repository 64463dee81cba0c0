internal import Foundation

/// JSON of the API: names in snake case, moments as RFC 3339.
enum APIText {
  static func encode(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(value)) + [UInt8(ascii: "\n")]
  }

  static func decode<Value: Decodable>(_ type: Value.Type, from octets: [UInt8]) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: Data(octets))
  }

  /// Why a value cannot be read, without anything of what stands there.
  static func reason(_ fault: any Error) -> String {
    guard let fault = fault as? DecodingError else { return "it is not as described" }
    let context: DecodingError.Context
    switch fault {
    case .typeMismatch(_, let found), .valueNotFound(_, let found), .keyNotFound(_, let found),
      .dataCorrupted(let found):
      context = found
    @unknown default: return "it is not as described"
    }
    let place = context.codingPath.map(\.stringValue).joined(separator: ".")
    return place.isEmpty ? "it is not as described" : "\(place) is not as described"
  }
}

/// How much of a list is wanted, and from where.
struct APIPage: Sendable {
  let limit: Int
  /// The last entry that the reader knows.
  let after: String?
}

/// A piece of a list, and how to go on.
struct APIListing<Item: Encodable>: Encodable {
  let items: [Item]
  /// What to ask for the entries that follow with; nil where these were the last.
  let next: String?
}
