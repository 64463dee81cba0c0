extension Register {
  /// Says what a command brings about.
  ///
  /// - Parameters:
  ///   - command: what is asked for.
  ///   - actor: who asks; the system may not ask, it acts through ``dueEvents(at:)``.
  ///   - moment: now.
  /// - Returns: the events to record, in order; empty where all is as asked for already.
  /// - Throws: ``Refusal`` where the law of the house forbids it.
  public func decide(
    _ command: Command, by actor: Actor, at moment: Instant
  ) throws(Refusal) -> [Event] {
    try authorize(command, by: actor)
    let changes: [Change]
    switch command {
    case .addPerson(let name, let role, let tokenDigest):
      changes = [try add(name, role, tokenDigest)]
    case .replaceToken(let name, let tokenDigest):
      guard people[name] != nil else { throw unknownPerson(name) }
      changes = [.tokenReplaced(name, tokenDigest: tokenDigest)]
    case .receiveOrder(let submission): changes = try receive(submission, at: moment)
    case .amendOrder(let id, let submission):
      changes = try amend(order(id), by: submission, at: moment)
    case .settleLines(let id, let proposals, let reason):
      changes = try settle(order(id), proposals, reason: reason, by: actor)
    case .confirmOrder(let id): changes = try confirm(order(id), by: actor, at: moment)
    case .suspendOrder(let id, let reason): changes = try suspend(order(id), reason)
    case .resumeOrder(let id, let reason): changes = try resume(order(id), reason, at: moment)
    case .revokeOrder(let id, let reason): changes = try revoke(order(id), reason)
    case .pauseLine(let id, let line, let reading):
      changes = try pause(order(id), line, reading, by: actor)
    case .resumeLine(let id, let line, let reason):
      changes = try resume(order(id), line, reason)
    case .correctClock(let reason):
      changes = [.clockCorrected(from: lastEvent ?? moment, reason: try written(reason))]
    case .receiveContest(let contest): changes = [try receive(contest)]
    case .watchSites(let sites, let reason): changes = try watch(sites, reason)
    case .dropSites(let sites, let reason): changes = try drop(sites, reason)
    case .reportFinding(let finding): changes = try report(finding, at: moment)
    case .recordRecheck(let id, let recheck):
      return try self.recheck(id, recheck, by: actor, at: moment)
    case .reviewCase(let id, let evidence, let remark):
      changes = try review(id, evidence: evidence, remark: remark)
    case .prepareNotice(let id, let notice): changes = try prepare(id, notice, at: moment)
    case .recordDelivery(let id, let place, let result): changes = try deliver(id, place, result)
    case .closeCase(let id, let closing, let reason): changes = try close(id, as: closing, reason)
    case .referCase(let id, let reason): changes = try refer(id, reason)
    case .conduct(let command): return try decide(command, by: actor, at: moment)
    }
    return changes.map { Event(time: moment, actor: actor, change: $0) }
  }

  private func authorize(_ command: Command, by actor: Actor) throws(Refusal) {
    if people.isEmpty, case .addPerson = command { return }
    if actor == .system, command.isOpenToSystem { return }
    if case .conduct(let asked) = command, asked.isOpenToPlatform,
      platform(acting: actor) != nil
    {
      return
    }
    try demand(command.permission, for: command.action, of: actor)
  }

  /// Refuses who is nobody, or has a role that does not allow an action.
  func demand(
    _ permission: Permission, for action: String, of actor: Actor
  ) throws(Refusal) {
    guard case .person(let name) = actor else {
      throw Refusal(.notAllowed, "the system takes no commands: a person must ask")
    }
    guard let person = people[name] else { throw unknownPerson(name) }
    guard person.role.permissions.contains(permission) else {
      throw Refusal(
        .notAllowed, "\(person.role.article) \(person.role.rawValue) may not do \(action)")
    }
  }

  private func unknownPerson(_ name: PersonName) -> Refusal {
    Refusal(.unknownPerson, "there is no person named \(name): `cordon user list` shows them all")
  }

  func written(_ reason: String) throws(Refusal) -> String {
    let text = reason.trimmingWhitespace
    guard !text.isEmpty else {
      throw Refusal(.missingReason, "a reason in writing is needed: give --reason \"…\"")
    }
    guard text.count <= 2000 else {
      throw Refusal(.badField, "the reason has \(text.count) characters; at most 2000 are allowed")
    }
    return text
  }

  private func add(
    _ name: PersonName, _ role: Role, _ tokenDigest: [UInt8]
  ) throws(Refusal) -> Change {
    guard people[name] == nil else {
      throw Refusal(.nameTaken, "there is a person named \(name) already")
    }
    guard !people.isEmpty || role == .administrator else {
      throw Refusal(.notAllowed, "the first person must be an administrator")
    }
    guard role != .platform || Slug(text: name.text) != nil else {
      throw Refusal(
        .badField,
        "a platform goes by its short name, small letters, digits and hyphens: not \(name)")
    }
    return .personAdded(name, role, tokenDigest: tokenDigest)
  }
}

