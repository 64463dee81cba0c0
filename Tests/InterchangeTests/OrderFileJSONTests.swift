import DomainNames
import Enforcement
import Testing

@testable import Interchange

@Suite("Order files in JSON") struct OrderFileJSONTests {
  private static let sample = """
    {"reference": "IFRR-2018-117", "authority": "Example Financial Supervisor",
     "jurisdiction": "XX", "basis": "Payment Services Act s. 12(3)", "issued": "2018-08-23",
     "effective": "2018-08-24T00:00:00Z", "expires": "2019-08-24T00:00:00Z",
     "contact": "orders@supervisor.example", "deadline": "2018-08-25", "mode": "observe",
     "answer": "nodata", "origin": "operator", "note": "a \\"sample\\" \\u00e9 \\ud83d\\ude00",
     "targets": [
       {"name": "exchange.example", "scope": "subtree", "party": "Example Exchange Ltd"},
       {"name": "www.shared.example", "scope": "exact", "note": "one host"},
       "bare.example"]}
    """

  private func read(_ text: String) throws(OrderFileError) -> OrderFile {
    try OrderFile.read(Array(text.utf8), format: .json)
  }

  private func error(_ text: String) -> String {
    do {
      let file = try read(text)
      return "read \(file.lines.count) lines"
    } catch {
      return error.description
    }
  }

  /// An order around targets that are given as JSON.
  private func targets(_ items: String) throws -> [SourceLine] {
    try read(#"{"reference":"r","targets":[\#(items)]}"#).lines
  }

  @Test func `the full form gives every field and every target`() throws {
    let file = try read(Self.sample)
    var claim = OrderClaim()
    claim.reference = "IFRR-2018-117"
    claim.authority = "Example Financial Supervisor"
    claim.jurisdiction = "XX"
    claim.basis = "Payment Services Act s. 12(3)"
    claim.issued = "2018-08-23"
    claim.effective = "2018-08-24T00:00:00Z"
    claim.expires = "2019-08-24T00:00:00Z"
    claim.contact = "orders@supervisor.example"
    claim.deadline = "2018-08-25"
    claim.mode = "observe"
    claim.answer = "nodata"
    claim.origin = "operator"
    claim.note = "a \"sample\" é 😀"
    #expect(file.claim == claim)
    #expect(
      file.lines.map(\.short) == [
        "1 plain exchange.example", "2 plain www.shared.example", "3 plain bare.example",
      ])
    #expect(file.lines.map(\.scope) == [.subtree, .exact, nil])
    #expect(file.lines.map(\.party) == ["Example Exchange Ltd", nil, nil])
    #expect(file.lines.map(\.note) == [nil, "one host", nil])
    #expect(!file.isRegister)
  }

  @Test func `a byte order mark and any line ends are accepted`() throws {
    let expected = try read(Self.sample)
    let crlf = Self.sample.split(separator: "\n").joined(separator: "\r\n")
    #expect(try read("\u{FEFF}" + Self.sample) == expected)
    #expect(try read(crlf) == expected)
  }

