import Testing
import TransparencyLog

@Suite("RFC 8785: canonical JSON") struct CanonicalJSONTests {
  private func parse(_ text: String, requireCanonical: Bool = false) throws -> CanonicalJSON {
    try CanonicalJSON(parsing: Array(text.utf8), requireCanonical: requireCanonical)
  }

  private func canonical(_ value: CanonicalJSON) throws -> String {
    String(decoding: try value.canonicalBytes, as: UTF8.self)
  }

  // MARK: Writing

  @Test func `members stand in the order of UTF-16, as in section 3.2.3`() throws {
    let text = #"""
      {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\ud83d\ude00": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis"
      }
      """#
    let value = try parse(text)
    #expect(
      try canonical(value) == #"{"\r":"Carriage Return","1":"One","# + "\"\u{80}\":\"Control\","
        + #""ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","#
        + #""😀":"Emoji: Grinning Face","דּ":"Hebrew Letter Dalet With Dagesh"}"#)
    #expect(
      Digest.sha256(of: try value.canonicalBytes).hex
        == "5e321556d22018a9656991a9e94f77ec175fa193e52a2429d312f8419ec8b08c")
  }

  @Test func `strings are escaped as in section 3.2.2`() throws {
    let text = #"["\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", null, true, false]"#
    #expect(
      try canonical(parse(text)) == #"["€$\u000f\nA'B\"\\\\\"/",null,true,false]"#)
    let controls = String(String.UnicodeScalarView((0..<0x20).map { Unicode.Scalar($0) }))
    #expect(
      try canonical(.string(controls + "\u{7F}"))
        == #""\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f"#
        + #"\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c"#
        + #"\u001d\u001e\u001f"# + "\u{7F}\"")
  }

  @Test func `a leaf has the bytes and the hash that were fixed`() throws {
    let leaf: CanonicalJSON = [
      "v": 1, "seq": 1, "kind": "OrderInForce", "order": "IFRR-2018-117",
      "at": "2018-08-24T00:00:00Z", "targets": ["exchange.example", "www.shared.example"],
    ]
    #expect(
      try canonical(leaf) == #"{"at":"2018-08-24T00:00:00Z","kind":"OrderInForce","#
        + #""order":"IFRR-2018-117","seq":1,"targets":["exchange.example","#
        + #""www.shared.example"],"v":1}"#)
    #expect(
      TreeHash.leaf(try leaf.canonicalBytes).hex
        == "a8395b8f58f03bd22251f219440cc3e3300a76497e7fac0b102a40277d8d282a")
  }

  @Test func `numbers are written to the last one that all readers keep`() throws {
    let limit = CanonicalJSON.maximumInteger
    #expect(limit == 9_007_199_254_740_991)
    #expect(try canonical([.integer(limit), .integer(-limit), 0]) == "[\(limit),-\(limit),0]")
    for beyond in [limit + 1, -limit - 1, .max, .min] {
      #expect(throws: CanonicalJSONEncodingError.integerTooLarge(beyond)) {
        try CanonicalJSON.integer(beyond).canonicalBytes
      }
    }
  }

  // MARK: Reading

  @Test func `drawn values come back from their canonical bytes, and from loose ones`() throws {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<500 {
      let value = generator.json(depth: 4)
      let bytes = try value.canonicalBytes
      let read = try CanonicalJSON(parsing: bytes, requireCanonical: true)
      #expect(read == value && read.hashValue == value.hashValue)
      #expect(try read.canonicalBytes == bytes)
      let loose = generator.loosened(value)
      #expect(try parse(loose) == value)
    }
  }

  @Test func `the order of names is that of their UTF-16 code units`() throws {
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<300 {
      let names = Set((0..<8).map { _ in Array(generator.text().utf8) })
        .map { String(decoding: $0, as: UTF8.self) }
      let object = CanonicalJSON.Object(names.map { ($0, .null) })
      let expected = names.map { Array($0.utf16) }.sorted { $0.lexicographicallyPrecedes($1) }
      #expect(object.names.map { Array($0.utf16) } == expected)
    }
  }

  @Test(arguments: [
    "[1, 2]", " 1", "1\n", #"{"b":1,"a":2}"#, #""\u0041""#, #""\/""#, "-0", #""\u000A""#,
    #""\u001F""#, #""é\u00e9""#,
  ])
  func `another form than the canonical one is read, but refused on demand`(text: String) throws {
    let value = try parse(text)
    #expect(throws: CanonicalJSONError.self) { try parse(text, requireCanonical: true) }
    #expect(try parse(canonical(value), requireCanonical: true) == value)
  }

  @Test(arguments: [
    ("", CanonicalJSONError.Reason.unexpectedEnd, 1, 1),
    ("  \n ", .unexpectedEnd, 2, 2),
    ("[1,\n 2.5]", .fraction, 2, 2),
    ("[1e3]", .fraction, 1, 2),
    ("[1E3]", .fraction, 1, 2),
    ("01", .malformedNumber, 1, 1),
    ("-", .malformedNumber, 1, 1),
    ("-01", .malformedNumber, 1, 1),
    ("+1", .unexpectedByte(0x2B), 1, 1),
    (".5", .unexpectedByte(0x2E), 1, 1),
    ("9007199254740992", .integerTooLarge, 1, 1),
    ("-9007199254740992", .integerTooLarge, 1, 1),
    ("99999999999999999999999999", .integerTooLarge, 1, 1),
    ("nul", .unknownWord, 1, 1),
    ("truefalse", .unknownWord, 1, 1),
    ("NaN", .unexpectedByte(0x4E), 1, 1),
    ("[1,]", .unexpectedByte(0x5D), 1, 4),
    ("[1 2]", .unexpectedByte(0x32), 1, 4),
    ("[1", .unexpectedEnd, 1, 3),
    ("{\"a\":1,}", .unexpectedByte(0x7D), 1, 8),
    ("{\"a\" 1}", .unexpectedByte(0x31), 1, 6),
    ("{a:1}", .unexpectedByte(0x61), 1, 2),
    ("{\n\"a\":1,\n \"b\":2,\n \"a\":3}", .repeatedName("a"), 4, 2),
    ("{\"a\":1,\"\\u0061\":2}", .repeatedName("a"), 1, 8),
    ("1 1", .trailingContent, 1, 3),
    ("{}}", .trailingContent, 1, 3),
    ("\u{FEFF}{}", .byteOrderMark, 1, 1),
    ("\"abc", .unexpectedEnd, 1, 5),
    ("\"abc\\", .unexpectedEnd, 1, 6),
    ("\"a\nb\"", .controlCharacter(0x0A), 1, 3),
    ("\"a\u{0}b\"", .controlCharacter(0), 1, 3),
    ("\"\\x\"", .malformedEscape, 1, 2),
    ("\"\\u12g4\"", .malformedEscape, 1, 2),
    ("\"\\u00\u{11}1\"", .malformedEscape, 1, 2),
    ("\"\\u12", .unexpectedEnd, 1, 6),
    ("\"\\ud800\"", .loneSurrogate, 1, 2),
    ("\"\\udc00\"", .loneSurrogate, 1, 2),
    ("\"\\ud800\\u0041\"", .loneSurrogate, 1, 2),
    ("\"\\ud800\\ud800\"", .loneSurrogate, 1, 2),
    ("// comment\n1", .unexpectedByte(0x2F), 1, 1),
    ("'a'", .unexpectedByte(0x27), 1, 1),
  ])
  func `what is not JSON is refused with its place`(
    text: String, reason: CanonicalJSONError.Reason, line: Int, column: Int
  ) throws {
    let error = try #require(throws: CanonicalJSONError.self) { try parse(text) }
    #expect(error.reason == reason)
    #expect(error.line == line)
    #expect(error.column == column)
  }

  @Test(arguments: [
    [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xFF], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82],
  ])
  func `a string that is not UTF-8 is refused`(bytes: [UInt8]) throws {
    let error = try #require(throws: CanonicalJSONError.self) {
      try CanonicalJSON(parsing: [0x22] + bytes + [0x22])
    }
    #expect(error.reason == .notUTF8)
  }

  @Test func `the error of a form that is not canonical points to where it departs`() throws {
    let error = try #require(throws: CanonicalJSONError.self) {
      try parse(#"{"a":1, "b":2}"#, requireCanonical: true)
    }
    #expect(error.reason == .notCanonical)
    #expect(error.column == 8)
    #expect(error.description.hasPrefix("line 1, column 8: "))
  }

  @Test func `64 levels are read and written, 65 are not`() throws {
    for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
      let innermost = open == "[" ? "" : "0"
      func nested(_ depth: Int) -> String {
        String(repeating: open, count: depth) + innermost + String(repeating: close, count: depth)
      }
      let value = try parse(nested(64), requireCanonical: true)
      let error = try #require(throws: CanonicalJSONError.self) { try parse(nested(65)) }
      #expect(error.reason == .tooDeep(limit: 64))
      #expect(throws: CanonicalJSONEncodingError.tooDeep) {
        try CanonicalJSON.array([value]).canonicalBytes
      }
    }
    #expect(throws: CanonicalJSONError.self) { try parse(String(repeating: "[", count: 1_000_000)) }
  }

  @Test func `a text above the limit is refused before it is read`() throws {
    #expect(throws: Never.self) { try CanonicalJSON(parsing: Array("[1]".utf8), byteLimit: 3) }
    let error = try #require(throws: CanonicalJSONError.self) {
      try CanonicalJSON(parsing: Array("[12]".utf8), byteLimit: 3)
    }
    #expect(error.reason == .tooLarge(byteCount: 4, limit: 3))
  }

  @Test func `no changed byte makes the reader stop the program or accept two forms`() throws {
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<3000 {
      var bytes = try generator.json(depth: 3).canonicalBytes
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let offset = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[offset] = UInt8.random(in: .min ... .max, using: &generator)
      }
      guard let value = try? CanonicalJSON(parsing: bytes) else { continue }
      let isCanonical = try value.canonicalBytes == bytes
      let isAccepted = (try? CanonicalJSON(parsing: bytes, requireCanonical: true)) != nil
      #expect(isAccepted == isCanonical)
    }
  }

  // MARK: Values

  @Test func `values are found by name and position, and set by name`() throws {
    var value = try parse(#"{"order":{"id":"a","targets":["x","y"],"open":true,"end":null}}"#)
    #expect(value["order"]?["targets"]?[1]?.string == "y")
    #expect(value["order"]?["targets"]?[2] == nil)
    #expect(value["order"]?["open"]?.bool == true)
    #expect(value["order"]?["end"]?.isNull == true)
    #expect(value["nothing"] == nil && value[0] == nil && value.integer == nil)
    value["seq"] = 5
    value["order"] = nil
    #expect(value == ["seq": 5])
    #expect(value.object?.count == 1)
  }

  @Test func `two spellings of one letter are two names and two strings`() throws {
    let (composed, decomposed) = ("\u{E9}", "e\u{301}")
    #expect(CanonicalJSON.string(composed) != .string(decomposed))
    let value = try parse("{\"\(composed)\":1,\"\(decomposed)\":2}")
    #expect(value[composed] == 1 && value[decomposed] == 2)
  }

  @Test func `of members with one name the last one counts`() {
    let object: CanonicalJSON.Object = ["a": 1, "b": 2, "a": 3]
    #expect(object.names == ["a", "b"] && object["a"] == 3)
  }
}

extension SeededGenerator {
  fileprivate mutating func text() -> String {
    let scalars: [Unicode.Scalar] = [
      "a", "b", "\"", "\\", "/", "\n", "\u{0}", "\u{1F}", "\u{7F}", "\u{E9}", "e", "\u{301}",
      "\u{20AC}", "\u{D7FF}", "\u{E000}", "\u{FB33}", "\u{FFFF}", "\u{10000}", "\u{1F600}",
      "\u{10FFFF}",
    ]
    let count = Int.random(in: 0...6, using: &self)
    return String(
      String.UnicodeScalarView((0..<count).map { _ in scalars.randomElement(using: &self)! }))
  }

  fileprivate mutating func json(depth: Int) -> CanonicalJSON {
    switch Int.random(in: 0...(depth > 0 ? 5 : 3), using: &self) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &self))
    case 2:
      let limit = CanonicalJSON.maximumInteger >> Int64.random(in: 0...53, using: &self)
      return .integer(Int64.random(in: -limit...limit, using: &self))
    case 3: return .string(text())
    case 4:
      let count = Int.random(in: 0...4, using: &self)
      return .array((0..<count).map { _ in json(depth: depth - 1) })
    default:
      let count = Int.random(in: 0...4, using: &self)
      return .object(
        CanonicalJSON.Object((0..<count).map { _ in (text(), json(depth: depth - 1)) }))
    }
  }

  /// The value as JSON with space anywhere, members in any order, every character escaped.
  fileprivate mutating func loosened(_ value: CanonicalJSON) -> String {
    let space = [" ", "\n", "\t", "\r\n", ""].randomElement(using: &self)!
    switch value {
    case .null, .bool, .integer:
      return space + String(decoding: try! value.canonicalBytes, as: UTF8.self) + space
    case .string(let text):
      let escapes = text.utf16.map { unit in
        "\\u" + String(repeating: "0", count: 4 - String(unit, radix: 16).count)
          + String(unit, radix: 16, uppercase: true)
      }
      return space + "\"" + escapes.joined() + "\"" + space
    case .array(let elements):
      return "[" + space + elements.map { loosened($0) }.joined(separator: ",") + "]" + space
    case .object(let object):
      let members = object.members.shuffled(using: &self).map { member in
        loosened(.string(member.name)) + ":" + loosened(member.value)
      }
      return "{" + space + members.joined(separator: ",") + "}" + space
    }
  }
}
