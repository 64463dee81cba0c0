import DomainNames
import Testing

@testable import Enforcement

@Suite struct `The life of an order` {
  @Test func `runs from receipt by its dates to expiry`() throws {
    var desk = Desk()
    let id = try desk.receive()
    #expect(id.text == "o-20180823-1")
    #expect(try desk.order(id).state == .assessed)
    #expect(try desk.perform(.confirmOrder(id), by: Desk.officer).story == ["confirmed 1"])
    #expect(try desk.order(id).state == .confirmed)
    #expect(desk.register.nextDue() == instant("2018-08-24"))

    desk.wait(until: "2018-08-23T23:59:59.999Z")
    #expect(try desk.order(id).state == .confirmed)
    desk.wait(until: "2018-08-24")
    let order = try desk.order(id)
    #expect(order.state == .inForce && order.inForceSince == instant("2018-08-24"))
    #expect(order.current.receivedBy == Desk.clerk && order.current.confirmedBy == Desk.officer)

    desk.wait(until: "2019-08-23T23:59:59.999Z")
    #expect(try desk.order(id).state == .inForce)
    desk.wait(until: "2019-08-24")
    #expect(try desk.order(id).state == .expired)
    #expect(try desk.order(id).ended == instant("2019-08-24"))
    #expect(desk.register.nextDue() == nil)
    #expect(desk.events.last?.actor == .system)
  }

