import Testing

@testable import Enforcement

@Suite struct `Appeals` {
  private static let id = AppealID(count: 1)

  /// A suspension by olga's rule, let through by otto, against which alice appeals.
  private func suspended() throws -> Desk {
    var desk = try Desk.ofConduct()
    try desk.post(1, .tokenSale)
    try desk.conduct(
      .approveSanction(SanctionID(count: 1), reason: "clear"), by: Desk.secondOfficer)
    try desk.conduct(.fileAppeal(SanctionID(count: 1), text: "It was a joke."), by: .system)
    return desk
  }

  @Test func `are decided by one who took no part`() throws {
    let desk = try suspended()
    let decide = ConductCommand.decideAppeal(Self.id, .upheld, reason: "read all of it")
    let author = desk.refusal(of: decide, by: Desk.officer)
    let approver = desk.refusal(of: decide, by: Desk.secondOfficer)
    #expect(author?.code == .tookPart && approver?.code == .tookPart)
    #expect(author?.code.isRecorded == true)
    for actor in [Desk.thirdOfficer, Desk.reviewer, Desk.admin] {
      #expect(desk.refusal(of: decide, by: actor) == nil)
    }
    for actor in [Desk.clerk, Desk.auditor, Desk.platform, .system] {
      #expect(desk.refusal(of: decide, by: actor)?.code == .notAllowed)
    }
  }

  @Test func `who proposed the sanction, or settled its infraction, took part`() throws {
    var desk = try Desk.ofConduct()
    try desk.enforce(.sample("ask", .venue, kind: "promotion", asksPerson: true))
    try desk.post(1, .venue)
    try desk.conduct(
      .settleInfraction(InfractionID(count: 1), .count, reason: "it is one"), by: Desk.reviewer)
    try desk.conduct(
      .proposeSanction(
        AccountID(count: 1), .restriction(days: 9), infractions: [InfractionID(count: 1)],
        clause: "c", reason: "r"), by: Desk.thirdOfficer)
    try desk.conduct(.fileAppeal(SanctionID(count: 1), text: "No."), by: .system)
    let decide = ConductCommand.decideAppeal(Self.id, .upheld, reason: "r")
    for actor in [Desk.reviewer, Desk.thirdOfficer, Desk.officer] {
      #expect(desk.refusal(of: decide, by: actor)?.code == .tookPart)
    }
    #expect(desk.refusal(of: decide, by: Desk.secondReviewer) == nil)
  }

  @Test func `are due by the platform's terms of the day on which they were filed`() throws {
    var desk = try Desk.ofConduct()
    var platform = try #require(desk.book.platforms[Desk.meadow])
    platform.terms.answerDays = 14
    try desk.conduct(.setPlatform(platform), by: Desk.admin)
    try desk.posts(1...2)
    try desk.conduct(.fileAppeal(SanctionID(count: 1), text: "No."), by: .system)
    let filed = desk.now
    platform.terms.answerDays = 3
    try desk.conduct(.setPlatform(platform), by: Desk.admin)
    platform.terms.answerDays = nil
    desk.pass(.days(1))
    try desk.conduct(.setPlatform(platform), by: Desk.admin)
    try desk.conduct(.fileAppeal(SanctionID(count: 2), text: "Nor this."), by: .system)
    let due = { (desk: Desk, number: Int) in desk.book.appeals[AppealID(count: number)]?.answerBy }
    #expect(due(desk, 1) == filed + .days(14) && due(desk, 2) == nil)
    let open = try #require(desk.book.appeals[Self.id])
    #expect(!open.isOverdue(at: filed + .days(14) + .milliseconds(-1)))
    #expect(open.isOverdue(at: filed + .days(14)))
  }

  @Test func `that are late stay open, and are late no more once they are decided`() throws {
    var desk = try Desk.ofConduct()
    var platform = try #require(desk.book.platforms[Desk.meadow])
    platform.terms.answerDays = 14
    try desk.conduct(.setPlatform(platform), by: Desk.admin)
    try desk.post(1)
    try desk.conduct(.fileAppeal(SanctionID(count: 1), text: "No."), by: .system)
    let entries = desk.events.count
    desk.pass(.days(30))
    #expect(desk.events.count == entries, "nothing decides by itself")
    #expect(desk.book.appeals[Self.id]?.isOverdue(at: desk.now) == true)
    try desk.conduct(
      .decideAppeal(Self.id, .upheld, reason: "read it, late"), by: Desk.reviewer)
    #expect(desk.book.appeals[Self.id]?.isOverdue(at: desk.now) == false)
  }

