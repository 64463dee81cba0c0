import Testing

@testable import Enforcement

@Suite struct `Sanctions` {
  @Test(arguments: SanctionNotice.Item.allCases)
  func `a restriction does not take effect without each part of its notice`(
    item: SanctionNotice.Item
  ) throws {
    var desk = try Desk.ofConduct()
    try desk.posts(1...2)
    var notice = try #require(try desk.sanctions().last?.notice)
    #expect(notice.terms.kind == .restrict && notice.missing.isEmpty)
    switch item {
    case .language: notice.language = ""
    case .measure: notice.terms.restrictions = []
    case .duration: notice.until = nil
    case .territory: notice.territory = []
    case .facts: notice.ground.infractions = []
    case .clause: notice.ground.clauses = []
    case .appealAddress: notice.appealAddress = ""
    case .appealDays: notice.appealDays = 0
    }
    #expect(notice.missing == [item])
  }

  /// An entry that no administrator could make, as a damaged store might hold it.
  private static func lacking(_ item: SanctionNotice.Item) -> Platform? {
    var platform = Platform.sample()
    switch item {
    case .language: platform.language = ""
    case .territory: platform.territory = []
    case .appealAddress: platform.appealAddress = ""
    case .appealDays: platform.terms.appealDays = 0
    case .measure, .duration, .facts, .clause: return nil
    }
    return platform
  }

  @Test(arguments: SanctionNotice.Item.allCases)
  func `what a notice lacks is named, and nothing takes effect on any path`(
    item: SanctionNotice.Item
  ) throws {
    guard let platform = Self.lacking(item) else { return }
    var desk = try Desk.ofConduct()
    try desk.post(1)
    desk.record([
      Event(time: desk.now, actor: Desk.admin, change: .conduct(.platformSet(platform)))
    ])
    let events = try desk.post(2)
    #expect(events.conductStory == ["i-2", "proposed s-2 restrict"], "the strike is not lost")
    guard case .conduct(.sanctionProposed(_, _, _, let reason)) = events.last?.change else {
      return
    }
    #expect(reason.contains("lacks \(item.rawValue)"))
    let approve = desk.refusal(
      of: .approveSanction(SanctionID(count: 2), reason: "yes"), by: Desk.officer)
    #expect(approve?.code == .incompleteNotice && approve?.text.contains(item.rawValue) == true)
    let propose = ConductCommand.proposeSanction(
      AccountID(count: 1), .suspension(days: 3), infractions: [InfractionID(count: 1)],
      clause: "c", reason: "r")
    #expect(desk.refusal(of: propose, by: Desk.officer)?.code == .incompleteNotice)
  }

  @Test func `a warning and a restriction are the system's, at once and with all that is owed`()
    throws
  {
    var desk = try Desk.ofConduct()
    try desk.post(1)
    let events = try desk.post(2)
    #expect(events.allSatisfy { $0.actor == .system })
    let restriction = try #require(try desk.sanctions().last)
    let notice = try #require(restriction.notice)
    #expect(restriction.imposed == desk.now && restriction.until == desk.now + .days(7))
    #expect(notice.until == restriction.until && notice.territory == ["CN"])
    #expect(notice.ground.clauses == ["Clause of no-solicitation"])
    #expect(notice.ground.infractions == [InfractionID(count: 1), InfractionID(count: 2)])
    #expect(notice.automation == SanctionPlan.Automation(detection: true, decision: true))
    #expect(notice.language == "zh-Hans" && notice.appealDays == 184)
  }

