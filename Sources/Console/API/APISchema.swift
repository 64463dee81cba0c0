internal import Enforcement

/// What a piece of JSON may look like: the same table describes it, checks what comes in, and is held
/// against what goes out in the tests.
///
/// The part of JSON Schema 2020-12 that the API needs; objects are closed.
indirect enum APISchema: Sendable {
  /// Text of so many characters at most.
  case text(ClosedRange<Int>, format: String? = nil)
  /// One of these words.
  case word([String])
  case integer(ClosedRange<Int>)
  case number(ClosedRange<Double>)
  case flag
  case list(APISchema, atMost: Int)
  case object([Member])
  /// Several of these.
  case eitherOf([APISchema])
  /// A schema that stands under a name of its own.
  case named(String)
  /// Anything: formats that are described elsewhere.
  case anything

  /// A member of an object.
  struct Member: Sendable {
    let name: String
    let schema: APISchema
    let isRequired: Bool
    let meaning: String
  }

  /// A moment (RFC 3339).
  static let moment = APISchema.text(1...40, format: "date-time")
  /// A whole number that is not negative.
  static let count = APISchema.integer(0...9_007_199_254_740_991)
}

extension APISchema.Member {
  /// One that must be there.
  static func need(_ name: String, _ schema: APISchema, _ meaning: String) -> Self {
    Self(name: name, schema: schema, isRequired: true, meaning: meaning)
  }

  /// One that may be there.
  static func may(_ name: String, _ schema: APISchema, _ meaning: String) -> Self {
    Self(name: name, schema: schema, isRequired: false, meaning: meaning)
  }
}

// MARK: - Describing

extension APISchema {
  /// The schema as the description of the API has it.
  var described: JSONValue {
    switch self {
    case .text(let length, let format):
      var members: [String: JSONValue] = [
        "type": "string", "maxLength": .number(Double(length.upperBound)),
      ]
      if length.lowerBound > 0 { members["minLength"] = .number(Double(length.lowerBound)) }
      if let format { members["format"] = .text(format) }
      return .object(members)
    case .word(let words): return ["type": "string", "enum": .list(words.map { .text($0) })]
    case .integer(let range):
      return [
        "type": "integer", "minimum": .number(Double(range.lowerBound)),
        "maximum": .number(Double(range.upperBound)),
      ]
    case .number(let range):
      return [
        "type": "number", "minimum": .number(range.lowerBound),
        "maximum": .number(range.upperBound),
      ]
    case .flag: return ["type": "boolean"]
    case .list(let item, let limit):
      return [
        "type": "array", "items": item.described, "maxItems": .number(Double(limit)),
      ]
    case .object(let members): return Self.described(members)
    case .eitherOf(let schemas): return ["anyOf": .list(schemas.map(\.described))]
    case .named(let name): return ["$ref": .text("#/components/schemas/\(name)")]
    case .anything: return [:]
    }
  }

  private static func described(_ members: [Member]) -> JSONValue {
    let properties = members.map { member in
      var described = member.schema.described
      if case .object(var inner) = described, inner["$ref"] == nil {
        inner["description"] = .text(member.meaning)
        described = .object(inner)
      }
      return (member.name, described)
    }
    var object: [String: JSONValue] = [
      "type": "object", "additionalProperties": false,
      "properties": .object(Dictionary(properties) { $1 }),
    ]
    let required = members.filter(\.isRequired).map { JSONValue.text($0.name) }
    if !required.isEmpty { object["required"] = .list(required) }
    return .object(object)
  }
}

// MARK: - Checking

extension APISchema {
  /// What is wrong with a value, as a sentence; nil where nothing is.
  ///
  /// - Parameters:
  ///   - value: the value.
  ///   - place: where it stands, such as `accounts[3].handle`; empty for the whole.
  /// - Returns: the first fault.
  func fault(in value: JSONValue, at place: String = "") -> String? {
    let name = place.isEmpty ? "the body" : place
    switch (self, value) {
    case (.anything, _): return nil
    case (.named(let known), _):
      return APISchemas.all[known].map { $0.fault(in: value, at: place) }
        ?? "\(name) has a shape that is not described: \(known)"
    case (.text(let length, let format), .text(let text)):
      return Self.fault(in: text, length, format, name)
    case (.word(let words), .text(let text)):
      return words.contains(text)
        ? nil : "\(name) may be \(words.joined(separator: ", "))"
    case (.integer(let range), .number(let number)):
      return Int(exactly: number).map(range.contains) == true
        ? nil : "\(name) is a whole number from \(range.lowerBound) to \(range.upperBound)"
    case (.number(let range), .number(let number)):
      return range.contains(number)
        ? nil : "\(name) is a number from \(range.lowerBound) to \(range.upperBound)"
    case (.flag, .flag): return nil
    case (.list(let item, let limit), .list(let values)):
      guard values.count <= limit else { return "\(name) has more than \(limit) entries" }
      for (position, value) in values.enumerated() {
        if let fault = item.fault(in: value, at: "\(place)[\(position)]") { return fault }
      }
      return nil
    case (.object(let members), .object(let values)):
      return Self.fault(in: values, members, place)
    case (.eitherOf(let schemas), _):
      let faults = schemas.map { $0.fault(in: value, at: place) }
      return faults.contains { $0 == nil } ? nil : faults.first.flatMap(\.self)
    case (.text, _), (.word, _): return "\(name) is a text"
    case (.integer, _), (.number, _): return "\(name) is a number"
    case (.flag, _): return "\(name) is true or false"
    case (.list, _): return "\(name) is a list"
    case (.object, _): return "\(name) is an object"
    }
  }

  private static func fault(
    in text: String, _ length: ClosedRange<Int>, _ format: String?, _ name: String
  ) -> String? {
    guard length.contains(text.unicodeScalars.count) else {
      return "\(name) has \(length.lowerBound) to \(length.upperBound) characters"
    }
    guard format != "date-time" || isMoment(text) else {
      return "\(name) is a moment such as 2026-11-23T08:00:00Z"
    }
    return nil
  }

  private static func fault(
    in values: [String: JSONValue], _ members: [Member], _ place: String
  ) -> String? {
    let prefix = place.isEmpty ? "" : place + "."
    let known = Set(members.map(\.name))
    if let unknown = values.keys.filter({ !known.contains($0) }).min() {
      return "\(prefix)\(unknown.prefix(60)) is no member here; there are"
        + " \(members.map(\.name).joined(separator: ", "))"
    }
    for member in members {
      guard let value = values[member.name], value != .null else {
        if member.isRequired { return "\(prefix)\(member.name) is needed" }
        continue
      }
      if let fault = member.schema.fault(in: value, at: prefix + member.name) { return fault }
    }
    return nil
  }
}

extension APISchema {
  private static func isMoment(_ text: String) -> Bool { Instant(text) != nil }
}
