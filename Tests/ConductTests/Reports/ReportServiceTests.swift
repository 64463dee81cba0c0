import Egress
import Enforcement
import Foundation
import Interchange
import Records
import Synchronization
import Testing

@testable import Conduct

struct ReportServiceTests {
  private static func service(
    _ office: TestOffice, _ change: (inout ReportSettings) -> Void
  ) throws -> ReportService {
    var settings = ReportSettings()
    settings.rules.exceptions = ["127.0.0.0/8"].compactMap { AddressException($0) }
    settings.backoff = Backoff(first: .milliseconds(1))
    change(&settings)
    return try ReportService(
      office: ReportOffice(journal: office.journal, reporter: "Agora Ltd"), settings: settings,
      logger: quiet)
  }

  /// Runs a service until something is so.
  private static func run(
    _ service: ReportService, until isDone: @escaping @Sendable () throws -> Bool
  ) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await service.run() }
      while try !isDone() { await Task.yield() }
      group.cancelAll()
      try await group.waitForAll()
    }
  }

  private static func token(in office: TestOffice) throws -> String {
    let path = office.folder.path + "/dsa-token"
    try PrivateFile(path: path).write(Array((DSADatabase.token + "\n").utf8))
    return path
  }

  private static func database(
    _ office: TestOffice, _ base: String
  ) throws -> ReportService {
    let token = try token(in: office)
    return try service(office) { settings in
      settings.database = base
      settings.tokens = [office.platform: token]
    }
  }

  @Test func `a report is made at its deadline, not before, and put into the folder whole`()
    async throws
  {
    let office = try await TestOffice.open()
    let folder = try TestFolder()
    _ = try await office.screen([Line.post("1", Line.sale)])
    let service = try Self.service(office) {
      $0.authorities = [office.platform: .folder(folder.path)]
    }
    let book: @Sendable () -> ConductBook = { office.journal.register.conduct }
    let due = try #require(book().nextReportDue)
    office.clock.advance(due.duration(since: office.clock.now) - .milliseconds(1))
    #expect(book().reportsDue(at: office.clock.now).isEmpty && book().reports.count == 0)
    office.clock.advance(.milliseconds(1))
    try await Self.run(service) { book().reports[ReportID(count: 1)]?.receipt != nil }
    let report = try #require(book().reports[ReportID(count: 1)])
    let name = folder.path + "/agora-r-1"
    let sent = try #require(FileManager.default.contents(atPath: name + ".json"))
    #expect(try service.office.shelf.octets(of: report.content) == Array(sent))
    let sheet = try AuthoritySheet(Array(sent))
    #expect(sheet.sanctions.map(\.sanction.number) == ["s-1"] && sheet.reporter == "Agora Ltd")
    #expect(FileManager.default.contents(atPath: name + ".csv") == Data(sheet.table))
    #expect(service.figures.made == [.authority: 1] && service.figures.sent == [.authority: 1])
    let history = try office.journal.history(of: AccountID(count: 1))
    #expect(history.contains { $0.event.change.isReport && $0.event.actor == .system })
  }

  @Test func `a hundred and fifty statements go in two batches, and a bad one keeps none back`()
    async throws
  {
    let calm = ConductRule.Breaker(share: 1_000, window: 2_000, least: 2_000)
    let office = try await TestOffice.open(breaker: calm)
    let database = DSADatabase()
    _ = try await office.screen(
      (1...150).map { Line.post("\($0)", Line.sale, account: "u-\($0)") })
    let bad = try await ReportOffice(journal: office.journal, reporter: nil)
      .makeStatement(of: SanctionID(count: 7), by: .system)
    let made = try #require(bad)
    // The database refuses what it reads; what the record holds is as it was made.
    database.state.withLock { $0.refused = [made.report.key] }
    try await database.serve { base in
      let service = try Self.database(office, base)
      try await Self.run(service) {
        let tally = try office.journal.reportDelivery()[.dsa]
        return tally?.sent == 149 && tally?.failed == 1
      }
    }
    let stored = database.state.withLock { $0.stored }
    let reports = Array(office.journal.register.conduct.reports.values)
    #expect(stored.count == 149 && reports.count == 150)
    for report in reports { #expect(report.receipt == stored[report.key]) }
    let status = try #require(try office.journal.delivery(of: made.report.id))
    #expect(status.state == .failed && status.lastError?.contains("refuses") == true)
  }

  @Test func `a statement that arrived and was not noted is found there, and not sent again`()
    async throws
  {
    let office = try await TestOffice.open()
    let database = DSADatabase()
    _ = try await office.screen([Line.post("1", Line.sale)])
    let made = try await ReportOffice(journal: office.journal, reporter: nil)
      .makeStatement(of: SanctionID(count: 1), by: .system)
    let key = try #require(made?.report.key)
    try await database.serve { base in
      // The copy is the record as it would be had the program ended before it noted the answer.
      let copy = try office.copied()
      let first = try Self.database(office, base)
      try await Self.run(first) { first.figures.sent[.dsa] == 1 }
      copy.clock.advance(.seconds(1))
      let second = try Self.database(copy, base)
      try await Self.run(second) { second.figures.sent[.dsa] == 1 }
      let report = copy.journal.register.conduct.reports[ReportID(count: 1)]
      #expect(report?.receipt == "existing:\(key)")
    }
    #expect(database.state.withLock { $0.stored.count } == 1)
    #expect(database.state.withLock { $0.posts } == 1)
  }

  @Test func `what was found wrong is corrected, and what the database cannot take back is noted`()
    async throws
  {
    let office = try await TestOffice.open()
    let database = DSADatabase()
    let folder = try TestFolder()
    _ = try await office.screen([Line.post("1", Line.sale)])
    office.clock.advance(.seconds(24 * 3_600))
    try await database.serve { base in
      let token = try Self.token(in: office)
      let service = try Self.service(office) { settings in
        settings.authorities = [office.platform: .folder(folder.path)]
        settings.database = base
        settings.tokens = [office.platform: token]
      }
      try await Self.run(service) { service.figures.sent == [.authority: 1, .dsa: 1] }
      try await office.conduct(
        .settleInfraction(InfractionID(count: 1), .overturn, reason: "satire"), TestOffice.officer)
      try await Self.run(service) { service.figures.sent == [.authority: 2, .dsa: 2] }
    }
    let reports = office.journal.register.conduct.reports.values.filter { $0.corrects != nil }
    #expect(reports.count == 2 && reports.allSatisfy { $0.receipt != nil })
    #expect(reports.filter(\.isNote).map(\.kind) == [.dsa])
    #expect(database.state.withLock { $0.posts } == 1)
    #expect(office.journal.register.conduct.reportsToCorrect.isEmpty)
  }

  @Test func `a statement that could not be made is made when it can be`() async throws {
    let office = try await TestOffice.open()
    let database = DSADatabase()
    _ = try await office.screen([Line.post("1", Line.sale)])
    office.clock.advance(.seconds(60))
    let shelf = office.journal.dataDirectory + "/reports"
    try Data().write(to: URL(fileURLWithPath: shelf))
    try await database.serve { base in
      let service = try Self.database(office, base)
      try await Self.run(service) {
        let (told, looked) = service.state.withLock { ($0.told, $0.looked[office.platform]) }
        return looked != nil && told.keys.contains { $0.contains("statements") }
      }
      try FileManager.default.removeItem(atPath: shelf)
      try await Self.run(service) { service.figures.sent[.dsa] == 1 }
    }
    #expect(database.state.withLock { $0.stored.count } == 1)
  }

  @Test func `a report whose words were changed is not sent`() async throws {
    let office = try await TestOffice.open()
    let folder = try TestFolder()
    _ = try await office.screen([Line.post("1", Line.sale)])
    let maker = ReportOffice(journal: office.journal, reporter: nil)
    let made = try await maker.makeAuthorityReport(of: [SanctionID(count: 1)], by: .system)
    let path = maker.shelf.folder + "/" + made.report.content.hex
    try PrivateFile(path: path).write(Array("{}".utf8))
    let service = try Self.service(office) {
      $0.authorities = [office.platform: .folder(folder.path)]
    }
    try await Self.run(service) { service.figures.failures > 0 }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    #expect(office.journal.register.conduct.reports[made.report.id]?.receipt == nil)
  }

  @Test func `reports of erased accounts are erased, and others stay`() async throws {
    let office = try await TestOffice.open()
    _ = try await office.screen([
      Line.post("1", Line.sale), Line.post("2", Line.sale, account: "u-2"),
    ])
    let maker = ReportOffice(journal: office.journal, reporter: nil)
    let made = [
      try await maker.makeAuthorityReport(of: [SanctionID(count: 1)], by: .system),
      try await maker.makeAuthorityReport(of: [SanctionID(count: 2)], by: .system),
    ]
    try maker.forget()
    #expect(try maker.shelf.octets(of: made[0].report.content) == made[0].octets)
    try maker.forget([AccountID(count: 1)])
    #expect(try maker.shelf.octets(of: made[0].report.content) == nil)
    #expect(try maker.shelf.octets(of: made[1].report.content) == made[1].octets)
  }
}

extension Change {
  fileprivate var isReport: Bool {
    if case .conduct(.reportMade) = self { true } else { false }
  }
}
