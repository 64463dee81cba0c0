import Enforcement
import Testing

@testable import Records

@Suite("Effects") struct EffectTests {
  /// Two posts bring a warning and a restriction, which ends after seven days.
  private func sanctioned(
    _ accounts: [String] = ["alice"]
  ) async throws -> Office {
    let office = try await Office.ofConduct()
    for (place, account) in accounts.enumerated() {
      for number in 0..<2 { try await office.post(place * 10 + number, by: account) }
    }
    return office
  }

  @Test func `of each account the oldest effect alone is given out, until it was delivered`()
    async throws
  {
    let office = try await sanctioned(["alice", "bob"])
    let journal = office.journal
    office.clock.wait(.seconds(8 * 86_400))
    try journal.catchUp()
    var told: [AccountID: [String]] = [:]
    while true {
      let pending = try journal.pendingEffects()
      guard !pending.isEmpty else { break }
      #expect(Set(pending.map(\.account)).count == pending.count)
      for effect in pending {
        let account = try #require(effect.account)
        told[account, default: []].append(effect.webhookType ?? "-")
        #expect(effect.sequence == told[account]?.count)
        #expect(effect.event.index == effect.id && effect.webhookID == "e-\(effect.id)")
        try journal.settleEffect(effect.id, reply: .sample("ab"))
      }
    }
    #expect(told.count == 2)
    #expect(
      told.values.allSatisfy { $0 == ["sanction.imposed", "sanction.imposed", "sanction.lifted"] })
    #expect(try journal.nextEffect() == nil)
    #expect(try journal.effectTally() == EffectTally(pending: 0, failed: 0, oldest: nil))
  }

  @Test func `a failed effect waits with all behind it, and no other account does`() async throws {
    let office = try await sanctioned(["alice", "bob"])
    let journal = office.journal
    let first = try #require(try journal.pendingEffects().first)
    let later = office.clock.now + .seconds(60)
    #expect(try journal.noteFailedEffect(first.id, error: "503", nextTry: later) == .pending)
    let left = try journal.pendingEffects()
    #expect(left.count == 1 && left.first?.account != first.account)
    #expect(try journal.nextEffect() == office.clock.now)
    office.clock.wait(.seconds(60))
    let again = try #require(try journal.pendingEffects().first { $0.account == first.account })
    #expect(again.id == first.id && again.attempts == 1 && again.event == first.event)
  }

  @Test func `an effect is settled once, however often its answer comes`() async throws {
    let office = try await sanctioned()
    let journal = office.journal
    let first = try #require(try journal.pendingEffects().first)
    #expect(try journal.settleEffects([first.id: nil]) == 1)
    let next = try journal.pendingEffects()
    #expect(try journal.settleEffects([first.id: nil, 999_999: nil]) == 0)
    #expect(try journal.pendingEffects() == next)
    #expect(
      try journal.noteFailedEffect(first.id, error: "late", nextTry: office.clock.now) == .sent)
    #expect(try journal.pendingEffects() == next)
  }

  @Test func `after three days an effect is given up, stays to be seen, and what follows goes on`()
    async throws
  {
    let office = try await sanctioned()
    let journal = office.journal
    let first = try #require(try journal.pendingEffects().first)
    office.clock.wait(.seconds(3 * 86_400))
    let beyond = office.clock.now + .seconds(1)
    #expect(try journal.noteFailedEffect(first.id, error: "410 gone", nextTry: beyond) == .failed)
    let failed = try journal.failedEffects()
    #expect(failed.map(\.id) == [first.id] && failed.first?.lastError == "410 gone")
    #expect(try journal.effectTally().failed == 1)
    let second = try #require(try journal.pendingEffects().first)
    #expect(second.sequence == 2 && second.since == office.clock.now)
    #expect(try journal.reviveEffect(first.id))
    #expect(try journal.pendingEffects().map(\.id) == [first.id])
    try journal.settleEffect(first.id, reply: nil)
    #expect(try journal.pendingEffects().map(\.id) == [second.id])
  }

  @Test func `what was given up is not told again after something later has arrived`() async throws
  {
    let office = try await sanctioned()
    let journal = office.journal
    let first = try #require(try journal.pendingEffects().first)
    office.clock.wait(.seconds(4 * 86_400))
    try journal.noteFailedEffect(first.id, error: "no", nextTry: office.clock.now)
    let second = try #require(try journal.pendingEffects().first)
    try journal.settleEffect(second.id, reply: nil)
    #expect(try !journal.reviveEffect(first.id))
    #expect(try !journal.reviveEffect(second.id))
  }

  @Test func `a restart gives out what was not settled, with the same number`() async throws {
    var office: Office? = try await sanctioned()
    let pending = try office!.journal.pendingEffects()
    let (folder, clock) = (office!.folder, office!.clock)
    office = nil
    let journal = try Journal.open(folder, clock)
    #expect(try journal.pendingEffects() == pending)
    #expect(try journal.rebuildViews())
    #expect(try journal.pendingEffects() == pending)
  }

  @Test func `a report is told until its receipt is on the record, and a correction after it`()
    async throws
  {
    let office = try await sanctioned()
    let journal = office.journal
    for (key, corrects) in [("key-1", nil), ("key-2", ReportID(count: 1))] {
      try await office.conduct(
        .makeReport(
          .authority, [SanctionID(count: 1)], corrects: corrects, content: .sample("ab"), key: key),
        .system)
    }
    let first = try journal.pendingEffects(on: .report)
    #expect(first.map(\.sequence) == [1] && first.first?.account == nil)
    try await office.conduct(.receiveReport(ReportID(count: 1), receipt: "r-77"), .system)
    let second = try journal.pendingEffects(on: .report)
    #expect(second.map(\.sequence) == [2])
    try await office.conduct(.receiveReport(ReportID(count: 2), receipt: "r-78"), .system)
    #expect(try journal.pendingEffects(on: .report).isEmpty)
  }

  @Test func `a platform without a webhook is told nothing`() async throws {
    let office = try await Office.ofConduct()
    try await office.conduct(.setPlatform(.sample(webhook: nil)), Office.administrator)
    for number in 0..<2 { try await office.post(number) }
    #expect(try office.journal.pendingEffects().isEmpty)
    #expect(office.book.sanctions.count == 2)
  }
}

