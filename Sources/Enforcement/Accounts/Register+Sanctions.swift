/// Officers propose, agree, decline and lift; platforms say what they have done.
extension Register {
  /// A person's sanction, outside the ladder, rests on infractions that count.
  func propose(
    _ terms: SanctionTerms, on id: AccountID, _ infractions: [InfractionID], clause: String,
    _ reason: String, by actor: Actor, in docket: inout Docket
  ) throws(Refusal) {
    let account = try known(id)
    let reason = try written(reason)
    if let fault = terms.fault { throw Refusal(.badField, fault) }
    let clause = try bounded(clause, "the clause", octets: 500)
    try demandGround(infractions, of: account)
    try demandRoom(for: terms, on: id, at: docket.now)
    let plan = SanctionPlan(
      terms: terms,
      ground: conduct.ground(of: infractions, clause: clause, on: account, at: docket.now),
      approvals: conduct.approvals(for: terms.kind, on: account.platform),
      automation: SanctionPlan.Automation(detection: true, decision: false))
    try demandNotice(of: plan, on: id, at: docket.now)
    let number = SanctionID(count: conduct.sanctions.count + 1)
    docket.record(.sanctionProposed(number, id, plan, reason: reason), by: actor)
    if plan.approvals == 0 { docket.impose(number, plan, on: id, by: actor) }
  }

  /// Who proposed a sanction does not agree to it, and nobody agrees twice.
  func approve(
    _ id: SanctionID, _ reason: String, by actor: Actor, in docket: inout Docket
  ) throws(Refusal) {
    let sanction = try waiting(id)
    let reason = try written(reason)
    guard sanction.proposedBy != actor else {
      throw Refusal(
        .sameOfficer, "\(actor) proposed \(id), so another officer must agree to it")
    }
    guard !sanction.approvedBy.contains(actor) else {
      throw Refusal(
        .sameOfficer, "\(actor) agreed to \(id) already, so another officer must agree too")
    }
    try demandRoom(for: sanction.plan.terms, on: sanction.account, at: docket.now, besides: id)
    try demandNotice(of: sanction.plan, on: sanction.account, at: docket.now)
    docket.record(.sanctionApproved(id, reason: reason), by: actor)
    guard sanction.approvedBy.count + 1 >= sanction.approvalsNeeded else { return }
    docket.impose(id, sanction.plan, on: sanction.account, by: .system)
  }

  func decline(
    _ id: SanctionID, _ reason: String, by actor: Actor, in docket: inout Docket
  ) throws(Refusal) {
    _ = try waiting(id)
    docket.record(.sanctionDeclined(id, reason: try written(reason)), by: actor)
  }

  func lift(
    _ id: SanctionID, _ reason: String, by actor: Actor, in docket: inout Docket
  ) throws(Refusal) {
    let sanction = try known(id)
    let reason = try written(reason)
    guard sanction.state == .imposed else {
      throw Refusal(.wrongState, "\(id) is \(sanction.state.rawValue): there is nothing to lift")
    }
    docket.record(.sanctionLifted(id, .officer, due: nil, reason: reason), by: actor)
  }

  func confirm(_ id: SanctionID, by actor: Actor, in docket: inout Docket) throws(Refusal) {
    let sanction = try announced(id, by: actor, "account.confirm")
    guard sanction.confirmed == nil else { return }
    docket.record(.sanctionConfirmed(id), by: actor)
  }

  func deliverNotice(of id: SanctionID, by actor: Actor, in docket: inout Docket) throws(Refusal) {
    let sanction = try announced(id, by: actor, "account.deliver")
    guard sanction.delivered == nil else { return }
    docket.record(.noticeDelivered(id), by: actor)
  }

  private func waiting(_ id: SanctionID) throws(Refusal) -> Sanction {
    let sanction = try known(id)
    guard sanction.state == .proposed else {
      throw Refusal(.wrongState, "\(id) is \(sanction.state.rawValue): it waits for nobody")
    }
    return sanction
  }

