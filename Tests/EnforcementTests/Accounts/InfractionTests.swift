import Testing

@testable import Enforcement

@Suite struct `Infractions and rules` {
  @Test func `a post counts once, however often it is handed in`() throws {
    var desk = try Desk.ofConduct()
    #expect(try desk.post(1).conductStory == ["opened a-1", "i-1", "imposed s-1 warn"])
    desk.pass(.days(1))
    #expect(try desk.post(1).isEmpty)
    let twice = [1, 2, 2].map { InfractionReport.sample("alice", post: $0, at: desk.now) }
    let events = try desk.conduct(.reportInfractions(platform: Desk.meadow, twice), by: .system)
    #expect(events.conductStory == ["i-2", "imposed s-2 restrict"])
  }

  @Test func `the core works out rule, kind and points, whatever it is told`() throws {
    var desk = try Desk.ofConduct()
    var report = InfractionReport.sample("alice", post: 1, at: desk.now)
    report.infraction.kind = slug("token-sale")
    report.infraction.rule = .sample("no-token-sale")
    report.infraction.held = .ruleAsks
    report.infraction.published = desk.now + .days(9)
    try desk.conduct(.reportInfractions(platform: Desk.meadow, [report]), by: .system)
    let found = try #require(desk.book.infractions[InfractionID(count: 1)])
    #expect(found.infraction.rule == .sample("no-solicitation") && found.infraction.held == nil)
    #expect(found.infraction.kind == slug("solicitation"))
    #expect(found.infraction.published == desk.now)
    #expect(try desk.account().strikes.map(\.points) == [3])
  }

  @Test func `what no rule makes an infraction leaves no trace`() throws {
    var desk = try Desk.ofConduct()
    #expect(try desk.post(1, score: 0.79).isEmpty)
    #expect(try desk.post(2, .venue).isEmpty)
    #expect(desk.book.accounts.isEmpty && desk.book.infractions.isEmpty)
  }

  @Test func `the words of the evidence are not kept in the book, its traits are`() throws {
    var desk = try Desk.ofConduct()
    let trait = Enforcement.Trait(kind: .wallet, value: "bc1q")
    let events = try desk.post(1, traits: [trait])
    let evidence = desk.book.infractions[InfractionID(count: 1)]?.infraction.evidence
    #expect(evidence?.pieces.isEmpty == true && evidence?.traits == [trait])
    let told = events.compactMap { event -> Int? in
      guard case .conduct(.infractionFound(_, _, let infraction, _)) = event.change else {
        return nil
      }
      return infraction.evidence.pieces.count
    }
    #expect(told == [1])
  }

  @Test func `a post is refused where nobody said that it is public`() throws {
    var platform = Platform.sample()
    platform.postsArePublic = false
    var desk = try Desk.ofConduct(platform: platform)
    var report = InfractionReport.sample("alice", post: 1, at: desk.now)
    let command = ConductCommand.reportInfractions(platform: Desk.meadow, [report])
    let refusal = desk.refusal(of: command, by: .system)
    #expect(refusal?.code == .notPublic && refusal?.code.isRecorded == true)
    report.saidPublic = true
    let events = try desk.conduct(
      .reportInfractions(platform: Desk.meadow, [report]), by: .system)
    #expect(events.count == 3)
  }

  @Test func `an account whose category nobody told waits for a person, and is never let off`()
    throws
  {
    var desk = try Desk.ofConduct()
    try desk.enforce(.sample("business", .venue, kind: "solicitation", accounts: ["business"]))
    #expect(try desk.post(1, .venue).conductStory == ["opened a-1", "held i-1"])
    let found = try #require(desk.book.infractions[InfractionID(count: 1)])
    #expect(found.infraction.held == .unknownCategory && found.state == .held)
    #expect(try desk.points() == 0)
    for (category, expected) in [("personal", []), ("business", ["i-2"])] {
      let entry = AccountEntry(
        identity: AccountIdentity(key: "alice"), category: slug(category))
      try desk.conduct(.registerAccounts(platform: Desk.meadow, [entry]), by: Desk.platform)
      #expect(try desk.post(2, .venue).conductStory.prefix(1) == expected[...])
    }
  }

