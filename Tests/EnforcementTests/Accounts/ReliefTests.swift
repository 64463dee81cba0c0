import Testing

@testable import Enforcement

@Suite struct `Relief` {
  /// Points 3 each: warn at 3, restrict 7 days at 6, suspend 10 days at 9 and 40 days at 12.
  private static var ladder: Ladder {
    var ladder = Ladder.sample()
    ladder.rungs = [
      Ladder.Rung(points: 3, sanction: .warning, needsWarning: false),
      Ladder.Rung(points: 6, sanction: .restriction(days: 7), needsWarning: false),
      Ladder.Rung(points: 9, sanction: .suspension(days: 10), needsWarning: true),
      Ladder.Rung(points: 12, sanction: .suspension(days: 40), needsWarning: true),
    ]
    return ladder
  }

  private func climbed(_ posts: Int) throws -> Desk {
    var desk = try Desk.ofConduct(ladder: Self.ladder)
    for number in 1...posts {
      try desk.posts(number...number)
      for waiting in desk.book.sanctionsWaiting(on: AccountID(count: 1)) {
        try desk.conduct(.approveSanction(waiting.id, reason: "r"), by: Desk.secondOfficer)
      }
    }
    return desk
  }

  @discardableResult
  private func overturn(_ numbers: [Int], of sanction: Int, in desk: inout Desk) throws -> [String]
  {
    let id = AppealID(count: desk.book.appeals.count + 1)
    try desk.conduct(.fileAppeal(SanctionID(count: sanction), text: "No."), by: .system)
    let named = numbers.map { InfractionID(count: $0) }
    return try desk.conduct(
      .decideAppeal(id, .overturned(named), reason: "not one"), by: Desk.reviewer
    ).conductStory
  }