  private func announced(
    _ id: SanctionID, by actor: Actor, _ action: String
  ) throws(Refusal) -> Sanction {
    let sanction = try known(id)
    let account = try known(sanction.account)
    try demandOwn(account.platform, of: actor, action)
    guard sanction.imposed != nil else {
      throw Refusal(.wrongState, "\(id) is \(sanction.state.rawValue): it never took effect")
    }
    return sanction
  }
}

// MARK: - What a sanction must have

extension Register {
  private func demandGround(
    _ infractions: [InfractionID], of account: Account
  ) throws(Refusal) {
    guard account.erased == nil else {
      throw Refusal(.wrongState, "\(account.id) was erased: nothing is done about it any more")
    }
    let limit = SanctionGround.infractionLimit
    guard (1...limit).contains(infractions.count), Set(infractions).count == infractions.count
    else {
      throw Refusal(
        .missingField,
        "a sanction rests on 1 to \(limit) infractions of its account, each named once: `cordon"
          + " account show \(account.id)` lists them")
    }
    for id in infractions {
      let file = try known(id)
      guard file.account == account.id else {
        throw Refusal(.badField, "\(id) is not an infraction of \(account.id)")
      }
      guard file.state == .counted else {
        throw Refusal(
          .wrongState, "\(id) is \(file.state.rawValue): a sanction rests on what counts")
      }
    }
  }

  /// Refuses what would add nothing to what is in force, or to what waits.
  private func demandRoom(
    for terms: SanctionTerms, on id: AccountID, at moment: Instant, besides own: SanctionID? = nil
  ) throws(Refusal) {
    if let standing = conduct.obstacle(to: terms, on: id, at: moment) {
      throw Refusal(
        .wrongState,
        "\(standing.id) (\(standing.plan.terms.kind.rawValue)) is in force on \(id), and this would"
          + " add nothing to it: decline it, or lift \(standing.id) first")
    }
    guard own == nil else { return }
    let waiting = conduct.sanctionsWaiting(on: id).first { waiting in
      LadderFacts.Standing(waiting.plan.terms).covers(terms)
    }
    if let waiting {
      throw Refusal(
        .wrongState,
        "\(waiting.id) (\(waiting.plan.terms.kind.rawValue)) waits for officers: decide on it with"
          + " `cordon sanction approve \(waiting.id)` or `decline`")
    }
  }

  private func demandNotice(
    of plan: SanctionPlan, on id: AccountID, at moment: Instant
  ) throws(Refusal) {
    let missing = conduct.notice(of: plan, on: id, from: moment)?.missing ?? []
    guard missing.isEmpty else {
      throw Refusal(
        .incompleteNotice,
        "the notice to the holder of \(id) lacks \(SanctionNotice.list(missing)): complete the"
          + " platform's entry with `cordon platform set`")
    }
  }
}

extension ConductBook {
  /// The sanction in force that leaves no room for another; nil where there is none.
  func obstacle(to terms: SanctionTerms, on id: AccountID, at moment: Instant) -> Sanction? {
    sanctionsInForce(on: id, at: moment).first { $0.standing(at: moment).covers(terms) }
  }

  /// Officers who must agree to a person's sanction: as many as a platform's ladder asks for, and no
  /// fewer than the house does.
  public func approvals(for kind: SanctionKind, on platform: Slug) -> Int {
    let asked = ladder(of: platform)?.rungs.filter { $0.sanction.kind == kind }.map(\.approvals)
    return max(asked?.max() ?? 0, kind.leastApprovals)
  }

  /// The ground of a sanction that a person decides on.
  func ground(
    of infractions: [InfractionID], clause: String, on account: Account, at moment: Instant
  ) -> SanctionGround {
    SanctionGround(
      infractions: infractions.sorted(), points: account.points(at: moment), rungPoints: 0,
      ladder: nil, clauses: [clause], share: 0)
  }
}

extension LadderFacts.Standing {
  /// A sanction as it would stand on its first day.
  fileprivate init(_ terms: SanctionTerms) {
    self.init(kind: terms.kind, restrictions: terms.restrictions, days: terms.days)
  }
}
