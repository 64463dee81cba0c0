import Testing

@testable import Enforcement

@Suite struct `An amendment` {
  @Test func `takes effect at once when a second person confirms it`() throws {
    var (desk, id) = try Self.inForce()
    #expect(
      try desk.perform(.amendOrder(id, Self.amendment(effective: nil)), by: Desk.clerk).story
        == ["amended 2", "assessed 2"])
    #expect(try desk.order(id).current.number == 1)
    #expect(try desk.order(id).pending?.number == 2)
    #expect(try desk.order(id).state == .inForce)
    #expect(
      try desk.perform(.confirmOrder(id), by: Desk.officer).story
        == ["confirmed 2", "in force 2 2018-09-01"])
    let order = try desk.order(id)
    #expect(order.current.number == 2 && order.pending == nil && order.past.map(\.number) == [1])
    #expect(order.current.difference == TargetDifference(added: 1, removed: 0, kept: 2))
    #expect(order.state == .inForce)
  }

  @Test func `is confirmed by another person than the one who received it, and only that one`()
    throws
  {
    var (desk, id) = try Self.inForce(receivedBy: Desk.officer, confirmedBy: Desk.secondOfficer)
    try desk.perform(.amendOrder(id, Self.amendment()), by: Desk.secondOfficer)
    #expect(desk.refusal(of: .confirmOrder(id), by: Desk.secondOfficer)?.code == .sameOfficer)
    #expect(desk.refusal(of: .confirmOrder(id), by: Desk.officer) == nil)
  }

  @Test func `with a later date waits for it, and the old version holds until then`() throws {
    var (desk, id) = try Self.inForce()
    try desk.perform(.amendOrder(id, Self.amendment(effective: "2018-12-01")), by: Desk.clerk)
    #expect(try desk.perform(.confirmOrder(id), by: Desk.officer).story == ["confirmed 2"])
    desk.wait(until: "2018-11-30T23:59:59.999Z")
    #expect(try desk.order(id).current.number == 1)
    #expect(try desk.order(id).state == .inForce)
    desk.wait(until: "2018-12-01")
    #expect(try desk.order(id).current.number == 2)
    #expect(desk.events.story.last == "in force 2 2018-12-01")
  }

  @Test func `with a later date leaves the first version to begin on its own day`() throws {
    var desk = Desk()
    let id = try desk.receive()
    try desk.perform(.confirmOrder(id), by: Desk.officer)
    try desk.perform(.amendOrder(id, Self.amendment(effective: "2018-12-01")), by: Desk.clerk)
    try desk.perform(.confirmOrder(id), by: Desk.officer)
    #expect(desk.register.nextDue() == instant("2018-08-24"))
    desk.wait(until: "2018-08-24")
    #expect(try desk.order(id).state == .inForce)
    #expect(try desk.order(id).current.number == 1)
    #expect(try desk.order(id).inForceSince == instant("2018-08-24"))
    desk.wait(until: "2018-12-01")
    #expect(try desk.order(id).current.number == 2)
    #expect(try desk.order(id).inForceSince == instant("2018-08-24"))
  }

  @Test func `with an earlier date replaces a first version that has not begun`() throws {
    for effective in ["2018-08-23T18:00:00Z", "2018-08-24"] {
      var desk = Desk()
      let id = try desk.receive()
      try desk.perform(.confirmOrder(id), by: Desk.officer)
      try desk.perform(.amendOrder(id, Self.amendment(effective: effective)), by: Desk.clerk)
      try desk.perform(.confirmOrder(id), by: Desk.officer)
      desk.wait(until: "2018-08-25")
      #expect(desk.events.story.filter { $0.hasPrefix("in force") }.count == 1)
      #expect(try desk.order(id).current.number == 2)
      #expect(try desk.order(id).state == .inForce)
    }
  }

  @Test func `that waits for a person does not hinder the first version's day`() throws {
    var desk = Desk()
    let id = try desk.receive()
    try desk.perform(.confirmOrder(id), by: Desk.officer)
    try desk.perform(.amendOrder(id, Self.amendment()), by: Desk.clerk)
    desk.wait(until: "2018-08-24")
    #expect(try desk.order(id).state == .inForce)
    #expect(try desk.order(id).current.number == 1)
    desk.wait(until: "2019-08-24")
    #expect(try desk.order(id).state == .expired)
    #expect(try desk.order(id).pending == nil)
  }

  @Test func `moves the end of the order only once it is confirmed`() throws {
    for (expires, confirmed) in [("2018-10-01", true), ("2020-10-01", true), ("2018-10-01", false)]
    {
      var (desk, id) = try Self.inForce()
      try desk.perform(.amendOrder(id, Self.amendment(expires: expires)), by: Desk.clerk)
      if confirmed { try desk.perform(.confirmOrder(id), by: Desk.officer) }
      let end = instant(confirmed ? expires : "2019-08-24")
      #expect(desk.register.nextDue() == end)
      desk.wait(until: end + .milliseconds(-1))
      #expect(try desk.order(id).state == .inForce)
      desk.wait(until: end)
      #expect(try desk.order(id).state == .expired)
    }
  }

  @Test func `that shortens the term from a later day on ends the order on the new day`() throws {
    var (desk, id) = try Self.inForce()
    try desk.perform(
      .amendOrder(id, Self.amendment(effective: "2018-10-01", expires: "2018-11-01")),
      by: Desk.clerk)
    try desk.perform(.confirmOrder(id), by: Desk.officer)
    desk.wait(until: instant("2019-01-01"), catchingUp: false)
    #expect(desk.catchUp().story == ["in force 2 2018-10-01", "expired 2018-11-01"])
  }

  @Test func `that renews the order from the moment it ends goes on without a gap`() throws {
    var (desk, id) = try Self.inForce()
    try desk.perform(
      .amendOrder(id, Self.amendment(effective: "2019-08-24", expires: "2020-08-24")),
      by: Desk.clerk)
    try desk.perform(.confirmOrder(id), by: Desk.officer)
    desk.wait(until: "2019-08-24")
    #expect(try desk.order(id).state == .inForce)
    #expect(try desk.order(id).current.number == 2)
    desk.wait(until: "2020-08-24")
    #expect(try desk.order(id).state == .expired)
  }

  @Test func `that would begin after the order ended does not revive it`() throws {
    var (desk, id) = try Self.inForce()
    let late = Self.amendment(effective: "2019-08-25", expires: "2020-08-24")
    do {
      try desk.perform(.amendOrder(id, late), by: Desk.clerk)
      try desk.perform(.confirmOrder(id), by: Desk.officer)
    } catch let refusal as Refusal {
      #expect(refusal.code == .badField)
    }
    desk.wait(until: "2019-08-24")
    #expect(try desk.order(id).state == .expired)
    desk.wait(until: "2019-09-01")
    #expect(try desk.order(id).state == .expired)
  }

  @Test func `whose own term passed before it was confirmed is refused`() throws {
    var (desk, id) = try Self.inForce()
    try desk.perform(.amendOrder(id, Self.amendment(expires: "2018-10-01")), by: Desk.clerk)
    desk.wait(until: "2018-10-01")
    #expect(desk.refusal(of: .confirmOrder(id), by: Desk.officer)?.code == .alreadyExpired)
    #expect(try desk.order(id).state == .inForce)
    #expect(try desk.order(id).current.number == 1)
  }

  @Test func `of a suspended order takes effect when it is resumed`() throws {
    var (desk, id) = try Self.inForce()
    try desk.perform(.suspendOrder(id, reason: "wait"), by: Desk.officer)
    try desk.perform(.amendOrder(id, Self.amendment()), by: Desk.clerk)
    try desk.perform(.confirmOrder(id), by: Desk.officer)
    #expect(try desk.order(id).state == .suspended)
    desk.wait(until: "2018-10-01")
    try desk.perform(.resumeOrder(id, reason: "go"), by: Desk.officer)
    #expect(try desk.order(id).state == .inForce)
    #expect(try desk.order(id).current.number == 2)
  }

  @Test func `of a suspended order that falls due leaves it suspended`() throws {
    var (desk, id) = try Self.inForce()
    try desk.perform(.amendOrder(id, Self.amendment(effective: "2018-10-01")), by: Desk.clerk)
    try desk.perform(.confirmOrder(id), by: Desk.officer)
    try desk.perform(.suspendOrder(id, reason: "wait"), by: Desk.officer)
    desk.wait(until: "2018-10-02")
    #expect(try desk.order(id).state == .suspended)
    #expect(try !desk.order(id).isEnforceable)
    try desk.perform(.resumeOrder(id, reason: "go"), by: Desk.officer)
    #expect(try desk.order(id).current.number == 2)
    #expect(try desk.order(id).state == .inForce)
  }

  @Test func `goes with the order when that is revoked`() throws {
    for confirmed in [false, true] {
      var (desk, id) = try Self.inForce()
      try desk.perform(.amendOrder(id, Self.amendment(effective: "2018-12-01")), by: Desk.clerk)
      if confirmed { try desk.perform(.confirmOrder(id), by: Desk.officer) }
      try desk.perform(.revokeOrder(id, reason: "quashed"), by: Desk.officer)
      #expect(try desk.order(id).pending == nil)
      #expect(desk.register.nextDue() == nil)
      desk.wait(until: "2019-01-01")
      #expect(try desk.order(id).state == .revoked)
      #expect(try desk.order(id).current.number == 1)
    }
  }

  @Test func `of an order nobody confirmed yet replaces its wording`() throws {
    var desk = Desk()
    let id = try desk.receive(.sample(open: [LineID(line: 1): .hold]), by: Desk.officer)
    try desk.perform(.amendOrder(id, Self.amendment()), by: Desk.secondOfficer)
    let order = try desk.order(id)
    #expect(order.state == .assessed && order.current.number == 2 && order.pending == nil)
    #expect(order.past.map(\.number) == [1])
    #expect(order.firstReceived == order.past[0].received)
    #expect(desk.refusal(of: .confirmOrder(id), by: Desk.secondOfficer)?.code == .sameOfficer)
    try desk.perform(.confirmOrder(id), by: Desk.officer)
    #expect(try desk.order(id).state == .inForce)
  }

  @Test func `keeps authority and reference`() throws {
    let (desk, id) = try Self.inForce()
    var other = OrderClaim.sample(reference: "IFRR-2018-118")
    #expect(desk.refusal(of: .amendOrder(id, .sample(other)), by: Desk.clerk)?.code == .badField)
    other = .sample()
    other.authority = "Another Supervisor"
    #expect(desk.refusal(of: .amendOrder(id, .sample(other)), by: Desk.clerk)?.code == .badField)
  }

  @Test func `with open lines holds nothing up but itself`() throws {
    var (desk, id) = try Self.inForce()
    var amendment = Self.amendment()
    amendment.assessment.openLines = [LineID(line: 9): .hold]
    amendment.assessment.tally.hold = 1
    try desk.perform(.amendOrder(id, amendment), by: Desk.clerk)
    #expect(desk.refusal(of: .confirmOrder(id), by: Desk.officer)?.code == .openLines)
    #expect(try desk.order(id).state == .inForce)
    try desk.perform(
      .settleLines(
        id, [LineID(line: 9): ProposedSettlement(outcome: .accepted)], reason: "checked"),
      by: Desk.reviewer)
    #expect(try desk.order(id).current.settlements.isEmpty)
    try desk.perform(.confirmOrder(id), by: Desk.officer)
    #expect(try desk.order(id).current.settlements.count == 1)
  }

  /// An order in force on 2018-09-01, until 2019-08-24.
  private static func inForce(
    receivedBy: Actor = Desk.clerk, confirmedBy: Actor = Desk.officer
  ) throws -> (Desk, OrderID) {
    var desk = Desk()
    let id = try desk.receive(by: receivedBy)
    try desk.perform(.confirmOrder(id), by: confirmedBy)
    desk.wait(until: "2018-09-01")
    return (desk, id)
  }

  private static func amendment(
    effective: String? = nil, expires: String = "2019-08-24"
  ) -> Submission {
    .sample(.sample(effective: effective, expires: expires))
  }
}