  @Test func `a suspension is shortened when the first of its strikes is overturned`() throws {
    var desk = try climbed(4)
    let before = try desk.sanctions()
    #expect(before.map(\.plan.terms.kind) == [.warn, .restrict, .suspend, .suspend])
    #expect(before.map(\.state) == [.imposed, .lifted, .lifted, .imposed])
    let story = try overturn([1], of: 4, in: &desk)
    // Without the first strike the second would have brought the warning, the third the
    // restriction, and the fourth the shorter suspension.
    #expect(
      story == [
        "decided ap-1", "overturn i-1", "lifted s-1 relief", "reduced s-4 suspend appeal",
      ])
    let after = try #require(try desk.sanctions().last)
    #expect(after.until == after.imposed.map { $0 + .days(10) } && after.state == .imposed)
    #expect(after.plan.ground.rungPoints == 9)
    #expect(try desk.account().reached == 9)
  }

  @Test func `a suspension becomes the milder rung that is left, and then nothing`() throws {
    var desk = try climbed(3)
    #expect(
      try overturn([1], of: 3, in: &desk) == [
        "decided ap-1", "overturn i-1", "lifted s-1 relief", "reduced s-3 restrict appeal",
      ])
    let restriction = try #require(try desk.sanctions().last)
    #expect(restriction.until == restriction.imposed.map { $0 + .days(7) })
    let last = try desk.conduct(
      .settleInfraction(InfractionID(count: 2), .overturn, reason: "r"), by: Desk.reviewer)
    #expect(last.conductStory.first == "overturn i-2")
    #expect(try desk.sanctions().allSatisfy { !$0.isInForce(at: desk.now) })
  }

  @Test func `nothing becomes harder, and what still has its ground stands`() throws {
    var desk = try climbed(4)
    try desk.post(5, .paymentAcceptance)
    let before = try desk.sanctions()
    let events = try desk.conduct(
      .settleInfraction(InfractionID(count: 5), .overturn, reason: "r"), by: Desk.reviewer)
    #expect(events.conductStory == ["overturn i-5"])
    #expect(try desk.sanctions() == before)
  }

  @Test func `a suspension that waits is replaced by what is left, at once`() throws {
    var desk = try Desk.ofConduct(ladder: Self.ladder)
    try desk.posts(1...1)
    desk.pass(.seconds(60))
    try desk.post(2, .tokenSale)
    #expect(try desk.sanctions().map(\.state) == [.imposed, .proposed])
    let events = try desk.conduct(
      .settleInfraction(InfractionID(count: 1), .overturn, reason: "r"), by: Desk.reviewer)
    // Without the first strike nobody had warned it.
    #expect(
      events.conductStory == [
        "overturn i-1", "lifted s-1 relief", "declined s-2", "imposed s-3 restrict",
      ])
  }

  @Test func `what was served already is not imposed once more for it`() throws {
    var desk = try Desk.ofConduct(ladder: Self.ladder)
    try desk.posts(1...3)
    #expect(try desk.sanctions().map(\.state) == [.imposed, .imposed, .proposed])
    desk.pass(.days(8))
    let events = try desk.conduct(
      .settleInfraction(InfractionID(count: 1), .overturn, reason: "r"), by: Desk.reviewer)
    #expect(events.conductStory == ["overturn i-1", "lifted s-1 relief", "declined s-3"])
  }

  @Test func `by the ladder of its day, whatever holds now`() throws {
    var desk = try climbed(4)
    var newer = Ladder.sample(version: 2)
    newer.rungs = [Ladder.Rung(points: 500, sanction: .closing, needsWarning: false)]
    try desk.conduct(.adoptLadder(platform: Desk.meadow, newer), by: Desk.admin)
    let story = try overturn([1], of: 4, in: &desk)
    #expect(story.last == "reduced s-4 suspend appeal")
  }

  @Test func `what a wrong sanction had taken the place of comes back in its stead`() throws {
    var desk = try Desk.ofConduct(ladder: Self.ladder)
    try desk.posts(1...2)
    try desk.post(3, .paymentAcceptance)
    try desk.conduct(
      .proposeSanction(
        AccountID(count: 1), .suspension(days: 3), infractions: [InfractionID(count: 3)],
        clause: "c", reason: "r"), by: Desk.officer)
    try desk.conduct(.approveSanction(SanctionID(count: 3), reason: "r"), by: Desk.secondOfficer)
    let until = try desk.sanctions()[1].until
    #expect(try desk.sanctions()[1].state == .lifted)
    let story = try overturn([], of: 3, in: &desk)
    #expect(story == ["decided ap-1", "overturn i-3", "reduced s-3 restrict appeal"])
    let back = try #require(try desk.sanctions().last)
    #expect(back.until == until && back.isInForce(at: desk.now))
  }

  @Test func `a sanction by a person ends when nothing it rests on counts any more`() throws {
    var desk = try Desk.ofConduct()
    try desk.posts(1...1)
    try desk.post(2, .paymentAcceptance)
    try desk.conduct(
      .proposeSanction(
        AccountID(count: 1), .restriction(days: 30),
        infractions: [InfractionID(count: 1), InfractionID(count: 2)], clause: "c", reason: "r"),
      by: Desk.officer)
    try desk.conduct(
      .settleInfraction(InfractionID(count: 1), .overturn, reason: "r"), by: Desk.reviewer)
    #expect(try desk.sanctions().last?.state == .imposed)
    let events = try desk.conduct(
      .settleInfraction(InfractionID(count: 2), .overturn, reason: "r"), by: Desk.reviewer)
    #expect(events.conductStory == ["overturn i-2", "lifted s-2 relief"])
  }

  @Test func `a rule that is reverted takes back all it brought about, on every account`() throws {
    var desk = try Desk.ofConduct(ladder: Self.ladder)
    for number in 1...9 { try desk.post(number, by: "account\(number % 3)") }
    try desk.post(10, .paymentAcceptance, by: "account0")
    let events = try desk.conduct(
      .revertRule(.sample("no-solicitation"), reason: "it matched the weather"),
      by: Desk.thirdOfficer)
    #expect(events.conductStory.first == "no-solicitation@1 stopped")
    #expect(events.conductStory.count { $0.hasPrefix("overturn") } == 9)
    for account in desk.book.accounts.values {
      #expect(account.points(at: desk.now) == (account.entry.identity.key == "account0" ? 1 : 0))
    }
    #expect(desk.book.sanctions.values.allSatisfy { $0.state != .imposed && $0.state != .proposed })
    #expect(desk.book.sanctions.values.allSatisfy { $0.endedBy == .reverted || $0.imposed == nil })
    let again = ConductCommand.stageRule(.sample("no-solicitation"), .shadow, reason: "r")
    #expect(desk.refusal(of: again, by: Desk.thirdOfficer)?.code == .wrongState)
  }
}