@Suite("Much at one moment") struct CatchUpTests {
  @Test func `sanctions that end together are lifted in bounded steps, each once`() async throws {
    let office = try await Office.ofConduct()
    let journal = office.journal
    let count = 2_500
    for start in stride(from: 0, to: count, by: 500) {
      let reports = (start..<start + 500).flatMap { account in
        (0..<2).map {
          InfractionReport.sample("acc-\(account)", post: account * 2 + $0, at: office.clock.now)
        }
      }
      try await office.conduct(
        .reportInfractions(platform: Office.meadow, reports), .system)
    }
    office.clock.wait(.seconds(8 * 86_400))
    let heard = Heard()
    journal.observe { events in
      #expect(events.count <= Journal.dueLimit)
      for event in events { heard.add(event, known: true) }
    }
    #expect(try journal.catchUp().count == count)
    #expect(heard.events.count == count)
    #expect(try journal.catchUp().isEmpty)
    #expect(journal.register.conduct.sanctions.values.count { $0.state == .lifted } == count)
    #expect(journal.register == ConductHistoryTests.folded(try journal.events()))
  }

  @Test func `a fault between the steps keeps those before it, and the rest falls due again`()
    async throws
  {
    var office: Office? = try await Office.ofConduct()
    let (folder, clock) = (office!.folder, office!.clock)
    let count = Journal.dueLimit + 300
    for start in stride(from: 0, to: count, by: 500) {
      let reports = (start..<min(count, start + 500)).flatMap { account in
        (0..<2).map {
          InfractionReport.sample("acc-\(account)", post: account * 2 + $0, at: clock.now)
        }
      }
      try await office!.conduct(.reportInfractions(platform: Office.meadow, reports), .system)
    }
    clock.wait(.seconds(8 * 86_400))
    let before = office!.journal.size
    try folder.meddle(
      """
      CREATE TRIGGER fault BEFORE INSERT ON entry WHEN NEW.idx >= \(before + UInt64(Journal.dueLimit) + 100)
      BEGIN SELECT RAISE(ABORT, 'injected'); END
      """)
    #expect(throws: StoreError.self) { try office!.journal.catchUp() }
    #expect(office!.journal.size == before + UInt64(Journal.dueLimit))
    office = nil
    try folder.meddle("DROP TRIGGER fault")
    let journal = try Journal.open(folder, clock)
    #expect(journal.fault == nil && journal.size == before + UInt64(Journal.dueLimit))
    #expect(try journal.catchUp().count == 300)
    #expect(journal.register.conduct.sanctions.values.count { $0.state == .lifted } == count)
  }
}
