/// Decisions in the making: what one of them changes, the next one sees.
struct Docket {
  /// The book as it will be.
  private(set) var book: ConductBook
  /// What is decided so far, in order.
  private(set) var events: [Event] = []
  /// Now.
  let now: Instant

  init(_ book: ConductBook, at moment: Instant) {
    self.book = book
    now = moment
  }

  /// Decides something.
  mutating func record(_ change: ConductChange, by actor: Actor) {
    book.apply(change, by: actor, at: now)
    events.append(Event(time: now, actor: actor, change: .conduct(change)))
  }
}

// MARK: - Sanctions take effect

extension Docket {
  /// Brings a sanction about that a ladder asks for: at once where no officer need agree, and else
  /// once they have.
  ///
  /// One whose notice would not be complete waits for a person too: no strike is lost for it.
  mutating func bring(_ plan: SanctionPlan, on account: AccountID) {
    let id = SanctionID(count: book.sanctions.count + 1)
    let missing = book.notice(of: plan, on: account, from: now)?.missing ?? []
    guard max(plan.approvals, plan.terms.kind.leastApprovals) == 0, missing.isEmpty else {
      let lack = missing.isEmpty ? "" : "; its notice lacks \(SanctionNotice.list(missing))"
      let ground = plan.ground
      let reason = "\(ground.points) points reach the rung of \(ground.rungPoints)\(lack)"
      record(.sanctionProposed(id, account, plan, reason: reason), by: .system)
      return
    }
    impose(id, plan, on: account, by: .system)
  }

  /// Lets a sanction take effect, and ends what it takes the place of.
  ///
  /// It begins before what it replaces ends, so that there is no moment without either. Without a
  /// complete notice it does not begin; callers have asked for that before.
  mutating func impose(
    _ id: SanctionID, _ plan: SanctionPlan, on account: AccountID, by actor: Actor
  ) {
    guard let notice = book.notice(of: plan, on: account, from: now), notice.missing.isEmpty
    else { return }
    let before = book.sanctionsInForce(on: account, at: now).filter { $0.id != id }
    let waiting = book.sanctionsWaiting(on: account).filter { $0.id != id }
    record(.sanctionImposed(id, account, plan, notice), by: actor)
    guard let imposed = book.sanctions[id], imposed.isInForce(at: now) else { return }
    let standing = imposed.standing(at: now)
    let reason = "\(id) took its place"
    for milder in before where standing.covers(milder.remainder(at: now)) {
      record(.sanctionLifted(milder.id, .replaced, due: nil, reason: reason), by: .system)
    }
    for milder in waiting where standing.covers(milder.plan.terms) {
      record(.sanctionDeclined(milder.id, reason: reason), by: .system)
    }
  }
}

extension Sanction {
  /// What is left of it at a moment, begun days counted whole.
  func remainder(at moment: Instant) -> SanctionTerms {
    var left = plan.terms
    left.days = standing(at: moment).days
    return left
  }
}