  @Test func `a file cut short at any place says so, or says what is wrong`() throws {
    let bytes = Array(Self.sample.utf8)
    for length in 1..<bytes.count {
      #expect(throws: OrderFileError.self) {
        try OrderFile.read(Array(bytes.prefix(length)), format: .json)
      }
      do {
        _ = try OrderFile.read(Array(bytes.prefix(length)), format: .json)
      } catch {
        guard case .truncated = error else {
          Issue.record("cut to \(length) octets: \(error)")
          continue
        }
      }
    }
  }

  @Test func `a half-written file tells how far it goes`() {
    #expect(
      error("{\"reference\": \"r\",\n \"targets\": [{\"name\": \"a.example\"}, {\"name\": \"b.ex")
        == """
        line 2, column 51: the file ends in the middle of target 2; it was probably written only \
        in part
        """)
    #expect(error("{\"reference\": \"r").contains("the middle of the field “reference”"))
    #expect(error("{\"targets\": [\"a.example\"").contains("the list of targets, behind target 1"))
  }

  private static let faults = [
    (#"["a.example"]"#, "line 1, column 1: an order file is one object, which starts with “{”"),
    (#"{"refrence": "x"}"#, "line 1: an order has no field “refrence”; was “reference” meant?"),
    ("{\n\"zzzzzzzzzz\": 1}", "line 2: an order has no field “zzzzzzzzzz”"),
    (#"{"target": []}"#, "line 1: an order has no field “target”; was “targets” meant?"),
    (#"{"basis": 12}"#, "line 1: “basis” must be a text, but is a number"),
    (#"{"targets": "a.example"}"#, "line 1: “targets” must be a list, but is a text"),
    (#"{"targets": null}"#, "line 1: “targets” must be a list, but is null"),
    ("{\"basis\": \"x\",\n\"basis\": \"y\"}", "line 2: the field “basis” is given twice; keep one"),
    (#"{"targets": []}"#, "the file names no target"),
    (#"{"reference": "x"}"#, "the file names no target"),
    (#"{"targets": ["a.example"]} x"#, "line 1, column 28: something follows the end of the order"),
    (#"{"targets": ["a.example",]}"#, "line 1, column 26: nothing follows the last comma"),
    (#"{"targets": ["a.example" "b"]}"#, "line 1, column 26: a comma or “]” is missing here"),
    (#"{basis: "x"}"#, "line 1, column 2: a field's name in quotes is missing here"),
    (#"{"basis" "x"}"#, "line 1, column 10: the colon behind a field's name is missing here"),
    (#"{"basis": yes}"#, "line 1, column 11: a value is missing here, or its quotes are"),
    (#"{"basis": nul1}"#, "line 1, column 14: “null” is misspelt here"),
    (#"{"basis": 01}"#, "line 1, column 13: a number may not start with 0"),
    (
      #"{"basis": "\x"}"#,
      "line 1, column 13: a backslash is followed by none of \" \\ / b f n r t u"
    ),
    (#"{"basis": "\ud800"}"#, "line 1, column 18: half of a surrogate pair stands alone"),
    (
      "{\"basis\": \"a\nb\"}",
      "line 1, column 13: a text may not hold a line break or control character"
    ),
    ("{\"é\" 1", "line 1, column 6: the colon behind a field's name is missing here"),
  ]

  @Test(arguments: faults)
  func `a fault of the file is named with its place`(text: String, message: String) {
    #expect(error(text) == message)
  }

  @Test func `null is a field that is not given`() throws {
    let file = try read(#"{"contact": null, "targets": [{"name": "a.example", "party": null}]}"#)
    #expect(file.claim == OrderClaim())
    #expect(file.lines.map(\.party) == [nil])
  }

  private static let entries = [
    ("12", "bad-entry", "must be an object or a name, but is a number"),
    ("null", "bad-entry", "but is null"),
    ("[\"a.example\"]", "bad-entry", "but is a list"),
    ("{}", "bad-entry", "has no “name”"),
    (#"{"name": null}"#, "bad-entry", "has no “name”"),
    (#"{"name": 1}"#, "bad-entry", "“name” must be a text, but is a number"),
    (#"{"nmae": "a.example"}"#, "bad-entry", "no field “nmae”; was “name” meant?"),
    (#"{"name": "a.example", "x": 1}"#, "bad-entry", "no field “x”"),
    (#"{"name": "a.example", "name": "b.example"}"#, "bad-entry", "“name” twice"),
    (#"{"name": "a.example", "scope": "all"}"#, "bad-scope", "“all” is neither"),
    (#"{"name": "*.a.example", "scope": "exact"}"#, "bad-scope", "“exact”; say which"),
    (#"{"name": "a b"}"#, "bad-name", "a space"),
    (#""""#, "empty", "empty"),
  ]

  @Test(arguments: entries)
  func `a bad target waits, and its neighbours are read`(
    entry: String, code: String, part: String
  ) throws {
    let lines = try targets("\"a.example\",\n\(entry),\"b.example\"")
    #expect(lines.map(\.short) == ["1 plain a.example", "2 \(code)", "3 plain b.example"])
    guard case .unreadable(let reason) = lines[1].reading else { return }
    #expect(reason.text.contains(part), "\(reason.text)")
  }

  @Test func `values nested without end are refused, not followed`() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(error("{\"targets\": [\(deep)").contains("more than 32 deep"))
    #expect(error("{\"basis\": " + String(repeating: "{\"a\":", count: 100_000)).contains("deep"))
  }

  @Test func `a text longer than a line may be is refused`() {
    let long = String(repeating: "a", count: OrderFile.maximumLineOctets + 1)
    #expect(error("{\n\"basis\": \"\(long)\"}").hasPrefix("line 2: longer than 65536 octets"))
  }
}
