import Testing

@testable import Enforcement

@Suite struct `Strikes and thresholds` {
  @Test func `10,000 strikes on one account add up exactly, and each threshold fires once`() throws
  {
    var desk = try Desk.ofConduct()
    for batch in 0..<10 {
      desk.pass(.seconds(1))
      let reports = (0..<1_000).map {
        InfractionReport.sample(
          "alice", post: batch * 1_000 + $0, .paymentAcceptance, at: desk.now)
      }
      try desk.conduct(.reportInfractions(platform: Desk.meadow, reports), by: .system)
    }
    #expect(try desk.account().strikes.count == 10_000)
    #expect(try desk.points() == 10_000)
    #expect(Set(try desk.account().strikes.map(\.infraction)).count == 10_000)
    let rungs = try desk.sanctions().map(\.plan.ground.rungPoints)
    #expect(rungs == [3, 6, 20])
  }

  @Test func `strikes of one millisecond are all kept`() throws {
    var desk = try Desk.ofConduct()
    let reports = (1...5).map { InfractionReport.sample("alice", post: $0, at: desk.now) }
    try desk.conduct(.reportInfractions(platform: Desk.meadow, reports), by: .system)
    #expect(try desk.account().strikes.map(\.at) == Array(repeating: desk.now, count: 5))
    #expect(try desk.points() == 15)
  }

  @Test func `points decay when read, and the strike stays on the record`() throws {
    var desk = try Desk.ofConduct()
    try desk.post(1)
    #expect(try desk.points() == 3)
    desk.pass(.days(180) + .milliseconds(-1))
    #expect(try desk.points() == 3)
    desk.pass(.milliseconds(1))
    #expect(try desk.points() == 0)
    #expect(try desk.account().strikes.map(\.points) == [3])
  }

  @Test func `a rung is answered once while the points stay above it`() throws {
    var desk = try Desk.ofConduct()
    try desk.post(1)
    #expect(try desk.sanctions().map(\.plan.terms.kind) == [.warn])
    for number in 2...3 { try desk.post(number, .paymentAcceptance) }
    #expect(try desk.points() == 5)
    #expect(try desk.sanctions().count == 1)
  }

  @Test func `a rung is answered again once the points have fallen below it`() throws {
    var desk = try Desk.ofConduct()
    try desk.post(1)
    desk.pass(.days(181))
    try desk.post(2)
    #expect(try desk.points() == 3)
    #expect(try desk.sanctions().map(\.plan.terms.kind) == [.warn, .warn])
  }

  @Test func `a rung whose points were kept from falling below it by a new strike stays answered`()
    throws
  {
    var desk = try Desk.ofConduct()
    try desk.post(1)
    desk.pass(.days(100))
    try desk.post(2, .paymentAcceptance)
    #expect(try desk.account().reached == 3)
    desk.pass(.days(79))
    for number in 3...4 { try desk.post(number, .paymentAcceptance) }
    #expect(try desk.sanctions().map(\.plan.terms.kind) == [.warn, .restrict])
    desk.pass(.days(2))
    #expect(try desk.points() == 3)
    try desk.post(5, .paymentAcceptance)
    #expect(try desk.sanctions().count == 2)
  }

  @Test func `simultaneous strikes climb rung by rung, and none is skipped by the sum`() throws {
    var desk = try Desk.ofConduct()
    let reports = (1...4).map { InfractionReport.sample("alice", post: $0, at: desk.now) }
    let events = try desk.conduct(
      .reportInfractions(platform: Desk.meadow, reports), by: .system)
    #expect(
      events.conductStory == [
        "opened a-1", "i-1", "imposed s-1 warn", "i-2", "imposed s-2 restrict", "i-3", "i-4",
      ])
  }

  @Test func `who was not warned before the post is not suspended for it, but for the next`()
    throws
  {
    var desk = try Desk.ofConduct()
    let early = desk.now
    try desk.post(1)
    desk.pass(.seconds(10))
    let written = (2...4).map { InfractionReport.sample("alice", post: $0, at: early) }
    try desk.conduct(.reportInfractions(platform: Desk.meadow, written), by: .system)
    #expect(try desk.points() == 12)
    #expect(try desk.sanctions().map(\.plan.terms.kind) == [.warn, .restrict])
    desk.pass(.seconds(10))
    let events = try desk.post(5, .paymentAcceptance)
    #expect(events.conductStory == ["i-5", "proposed s-3 suspend"])
    let ground = try #require(try desk.sanctions().last).plan.ground
    #expect(ground.points == 13 && ground.rungPoints == 10 && ground.warned)
    #expect(ground.setAside == [SanctionGround.SetAside(kind: .close, why: .points)])
  }

  @Test func `a grave infraction needs no warning where the ladder says so`() throws {
    var desk = try Desk.ofConduct()
    let events = try desk.post(1, .tokenSale)
    #expect(events.conductStory == ["opened a-1", "i-1", "proposed s-1 suspend"])
    let again = try desk.post(2, .tokenSale)
    #expect(again.conductStory == ["i-2"], "nobody warned it before it closes")
  }

  @Test func `an overturned strike lets its rung be reached again`() throws {
    var desk = try Desk.ofConduct()
    try desk.post(1)
    let undone = try desk.conduct(
      .settleInfraction(InfractionID(count: 1), .overturn, reason: "a quotation"),
      by: Desk.reviewer)
    #expect(undone.conductStory == ["overturn i-1", "lifted s-1 relief"])
    #expect(try desk.points() == 0)
    try desk.post(2)
    #expect(try desk.sanctions().map(\.state) == [.overturned, .imposed])
  }

  @Test func `a share of all posts keeps a rung from those who seldom infringe`() throws {
    var ladder = Ladder.sample()
    ladder.rungs[1].leastShare = 100
    var desk = try Desk.ofConduct(ladder: ladder)
    try desk.post(1, seen: 1_000)
    try desk.post(2, seen: 1_001)
    #expect(try desk.sanctions().map(\.plan.terms.kind) == [.warn])
    try desk.post(3, seen: 30)
    #expect(try desk.sanctions().map(\.plan.ground.share) == [1, 100])
    #expect(try desk.sanctions().map(\.plan.terms.kind) == [.warn, .restrict])
  }
}