  @Test func `a suspension waits for one officer`() throws {
    var desk = try Desk.ofConduct()
    try desk.post(1, .tokenSale)
    let id = SanctionID(count: 1)
    #expect(try desk.sanctions().first?.imposed == nil)
    for actor in [Desk.clerk, Desk.reviewer, Desk.auditor, Desk.platform, .system] {
      #expect(
        desk.refusal(of: .approveSanction(id, reason: "r"), by: actor)?.code == .notAllowed)
    }
    let events = try desk.conduct(.approveSanction(id, reason: "clear"), by: Desk.officer)
    #expect(events.conductStory == ["approved s-1", "imposed s-1 suspend"])
    #expect(events.map(\.actor) == [Desk.officer, .system])
  }

  @Test func `a closing waits for two different officers who are not its proposer`() throws {
    var desk = try Desk.ofConduct()
    try desk.post(1)
    let propose = ConductCommand.proposeSanction(
      AccountID(count: 1), .closing, infractions: [InfractionID(count: 1)], clause: "§ 4",
      reason: "a venue's own account")
    try desk.conduct(propose, by: Desk.officer)
    let approve = ConductCommand.approveSanction(SanctionID(count: 2), reason: "yes")
    #expect(desk.refusal(of: approve, by: Desk.officer)?.code == .sameOfficer)
    try desk.conduct(approve, by: Desk.secondOfficer)
    #expect(try desk.sanctions().last?.state == .proposed)
    #expect(desk.refusal(of: approve, by: Desk.secondOfficer)?.code == .sameOfficer)
    #expect(desk.refusal(of: approve, by: Desk.officer)?.code == .sameOfficer)
    try desk.conduct(approve, by: Desk.thirdOfficer)
    #expect(try desk.sanctions().last?.state == .imposed)
    #expect(try desk.sanctions().last?.until == nil)
  }

  @Test func `a ladder may ask for more officers, and never for fewer`() throws {
    var ladder = Ladder.sample()
    for place in ladder.rungs.indices { ladder.rungs[place].approvals = 0 }
    var desk = try Desk.ofConduct(ladder: ladder)
    #expect(desk.book.ladder(of: Desk.meadow)?.rungs.map(\.approvals) == [0, 0, 1, 2])
    var stricter = Ladder.sample(version: 2)
    stricter.rungs[1].approvals = 1
    stricter.rungs[2].approvals = 2
    try desk.conduct(.adoptLadder(platform: Desk.meadow, stricter), by: Desk.admin)
    try desk.posts(1...2)
    #expect(try desk.sanctions().map(\.state) == [.imposed, .proposed])
    #expect(desk.book.approvals(for: .suspend, on: Desk.meadow) == 2)
  }

  /// A plan in a damaged store that asks for nobody still needs who the house asks for.
  @Test func `a plan that asks for no officer needs them all the same`() throws {
    var desk = try Desk.ofConduct()
    try desk.post(1, .tokenSale)
    var plan = try #require(try desk.sanctions().first?.plan)
    plan.approvals = 0
    plan.terms = .closing
    desk.record([
      Event(
        time: desk.now, actor: .system,
        change: .conduct(
          .sanctionProposed(SanctionID(count: 2), AccountID(count: 1), plan, reason: "r")))
    ])
    let approve = ConductCommand.approveSanction(SanctionID(count: 2), reason: "r")
    #expect(try desk.conduct(approve, by: Desk.officer).conductStory == ["approved s-2"])
  }

  @Test func `a sanction milder than one in force does nothing, and a harder one takes its place`()
    throws
  {
    var desk = try Desk.ofConduct()
    try desk.posts(1...2)
    let account = AccountID(count: 1)
    let ground = [InfractionID(count: 1)]
    for terms in [SanctionTerms.warning, .restriction(days: 7), .restriction(days: 1)] {
      let command = ConductCommand.proposeSanction(
        account, terms, infractions: ground, clause: "c", reason: "r")
      #expect(desk.refusal(of: command, by: Desk.officer)?.code == .wrongState)
    }
    let harder = try desk.conduct(
      .proposeSanction(
        account, .restriction(days: 14), infractions: ground, clause: "c", reason: "r"),
      by: Desk.officer)
    #expect(
      harder.conductStory == [
        "proposed s-3 restrict", "imposed s-3 restrict", "lifted s-2 replaced",
      ])
    try desk.conduct(
      .proposeSanction(
        account, .suspension(days: 1), infractions: ground, clause: "c", reason: "r"),
      by: Desk.officer)
    let suspended = try desk.conduct(
      .approveSanction(SanctionID(count: 4), reason: "r"), by: Desk.secondOfficer)
    #expect(
      suspended.conductStory == ["approved s-4", "imposed s-4 suspend", "lifted s-3 replaced"])
    #expect(desk.book.sanctionsInForce(on: account, at: desk.now).map(\.id.count) == [4])
  }

  @Test func `what waits is declined once something harder takes effect`() throws {
    var desk = try Desk.ofConduct()
    try desk.post(1, .tokenSale)
    let close = ConductCommand.proposeSanction(
      AccountID(count: 1), .closing, infractions: [InfractionID(count: 1)], clause: "c", reason: "r"
    )
    try desk.conduct(close, by: Desk.officer)
    #expect(desk.refusal(of: close, by: Desk.officer)?.code == .wrongState, "one is enough")
    let approve = ConductCommand.approveSanction(SanctionID(count: 2), reason: "r")
    try desk.conduct(approve, by: Desk.secondOfficer)
    let events = try desk.conduct(approve, by: Desk.thirdOfficer)
    #expect(events.conductStory == ["approved s-2", "imposed s-2 close", "declined s-1"])
  }

  @Test func `it ends by itself, as the system's act, however long nobody looked`() throws {
    var desk = try Desk.ofConduct()
    try desk.posts(1...2)
    let until = try #require(try desk.sanctions().last?.until)
    #expect(desk.register.nextDue() == until)
    desk.wait(until: until + .days(40), catchingUp: false)
    #expect(desk.book.sanctionsInForce(on: AccountID(count: 1), at: desk.now).isEmpty)
    let events = desk.catchUp()
    let lifted = ConductChange.sanctionLifted(
      SanctionID(count: 2), .due, due: until, reason: "its time is over")
    #expect(events.map(\.change) == [.conduct(lifted)] && events.map(\.actor) == [.system])
    #expect(desk.register.nextDue() == nil)
  }

  @Test func `100,000 that are due at one moment are all lifted`() throws {
    var desk = try Desk.ofConduct()
    try desk.posts(1...2)
    let restriction = try #require(try desk.sanctions().last)
    let notice = try #require(restriction.notice)
    let count = 100_000
    var register = desk.register
    for number in 2...count {
      let account = AccountID(count: number)
      let identity = AccountEntry(identity: AccountIdentity(key: "k\(number)"))
      let changes: [ConductChange] = [
        .accountOpened(account, platform: Desk.meadow, identity),
        .sanctionImposed(SanctionID(count: number + 1), account, restriction.plan, notice),
      ]
      for change in changes {
        register.apply(Event(time: desk.now, actor: .system, change: .conduct(change)))
      }
    }
    let until = try #require(restriction.until)
    #expect(register.dueEvents(at: until + .milliseconds(-1)).isEmpty)
    let due = register.dueEvents(at: until)
    #expect(due.count == count)
    for event in due { register.apply(event) }
    #expect(register.dueEvents(at: .distantFuture).isEmpty && register.nextDue() == nil)
    #expect(register.conduct.sanctions.values.count { $0.endedBy == .due } == count)
  }

  @Test func `a platform confirms its own, each change once, and nobody else's`() throws {
    var desk = try Desk.ofConduct()
    try desk.posts(1...2)
    let id = SanctionID(count: 2)
    let confirm = ConductCommand.confirmSanction(id)
    #expect(desk.refusal(of: confirm, by: .named("harbor"))?.code == .notAllowed)
    #expect(try desk.conduct(confirm, by: Desk.platform).count == 1)
    #expect(try desk.conduct(confirm, by: .system).isEmpty)
    try desk.conduct(.liftSanction(id, reason: "r"), by: Desk.officer)
    #expect(try desk.sanctions().last?.confirmed == nil, "it is to be undone, and confirmed again")
    #expect(try desk.conduct(confirm, by: Desk.platform).count == 1)
  }
}