// MARK: - The public contests

extension Register {
  /// An order that is not public is as unknown to the public as one that is not there.
  private func receive(_ contest: Contest) throws(Refusal) -> Change {
    if let id = contest.order, orders[id]?.isPublic != true {
      throw Refusal(.unknownOrder, "there is no public order \(id)")
    }
    return .contestReceived(try contest.checked())
  }
}

// MARK: - Orders come in

extension Register {
  private func receive(_ submission: Submission, at moment: Instant) throws(Refusal) -> [Change] {
    let terms = try terms(of: submission, at: moment)
    if let known = order(authority: terms.authority, reference: terms.reference),
      orders[known]?.state.isFinal == false
    {
      throw Refusal(
        .alreadyReceived,
        "\(terms.authority) \(terms.reference) is on the record as \(known): to change it, use"
          + " `cordon order amend \(known) FILE`")
    }
    let id = nextID(at: moment)
    return [
      .orderReceived(id, OrderReceipt(terms: terms, source: submission.source)),
      .orderAssessed(id, version: 1, submission.assessment),
    ]
  }

  private func amend(
    _ order: Order, by submission: Submission, at moment: Instant
  ) throws(Refusal) -> [Change] {
    try requireLive(order)
    if let pending = order.pending, pending.confirmedBy != nil {
      throw Refusal(
        .wrongState,
        "version \(pending.number) of \(order.id) is confirmed and takes effect on"
          + " \(pending.terms.effective): amend the order after that")
    }
    let terms = try terms(of: submission, at: moment)
    guard terms.authority == order.terms.authority, terms.reference == order.terms.reference else {
      throw Refusal(
        .badField,
        "an amendment keeps authority and reference (\(order.terms.authority)"
          + " \(order.terms.reference)); another order is imported, not amended")
    }
    guard order.current.confirmedBy == nil || terms.effective <= order.terms.expires else {
      throw Refusal(
        .badField,
        "the amendment takes effect on \(terms.effective), after \(order.id) has expired"
          + " (\(order.terms.expires)): let it take effect earlier")
    }
    let number = (order.pending ?? order.current).number + 1
    let receipt = OrderReceipt(terms: terms, source: submission.source)
    let difference = submission.difference ?? TargetDifference(added: 0, removed: 0, kept: 0)
    return [
      .orderAmended(order.id, version: number, receipt, difference),
      .orderAssessed(order.id, version: number, submission.assessment),
    ]
  }

  private func terms(of submission: Submission, at moment: Instant) throws(Refusal) -> OrderTerms {
    let terms = try submission.claim.terms(receivedAt: moment)
    let tally = submission.assessment.tally
    guard tally.accept + tally.hold + tally.quarantine > 0 else {
      throw Refusal(
        .nothingToEnforce,
        "none of the \(tally.total) targets may be enforced: `cordon order check` says why, line by"
          + " line")
    }
    return terms
  }

  private func requireLive(_ order: Order) throws(Refusal) {
    guard !order.state.isFinal else {
      throw Refusal(
        .wrongState, "\(order.id) is \(order.state.rawValue): nothing can change it now")
    }
  }
}

// MARK: - People decide on orders

extension Register {
  private func settle(
    _ order: Order, _ proposals: [LineID: ProposedSettlement], reason: String, by actor: Actor
  ) throws(Refusal) -> [Change] {
    try requireLive(order)
    let reason = try written(reason)
    guard let version = order.unconfirmed else {
      throw Refusal(.wrongState, "\(order.id) is confirmed: no line of it waits")
    }
    guard version.receivedBy != actor else {
      throw Refusal(
        .sameOfficer,
        "\(actor) brought \(order.id) in, so another person must look at its held lines")
    }
    var changes: [Change] = []
    for (line, proposal) in proposals.sorted(by: { $0.key < $1.key }) {
      guard let decision = version.openLines[line] else {
        throw Refusal(.unknownLine, "line \(line) of \(order.id) does not wait for anyone")
      }
      try check(proposal, of: line, decision)
      let settlement = Settlement(outcome: proposal.outcome, reason: reason, by: actor)
      changes.append(.lineSettled(order.id, version: version.number, line, settlement))
    }
    return changes
  }

