import Testing

@testable import Enforcement

@Suite struct `Actions on many accounts` {
  private static let id = BatchID(count: 1)
  private static let restriction = Batch.Action.impose(.restriction(days: 9), clause: "§ 5")

  /// Five accounts with a strike each; the first is suspended already.
  private func five() throws -> Desk {
    var desk = try Desk.ofConduct()
    for number in 1...5 { try desk.post(number, .paymentAcceptance, by: "account\(number)") }
    try desk.conduct(
      .proposeSanction(
        AccountID(count: 1), .suspension(days: 90), infractions: [InfractionID(count: 1)],
        clause: "c", reason: "r"), by: Desk.officer)
    try desk.conduct(.approveSanction(SanctionID(count: 1), reason: "r"), by: Desk.secondOfficer)
    return desk
  }

  private func accounts(_ numbers: ClosedRange<Int>) -> [AccountID] {
    numbers.map { AccountID(count: $0) }
  }

  @Test func `a preview says what would happen to each, and changes nothing`() throws {
    let desk = try five()
    let preview = desk.book.preview(Self.restriction, on: accounts(1...6), at: desk.now)
    #expect(preview.lines.first?.effect == .stands(SanctionID(count: 1)))
    #expect(preview.lines.last?.effect == .unknown)
    #expect(preview.effective == 4)
    let lifting = desk.book.preview(.lift, on: accounts(1...2), at: desk.now)
    #expect(lifting.lines.map(\.effect) == [.lifts([SanctionID(count: 1)]), .nothing])
  }

  @Test func `takes two people, and does to each what the preview said`() throws {
    var desk = try five()
    try desk.conduct(
      .proposeBatch(Self.restriction, accounts(1...5), reason: "one campaign"), by: Desk.officer)
    let done = ConductCommand.moveBatch(Self.id, .done, reason: "looked at all")
    #expect(desk.refusal(of: done, by: Desk.officer)?.code == .sameOfficer)
    #expect(desk.refusal(of: done, by: Desk.reviewer)?.code == .notAllowed)
    let preview = desk.book.preview(Self.restriction, on: accounts(1...5), at: desk.now)
    let events = try desk.conduct(done, by: Desk.secondOfficer)
    #expect(events.conductStory.count == preview.effective)
    let made = desk.book.sanctions.values.filter { $0.plan.batch == Self.id }
    #expect(made.count == 4 && made.allSatisfy { $0.proposedBy == Desk.officer })
    #expect(made.allSatisfy { $0.approvedBy == [Desk.secondOfficer] })
    #expect(desk.refusal(of: done, by: Desk.thirdOfficer)?.code == .wrongState)
  }

  @Test func `of closings takes two people besides who prepared it`() throws {
    var desk = try five()
    try desk.conduct(
      .proposeBatch(.impose(.closing, clause: "§ 9"), accounts(1...5), reason: "r"),
      by: Desk.officer)
    let done = ConductCommand.moveBatch(Self.id, .done, reason: "r")
    #expect(try desk.conduct(done, by: Desk.secondOfficer).conductStory.isEmpty)
    #expect(desk.book.batches[Self.id]?.state == .proposed)
    #expect(desk.refusal(of: done, by: Desk.secondOfficer)?.code == .sameOfficer)
    let events = try desk.conduct(done, by: Desk.thirdOfficer)
    #expect(events.conductStory.count { $0.hasSuffix("close") } == 5)
    #expect(events.conductStory.contains("lifted s-1 replaced"))
  }

  @Test func `is undone as a whole, and what it replaced comes back`() throws {
    var desk = try five()
    try desk.conduct(
      .proposeBatch(.impose(.closing, clause: "§ 9"), accounts(1...5), reason: "r"),
      by: Desk.officer)
    for actor in [Desk.secondOfficer, Desk.thirdOfficer] {
      try desk.conduct(.moveBatch(Self.id, .done, reason: "r"), by: actor)
    }
    let events = try desk.conduct(
      .moveBatch(Self.id, .undone, reason: "the wrong list"), by: Desk.officer)
    #expect(events.conductStory.count { $0.hasSuffix("undone") } == 5)
    #expect(events.conductStory.first == "reduced s-2 suspend undone")
    let closed = desk.book.sanctions.values.filter {
      $0.plan.terms.kind == .close && $0.isInForce(at: desk.now)
    }
    #expect(closed.isEmpty)
    #expect(desk.book.sanctionsInForce(on: AccountID(count: 1), at: desk.now).count == 1)
  }

