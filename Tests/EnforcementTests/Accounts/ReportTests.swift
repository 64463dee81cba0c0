import Testing

@testable import Enforcement

@Suite struct `Reports, retention and holds` {
  private func make(
    _ sanctions: [Int], key: String, corrects: Int? = nil, content: Int = 1
  ) -> ConductCommand {
    .makeReport(
      .authority, sanctions.map { SanctionID(count: $0) },
      corrects: corrects.map { ReportID(count: $0) }, content: .sample(content), key: key)
  }

  @Test func `are due so many hours after a sanction of any kind took effect`() throws {
    var desk = try Desk.ofConduct()
    try desk.post(1)
    let first = desk.now
    desk.pass(.seconds(60))
    try desk.post(2, .tokenSale, by: "bob")
    #expect(desk.book.reportsDue(at: first + .days(1) + .milliseconds(-1)).isEmpty)
    let due = desk.book.reportsDue(at: first + .days(1))
    #expect(due.map(\.sanctions) == [[SanctionID(count: 1)]])
    #expect(due.map(\.due) == [first + .days(1)] && desk.book.nextReportDue == first + .days(1))
    try desk.conduct(make([1], key: "k1"), by: .system)
    #expect(desk.book.reportsDue(at: .distantFuture).isEmpty, "the suspension never took effect")
    #expect(desk.book.nextReportDue == nil)
  }

  @Test func `are made once under a key, and received once`() throws {
    var desk = try Desk.ofConduct()
    try desk.post(1)
    #expect(try desk.conduct(make([1], key: "k1"), by: .system).count == 1)
    #expect(try desk.conduct(make([1], key: "k1"), by: .system).isEmpty)
    #expect(desk.refusal(of: make([1], key: "k1", content: 2), by: .system)?.code == .badField)
    let receive = ConductCommand.receiveReport(ReportID(count: 1), receipt: "A-77")
    #expect(try desk.conduct(receive, by: .system).count == 1)
    #expect(try desk.conduct(receive, by: .system).isEmpty)
    let other = ConductCommand.receiveReport(ReportID(count: 1), receipt: "A-78")
    #expect(try desk.conduct(other, by: .system).isEmpty)
    #expect(desk.book.reports[ReportID(count: 1)]?.receipt == "A-77")
  }

  @Test func `tell of nothing that never took effect`() throws {
    var desk = try Desk.ofConduct()
    try desk.post(1, .tokenSale)
    #expect(desk.refusal(of: make([1], key: "k"), by: .system)?.code == .wrongState)
    #expect(desk.refusal(of: make([7], key: "k"), by: .system)?.code == .unknownNumber)
    #expect(desk.refusal(of: make([], key: "k"), by: .system)?.code == .badField)
  }

