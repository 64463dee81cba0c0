import Testing

@testable import Enforcement

@Suite struct `Who may do what` {
  private static let line = LineID(line: 1)

  @Test func `each role does what it is for, and nothing else`() throws {
    var desk = Desk()
    let id = try desk.receive(.sample(open: [Self.line: .hold]), by: .named("olga"))
    let found = try desk.found()
    let people: [Role: Actor] = [
      .clerk: Desk.clerk, .officer: Desk.secondOfficer, .reviewer: Desk.reviewer,
      .auditor: Desk.auditor, .administrator: Desk.admin,
    ]
    for role in Role.allCases where role != .platform {
      let actor = try #require(people[role])
      for command in Self.commands(id, found) {
        let refusal = desk.refusal(of: command, by: actor)
        let allowed = role.permissions.contains(command.permission)
        #expect((refusal?.code != .notAllowed) == allowed, "\(role) \(command.action)")
        if !allowed { #expect(refusal?.text.contains(command.action) == true) }
      }
    }
    #expect(Role.auditor.permissions == [.read, .setHolds])
    #expect(
      Role.administrator.permissions
        == Role.officer.permissions.union([.managePeople, .managePlatforms, .setHolds]))
    #expect(Role.allCases.filter { !$0.permissions.contains(.read) } == [.platform])
  }

  @Test func `strangers and the system itself may ask for nothing`() throws {
    var desk = Desk()
    let id = try desk.receive()
    for command in Self.commands(id, try desk.found()) {
      #expect(desk.refusal(of: command, by: .named("nobody"))?.code == .unknownPerson)
      let isRefused = desk.refusal(of: command, by: .system)?.code == .notAllowed
      #expect(isRefused == !Self.systemActions.contains(command.action), "\(command.action)")
    }
  }

  @Test func `the first person of an empty record is an administrator, and needs nobody's leave`()
    throws
  {
    let empty = Register()
    for role in Role.allCases where role != .administrator {
      #expect(throws: Refusal(.notAllowed, "")) {
        try empty.decide(
          .addPerson(person("ada"), role, tokenDigest: []), by: .system, at: Desk().now)
      }
    }
    let events = try empty.decide(
      .addPerson(person("ada"), .administrator, tokenDigest: [1, 2]), by: .system, at: Desk().now)
    #expect(
      events.map(\.change) == [.personAdded(person("ada"), .administrator, tokenDigest: [1, 2])])
    #expect(throws: Refusal(.notAllowed, "")) {
      try empty.decide(.receiveOrder(.sample()), by: .system, at: Desk().now)
    }
  }

  @Test func `later people are added by an administrator, each name once`() throws {
    var desk = Desk()
    let add = Command.addPerson(person("nina"), .clerk, tokenDigest: [3])
    #expect(desk.refusal(of: add, by: Desk.officer)?.code == .notAllowed)
    try desk.perform(add, by: Desk.admin)
    #expect(desk.register.people[person("nina")]?.role == .clerk)
    #expect(desk.register.people[person("nina")]?.added == desk.now)
    #expect(desk.refusal(of: add, by: Desk.admin)?.code == .nameTaken)
    #expect(
      desk.refusal(of: .replaceToken(person("nobody"), tokenDigest: []), by: Desk.admin)?.code
        == .unknownPerson)
    #expect(
      try desk.perform(.replaceToken(person("nina"), tokenDigest: [4]), by: Desk.admin).count == 1)
  }

  /// What the system does by itself, because time, the watch or a mail server brought it about.
  private static let systemActions: Set = ["finding.report", "case.recheck", "case.deliver"]

  @Test func `a case that is not there is named in the refusal`() {
    let desk = Desk()
    let id = CaseID("c-19990101-1")!
    for command in Self.commands(OrderID("o-1")!, id) where command.action.hasPrefix("case.") {
      let refusal = desk.refusal(of: command, by: Desk.admin)
      #expect(refusal?.code == .unknownCase && refusal?.text.contains(id.text) == true)
    }
  }

  @Test func `an order that is not there is named in the refusal`() {
    let desk = Desk()
    let id = OrderID("o-19990101-1")!
    for command in Self.commands(id) where command.order != nil {
      let refusal = desk.refusal(of: command, by: Desk.admin)
      #expect(refusal?.code == .unknownOrder && refusal?.text.contains(id.text) == true)
    }
  }

  @Test func `a corrected clock is on the record with its reason`() throws {
    var desk = Desk()
    desk.wait(until: "2030-01-01")
    try desk.perform(.replaceToken(person("axel"), tokenDigest: [1]), by: Desk.admin)
    #expect(desk.register.lastEvent == instant("2030-01-01"))
    desk.wait(until: "2018-09-01")
    #expect(desk.refusal(of: .correctClock(reason: " "), by: Desk.admin)?.code == .missingReason)
    let events = try desk.perform(.correctClock(reason: "battery"), by: Desk.admin)
    #expect(
      events.map(\.change) == [.clockCorrected(from: instant("2030-01-01"), reason: "battery")])
    #expect(desk.register.lastEvent == instant("2018-09-01"))
  }

  @Test func `each command has a verb of its own`() {
    let commands = Self.commands(OrderID("o-1")!)
    #expect(Set(commands.map(\.action)).count == commands.count)
    #expect(commands.allSatisfy { $0.action.contains(".") })
  }

  /// One of each command.
  private static func commands(
    _ id: OrderID, _ found: CaseID = CaseID("c-19990101-1")!
  ) -> [Command] {
    [
      .addPerson(person("nina"), .clerk, tokenDigest: [9]),
      .replaceToken(person("axel"), tokenDigest: [9]),
      .receiveOrder(.sample(.sample(reference: "another"))), .amendOrder(id, .sample()),
      .settleLines(id, [line: ProposedSettlement(outcome: .accepted)], reason: "seen"),
      .confirmOrder(id), .suspendOrder(id, reason: "r"), .resumeOrder(id, reason: "r"),
      .revokeOrder(id, reason: "r"), .correctClock(reason: "r"),
      .watchSites([.sample()], reason: "r"), .dropSites([.sample()], reason: "r"),
      .reportFinding(.sample()), .recordRecheck(found, Recheck(outcome: .gone, seen: Desk().now)),
      .reviewCase(found, evidence: .sample(1), remark: "r"),
      .prepareNotice(found, .sample(at: Desk().now)),
      .recordDelivery(found, DeliveryPlace(notice: 1, recipient: 1), .sent(reply: "250 OK")),
      .closeCase(found, as: .dismissed, reason: "r"), .referCase(found, reason: "r"),
    ]
  }
}