  @Test func `that lifted is not undone by imposing`() throws {
    var desk = try five()
    try desk.conduct(.proposeBatch(.lift, accounts(1...2), reason: "r"), by: Desk.officer)
    try desk.conduct(.moveBatch(Self.id, .done, reason: "r"), by: Desk.secondOfficer)
    #expect(desk.book.sanctions[SanctionID(count: 1)]?.state == .lifted)
    let undo = ConductCommand.moveBatch(Self.id, .undone, reason: "r")
    #expect(desk.refusal(of: undo, by: Desk.officer)?.code == .wrongState)
  }

  @Test func `is bounded, names each account once, and does something`() throws {
    let desk = try five()
    for (accounts, code) in [
      ([], Refusal.Code.badField), ((1...1_001).map { AccountID(count: $0) }, .badField),
      ([AccountID(count: 2), AccountID(count: 2)], .badField),
      ([AccountID(count: 77)], .unknownNumber), ([AccountID(count: 1)], .nothingToEnforce),
    ] {
      let command = ConductCommand.proposeBatch(Self.restriction, accounts, reason: "r")
      #expect(desk.refusal(of: command, by: Desk.officer)?.code == code)
    }
  }
}

@Suite struct `Leads` {
  private static let wallet = Enforcement.Trait(kind: .wallet, value: "bc1qexample")

  private func suspended() throws -> Desk {
    var desk = try Desk.ofConduct()
    try desk.post(1, .tokenSale, traits: [Self.wallet])
    try desk.conduct(.approveSanction(SanctionID(count: 1), reason: "r"), by: Desk.secondOfficer)
    return desk
  }

  @Test func `a wallet seen on a suspended account is a lead, and never a sanction by itself`()
    throws
  {
    var desk = try suspended()
    let events = try desk.post(2, .paymentAcceptance, by: "bob", traits: [Self.wallet])
    #expect(events.conductStory == ["opened a-2", "i-2", "lead a-2 a-1"])
    #expect(try desk.sanctions(of: "bob").isEmpty)
    let again = try desk.post(3, .paymentAcceptance, by: "bob", traits: [Self.wallet])
    #expect(again.conductStory == ["i-3"])
    try desk.conduct(.settleLead(LeadID(count: 1), .same, reason: "same shop"), by: Desk.reviewer)
    #expect(desk.book.leads[LeadID(count: 1)]?.settled == .same)
  }

  @Test func `an account that was never removed brings nobody to mind`() throws {
    var desk = try Desk.ofConduct()
    try desk.post(1, .paymentAcceptance, traits: [Self.wallet])
    let events = try desk.post(2, .paymentAcceptance, by: "bob", traits: [Self.wallet])
    #expect(events.conductStory == ["opened a-2", "i-2"])
  }

  @Test func `a suspension that was wrong leaves no lead behind it`() throws {
    var desk = try suspended()
    try desk.conduct(
      .settleInfraction(InfractionID(count: 1), .overturn, reason: "r"), by: Desk.reviewer)
    let events = try desk.post(2, .paymentAcceptance, by: "bob", traits: [Self.wallet])
    #expect(events.conductStory == ["opened a-2", "i-2"])
  }

  @Test func `a filing number is a trait from the day on which the account is told of`() throws {
    var desk = try Desk.ofConduct()
    func entry(_ key: String) -> AccountEntry {
      AccountEntry(identity: AccountIdentity(key: key, filing: "F-2018-7"))
    }
    try desk.conduct(.registerAccounts(platform: Desk.meadow, [entry("alice")]), by: Desk.platform)
    try desk.post(1, .tokenSale)
    try desk.conduct(.approveSanction(SanctionID(count: 1), reason: "r"), by: Desk.secondOfficer)
    let events = try desk.conduct(
      .registerAccounts(platform: Desk.meadow, [entry("bob")]), by: Desk.platform)
    #expect(events.conductStory == ["opened a-2", "lead a-2 a-1"])
  }
}