  @Test func `are corrected when what they told of was wrong`() throws {
    var desk = try Desk.ofConduct()
    try desk.posts(1...2)
    try desk.conduct(make([1, 2], key: "k1"), by: .system)
    try desk.conduct(
      .settleInfraction(InfractionID(count: 2), .overturn, reason: "r"), by: Desk.reviewer)
    #expect(desk.book.reportsToCorrect.isEmpty, "it has not arrived yet")
    try desk.conduct(.receiveReport(ReportID(count: 1), receipt: "A"), by: .system)
    #expect(
      desk.book.reportsToCorrect == [
        CorrectionDue(report: ReportID(count: 1), sanctions: [SanctionID(count: 2)])
      ])
    try desk.conduct(make([2], key: "k2", corrects: 1), by: .system)
    #expect(desk.book.reportsToCorrect.isEmpty)
    try desk.conduct(.receiveReport(ReportID(count: 2), receipt: "B"), by: .system)
    #expect(desk.book.reportsToCorrect.isEmpty)
  }

  @Test func `a correction that is wrong is corrected once, and its original with it`() throws {
    var desk = try Desk.ofConduct()
    try desk.posts(1...2)
    try desk.conduct(make([2], key: "k1"), by: .system)
    try desk.conduct(.receiveReport(ReportID(count: 1), receipt: "A"), by: .system)
    try desk.conduct(.fileAppeal(SanctionID(count: 2), text: "No."), by: .system)
    try desk.conduct(
      .decideAppeal(
        AppealID(count: 1), .reduced(SanctionTerms(kind: .warn)), reason: "r"), by: Desk.reviewer)
    #expect(desk.book.reportsToCorrect.map(\.report) == [ReportID(count: 1)])
    try desk.conduct(make([2], key: "k2", corrects: 1), by: .system)
    for number in 1...2 {
      try desk.conduct(
        .settleInfraction(InfractionID(count: number), .overturn, reason: "r"), by: Desk.reviewer)
    }
    #expect(desk.book.reportsToCorrect.isEmpty, "the correction has not arrived yet")
    try desk.conduct(.receiveReport(ReportID(count: 2), receipt: "B"), by: .system)
    #expect(desk.book.reportsToCorrect.map(\.report) == [ReportID(count: 2)])
    try desk.conduct(make([2], key: "k3", corrects: 2), by: .system)
    #expect(desk.book.reports[ReportID(count: 1)]?.toCorrect == [])
    try desk.conduct(.receiveReport(ReportID(count: 3), receipt: "C"), by: .system)
    #expect(desk.book.reportsToCorrect.isEmpty)
  }

  @Test func `a sanction that ended in time needs no correction`() throws {
    var desk = try Desk.ofConduct()
    try desk.posts(1...2)
    try desk.conduct(make([1, 2], key: "k1"), by: .system)
    try desk.conduct(.receiveReport(ReportID(count: 1), receipt: "A"), by: .system)
    try desk.conduct(.liftSanction(SanctionID(count: 2), reason: "r"), by: Desk.officer)
    #expect(desk.book.reportsToCorrect.isEmpty)
  }

  @Test func `a party is erased once nothing speaks for keeping it, and each reason is named`()
    throws
  {
    var desk = try Desk.ofConduct()
    let party = PartyID(count: 1)
    let trait = Enforcement.Trait(kind: .referral, value: "R1")
    try desk.conduct(.setParty(nil, PartyEntry(name: "Orchid", kind: .firm)), by: Desk.platform)
    try desk.conduct(
      .registerAccounts(
        platform: Desk.meadow,
        [AccountEntry(identity: AccountIdentity(key: "alice", handle: "@a"), party: party)]),
      by: Desk.platform)
    try desk.post(1, .tokenSale, traits: [trait])
    func reason() -> String? {
      let refusal = desk.refusal(of: .eraseParty(party), by: Desk.admin)
      #expect(refusal == nil || refusal?.code == .mustKeep)
      return refusal?.text
    }
    #expect(reason()?.contains("s-1 waits for officers") == true)
    try desk.conduct(.approveSanction(SanctionID(count: 1), reason: "r"), by: Desk.officer)
    #expect(reason()?.contains("s-1 is in force") == true)
    try desk.conduct(.fileAppeal(SanctionID(count: 1), text: "No."), by: .system)
    desk.pass(.days(31))
    #expect(reason()?.contains("ap-1 is open") == true)
    try desk.conduct(
      .decideAppeal(AppealID(count: 1), .upheld, reason: "r"), by: Desk.reviewer)
    #expect(reason()?.contains("no report to the authority tells of s-1") == true)
    try desk.conduct(make([1], key: "k1"), by: .system)
    #expect(reason()?.contains("r-1") == true)
    try desk.conduct(.receiveReport(ReportID(count: 1), receipt: "A"), by: .system)
    #expect(reason()?.contains("kept until") == true)
    desk.pass(.days(1_826))
    try desk.conduct(.setHold(AccountID(count: 1), reason: "court"), by: Desk.auditor)
    #expect(reason()?.contains("hold") == true)
    try desk.conduct(.setHold(AccountID(count: 1), reason: nil), by: Desk.auditor)
    #expect(desk.refusal(of: .eraseParty(party), by: Desk.officer)?.code == .notAllowed)
    try desk.conduct(.eraseParty(party), by: Desk.admin)
    let account = try #require(desk.book.accounts[AccountID(count: 1)])
    #expect(account.entry.identity == .erased && account.erased == desk.now)
    #expect(desk.book.parties[party]?.entry == nil)
    #expect(account.strikes.count == 1 && account.sanctions == [SanctionID(count: 1)])
    #expect(desk.book.account(on: Desk.meadow, key: "alice") == nil)
    #expect(desk.book.traits.isEmpty && desk.book.infraction(ofPost: .post(1)) == nil)
    #expect(try desk.conduct(.eraseParty(party), by: Desk.admin).isEmpty)
    #expect(try desk.post(2, traits: [trait]).conductStory.first == "opened a-2")
  }
}
