import DomainNames
import Enforcement
import Testing

@testable import Interchange

@Suite("Order files as CSV, list and hosts file") struct OrderFileListTests {
  private func lines(
    _ text: String, _ format: OrderFormat, scope: Scope? = nil
  ) throws(OrderFileError) -> [SourceLine] {
    try OrderFile.read(Array(text.utf8), format: format, defaultScope: scope).lines
  }

  private func error(_ text: String, _ format: OrderFormat) -> String {
    do {
      return "read \(try lines(text, format).count) lines"
    } catch {
      return error.description
    }
  }

  // MARK: CSV

  @Test func `columns are found by name, in any order and case`() throws {
    let read = try lines(
      "\u{FEFF} Party ,NAME,note,scope\r\n\"Example, Ltd\",a.example,\"say \"\"no\"\"\",subtree\r\n",
      .csv)
    #expect(
      read == [
        SourceLine(
          id: LineID(line: 2), input: "a.example",
          reading: .name(try DomainName(presentation: "a.example"), .plain),
          scope: .subtree, party: "Example, Ltd", note: "say \"no\"")
      ])
  }

  @Test func `a row with line breaks inside quotes counts where it starts`() throws {
    let read = try lines(
      "name,note\r\na.example,\"one\r\ntwo\nthree\"\r\n\r\nb.example,\rc.example,x", .csv)
    #expect(read.map(\.short) == ["2 plain a.example", "6 plain b.example", "7 plain c.example"])
    #expect(read.first?.note == "one\r\ntwo\nthree")
  }

  @Test func `a row that breaks the grammar waits alone`() throws {
    let read = try lines(
      "name,note\na.example\nb.example,x,y\nc\"c.example,\n\"d.example\"d,\n\"e.example\" ,x\n,\n",
      .csv)
    #expect(
      read.map(\.short) == [
        "2 bad-row", "3 bad-row", "4 bad-row", "5 bad-row", "6 plain e.example", "7 empty",
      ])
    #expect(read[1].input == "b.example,x,y")
  }

  private static let faults: [(String, OrderFileError)] = [
    ("", .empty),
    ("\u{FEFF}\r\n \n", .empty),
    ("name,scope\n", .noTargets),
    ("a.example,subtree\n", .noHeader(line: 1)),
    ("name,scoop\n", .unknownColumn("scoop", nearest: "scope", line: 1)),
    ("name,zzzzz\n", .unknownColumn("zzzzz", nearest: nil, line: 1)),
    ("name,name\n", .duplicateColumn("name", line: 1)),
    ("scope,note\n", .missingColumn("name", line: 1)),
    ("name;scope\na.example;exact\n", .wrongSeparator("semicolons", line: 1)),
    ("name\tscope\n", .wrongSeparator("tabs", line: 1)),
    ("name,note\na.example,x\nb.example,\"open\nc.example,y\n", .unbalancedQuote(line: 3)),
  ]

  @Test(arguments: faults)
  func `a fault of the whole table is an error with its line`(
    text: String, expected: OrderFileError
  ) {
    #expect(throws: expected) { try lines(text, .csv) }
  }

  @Test func `scopes are read in any case, and a wrong one waits`() throws {
    let read = try lines(
      "name,scope\na.example, Subtree \nb.example,EXACT\nc.example,\nd.example,domain\n", .csv,
      scope: .exact)
    #expect(read.map(\.scope) == [.subtree, .exact, .exact, nil])
    #expect(read.last?.reading.short == "bad-scope")
  }

  @Test func `a party longer than the record holds waits, and its start is kept`() throws {
    let long = String(repeating: "ß", count: 300)
    let read = try lines("name,party\na.example,\(long)\n", .csv)
    #expect(read.first?.reading.short == "too-long")
    #expect(read.first?.party == String(repeating: "ß", count: 200))
  }

  @Test func `a table written from fields is read back as the same fields`() throws {
    var random = SeededGenerator(seed: 3)
    let pieces = ["a", ",", "\"", "\n", "\r\n", " ", "é", "x"]
    for _ in 0..<500 {
      let fields = (0..<6).map { _ in
        (0..<Int.random(in: 0...6, using: &random))
          .map { _ in pieces.randomElement(using: &random)! }.joined()
      }
      let quoted = fields.map { field in
        "\"" + field.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
      }
      let text = try SourceText(Array(("x," + quoted.joined(separator: ",") + "\r\ny").utf8))
      var reader = CSVReader(text)
      let row = try #require(try reader.next())
      #expect(row.fields == ["x"] + fields)
      #expect(row.fault == nil)
      #expect(try reader.next()?.fields == ["y"])
      #expect(try reader.next()?.fields == nil)
    }
  }

  // MARK: Plain list

  @Test func `a list gives a name a line, and keeps a comment as its note`() throws {
    let read = try lines(
      "# head\n\na.example\r\n  b.example  # a remark\r*.c.example\nhttps://d.example/#/x\n#e\n",
      .text, scope: .subtree)
    #expect(
      read.map(\.short) == [
        "3 plain a.example", "4 plain b.example", "5 wildcard c.example", "6 path d.example",
      ])
    #expect(read.map(\.note) == [nil, "a remark", nil, nil])
    // “*.” says by itself what it covers.
    #expect(read.map(\.scope) == [.subtree, .subtree, nil, .subtree])
  }

  @Test func `a list of a hundred thousand lines is read whole`() throws {
    let text = (1...100_000).map { "host-\($0).example\n" }.joined()
    let read = try lines(text, .text)
    #expect(read.count == 100_000)
    #expect(read.last?.short == "100000 plain host-100000.example")
  }

  @Test func `an overlong line is refused with its number`() {
    let long = String(repeating: "a", count: OrderFile.maximumLineOctets + 1)
    #expect(throws: OrderFileError.lineTooLong(line: 2)) { try lines("a.example\n\(long)", .text) }
    #expect(throws: OrderFileError.lineTooLong(line: 2)) { try lines("name\n\(long)\n", .csv) }
    #expect(throws: OrderFileError.lineTooLong(line: 2)) { try lines("name\n\"\(long)\"\n", .csv) }
  }

  @Test func `the longest line is kept in its first thousand characters`() throws {
    let read = try lines(String(repeating: "é", count: 5000), .text)
    #expect(read.first?.input == String(repeating: "é", count: 1000))
    #expect(read.first?.reading.isName == false)
  }

  @Test func `what is not UTF-8 is refused with its place`() {
    let bad = Array("a.example\nb".utf8) + [0xC3, 0x28]
    #expect(throws: OrderFileError.notUTF8(byte: 12, line: 2)) { try OrderFile.read(bad) }
    let late = Array("é€😀\r\n\r\n".utf8) + [0xED, 0xA0, 0x80]
    #expect(throws: OrderFileError.notUTF8(byte: 14, line: 3)) { try OrderFile.read(late) }
    #expect(throws: OrderFileError.notUTF8(byte: 1, line: 1)) { try OrderFile.read([0x80]) }
    for bytes: [UInt8] in [[0xFF, 0xFE, 0x61, 0], [0xFE, 0xFF, 0, 0x61], [0x61, 0], [0, 0x61]] {
      #expect(throws: OrderFileError.utf16) { try OrderFile.read(bytes) }
    }
  }

  @Test func `a file past the limit is refused before it is read`() {
    let bytes = [UInt8](repeating: 0x61, count: OrderFile.maximumOctets + 1)
    #expect(throws: OrderFileError.tooLarge(octets: bytes.count)) { try OrderFile.read(bytes) }
  }

  @Test func `a zone file is named as what it is, not read as a list`() {
    for text in ["$TTL 60\n", "; zone\n$ORIGIN x.\n", "@ IN SOA a. b. 1 2 3 4 5\n"] {
      #expect(throws: OrderFileError.zoneFile(line: 2)) {
        try OrderFile.read(Array("\n\(text)".utf8))
      }
    }
  }

  // MARK: Hosts files

  @Test func `a hosts line gives each of its names as an exact target`() throws {
    let read = try lines(
      "# c\n0.0.0.0 a.example\tb.example # remark\n127.0.0.1 c.example\n:: d.example\n", .hosts,
      scope: .subtree)
    #expect(
      read.map(\.short) == [
        "2 plain a.example", "2.2 plain b.example", "3 plain c.example", "4 plain d.example",
      ])
    #expect(read.allSatisfy { $0.scope == .exact })
    #expect(read.map(\.note) == ["remark", "remark", nil, nil])
  }

  @Test func `what is no target of a hosts file waits`() throws {
    let read = try lines(
      """
      127.0.0.1 localhost localhost.localdomain
      ::1 ip6-localhost
      255.255.255.255 broadcasthost
      fe80::1%lo0 localhost
      0.0.0.0 0.0.0.0
      192.0.2.7 a.example
      b.example
      0.0.0.0
      0.0.0.0 *.c.example
      """, .hosts)
    #expect(
      read.map(\.short) == [
        "1 hosts-boilerplate", "1.2 hosts-boilerplate", "2 hosts-boilerplate",
        "3 hosts-boilerplate", "4 hosts-boilerplate", "5 hosts-boilerplate", "6 hosts-address",
        "7 bad-hosts-line", "8 bad-hosts-line", "9 bad-scope",
      ])
  }

  // MARK: Detection

  private static let forms: [(String, String?, OrderFormat)] = [
    ("{\"targets\": []}", nil, .json),
    ("\u{FEFF}\n  {", nil, .json),
    ("[{}]", nil, .json),
    ("[2001:db8::1]\n", nil, .text),
    ("name,scope\na.example,exact", nil, .csv),
    ("\"Scope\";\"Name\"\n", nil, .csv),
    ("name\na.example\n", nil, .csv),
    ("a.example,b\n", "order.CSV", .csv),
    ("a.example,b\n", "order.txt", .text),
    ("a.example\n", nil, .text),
    ("# list\n\na.example\n", "x/list", .text),
    ("0.0.0.0 a.example\n", nil, .hosts),
    ("# x\n::1 localhost\n", "list.txt", .hosts),
    ("0.0.0.0\n", nil, .text),
    ("a.example\n", "/etc/hosts", .hosts),
    ("ae_competentAuthority,ae_website\n", "x.txt", .esma),
    ("", "order.json", .json),
  ]

  @Test(arguments: forms)
  func `the form shows in the first line, else in the file's name`(
    text: String, fileName: String?, format: OrderFormat
  ) {
    #expect(OrderFormat.detected(in: Array(text.utf8), fileName: fileName) == format)
  }
}
