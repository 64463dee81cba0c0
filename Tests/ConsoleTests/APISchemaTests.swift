import Testing

@testable import Console

@Suite struct `What a body may look like` {
  private static let schema = APISchema.object([
    .need("reason", .text(1...10), "why"), .may("days", .integer(1...366), "how long"),
    .may("kinds", .list(.word(["warn", "close"]), atMost: 2), "what"),
    .may("at", .moment, "when"),
  ])

  @Test(arguments: [
    (#"{"reason":"x"}"#, nil),
    (#"{"reason":"x","days":366,"kinds":["warn"],"at":"2026-11-23T08:00:00Z"}"#, nil),
    (#"{"reason":"x","days":null}"#, nil),
    (#"{}"#, "reason is needed"),
    (#"{"reason":""}"#, "reason has 1 to 10 characters"),
    (#"{"reason":"01234567890"}"#, "reason has 1 to 10 characters"),
    (#"{"reason":"x","days":0}"#, "days is a whole number from 1 to 366"),
    (#"{"reason":"x","days":1.5}"#, "days is a whole number from 1 to 366"),
    (#"{"reason":"x","days":"1"}"#, "days is a number"),
    (#"{"reason":"x","kinds":["warn","ban"]}"#, "kinds[1] may be warn, close"),
    (#"{"reason":"x","kinds":["warn","warn","warn"]}"#, "kinds has more than 2 entries"),
    (#"{"reason":"x","at":"yesterday"}"#, "at is a moment such as 2026-11-23T08:00:00Z"),
    (
      #"{"reason":"x","raeson":"y"}"#, "raeson is no member here; there are reason, days, kinds, at"
    ),
    (#"["reason"]"#, "the body is an object"),
  ])
  func `the first fault is told by its place`(_ text: String, _ fault: String?) throws {
    let value = try #require(JSONValue(Array(text.utf8)))
    #expect(Self.schema.fault(in: value) == fault)
  }

  @Test func `every shape that is named is described`() throws {
    let known = Set(APISchemas.all.keys)
    for (name, schema) in APISchemas.all {
      #expect(schema.names.isSubset(of: known), "\(name): \(schema.names.subtracting(known))")
    }
  }

  @Test func `JSON comes out as it went in`() throws {
    let text = #"{"a":[1,2.5,"x",true,null,{"b":"深"}]}"# + "\n"
    let value = try #require(JSONValue(Array(text.utf8)))
    #expect(String(decoding: try JSONText.encode(value), as: UTF8.self) == text)
  }
}

extension APISchema {
  /// The names that it refers to.
  fileprivate var names: Set<String> {
    switch self {
    case .named(let name): [name]
    case .list(let item, _): item.names
    case .object(let members): members.reduce(into: []) { $0.formUnion($1.schema.names) }
    case .eitherOf(let schemas): schemas.reduce(into: []) { $0.formUnion($1.names) }
    case .text, .word, .integer, .number, .flag, .anything: []
    }
  }
}
