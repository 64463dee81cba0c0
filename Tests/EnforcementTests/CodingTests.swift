import DomainNames
import Foundation
import Testing

@testable import Enforcement

@Suite struct `Texts of small values` {
  @Test func `come back as they were`() throws {
    try expectRoundTrip(instant("2018-08-24T00:00:00.001Z"), as: "2018-08-24T00:00:00.001Z")
    try expectRoundTrip(OrderID("o-20180823-1")!, as: "o-20180823-1")
    try expectRoundTrip(person("olga@example"), as: "olga@example")
    try expectRoundTrip(Actor.system, as: "system")
    try expectRoundTrip(Actor.named("olga"), as: "olga")
    try expectRoundTrip(LineID(line: 12), as: "12")
    try expectRoundTrip(LineID(line: 12, part: 2), as: "12.2")
  }

  @Test func `lines are the keys of an object, not a list of pairs`() throws {
    let open: [LineID: Decision] = [LineID(line: 3): .hold, LineID(line: 5, part: 2): .quarantine]
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let json = try encoder.encode(open)
    #expect(String(decoding: json, as: UTF8.self) == #"{"3":"hold","5.2":"quarantine"}"#)
    #expect(try JSONDecoder().decode([LineID: Decision].self, from: json) == open)
  }

  @Test func `that say nothing are told so by their kind`() {
    for (json, kind) in [(#""o 1""#, "OrderID"), (#""""#, "OrderID")] {
      let error = #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(OrderID.self, from: Data(json.utf8))
      }
      #expect(error.map { "\($0)".contains(kind) } == true)
    }
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Instant.self, from: Data(#""2018-02-30""#.utf8))
    }
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([LineID: Decision].self, from: Data(#"{"0":"hold"}"#.utf8))
    }
  }

  @Test(arguments: [
    "", "0", "-1", "1.0", "1.", ".1", "1.2.3", "a", "1.a", " 1", "1 ", "99999999999999999999",
  ])
  func `a line is a number from 1, and a part of it`(text: String) {
    #expect(LineID(text) == nil)
  }

  @Test func `lines sort by number, then part`() {
    let lines = [
      LineID(line: 2), LineID(line: 2, part: 2), LineID(line: 10), LineID(line: 10, part: 3),
    ]
    #expect(lines.shuffled().sorted() == lines)
    #expect(lines.map(\.description) == ["2", "2.2", "10", "10.3"])
  }

  @Test(arguments: [
    "", "system", "a b", "olga\n", "ölga", "a/b", "a:b", String(repeating: "a", count: 65),
  ])
  func `a person's name is short and plain, and not the system's`(text: String) {
    #expect(PersonName(text) == nil)
  }

  @Test(arguments: ["a", "olga.w", "o_w-1@example.org", String(repeating: "a", count: 64)])
  func `a person's name may have dots, hyphens, underscores and an at sign`(text: String) {
    #expect(PersonName(text)?.text == text)
  }

  @Test(arguments: ["", "O-1", "o 1", "o_1", "o.1", "ö", String(repeating: "o", count: 41)])
  func `an order's number has small letters, digits and hyphens`(text: String) {
    #expect(OrderID(text) == nil)
  }

  @Test func `an order's number tells the day of receipt`() {
    let id = OrderID(receivedAt: instant("2026-08-24T23:59:59.999Z"), ordinal: 17)
    #expect(id.text == "o-20260824-17")
    #expect(OrderID(id.text) == id)
  }

  private func expectRoundTrip<Value: TextCodable & Equatable>(
    _ value: Value, as text: String
  ) throws {
    #expect(value.description == text)
    #expect(Value(text: text) == value)
    let json = try JSONEncoder().encode([value])
    #expect(String(decoding: json, as: UTF8.self) == "[\"\(text)\"]")
    #expect(try JSONDecoder().decode([Value].self, from: json) == [value])
  }
}