  @Test func `the time runs from the delivery of the notice, and not before`() throws {
    var desk = try Desk.ofConduct()
    try desk.post(1)
    let file = ConductCommand.fileAppeal(SanctionID(count: 1), text: "Why?")
    desk.pass(.days(400))
    #expect(desk.refusal(of: file, by: .system) == nil, "the notice never arrived")
    try desk.conduct(.recordNoticeDelivery(SanctionID(count: 1)), by: Desk.platform)
    #expect(try desk.sanctions().first?.appealEnd == desk.now + .days(184))
    desk.pass(.days(184) + .milliseconds(-1))
    #expect(desk.refusal(of: file, by: .system) == nil)
    desk.pass(.milliseconds(1))
    #expect(desk.refusal(of: file, by: .system)?.code == .tooLate)
  }

  @Test func `a sanction is appealed against once, and in words that fit`() throws {
    var desk = try suspended()
    let again = ConductCommand.fileAppeal(SanctionID(count: 1), text: "Again.")
    #expect(desk.refusal(of: again, by: .system)?.code == .wrongState)
    let long = String(repeating: "x", count: Appeal.textLimit + 1)
    #expect(
      desk.refusal(of: .answerAppeal(Self.id, text: long), by: .system)?.code == .badField)
    for _ in 1..<Appeal.messageLimit {
      try desk.conduct(.answerAppeal(Self.id, text: "more"), by: .system)
    }
    #expect(
      desk.refusal(of: .answerAppeal(Self.id, text: "more"), by: Desk.reviewer)?.code == .badField)
  }

  @Test func `an upheld sanction stands`() throws {
    var desk = try suspended()
    try desk.conduct(.decideAppeal(Self.id, .upheld, reason: "r"), by: Desk.reviewer)
    #expect(try desk.sanctions().first?.state == .imposed)
    let again = ConductCommand.decideAppeal(Self.id, .overturned([]), reason: "r")
    #expect(desk.refusal(of: again, by: Desk.secondReviewer)?.code == .wrongState)
  }

  @Test func `to reduce makes milder, from the day on which it began`() throws {
    var desk = try suspended()
    let harder = ConductCommand.decideAppeal(
      Self.id, .reduced(.suspension(days: 60)), reason: "r")
    #expect(desk.refusal(of: harder, by: Desk.reviewer)?.code == .badField)
    desk.pass(.days(2))
    try desk.conduct(
      .decideAppeal(Self.id, .reduced(.suspension(days: 5)), reason: "first time"),
      by: Desk.reviewer)
    let sanction = try #require(try desk.sanctions().first)
    #expect(sanction.until == sanction.imposed.map { $0 + .days(5) })
    #expect(sanction.notice?.until == sanction.until && sanction.notice?.terms.days == 5)
    #expect(desk.register.nextDue() == sanction.until)
  }

  @Test func `to reduce to less than has passed ends it now`() throws {
    var desk = try suspended()
    desk.pass(.days(10))
    try desk.conduct(
      .decideAppeal(Self.id, .reduced(.suspension(days: 5)), reason: "r"), by: Desk.reviewer)
    #expect(desk.register.nextDue() == desk.now)
    #expect(desk.catchUp().conductStory == ["lifted s-1 due"])
  }

  @Test func `to overturn gives relief at once`() throws {
    var desk = try suspended()
    let events = try desk.conduct(
      .decideAppeal(Self.id, .overturned([]), reason: "a quotation"), by: Desk.reviewer)
    #expect(events.conductStory == ["decided ap-1", "overturn i-1", "lifted s-1 appeal"])
    #expect(try desk.points() == 0)
    #expect(try desk.sanctions().first?.state == .overturned)
    #expect(desk.book.infractions[InfractionID(count: 1)]?.state == .overturned)
  }

  @Test func `names only infractions that the sanction leans on`() throws {
    var desk = try suspended()
    try desk.post(2, by: "bob")
    let decide = ConductCommand.decideAppeal(
      Self.id, .overturned([InfractionID(count: 2)]), reason: "r")
    #expect(desk.refusal(of: decide, by: Desk.reviewer)?.code == .badField)
  }

  @Test func `one that is over may be found wrong, and one that never was may not`() throws {
    var desk = try Desk.ofConduct()
    try desk.posts(1...2)
    desk.pass(.days(30))
    #expect(try desk.sanctions().last?.state == .lifted)
    try desk.conduct(.fileAppeal(SanctionID(count: 2), text: "Still."), by: .system)
    let events = try desk.conduct(
      .decideAppeal(Self.id, .overturned([]), reason: "r"), by: Desk.reviewer)
    #expect(events.conductStory.suffix(2) == ["lifted s-1 relief", "lifted s-2 appeal"])
    try desk.post(3, .tokenSale)
    let file = ConductCommand.fileAppeal(SanctionID(count: 3), text: "No.")
    #expect(desk.refusal(of: file, by: .system)?.code == .wrongState)
    #expect(
      desk.refusal(of: .fileAppeal(SanctionID(count: 1), text: "No."), by: .system)?.code
        == .wrongState)
  }
}