  @Test func `a person settles what waits, once`() throws {
    var desk = try Desk.ofConduct()
    try desk.enforce(.sample("ask", .venue, kind: "solicitation", asksPerson: true))
    for number in 1...2 { try desk.post(number, .venue) }
    let one = InfractionID(count: 1)
    #expect(
      desk.refusal(of: .settleInfraction(one, .count, reason: "r"), by: Desk.clerk)?.code
        == .notAllowed)
    let counted = try desk.conduct(
      .settleInfraction(one, .count, reason: "r"), by: Desk.reviewer)
    #expect(counted.conductStory == ["count i-1", "imposed s-1 warn"])
    #expect(counted.map(\.actor) == [Desk.reviewer, .system])
    #expect(try desk.sanctions().first?.plan.automation.decision == false)
    #expect(try desk.conduct(.settleInfraction(one, .count, reason: "r"), by: Desk.officer).isEmpty)
    #expect(
      desk.refusal(of: .settleInfraction(one, .dismiss, reason: "r"), by: Desk.officer)?.code
        == .wrongState)
    let two = InfractionID(count: 2)
    try desk.conduct(.settleInfraction(two, .dismiss, reason: "news"), by: Desk.reviewer)
    #expect(try desk.points() == 3)
  }

  @Test func `one that waited decays from the day on which it was found`() throws {
    var desk = try Desk.ofConduct()
    try desk.enforce(.sample("ask", .venue, kind: "solicitation", asksPerson: true))
    try desk.post(1, .venue)
    desk.pass(.days(200))
    let events = try desk.conduct(
      .settleInfraction(InfractionID(count: 1), .count, reason: "late"), by: Desk.reviewer)
    #expect(events.conductStory == ["count i-1"])
    #expect(try desk.points() == 0)
  }

  @Test func `a kind that the ladder does not know waits, and is not counted by guess`() throws {
    var desk = try Desk.ofConduct()
    try desk.enforce(.sample("odd", .venue, kind: "unheard-of"))
    try desk.post(1, .venue)
    let id = InfractionID(count: 1)
    #expect(desk.book.infractions[id]?.infraction.held == .noWeight)
    #expect(
      desk.refusal(of: .settleInfraction(id, .count, reason: "r"), by: Desk.officer)?.code
        == .wrongState)
  }

  @Test func `a post on its way when its rule was stopped waits for a person`() throws {
    var desk = try Desk.ofConduct()
    let broken = try desk.conduct(
      .breakRule(.sample("no-solicitation"), reason: "201 of 2000 posts"), by: .system)
    #expect(broken.conductStory == ["no-solicitation@1 stopped"])
    #expect(
      try desk.conduct(
        .breakRule(.sample("no-solicitation"), reason: "again"), by: .system
      ).isEmpty)
    #expect(try desk.post(1).conductStory == ["opened a-1", "held i-1"])
    #expect(desk.book.infractions[InfractionID(count: 1)]?.infraction.held == .ruleStopped)
    var uncited = InfractionReport.sample("alice", post: 2, at: desk.now)
    uncited.infraction.rule = .sample("another")
    #expect(
      try desk.conduct(.reportInfractions(platform: Desk.meadow, [uncited]), by: .system).isEmpty)
  }

  @Test func `a rule acts only after every stage, and by another's word than its author's`() throws
  {
    var desk = try Desk.ofConduct()
    try desk.conduct(
      .writeRule(.sample("new", .venue, kind: "promotion")), by: Desk.secondOfficer)
    let rule = RuleReference.sample("new")
    func stage(_ stage: RuleStage, _ actor: Actor) -> Refusal.Code? {
      desk.refusal(of: .stageRule(rule, stage, reason: "r"), by: actor)?.code
    }
    let steps: [RuleStage] = [.tested(trial: .sample(1)), .shadow, .share(100), .live]
    for (place, step) in steps.enumerated() {
      for later in steps[(place + 1)...] { #expect(stage(later, Desk.officer) == .wrongState) }
      #expect(stage(step, Desk.secondOfficer) == (step.applies ? .sameOfficer : nil))
      #expect(stage(step, Desk.reviewer) == .notAllowed)
      if step != .live { #expect(try desk.post(50 + place, .venue).isEmpty) }
      try desk.conduct(.stageRule(rule, step, reason: "r"), by: Desk.officer)
    }
    #expect(try desk.post(99, .venue).conductStory == ["opened a-1", "i-1"])
  }

  @Test func `a share takes the same posts each time, and about as many as it says`() throws {
    let taken = (0..<10_000).filter { RuleStage.share(250).takes(.post($0)) }
    #expect((2_300...2_700).contains(taken.count))
    let more = (0..<10_000).filter { RuleStage.share(600).takes(.post($0)) }
    #expect(Set(taken).isSubset(of: more))
    #expect((0..<10_000).allSatisfy { RuleStage.share(1_000).takes(.post($0)) })
    #expect((0..<10_000).allSatisfy { !RuleStage.shadow.takes(.post($0)) })
  }

  @Test func `a new version takes the place of the old one once it is live`() throws {
    var desk = try Desk.ofConduct()
    try desk.conduct(
      .writeRule(.sample("no-solicitation", .solicitation, kind: "promotion")), by: Desk.officer)
    let newer = RuleReference.sample("no-solicitation", 2)
    for step in [RuleStage.tested(trial: .sample(1)), .shadow] {
      try desk.conduct(.stageRule(newer, step, reason: "r"), by: Desk.secondOfficer)
    }
    let sighting = Sighting(
      platform: Desk.meadow, account: nil, category: .solicitation, score: 0.9, post: .post(1))
    #expect(desk.book.match(sighting)?.rule == .sample("no-solicitation", 1))
    #expect(desk.book.shadowMatches(sighting) == [newer])
    try desk.conduct(.stageRule(newer, .share(500), reason: "r"), by: Desk.secondOfficer)
    let events = try desk.conduct(
      .stageRule(newer, .live, reason: "r"), by: Desk.secondOfficer)
    #expect(events.conductStory == ["no-solicitation@2 live", "no-solicitation@1 stopped"])
    #expect(desk.book.match(sighting)?.rule == newer)
  }

  @Test(arguments: [
    (matches: 19, seen: 19, trips: false), (20, 20, true), (20, 400, false), (21, 400, true),
    (100, 2_000, false), (101, 2_000, true),
  ])
  func `a breaker trips above its share, and not before its least number`(
    matches: Int, seen: Int, trips: Bool
  ) {
    #expect(ConductRule.Breaker().trips(matches: matches, of: seen) == trips)
  }
}
