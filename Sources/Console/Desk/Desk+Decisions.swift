internal import DomainNames
internal import Enforcement
internal import Interchange
internal import Records

// MARK: - People decide on orders

extension Desk {
  /// Has a command decided, and tells how its order stands then.
  func decide(
    _ command: Command, _ request: DeskRequest, _ teller: inout DeskTeller
  ) async throws {
    _ = try await record(command, by: try person(of: request))
    guard let id = command.order else { return }
    try await teller.tell(OrderLine(try journal.register.order(id)))
  }

  /// Puts a suspended order back in force, or a line of it that the brake paused.
  func resume(
    _ text: String, _ line: String?, _ reason: String, _ request: DeskRequest,
    _ teller: inout DeskTeller
  ) async throws {
    let id = try orderID(text)
    guard let line else {
      return try await decide(.resumeOrder(id, reason: reason), request, &teller)
    }
    guard let line = LineID(line) else {
      throw DeskFault("\"\(line)\" is no line: give a number such as 12 or 12.2")
    }
    try await decide(.resumeLine(id, line, reason: reason), request, &teller)
  }

  /// Confirms an order.
  ///
  /// A reason given with it settles the held lines too: who confirms is the second
  /// person that they wait for.
  func confirmOrder(
    _ text: String, _ reason: String?, _ request: DeskRequest, _ teller: inout DeskTeller
  ) async throws {
    let id = try orderID(text)
    let actor = try person(of: request)
    if let reason, let version = try journal.register.order(id).unconfirmed {
      let held = version.openLines.filter { $0.value == .hold }
      if !held.isEmpty {
        let proposals = held.mapValues { _ in ProposedSettlement(outcome: .accepted) }
        _ = try await record(.settleLines(id, proposals, reason: reason), by: actor)
      }
    }
    _ = try await record(.confirmOrder(id), by: actor)
    try await teller.tell(OrderLine(try journal.register.order(id)))
  }

  func settleLines(
    _ text: String, _ settlement: OrderSettlement, _ request: DeskRequest,
    _ teller: inout DeskTeller
  ) async throws {
    let id = try orderID(text)
    let actor = try person(of: request)
    let order = try journal.register.order(id)
    let open = order.unconfirmed?.openLines ?? [:]
    var proposals: [LineID: ProposedSettlement] = [:]
    for line in try lines(settlement.lines, open) {
      proposals[line] = try proposal(settlement.outcome, for: line)
    }
    guard !proposals.isEmpty else {
      throw DeskFault("no line is named, and none waits: `cordon order show \(id)` lists them")
    }
    _ = try await record(
      .settleLines(id, proposals, reason: settlement.reason ?? ""), by: actor)
    try await teller.tell(OrderLine(try journal.register.order(id)))
    teller.remark { style in OrderAdvice.next(journal.register, id, style) }
  }

  private func lines(_ texts: [String], _ open: [LineID: Decision]) throws -> [LineID] {
    try texts.flatMap { text in
      switch text {
      case "held": return open.filter { $0.value == .hold }.map(\.key)
      case "quarantined": return open.filter { $0.value == .quarantine }.map(\.key)
      default:
        guard let line = LineID(text) else {
          throw DeskFault(
            "\"\(text)\" is no line: give a number such as 12 or 12.2, or held, or quarantined")
        }
        return [line]
      }
    }
  }

  private func proposal(
    _ outcome: OrderSettlement.Outcome, for line: LineID
  ) throws -> ProposedSettlement {
    switch outcome {
    case .accept: return ProposedSettlement(outcome: .accepted)
    case .drop: return ProposedSettlement(outcome: .dropped)
    case .read(let text, let scopeText):
      let scope = try scopeText.map(self.scope) ?? configuration.defaultScope
      let reading = TargetReader.read(text)
      guard case .name(let name, _) = reading else {
        throw DeskFault("\"\(text)\" cannot be read as a name")
      }
      let source = SourceLine(
        id: line, input: text, reading: .name(name, .plain), scope: scope)
      let assessed = Assessor(basis: try grounds.basis()).assess(source)
      return ProposedSettlement(outcome: .read(as: name, scope: scope), assessed: assessed)
    }
  }

  func acceptClock(
    _ reason: String, _ request: DeskRequest, _ teller: inout DeskTeller
  ) async throws {
    _ = try await record(.correctClock(reason: reason), by: try person(of: request))
    try await teller.tell(
      Notice(code: "clock-accepted", text: "the clock is accepted as it is now"))
  }
}

// MARK: - People

extension Desk {
  func addUser(
    _ text: String, _ roleText: String?, _ request: DeskRequest, _ teller: inout DeskTeller
  ) async throws {
    let name = try personName(text)
    let isFirst = journal.register.people.isEmpty
    let role = try role(roleText, isFirst: isFirst)
    let actor = isFirst ? Actor.system : try person(of: request)
    let token = AccessToken.make()
    _ = try await record(
      .addPerson(name, role, tokenDigest: AccessToken.digest(of: token)), by: actor)
    try await teller.tell(NewToken(name: name.text, role: role.rawValue, token: token))
    if isFirst, let roleText, roleText != Role.administrator.rawValue {
      teller.remark { style in
        style.paint("The first user is always an administrator.\n", .warning)
      }
    }
  }

  func replaceToken(
    of text: String, _ request: DeskRequest, _ teller: inout DeskTeller
  ) async throws {
    let name = try personName(text)
    let token = AccessToken.make()
    _ = try await record(
      .replaceToken(name, tokenDigest: AccessToken.digest(of: token)), by: try person(of: request))
    let role = journal.register.people[name]?.role.rawValue ?? ""
    try await teller.tell(NewToken(name: name.text, role: role, token: token))
  }

  func listUsers(_ teller: inout DeskTeller) async throws {
    let people = journal.register.people.values.sorted { $0.name < $1.name }
    for person in people { try await teller.tell(PersonLine(person)) }
  }

  private func personName(_ text: String) throws -> PersonName {
    guard let name = PersonName(text) else {
      throw DeskFault(
        "\"\(text)\" cannot be a user's name: use 1 to 64 letters, digits, dots, hyphens,"
          + " underscores or @")
    }
    return name
  }

  private func role(_ text: String?, isFirst: Bool) throws -> Role {
    guard !isFirst else { return .administrator }
    guard let text else { throw DeskFault("a role is needed: give --role") }
    guard let role = Role(rawValue: text) else {
      let known = Role.allCases.map(\.rawValue).joined(separator: ", ")
      throw DeskFault("there is no role \(text); it may be \(known)")
    }
    return role
  }
}
