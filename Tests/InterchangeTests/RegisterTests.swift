import DomainNames
import Enforcement
import Foundation
import Testing

@testable import Interchange

/// Files that tests read, by a path relative to this one.
enum Fixture {
  static func bytes(_ name: String, file: StaticString = #filePath) throws -> [UInt8] {
    let here = URL(fileURLWithPath: "\(file)")
    let url = here.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures").appendingPathComponent(name)
    return [UInt8](try Data(contentsOf: url))
  }
}

@Suite("ESMA's register") struct RegisterTests {
  private static let header = """
    ae_competentAuthority,ae_homeMemberState,ae_lei_name,ae_lei,ae_lei_cou_code,\
    ae_commercial_name,ae_website,ae_infrigment,ae_reason,ae_decision_date,ae_comments,\
    ae_lastupdate
    """

  /// The lines that one row with this party and these websites gives.
  private func lines(party: String, websites: String) throws -> [SourceLine] {
    let row = "CONSOB,IT,\(party),,,\(party),\(websites),No,None,12/02/2025,,18/02/2025"
    return try OrderFile.read(Array("\(Self.header)\r\n\(row)\r\n".utf8)).lines
  }

  @Test func `every website of the published file is one line, in its place`() throws {
    let file = try OrderFile.read(Fixture.bytes("esma-ncasp-sample.csv"))
    #expect(file.format == .esma)
    #expect(file.isRegister)
    #expect(file.claim == OrderClaim())
    // The file has no quote with a line break, so its rows can be counted by hand.
    let text = String(decoding: try Fixture.bytes("esma-ncasp-sample.csv"), as: UTF8.self)
    var expected: [String] = []
    for (index, row) in text.split(whereSeparator: \.isNewline).enumerated().dropFirst() {
      for (part, site) in row.split(separator: ",", omittingEmptySubsequences: false)[6]
        .split(separator: "|").enumerated()
      {
        expected.append("\(LineID(line: index + 1, part: part + 1)) \(site)")
      }
    }
    #expect(file.lines.map { "\($0.id) \($0.input)" } == expected)
    #expect(file.lines.count == 135)
    #expect(Set(file.lines.map(\.id.line)).count == 101)
  }

  @Test func `of the published file four websites wait for a person, and no more`() throws {
    let file = try OrderFile.read(Fixture.bytes("esma-ncasp-sample.csv"))
    let waiting = file.lines.filter { !$0.reading.isName }.map { "\($0.short) \($0.input)" }
    #expect(
      waiting == [
        "10 name-mismatch https://fameexe.top",
        "10.2 name-mismatch https://fameexj.top",
        "88 bad-url ttps://cryptoin24.io",
        "89 name-mismatch https://rye026.it",
      ])
    let forms = Dictionary(grouping: file.lines, by: { $0.reading.short.prefix { $0 != " " } })
    #expect(
      forms.mapValues(\.count) == ["plain": 16, "url": 115, "bad-url": 1, "name-mismatch": 3])
  }

  @Test func `party, authority and date of decision come with each website`() throws {
    let file = try OrderFile.read(Fixture.bytes("esma-ncasp-sample.csv"))
    let mexc = try #require(file.lines.first { $0.party == "MEXC" })
    #expect(mexc.short == "101 url www.mexc.com")
    #expect(
      mexc.note
        == "Netherlands Authority for the Financial Markets (AFM), decision of 2025-09-16")
    #expect(mexc.scope == nil)
    #expect(file.lines.allSatisfy { $0.party != nil && $0.note != nil })
    #expect(file.lines.contains { $0.party == "Deroka UAB" })
    #expect(!file.lines.contains { $0.note?.contains("  ") ?? false })
  }

  private static let dirty = [
    ("Cryptoin24", "ttps://cryptoin24.io", ["2 bad-url"]),
    ("Avapro", "https:/frame-2u-avapro.org", ["2 bad-url"]),
    ("Kapidex", "https://kapidexnx", ["2 single-label"]),
    ("RYE036", "https://rye026.it", ["2 name-mismatch"]),
    ("RYE326", "https://rye326.it", ["2 url rye326.it"]),
    ("AsdD952", "https://asd952.it", ["2 name-mismatch"]),
    ("AKQ", "https://akqa715.it|https://AKQ1181.it", ["2 url akqa715.it", "2.2 url akq1181.it"]),
    (
      "Uyr968|Fwq367", "https://uyr968.it|https://fwq367.it",
      ["2 url uyr968.it", "2.2 url fwq367.it"]
    ),
    ("HTXcoin-az", "https://m.htxcoin-az.com", ["2 url m.htxcoin-az.com"]),
    (
      "Jzmor", "www.jzmor.com|www.jzmor-it57659.com",
      ["2 plain www.jzmor.com", "2.2 plain www.jzmor-it57659.com"]
    ),
    ("MEXC", "https://www.mexc.com/", ["2 url www.mexc.com"]),
    ("Atomic Wallet", "https://atomicwallet.io", ["2 url atomicwallet.io"]),
    ("Dobibo", "https://dobibo1.com", ["2 url dobibo1.com"]),
    ("Paycraftv.top - Paycraftn.top", "https://paycraftv.top", ["2 url paycraftv.top"]),
    ("Ynln.com", "www.ynlm.com", ["2 name-mismatch"]),
    ("", "https://a.example", ["2 url a.example"]),
    ("None", "", ["2 no-website"]),
    ("None", "  ", ["2 no-website"]),
    (
      "Bar", "https://a.example||https://b.example|",
      ["2 url a.example", "2.2 empty", "2.3 url b.example", "2.4 empty"]
    ),
  ]

  @Test(arguments: dirty)
  func `a dirty row is read with certainty or waits`(
    party: String, websites: String, readings: [String]
  ) throws {
    #expect(try lines(party: party, websites: websites).map(\.short) == readings)
  }

  @Test func `the same row twice gives two lines, for the assessment to tell`() throws {
    let file = try OrderFile.read(Fixture.bytes("esma-ncasp-sample.csv"))
    let twice = file.lines.filter { $0.party == "DFG789" }
    #expect(twice.map(\.short) == ["84 url dfg789.it", "85 url dfg789.it"])
  }

  @Test func `a row that has not the header's fields waits whole`() throws {
    let bytes = Array("\(Self.header)\nCONSOB,IT,A\n".utf8)
    let file = try OrderFile.read(bytes)
    #expect(file.lines.map(\.short) == ["2 bad-row"])
    #expect(file.lines.first?.input == "CONSOB,IT,A")
  }

  @Test func `a register without its column of websites is refused`() {
    #expect(throws: OrderFileError.missingColumn("ae_lei_name", line: 1)) {
      try OrderFile.read(
        Array("ae_competentAuthority,ae_website,ae_commercial_name\na,b.example,c\n".utf8))
    }
  }
}
