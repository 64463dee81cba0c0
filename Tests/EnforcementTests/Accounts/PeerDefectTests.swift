import Testing

@testable import Enforcement

/// Mistakes that were read in the code of other systems, one test for each.
@Suite struct `What other systems get wrong` {
  @Test func `two strikes at once neither miss a threshold nor cross it twice`() throws {
    var desk = try Desk.ofConduct()
    try desk.post(1)
    let both = [2, 3].map { InfractionReport.sample("alice", post: $0, at: desk.now) }
    let events = try desk.conduct(.reportInfractions(platform: Desk.meadow, both), by: .system)
    #expect(events.conductStory == ["i-2", "imposed s-2 restrict", "i-3"])
  }

  @Test func `two strikes for one rule in one millisecond are two`() throws {
    var desk = try Desk.ofConduct()
    for number in 1...2 { try desk.post(number) }
    let strikes = try desk.account().strikes
    #expect(strikes.count == 2 && Set(strikes.map(\.at)).count == 1)
  }

  @Test func `an infraction outlives its strike, and its threshold does not fire for it again`()
    throws
  {
    var desk = try Desk.ofConduct()
    try desk.post(1)
    desk.pass(.days(900))
    #expect(try desk.points() == 0)
    #expect(desk.book.infractions[InfractionID(count: 1)]?.state == .counted)
    #expect(try desk.post(1).isEmpty)
    #expect(try desk.sanctions().count == 1)
  }

  @Test func `a post that breaks several rules is recorded under all, and its holder told of all`()
    throws
  {
    var desk = try Desk.ofConduct()
    try desk.enforce(.sample("no-pitch", .solicitation, kind: "promotion"))
    try desk.post(1)
    let found = try #require(desk.book.infractions[InfractionID(count: 1)]).infraction
    #expect(found.rule == .sample("no-solicitation") && found.also == [.sample("no-pitch")])
    #expect(
      try desk.sanctions().first?.notice?.ground.clauses == [
        "Clause of no-solicitation", "Clause of no-pitch",
      ])
  }

  @Test func `points are the ladder's, and no caller can name them`() throws {
    var desk = try Desk.ofConduct()
    var report = InfractionReport.sample("alice", post: 1, .paymentAcceptance, at: desk.now)
    report.infraction.kind = slug("token-sale")
    try desk.conduct(.reportInfractions(platform: Desk.meadow, [report]), by: .system)
    #expect(try desk.points() == 1)
  }

  @Test func `a new ladder changes nothing about what was decided by the old one`() throws {
    var desk = try Desk.ofConduct()
    try desk.posts(1...2)
    let before = try desk.sanctions()
    let strikes = try desk.account().strikes
    var ladder = Ladder.sample(version: 2)
    ladder.infractions[1].points = 9
    ladder.infractions[1].decayDays = 1
    ladder.rungs[1].sanction.days = 300
    try desk.conduct(.adoptLadder(platform: Desk.meadow, ladder), by: Desk.admin)
    #expect(try desk.sanctions() == before && desk.account().strikes == strikes)
    desk.pass(.days(2))
    #expect(try desk.points() == 6)
    #expect(before.last?.plan.ground.ladder == LadderReference(name: slug("standard"), version: 1))
  }

  @Test func `a strike stops counting at its very moment, though nothing ran`() throws {
    var desk = try Desk.ofConduct()
    try desk.post(1)
    let entries = desk.events.count
    let end = try #require(try desk.account().strikes.first?.expires)
    desk.wait(until: end + .milliseconds(-1), catchingUp: false)
    #expect(try desk.points() == 3)
    desk.wait(until: end, catchingUp: false)
    #expect(try desk.points() == 0)
    #expect(desk.events.count == entries)
  }

  @Test func `what time lifts, the system lifted, and not the officer who agreed`() throws {
    var desk = try Desk.ofConduct()
    try desk.post(1, .tokenSale)
    try desk.conduct(.approveSanction(SanctionID(count: 1), reason: "r"), by: Desk.officer)
    let until = try #require(try desk.sanctions().first?.until)
    desk.wait(until: until, catchingUp: false)
    let events = desk.catchUp()
    #expect(events.map(\.actor) == [.system])
    #expect(try desk.sanctions().first?.ended == until, "to the millisecond, at no poll's mercy")
  }

  @Test func `the notice is part of the sanction's own event, and not sent beside it`() throws {
    var desk = try Desk.ofConduct()
    let events = try desk.posts1and2()
    for event in events {
      guard case .conduct(.sanctionImposed(_, _, let plan, let notice)) = event.change else {
        continue
      }
      #expect(notice.missing.isEmpty && notice.terms == plan.terms)
    }
    #expect(events.count { $0.isImposition } == 2)
  }

  @Test func `a plain warning is on the record like everything else`() throws {
    var desk = try Desk.ofConduct()
    try desk.post(1, .paymentAcceptance)
    let events = try desk.conduct(
      .proposeSanction(
        AccountID(count: 1), .warning, infractions: [InfractionID(count: 1)], clause: "c",
        reason: "once is enough"), by: Desk.officer)
    #expect(events.conductStory == ["proposed s-1 warn", "imposed s-1 warn"])
    let silent = ConductCommand.proposeSanction(
      AccountID(count: 1), .warning, infractions: [InfractionID(count: 1)], clause: "c", reason: " "
    )
    #expect(desk.refusal(of: silent, by: Desk.officer)?.code == .missingReason)
  }

  @Test func `a sanction the platform has not confirmed is known to be so, change by change`()
    throws
  {
    var desk = try Desk.ofConduct()
    try desk.posts(1...2)
    #expect(try desk.sanctions().allSatisfy { $0.confirmed == nil })
    try desk.conduct(.confirmSanction(SanctionID(count: 2)), by: .system)
    #expect(try desk.sanctions().last?.confirmed == desk.now)
    desk.pass(.days(8))
    #expect(try desk.sanctions().last?.confirmed == nil)
  }

  @Test func `a field that nobody told does not switch a rule off`() throws {
    var desk = try Desk.ofConduct()
    try desk.enforce(.sample("media", .venue, kind: "solicitation", accounts: ["media"]))
    #expect(try desk.post(1, .venue).conductStory == ["opened a-1", "held i-1"])
  }

  @Test func `an account that won its appeal is not sanctioned again for the same posts`() throws {
    var desk = try Desk.ofConduct()
    try desk.posts(1...2)
    try desk.conduct(.fileAppeal(SanctionID(count: 2), text: "No."), by: .system)
    try desk.conduct(
      .decideAppeal(AppealID(count: 1), .overturned([]), reason: "r"), by: Desk.reviewer)
    for number in 1...2 { #expect(try desk.post(number).isEmpty) }
    #expect(try desk.post(3, .paymentAcceptance).conductStory == ["i-3"])
  }
}

extension Desk {
  fileprivate mutating func posts1and2() throws -> [Event] { try post(1) + post(2) }
}

extension Event {
  fileprivate var isImposition: Bool {
    guard case .conduct(.sanctionImposed) = change else { return false }
    return true
  }
}