  private func check(
    _ proposal: ProposedSettlement, of line: LineID, _ decision: Decision
  ) throws(Refusal) {
    switch proposal.outcome {
    case .dropped: return
    case .accepted:
      guard decision == .hold else {
        throw Refusal(
          .badSettlement,
          "line \(line) could not be read, so it cannot be accepted as it stands: say what it means"
            + " with --name, or drop it")
      }
    case .read(let name, let scope):
      guard let assessed = proposal.assessed, assessed.name == name, assessed.scope == scope else {
        throw Refusal(.badSettlement, "line \(line): \(name) was not assessed")
      }
      // A held name read into a line would be seen by one person alone, who may confirm too.
      guard assessed.decision == .accept else {
        let why = assessed.reasons.first?.text ?? "the assessment refuses it"
        throw Refusal(
          .badSettlement,
          "line \(line) cannot be read as \(name): \(why); drop the line, and bring the name in with"
            + " an amendment if the authority means it")
      }
    }
  }

  private func confirm(
    _ order: Order, by actor: Actor, at moment: Instant
  ) throws(Refusal) -> [Change] {
    try requireLive(order)
    guard let version = order.unconfirmed else {
      throw Refusal(.wrongState, "\(order.id) is confirmed already")
    }
    guard version.confirmedBy == nil else {
      throw Refusal(.wrongState, "version \(version.number) of \(order.id) is confirmed already")
    }
    guard version.receivedBy != actor else {
      throw Refusal(
        .sameOfficer,
        "\(actor) brought \(order.id) in, so a second officer must confirm it")
    }
    guard version.terms.expires > moment else {
      throw Refusal(
        .alreadyExpired,
        "version \(version.number) of \(order.id) expired on \(version.terms.expires), before it was"
          + " confirmed")
    }
    guard version.openLines.isEmpty else { throw openLines(order, version) }
    guard version.enforcedTargets > 0 else {
      throw Refusal(.nothingToEnforce, "no target of \(order.id) is left to enforce")
    }
    let confirmed = Change.orderConfirmed(order.id, version: version.number)
    guard version.terms.effective <= moment, order.state != .suspended || order.pending != nil
    else { return [confirmed] }
    return [
      confirmed,
      .orderInForce(order.id, version: version.number, due: max(version.terms.effective, moment)),
    ]
  }

  private func openLines(_ order: Order, _ version: OrderVersion) -> Refusal {
    let lines = version.openLines.keys.sorted()
    let shown = lines.prefix(8).map(\.description).joined(separator: ", ")
    let more = lines.count > 8 ? " and \(lines.count - 8) more" : ""
    return Refusal(
      .openLines,
      "\(lines.count) held or quarantined lines of \(order.id) wait for a person (\(shown)\(more)):"
        + " see `cordon order show \(order.id)`, then settle each with `cordon order settle`")
  }

  private func suspend(_ order: Order, _ reason: String) throws(Refusal) -> [Change] {
    try requireLive(order)
    guard order.isEnforceable else {
      throw Refusal(.wrongState, "\(order.id) is \(order.state.rawValue): it is not enforced now")
    }
    return [.orderSuspended(order.id, reason: try written(reason))]
  }

  private func resume(
    _ order: Order, _ reason: String, at moment: Instant
  ) throws(Refusal) -> [Change] {
    guard order.state == .suspended else {
      let paused = order.current.pausedLines.keys.min()
      let advice = paused.map { "; for its paused line use `--line \($0)`" } ?? ""
      throw Refusal(.wrongState, "\(order.id) is \(order.state.rawValue), not suspended\(advice)")
    }
    let resumed = Change.orderResumed(order.id, reason: try written(reason))
    guard order.terms.effective <= moment else { return [resumed] }
    return [resumed, .orderInForce(order.id, version: order.current.number, due: moment)]
  }

  private func revoke(_ order: Order, _ reason: String) throws(Refusal) -> [Change] {
    try requireLive(order)
    return [.orderRevoked(order.id, reason: try written(reason))]
  }
}