  @Test func `confirmed within its term is in force at once`() throws {
    var desk = Desk()
    let id = try desk.receive()
    desk.wait(until: "2018-10-01")
    #expect(
      try desk.perform(.confirmOrder(id), by: Desk.officer).story
        == ["confirmed 1", "in force 1 2018-10-01"])
    #expect(try desk.order(id).state == .inForce)
  }

  @Test func `ends unconfirmed when nobody confirms it in time`() throws {
    var desk = Desk()
    let id = try desk.receive()
    desk.wait(until: "2019-08-24")
    #expect(desk.events.story.suffix(1) == ["expired 2019-08-24"])
    #expect(try desk.order(id).state == .expired)
    #expect(try desk.order(id).inForceSince == nil)
    #expect(desk.refusal(of: .confirmOrder(id), by: Desk.officer)?.code == .wrongState)
  }

  @Test func `is caught up in order after downtime over its whole term`() throws {
    var desk = Desk()
    let first = try desk.receive()
    let second = try desk.receive(
      .sample(.sample(reference: "B", effective: "2018-09-01", expires: "2018-10-01")))
    try desk.perform(.confirmOrder(first), by: Desk.officer)
    try desk.perform(.confirmOrder(second), by: Desk.officer)
    desk.wait(until: instant("2020-01-01"), catchingUp: false)
    let due = desk.catchUp()
    #expect(
      due.story == [
        "in force 1 2018-08-24", "in force 1 2018-09-01", "expired 2018-10-01",
        "expired 2019-08-24",
      ])
    #expect(due.map(\.change.order) == [first, second, second, first])
    #expect(due.allSatisfy { $0.actor == .system && $0.time == instant("2020-01-01") })
    #expect(desk.catchUp().isEmpty)
  }

  @Test func `pauses and goes on`() throws {
    var desk = Desk()
    let id = try desk.receive()
    try desk.perform(.confirmOrder(id), by: Desk.officer)
    desk.wait(until: "2018-08-24")
    desk.wait(until: "2018-09-01")
    try desk.perform(.suspendOrder(id, reason: " a court asks "), by: Desk.officer)
    #expect(try desk.order(id).state == .suspended)
    #expect(try desk.order(id).lastReason == "a court asks")
    #expect(try !desk.order(id).isEnforceable)
    #expect(
      desk.refusal(of: .suspendOrder(id, reason: "again"), by: Desk.officer)?.code == .wrongState)
    #expect(
      try desk.perform(.resumeOrder(id, reason: "lifted"), by: Desk.secondOfficer).story
        == ["resumed", "in force 1 2018-09-01"])
    #expect(try desk.order(id).state == .inForce)
    #expect(try desk.order(id).inForceSince == instant("2018-08-24"))
  }

  @Test func `suspended before it takes effect does not take effect by time`() throws {
    var desk = Desk()
    let id = try desk.receive()
    try desk.perform(.confirmOrder(id), by: Desk.officer)
    try desk.perform(.suspendOrder(id, reason: "wait"), by: Desk.officer)
    desk.wait(until: "2018-09-01")
    #expect(try desk.order(id).state == .suspended)
    #expect(desk.register.nextDue() == instant("2019-08-24"))
    desk.wait(until: "2019-08-24")
    #expect(try desk.order(id).state == .expired)
    #expect(try desk.order(id).inForceSince == nil)
  }

  @Test func `suspended and resumed before it takes effect waits for its time again`() throws {
    var desk = Desk()
    let id = try desk.receive()
    try desk.perform(.confirmOrder(id), by: Desk.officer)
    try desk.perform(.suspendOrder(id, reason: "wait"), by: Desk.officer)
    #expect(
      try desk.perform(.resumeOrder(id, reason: "go"), by: Desk.officer).story == ["resumed"])
    #expect(try desk.order(id).state == .confirmed)
    desk.wait(until: "2018-08-24")
    #expect(try desk.order(id).state == .inForce)
  }

  @Test func `ends for good when it is revoked, whatever its state`() throws {
    for state in [OrderState.assessed, .confirmed, .inForce, .suspended] {
      var desk = Desk()
      let id = try desk.receive()
      if state != .assessed { try desk.perform(.confirmOrder(id), by: Desk.officer) }
      if state == .inForce || state == .suspended { desk.wait(until: "2018-09-01") }
      if state == .suspended {
        try desk.perform(.suspendOrder(id, reason: "wait"), by: Desk.officer)
      }
      #expect(try desk.order(id).state == state)
      try desk.perform(.revokeOrder(id, reason: "quashed"), by: Desk.officer)
      #expect(try desk.order(id).state == .revoked)
      #expect(try desk.order(id).ended == desk.now)
      #expect(try desk.order(id).lastReason == "quashed")
      for command: Command in [
        .confirmOrder(id), .suspendOrder(id, reason: "x"), .resumeOrder(id, reason: "x"),
        .revokeOrder(id, reason: "x"), .amendOrder(id, .sample()),
        .settleLines(id, [LineID(line: 1): ProposedSettlement(outcome: .dropped)], reason: "x"),
      ] {
        #expect(desk.refusal(of: command, by: Desk.secondOfficer)?.code == .wrongState)
      }
      desk.wait(until: "2030-01-01")
      #expect(try desk.order(id).state == .revoked)
    }
  }

  @Test func `needs a reason in writing to be suspended, resumed, revoked or settled`() throws {
    var desk = Desk()
    let held = LineID(line: 1)
    let id = try desk.receive(.sample(accept: 1, open: [held: .hold]))
    for empty in ["", " ", "\n\t", "\u{3000}"] {
      #expect(
        desk.refusal(
          of: .settleLines(id, [held: ProposedSettlement(outcome: .accepted)], reason: empty),
          by: Desk.reviewer)?.code == .missingReason)
      #expect(
        desk.refusal(of: .revokeOrder(id, reason: empty), by: Desk.officer)?.code == .missingReason)
    }
    try desk.perform(
      .settleLines(id, [held: ProposedSettlement(outcome: .accepted)], reason: "seen"),
      by: Desk.reviewer)
    try desk.perform(.confirmOrder(id), by: Desk.officer)
    #expect(
      desk.refusal(of: .suspendOrder(id, reason: " "), by: Desk.officer)?.code == .missingReason)
    let long = String(repeating: "x", count: 2001)
    #expect(desk.refusal(of: .suspendOrder(id, reason: long), by: Desk.officer)?.code == .badField)
    try desk.perform(.suspendOrder(id, reason: String(long.dropLast())), by: Desk.officer)
    #expect(
      desk.refusal(of: .resumeOrder(id, reason: " "), by: Desk.officer)?.code == .missingReason)
  }

  @Test func `is received once under one reference of one authority`() throws {
    var desk = Desk()
    let id = try desk.receive()
    let refusal = desk.refusal(of: .receiveOrder(.sample()), by: Desk.officer)
    #expect(refusal?.code == .alreadyReceived)
    #expect(refusal?.text.contains(id.text) == true)
    var other = OrderClaim.sample()
    other.authority = "Another Supervisor"
    #expect(try desk.receive(.sample(other)) != id)
    #expect(
      desk.register.order(authority: "Another Supervisor", reference: "IFRR-2018-117")?.text
        == "o-20180823-2")
  }

  @Test func `bears numbers that count up by day of receipt`() throws {
    var desk = Desk()
    var numbers: [String] = []
    for index in 0..<12 {
      numbers.append(try desk.receive(.sample(.sample(reference: "R\(index)"))).text)
      if index == 9 { desk.wait(until: "2018-08-24T01:00:00Z") }
    }
    #expect(
      numbers == (1...10).map { "o-20180823-\($0)" } + ["o-20180824-1", "o-20180824-2"])
  }

  @Test func `does not begin where no target may be enforced`() throws {
    var desk = Desk()
    var nothing = Submission.sample(accept: 0)
    nothing.assessment.tally.refuse = 3
    nothing.assessment.tally.duplicate = 2
    let refusal = desk.refusal(of: .receiveOrder(nothing), by: Desk.clerk)
    #expect(refusal?.code == .nothingToEnforce)
    #expect(refusal?.text.contains("5") == true)
    let id = try desk.receive(.sample(accept: 0, open: [LineID(line: 4): .quarantine]))
    try desk.perform(
      .settleLines(id, [LineID(line: 4): ProposedSettlement(outcome: .dropped)], reason: "empty"),
      by: Desk.reviewer)
    #expect(desk.refusal(of: .confirmOrder(id), by: Desk.officer)?.code == .nothingToEnforce)
  }
}
