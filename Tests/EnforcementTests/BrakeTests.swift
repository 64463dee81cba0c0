import Testing

@testable import Enforcement

@Suite struct `The brake` {
  private static let line = LineID(line: 2)
  private static let much = BrakeReading(matched: 300, counted: 1_000, seconds: 60)

  /// An order in force since 2018-08-24.
  private func inForce(_ desk: inout Desk, reference: String = "R") throws -> OrderID {
    let id = try desk.receive(.sample(.sample(reference: reference)))
    try desk.perform(.confirmOrder(id), by: Desk.officer)
    desk.wait(until: max(desk.now, instant("2018-08-24T01:00:00Z")))
    return id
  }

  private func verdict(
    _ brake: Brake, _ desk: Desk, _ id: OrderID, _ reading: BrakeReading = much
  ) throws -> Brake.Verdict {
    brake.verdict(
      on: Self.line, of: try desk.order(id), reading, in: desk.register, at: desk.now)
  }

  @Test func `pauses a line of a young order that matches too large a share`() throws {
    var desk = Desk()
    let id = try inForce(&desk)
    #expect(try verdict(Brake(), desk, id) == .pause)
    let event = try #require(
      try desk.perform(.pauseLine(id, Self.line, Self.much), by: .system).first)
    #expect(event.actor == .system)
    let order = try desk.order(id)
    #expect(order.state == .inForce && order.isEnforceable)
    #expect(
      order.current.pausedLines == [Self.line: LinePause(since: desk.now, reading: Self.much)])
    #expect(try verdict(Brake(), desk, id) == .pass)
    #expect(try desk.perform(.pauseLine(id, Self.line, Self.much), by: .system).isEmpty)
  }

  @Test(arguments: [
    BrakeReading(matched: 100, counted: 1_000, seconds: 60),
    BrakeReading(matched: 199, counted: 200, seconds: 60),
    BrakeReading(matched: 0, counted: 0, seconds: 60),
  ])
  func `lets pass what is no more than the share, or too little to tell`(
    reading: BrakeReading
  ) throws {
    var desk = Desk()
    let id = try inForce(&desk)
    #expect(try verdict(Brake(), desk, id, reading) == .pass)
  }

  @Test func `is off at 0 percent`() throws {
    var desk = Desk()
    let id = try inForce(&desk)
    #expect(try verdict(Brake(percent: 0), desk, id) == .pass)
  }

  @Test func `leaves an order that stood for long to people, however many ask`() throws {
    var desk = Desk()
    let id = try inForce(&desk)
    desk.wait(until: "2018-08-25")
    #expect(try verdict(Brake(), desk, id) == .pause)
    desk.wait(until: "2018-08-25T00:00:00.001Z")
    #expect(try verdict(Brake(), desk, id) == .warn(.established))
  }

  @Test func `leaves a line alone that an officer put back`() throws {
    var desk = Desk()
    let id = try inForce(&desk)
    try desk.perform(.pauseLine(id, Self.line, Self.much), by: .system)
    try desk.perform(.resumeLine(id, Self.line, reason: "a flood"), by: Desk.officer)
    #expect(try desk.order(id).current.pausedLines.isEmpty)
    #expect(try verdict(Brake(), desk, id) == .warn(.released))
    #expect(
      desk.refusal(of: .pauseLine(id, Self.line, Self.much), by: .system)?.code == .wrongState)
  }

  @Test func `pauses no more than a few lines a day, whatever a flood makes of it`() throws {
    var desk = Desk()
    let brake = Brake(dailyLimit: 2)
    let ids = try ["A", "B", "C"].map { try inForce(&desk, reference: $0) }
    for id in ids.prefix(2) {
      #expect(try verdict(brake, desk, id) == .pause)
      try desk.perform(.pauseLine(id, Self.line, Self.much), by: .system)
    }
    #expect(try verdict(brake, desk, ids[2]) == .warn(.dailyLimit))
    try desk.perform(.resumeLine(ids[0], Self.line, reason: "a flood"), by: Desk.officer)
    #expect(try verdict(brake, desk, ids[2]) == .warn(.dailyLimit), "putting back frees nothing")
  }

  @Test func `watches blocks alone, and of orders in force alone`() throws {
    var desk = Desk()
    var claim = OrderClaim.sample(reference: "O")
    claim.mode = "observe"
    let observed = try desk.receive(.sample(claim))
    let blocked = try inForce(&desk)
    try desk.perform(.confirmOrder(observed), by: Desk.officer)
    #expect(try desk.order(observed).state == .inForce)
    #expect(try verdict(Brake(), desk, observed) == .pass)
    try desk.perform(.suspendOrder(blocked, reason: "a court asks"), by: Desk.officer)
    #expect(try verdict(Brake(), desk, blocked) == .pass)
    for id in [observed, blocked] {
      #expect(
        desk.refusal(of: .pauseLine(id, Self.line, Self.much), by: .system)?.code == .wrongState)
    }
  }

  @Test func `alone pauses lines, and people alone put them back`() throws {
    var desk = Desk()
    let id = try inForce(&desk)
    for actor in [Desk.admin, Desk.officer, Desk.clerk, Desk.auditor] {
      #expect(
        desk.refusal(of: .pauseLine(id, Self.line, Self.much), by: actor)?.code == .notAllowed)
    }
    try desk.perform(.pauseLine(id, Self.line, Self.much), by: .system)
    let resume = Command.resumeLine(id, Self.line, reason: "it is meant")
    for actor in [Actor.system, Desk.clerk, Desk.reviewer, Desk.auditor] {
      #expect(desk.refusal(of: resume, by: actor)?.code == .notAllowed)
    }
    #expect(
      desk.refusal(of: .resumeLine(id, Self.line, reason: " "), by: Desk.officer)?.code
        == .missingReason)
    #expect(
      desk.refusal(of: .resumeLine(id, LineID(line: 9), reason: "so"), by: Desk.officer)?.code
        == .unknownLine)
    try desk.perform(resume, by: Desk.admin)
    #expect(desk.refusal(of: resume, by: Desk.admin)?.code == .unknownLine)
  }

  @Test func `says where a paused line is put back to who resumes the order`() throws {
    var desk = Desk()
    let id = try inForce(&desk)
    try desk.perform(.pauseLine(id, Self.line, Self.much), by: .system)
    let refusal = desk.refusal(of: .resumeOrder(id, reason: "so"), by: Desk.officer)
    #expect(refusal?.text.contains("--line 2") == true)
  }

  @Test func `forgets its pauses with the wording they were about`() throws {
    var desk = Desk()
    let id = try inForce(&desk)
    try desk.perform(.pauseLine(id, Self.line, Self.much), by: .system)
    try desk.perform(
      .amendOrder(id, .sample(.sample(reference: "R", effective: nil))), by: Desk.clerk)
    try desk.perform(.confirmOrder(id), by: Desk.officer)
    let order = try desk.order(id)
    #expect(order.current.number == 2 && order.current.pausedLines.isEmpty)
    #expect(order.past.first?.pausedLines.count == 1)
    #expect(try verdict(Brake(), desk, id) == .pause)
  }
}
