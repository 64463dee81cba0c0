import Enforcement
import GRDB
import Testing

@testable import Records

@Suite("Random histories of accounts") struct ConductHistoryTests {
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `the register is that of the events, and is the same after a restart`(seed: UInt64)
    async throws
  {
    var history: ConductHistory? = try await ConductHistory(seed: seed)
    for _ in 0..<250 { try await history!.step() }
    let (folder, clock) = (history!.office.folder, history!.office.clock)
    let register = history!.office.journal.register
    let report = history!.office.journal.verify()
    #expect(report.verified, "\(report.fault?.reason ?? "")")
    try expectSame(Self.folded(try history!.events), register)
    history = nil
    let journal = try Journal.open(folder, clock)
    #expect(journal.fault == nil)
    try expectSame(journal.register, register)
    #expect(try journal.rebuildViews())
    try expectSame(journal.register, register)
  }

  @Test func `a store from before reviews, agreements and answers is carried on as it was`()
    async throws
  {
    var office: Office? = try await Office.ofConduct()
    for number in 1...3 { try await office!.post(number) }
    try await office!.conduct(.fileAppeal(SanctionID(count: 1), text: "No."), .system)
    let (folder, clock) = (office!.folder, office!.clock)
    let register = office!.journal.register
    office = nil
    for table in Schema.conductTermTables { try folder.meddle("DROP TABLE \(table)") }
    try folder.meddle("DROP INDEX view_infraction_platform")
    try folder.meddle("DELETE FROM grdb_migrations WHERE identifier = '5-terms'")
    let journal = try Journal.open(folder, clock)
    #expect(journal.fault == nil && journal.register == register)
    _ = try await journal.record(
      .conduct(
        .reviewAccount(
          AccountID(count: 1),
          AccountReview(reviewer: "rita", at: clock.now, category: slug("media")))),
      Office.reviewer)
    let report = journal.verify()
    #expect(report.verified, "\(report.fault?.reason ?? "")")
    #expect(try journal.rebuildViews())
  }

  static func folded(_ events: [RecordedEvent]) -> Register {
    events.reduce(into: Register()) { $0.apply($1.event) }
  }

