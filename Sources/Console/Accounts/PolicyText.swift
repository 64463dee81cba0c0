internal import Enforcement
internal import Foundation
internal import Yams

/// Ladders and rules as files have them: YAML, or JSON, with the members that the API describes.
enum PolicyText {
  /// The most octets of a file.
  static let limit = 256 << 10

  static func ladder(_ octets: [UInt8], fileName: String) throws(DeskFault) -> Ladder {
    try checked(octets, "Ladder", LadderInput.self, fileName).ladder()
  }

  static func rule(_ octets: [UInt8], fileName: String) throws(DeskFault) -> RuleInput {
    try checked(octets, "RuleInput", RuleInput.self, fileName)
  }

  private static func checked<Value: Decodable>(
    _ octets: [UInt8], _ schema: String, _ type: Value.Type, _ fileName: String
  ) throws(DeskFault) -> Value {
    guard octets.count <= limit, let text = String(validating: octets, as: UTF8.self) else {
      throw DeskFault("\(fileName) is no text in UTF-8 of at most \(limit) octets")
    }
    let value: JSONValue
    do {
      value = try YAMLDecoder().decode(JSONValue.self, from: text)
    } catch {
      throw DeskFault("\(fileName) is neither YAML nor JSON: \(reason(error))")
    }
    if let fault = APISchema.named(schema).fault(in: value) {
      throw DeskFault("\(fileName): \(fault)")
    }
    do {
      return try APIText.decode(type, from: try APIText.encode(value))
    } catch {
      throw DeskFault("\(fileName): \(APIText.reason(error))")
    }
  }

  private static func reason(_ fault: any Error) -> String {
    guard case DecodingError.dataCorrupted(let context) = fault, let inner = context.underlyingError
    else { return "\(fault)".split(separator: "\n").first.map(String.init) ?? "" }
    return "\(inner)"
  }
}
