import Enforcement
import Foundation
import Interchange
import Testing

struct ReportTests {
  private func object(_ octets: [UInt8]) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(octets)) as? [String: Any])
  }

  private func report(_ dossiers: [SanctionDossier]) -> AuthorityReport {
    AuthorityReport(
      id: ReportID(count: 3), made: Instant(seconds: 1_790_000_100), reporter: "Forum Ltd",
      corrects: nil, dossiers: dossiers)
  }

  @Test func `the authority is told who, what, on what ground, and where the proof is`() throws {
    let octets = report([try SampleDossier.dossier(of: .suspend)]).json
    let text = String(decoding: octets, as: UTF8.self)
    for secret in SampleDossier.secrets { #expect(text.contains(secret)) }
    let sanctions = try #require(try object(octets)["sanctions"] as? [[String: Any]])
    for part in ["account", "party", "sanction", "infractions", "appeals", "proof"] {
      #expect(sanctions.first?[part] != nil, "\(part) is missing")
    }
  }

  @Test func `a table has one line a sanction, and no field that a spreadsheet would run`() throws {
    let dossiers = try (1...3).map { try SampleDossier.dossier(of: .close, number: $0) }
    let sheet = try AuthoritySheet(report(dossiers).json)
    let text = String(decoding: sheet.table, as: UTF8.self)
    let lines = text.components(separatedBy: "\r\n")
    #expect(lines.count == 5 && lines.last == "")
    #expect(text.contains("\"'=Pump, \"\"Dump\"\" & Co\""))
    #expect(text.contains("'@pumps"))
  }

  @Test func `a report reads back as it was made`() throws {
    let made = report([try SampleDossier.dossier(of: .suspend)])
    let sheet = try AuthoritySheet(made.json)
    let entry = try #require(sheet.sanctions.first)
    #expect(sheet.report == "r-3" && sheet.reporter == "Forum Ltd" && sheet.corrects == nil)
    #expect(entry.account.handle == "@pumps" && entry.account.platformName == "Forum")
    #expect(entry.sanction.kind == "suspend" && entry.sanction.clauses == ["Terms 4.2"])
    #expect(entry.sanction.officers == 0 && entry.sanction.automatedDecision == false)
    #expect(entry.infractions.first?.evidence.map(\.text) == ["join now"])
    #expect(entry.appeals?.count == 1 && entry.proof?.entry == 7)
    #expect(throws: AuthoritySheet.Fault.self) { try AuthoritySheet(Array("{}".utf8)) }
  }

  @Test func `who reviewed the account is told, and a report from before that is read, too`()
    throws
  {
    let octets = report([try SampleDossier.dossier(of: .suspend)]).json
    let account = try #require(try AuthoritySheet(octets).sanctions.first?.account)
    #expect(account.reviewedBy == "Wei" && account.marked == true && account.newsPermit == "N-1")
    #expect(account.reviewed == Instant(seconds: 1_790_000_000).description)
    let table = String(decoding: try AuthoritySheet(octets).table, as: UTF8.self)
    #expect(table.contains(",Wei,true,N-1\r\n"))
    var old = String(decoding: octets, as: UTF8.self)
    for member in [
      "\"reviewed\":\"\(account.reviewed ?? "")\"", "\"reviewed_by\":\"Wei\"",
      "\"news_permit\":\"N-1\"", "\"marked\":true",
    ] {
      let shorter = old.replacing(",\(member)", with: "")
      #expect(shorter != old, "\(member)")
      old = shorter
    }
    let before = try #require(try AuthoritySheet(Array(old.utf8)).sanctions.first?.account)
    #expect(before.reviewedBy == nil && before.marked == nil && before.handle == "@pumps")
  }

  @Test func `the list of accounts tells what is known, and nothing that a spreadsheet would run`()
    throws
  {
    let dossier = try SampleDossier.dossier(of: .suspend)
    let line = AccountSheetLine(dossier.account, party: dossier.party, standing: "suspend")
    let columns = String(decoding: line.heading, as: UTF8.self).split(separator: ",").count
    #expect(columns == 19)
    let text = String(decoding: line.csv, as: UTF8.self)
    #expect(text.contains("\"'=Pump, \"\"Dump\"\" & Co\"") && text.hasSuffix("suspend\r\n"))
    let told = try object(line.json)
    #expect(
      told["reviewed_by"] as? String == "Wei" && told["account_id"] as? String == "channel-77")
    var erased = dossier.account
    erased.erase(at: Instant(seconds: 1_790_000_001))
    let left = String(
      decoding: AccountSheetLine(erased, party: nil, standing: "clear").csv, as: UTF8.self)
    #expect(left.contains("a-1"))
    for secret in SampleDossier.secrets + ["Wei", "N-1"] { #expect(!left.contains(secret)) }
  }

  @Test func `whoever hosts what posts lead to is told of it, and not of the account`() throws {
    let reporter = XARFParty(
      organization: "Forum Ltd", contact: "abuse@forum.example", domain: "forum.example")
    let maker = SanctionXARF(
      reporter: reporter, rule: "Sample Act s. 1",
      dossier: try SampleDossier.dossier(of: .suspend))
    let reports = try maker.encoded()
    let again = try maker.encoded()
    #expect(reports.count == 1 && reports == again)
    let report = try object(try #require(reports.first))
    #expect(report["url"] as? String == "https://pump.example")
    #expect(report["source_identifier"] as? String == "pump.example")
    #expect(report["type"] as? String == "fraud" && report["category"] as? String == "content")
    let wallets = report["cryptocurrency_addresses"] as? [[String: String]]
    #expect(wallets == [["currency": "bitcoin", "address": "bc1qexample"]])
    let text = String(decoding: reports[0], as: UTF8.self)
    for secret in ["channel-77", "@pumps", "T4yGfiling"] { #expect(!text.contains(secret)) }
  }

  @Test func `the same report gives the same octets`() throws {
    let dossiers = [try SampleDossier.dossier(of: .restrict)]
    #expect(report(dossiers).json == report(dossiers).json)
    let made = Instant(seconds: 1_790_000_100)
    let bundle = STIXBundle(author: "Forum", marking: .amber, made: made, dossiers: dossiers)
    #expect(bundle.encoded == bundle.encoded)
    let event = MISPEvent(author: "Forum", made: made, dossiers: dossiers)
    #expect(event.encoded == event.encoded)
  }

  @Test func `an account is told of once in a bundle, however many sanctions it has`() throws {
    let dossiers = try [SanctionKind.warn, .restrict, .suspend].enumerated().map {
      try SampleDossier.dossier(of: $1, number: $0 + 1)
    }
    let bundle = STIXBundle(
      author: "Forum", marking: .green, made: Instant(seconds: 1_790_000_100), dossiers: dossiers)
    let objects = try #require(try object(bundle.encoded)["objects"] as? [[String: Any]])
    let types = objects.compactMap { $0["type"] as? String }
    #expect(types.count { $0 == "user-account" } == 1)
    #expect(types.count { $0 == "note" } == 3)
    #expect(Set(objects.compactMap { $0["id"] as? String }).count == objects.count)
  }

  @Test func `what was overturned is revoked under the same identifiers`() throws {
    func objects(_ state: SanctionState) throws -> [[String: Any]] {
      let bundle = STIXBundle(
        author: "Forum", marking: .amber, made: Instant(seconds: 1_790_000_100),
        dossiers: [try SampleDossier.dossier(of: .suspend, state: state)])
      return try #require(try object(bundle.encoded)["objects"] as? [[String: Any]])
    }
    let (before, after) = (try objects(.imposed), try objects(.overturned))
    #expect(before.map { $0["id"] as? String } == after.map { $0["id"] as? String })
    #expect(before.allSatisfy { $0["revoked"] == nil })
    for one in after where ["note", "course-of-action"].contains(one["type"] as? String) {
      #expect(one["revoked"] as? Bool == true)
    }
  }

  @Test func `an event is not published, stays at home, and marks what was overturned`() throws {
    let made = Instant(seconds: 1_790_000_100)
    let octets = MISPEvent(
      author: "Forum", made: made,
      dossiers: [
        try SampleDossier.dossier(of: .suspend),
        try SampleDossier.dossier(of: .restrict, number: 2, state: .overturned),
      ]
    ).encoded
    let event = try #require(try object(octets)["Event"] as? [String: Any])
    #expect(event["published"] as? Bool == false)
    #expect(event["distribution"] as? String == "0")
    let attributes = try #require(event["Attribute"] as? [[String: Any]])
    let deleted = attributes.filter { $0["deleted"] as? Bool == true }
    #expect(!deleted.isEmpty && deleted.count < attributes.count)
    #expect(!String(decoding: octets, as: UTF8.self).contains(SampleDossier.secrets[2]))
  }
}