  /// Compares part by part, so that what differs is seen.
  private func expectSame(_ one: Register, _ other: Register) throws {
    let (left, right) = (one.conduct, other.conduct)
    #expect(left.platforms == right.platforms)
    #expect(left.ladders == right.ladders)
    #expect(left.rules == right.rules)
    #expect(
      left.parties.values.sorted { $0.id < $1.id } == right.parties.values.sorted { $0.id < $1.id })
    for account in right.accounts.values { #expect(left.accounts[account.id] == account) }
    for file in right.infractions.values { #expect(left.infractions[file.id] == file) }
    for sanction in right.sanctions.values { #expect(left.sanctions[sanction.id] == sanction) }
    #expect(left.appeals == right.appeals)
    #expect(left.leads == right.leads)
    #expect(left.batches == right.batches)
    #expect(left.reports == right.reports)
    #expect(one == other)
  }

  @Test(arguments: Schema.accountViewTables)
  func `a damaged view of accounts is found, made again, and the register with it`(table: String)
    async throws
  {
    var history = try await ConductHistory(seed: 9)
    for _ in 0..<220 { try await history.step() }
    let journal = history.office.journal
    let register = journal.register
    try history.office.folder.meddle("DELETE FROM \(table)")
    #expect(journal.verify().fault?.reason.contains(table) == true)
    #expect(try !journal.rebuildViews())
    #expect(journal.verify().verified)
    #expect(journal.register == register)
  }

  @Test func `the history of an account names every entry that is about it`() async throws {
    var history = try await ConductHistory(seed: 11)
    for _ in 0..<200 { try await history.step() }
    let journal = history.office.journal
    let book = journal.register.conduct
    let views = try journal.read { db in
      try Set(Int64.fetchAll(db, sql: "SELECT DISTINCT entry FROM view_account_history"))
    }
    for account in book.accounts.keys {
      let kept = try journal.history(of: account)
      #expect(kept.map(\.index) == kept.map(\.index).sorted())
      let found = kept.compactMap { recorded -> InfractionID? in
        guard case .conduct(.infractionFound(let id, account, _, _)) = recorded.event.change
        else { return nil }
        return id
      }
      #expect(found == book.accounts[account]?.infractions)
      let page = try journal.history(of: account, after: kept.first?.index, limit: 2)
      #expect(page == Array(kept.dropFirst().prefix(2)))
    }
    #expect(views.count > 100)
  }

  @Test(arguments: [21, 22] as [UInt64])
  func `the numbers for transparency are those that counting events gives`(seed: UInt64)
    async throws
  {
    var history = try await ConductHistory(seed: seed)
    for _ in 0..<250 { try await history.step() }
    let journal = history.office.journal
    let counts = try journal.conductCounts(
      from: instant("2018-01-01"), to: history.office.clock.now + .seconds(1))
    let slow = try SlowCounts(history.events, journal.register.conduct)
    #expect(counts.imposed == slow.imposed)
    #expect(counts.infractionsByRule == slow.infractionsByRule)
    #expect(counts.appealsFiled == slow.appealsFiled)
    #expect(counts.appealsByOutcome == slow.appealsByOutcome)
    #expect(counts.appealsLate == slow.appealsLate && counts.appealsLate > 0)
    #expect(counts.reportsMade == slow.reportsMade)
    #expect(counts.reportsReceived == slow.reportsReceived)
    #expect(
      counts.infractionsByState.values.reduce(0, +) == slow.infractionsByRule.values.reduce(0, +))
    #expect(counts.imposedByRule.keys.allSatisfy { slow.infractionsByRule[$0] != nil })
    #expect(!counts.imposedByRule.isEmpty)
    for kind in Report.Kind.allCases {
      #expect(counts.unreported(kind) == slow.unreported[kind])
    }
    #expect(
      try journal.conductCounts(
        from: instant("2018-01-01"), to: history.office.clock.now, on: slug("harbor"))
        == ConductCounts())
  }
}

/// The same numbers, event by event.
private struct SlowCounts {
  var imposed: [SanctionKind: Int] = [:]
  var infractionsByRule: [String: Int] = [:]
  var appealsFiled = 0
  var appealsByOutcome: [String: Int] = [:]
  var appealsLate = 0
  var reportsMade: [Report.Kind: Int] = [:]
  var reportsReceived: [Report.Kind: Int] = [:]
  var unreported: [Report.Kind: Int] = [:]

  init(_ events: [RecordedEvent], _ book: ConductBook) throws {
    var due: [AppealID: Instant] = [:]
    for recorded in events {
      guard case .conduct(let change) = recorded.event.change else { continue }
      switch change {
      case .infractionFound(_, _, let infraction, _):
        infractionsByRule[infraction.rule.description, default: 0] += 1
      case .appealFiled(let id, _, _):
        appealsFiled += 1
        due[id] = recorded.event.time + .seconds(2 * 86_400)
      case .appealDecided(let id, let outcome, _):
        appealsByOutcome[outcome.name, default: 0] += 1
        if let end = due.removeValue(forKey: id), recorded.event.time > end { appealsLate += 1 }
      case .reportMade(let report): reportsMade[report.kind, default: 0] += 1
      case .reportReceived(let id, _):
        if let report = book.reports[id] { reportsReceived[report.kind, default: 0] += 1 }
      default: break
      }
    }
    let last = events.last?.event.time ?? Instant(milliseconds: 0)
    appealsLate += due.values.count { $0 < last }
    let inEffect = book.sanctions.values.filter { $0.imposed != nil }
    for sanction in inEffect { imposed[sanction.plan.terms.kind, default: 0] += 1 }
    for kind in Report.Kind.allCases {
      let told = Set(book.reports.values.filter { $0.kind == kind }.flatMap(\.sanctions))
      unreported[kind] = inEffect.count { !told.contains($0.id) }
    }
  }
}
