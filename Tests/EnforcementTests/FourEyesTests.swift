import DomainNames
import Testing

@testable import Enforcement

@Suite struct `Four eyes` {
  private static let held = LineID(line: 3)
  private static let unread = LineID(line: 5, part: 2)

  @Test func `nobody confirms what they received, administrators included`() throws {
    for actor in [Desk.officer, Desk.admin] {
      var desk = Desk()
      let id = try desk.receive(by: actor)
      let refusal = desk.refusal(of: .confirmOrder(id), by: actor)
      #expect(refusal?.code == .sameOfficer)
      #expect(refusal?.code.isRecorded == true)
      try desk.perform(.confirmOrder(id), by: Desk.secondOfficer)
      #expect(desk.refusal(of: .confirmOrder(id), by: Desk.secondOfficer)?.code == .wrongState)
    }
  }

  @Test func `nobody settles lines of what they received`() throws {
    var desk = Desk()
    let id = try desk.receive(.sample(open: [Self.held: .hold]), by: Desk.officer)
    for outcome in [Settlement.Outcome.accepted, .dropped] {
      let command = Command.settleLines(
        id, [Self.held: ProposedSettlement(outcome: outcome)], reason: "mine")
      #expect(desk.refusal(of: command, by: Desk.officer)?.code == .sameOfficer)
      #expect(desk.refusal(of: command, by: Desk.reviewer) == nil)
    }
  }

  @Test func `an order with open lines is not confirmed, and says which`() throws {
    var desk = Desk()
    let open: [LineID: Decision] = [Self.held: .hold, Self.unread: .quarantine]
    let id = try desk.receive(.sample(open: open))
    let refusal = desk.refusal(of: .confirmOrder(id), by: Desk.officer)
    #expect(refusal?.code == .openLines)
    #expect(refusal?.text.contains("3, 5.2") == true)
    try desk.perform(
      .settleLines(id, [Self.held: ProposedSettlement(outcome: .accepted)], reason: "seen"),
      by: Desk.reviewer)
    #expect(desk.refusal(of: .confirmOrder(id), by: Desk.officer)?.code == .openLines)
    try desk.perform(
      .settleLines(id, [Self.unread: ProposedSettlement(outcome: .dropped)], reason: "noise"),
      by: Desk.secondOfficer)
    try desk.perform(.confirmOrder(id), by: Desk.officer)
    let version = try desk.order(id).current
    #expect(version.settlements[Self.held]?.by == Desk.reviewer)
    #expect(version.settlements[Self.held]?.reason == "seen")
    #expect(version.settlements[Self.unread]?.outcome == .dropped)
    #expect(version.enforcedTargets == 3)
  }

  @Test func `many open lines are named up to eight`() throws {
    var desk = Desk()
    let open = Dictionary(
      uniqueKeysWithValues: (1...20).map { (LineID(line: $0), Decision.hold) })
    let id = try desk.receive(.sample(open: open))
    let text = desk.refusal(of: .confirmOrder(id), by: Desk.officer)?.text ?? ""
    #expect(text.contains("(1, 2, 3, 4, 5, 6, 7, 8 and 12 more)"))
  }

  @Test func `an unreadable line is not accepted as it stands`() throws {
    var desk = Desk()
    let id = try desk.receive(.sample(open: [Self.unread: .quarantine]))
    let accept = Command.settleLines(
      id, [Self.unread: ProposedSettlement(outcome: .accepted)], reason: "fine")
    #expect(desk.refusal(of: accept, by: Desk.reviewer)?.code == .badSettlement)
  }

  @Test(arguments: Decision.allCases) func `a line is read as a name only if its assessment allows`(
    decision: Decision
  ) throws {
    var desk = Desk()
    let id = try desk.receive(.sample(open: [Self.unread: .quarantine]))
    let refusal = desk.refusal(
      of: reading(id, domain("venue.example"), assessed: decision), by: Desk.reviewer)
    switch decision {
    case .accept: #expect(refusal == nil)
    case .hold, .quarantine, .refuse, .duplicate: #expect(refusal?.code == .badSettlement)
    }
  }

  @Test func `a line is not read as another name or scope than was assessed`() throws {
    var desk = Desk()
    let id = try desk.receive(.sample(open: [Self.unread: .quarantine]))
    let assessed = AssessedLine(
      source: SourceLine(id: Self.unread, input: "?", reading: .address("192.0.2.1")),
      decision: .accept, name: domain("venue.example"), scope: .subtree)
    for (other, scope) in [
      (domain("com"), Scope.subtree), (domain("venue.example"), .exact),
      (domain("x.venue.example"), .subtree),
    ] {
      let proposal = ProposedSettlement(outcome: .read(as: other, scope: scope), assessed: assessed)
      let command = Command.settleLines(id, [Self.unread: proposal], reason: "r")
      #expect(desk.refusal(of: command, by: Desk.reviewer)?.code == .badSettlement)
    }
    let none = ProposedSettlement(outcome: .read(as: domain("venue.example"), scope: .subtree))
    #expect(
      desk.refusal(of: .settleLines(id, [Self.unread: none], reason: "r"), by: Desk.reviewer)?.code
        == .badSettlement)
  }

  @Test func `one wrong line refuses the whole settlement`() throws {
    var desk = Desk()
    let id = try desk.receive(.sample(open: [Self.held: .hold]))
    let command = Command.settleLines(
      id,
      [
        Self.held: ProposedSettlement(outcome: .accepted),
        LineID(line: 99): ProposedSettlement(outcome: .dropped),
      ], reason: "seen")
    #expect(desk.refusal(of: command, by: Desk.reviewer)?.code == .unknownLine)
    #expect(try desk.order(id).current.openLines == [Self.held: .hold])
  }

  @Test func `a line is settled once`() throws {
    var desk = Desk()
    let id = try desk.receive(.sample(open: [Self.held: .hold]))
    let command = Command.settleLines(
      id, [Self.held: ProposedSettlement(outcome: .dropped)], reason: "no")
    try desk.perform(command, by: Desk.reviewer)
    #expect(desk.refusal(of: command, by: Desk.officer)?.code == .unknownLine)
  }

  @Test func `lines of a confirmed order are settled no more`() throws {
    var desk = Desk()
    let id = try desk.receive()
    try desk.perform(.confirmOrder(id), by: Desk.officer)
    let command = Command.settleLines(
      id, [Self.held: ProposedSettlement(outcome: .dropped)], reason: "no")
    #expect(desk.refusal(of: command, by: Desk.reviewer)?.code == .wrongState)
  }

  private func reading(
    _ id: OrderID, _ meaning: DomainName, assessed decision: Decision
  ) -> Command {
    let assessed = AssessedLine(
      source: SourceLine(id: Self.unread, input: "?", reading: .name(meaning, .plain)),
      decision: decision, name: meaning, scope: .subtree)
    let proposal = ProposedSettlement(
      outcome: .read(as: meaning, scope: .subtree), assessed: assessed)
    return .settleLines(id, [Self.unread: proposal], reason: "the order's annex says so")
  }
}
