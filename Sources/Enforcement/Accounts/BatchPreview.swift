/// What an action on many accounts would do to each.
public struct BatchPreview: Sendable, Hashable {
  /// What would happen, in the order of the accounts.
  public var lines: [Line]

  /// What would happen to an account.
  public struct Line: Sendable, Hashable {
    /// The account.
    public var account: AccountID
    /// What would happen.
    public var effect: Effect
  }

  /// What would happen.
  public enum Effect: Sendable, Hashable {
    /// The sanction would take effect, and rest on these infractions.
    case imposes(SanctionPlan)
    /// These would be lifted.
    case lifts([SanctionID])
    /// Nothing: this is in force, and the action would add nothing to it.
    case stands(SanctionID)
    /// Nothing: no infraction counts against it, or nothing is in force.
    case nothing
    /// Nothing: there is no such account, or no more.
    case unknown
    /// Nothing: the notice to its holder would lack these.
    case lacks([SanctionNotice.Item])
  }

  /// How many accounts something would happen to.
  public var effective: Int {
    lines.count { line in
      switch line.effect {
      case .imposes, .lifts: true
      case .stands, .nothing, .unknown, .lacks: false
      }
    }
  }
}

extension ConductBook {
  /// What an action on accounts would do now; it changes nothing.
  public func preview(
    _ action: Batch.Action, on accounts: [AccountID], at moment: Instant, as batch: BatchID? = nil
  ) -> BatchPreview {
    BatchPreview(
      lines: accounts.map { id in
        BatchPreview.Line(account: id, effect: effect(of: action, on: id, at: moment, as: batch))
      })
  }

  private func effect(
    of action: Batch.Action, on id: AccountID, at moment: Instant, as batch: BatchID?
  ) -> BatchPreview.Effect {
    guard let account = accounts[id], account.erased == nil else { return .unknown }
    switch action {
    case .lift:
      let standing = sanctionsInForce(on: id, at: moment).map(\.id)
      return standing.isEmpty ? .nothing : .lifts(standing)
    case .impose(let terms, let clause):
      if let standing = obstacle(to: terms, on: id, at: moment) { return .stands(standing.id) }
      let leaned = account.strikes.filter { $0.points(at: moment) > 0 }.map(\.infraction)
      guard !leaned.isEmpty else { return .nothing }
      let newest = Array(leaned.suffix(SanctionGround.infractionLimit))
      let plan = SanctionPlan(
        terms: terms, ground: ground(of: newest, clause: clause, on: account, at: moment),
        approvals: approvals(for: terms.kind, on: account.platform),
        automation: SanctionPlan.Automation(detection: true, decision: false), batch: batch)
      let missing = notice(of: plan, on: id, from: moment)?.missing ?? []
      return missing.isEmpty ? .imposes(plan) : .lacks(missing)
    }
  }

  /// Officers who must agree to an action besides who prepared it: one, and as many as each of its
  /// sanctions needs.
  public func approvals(for action: Batch.Action, on ids: [AccountID]) -> Int {
    switch action {
    case .lift: return 1
    case .impose(let terms, _):
      let platforms = Set(ids.compactMap { accounts[$0]?.platform })
      return platforms.map { approvals(for: terms.kind, on: $0) }.reduce(
        max(1, terms.kind.leastApprovals), max)
    }
  }
}
