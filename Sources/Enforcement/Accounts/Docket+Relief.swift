/// What follows when infractions turn out to be none.
///
/// 1. The infractions count no more.
/// 2. Every sanction of their accounts is worked out anew, the oldest first, with the facts of its
///    own day less what counts no more, by the ladder of its own day.
/// 3. A sanction that is left without a rung ends; one that a lower rung would have brought becomes
///    what that rung asks for, from the day on which it began. None becomes harder.
///
/// Relief waits for nobody: it is given in the same decision.
extension Docket {
  /// Takes infractions back, whether they count or wait, and gives relief.
  ///
  /// Sanctions end for the cause that is given, the one that an appeal was about for the appeal.
  mutating func takeBack(
    _ ids: [InfractionID], _ cause: LiftingCause, reason: String, by actor: Actor,
    appealed: SanctionID? = nil
  ) {
    var accounts: Set<AccountID> = []
    for id in ids {
      guard let file = book.infractions[id] else { continue }
      switch file.state {
      case .held: record(.infractionSettled(id, .dismiss, nil, reason: reason), by: actor)
      case .counted:
        record(.infractionSettled(id, .overturn, nil, reason: reason), by: actor)
        accounts.insert(file.account)
      case .dismissed, .overturned: continue
      }
    }
    for account in accounts.sorted() {
      relieve(account, cause, reason: reason, by: actor, appealed: appealed)
    }
  }

  private mutating func relieve(
    _ account: AccountID, _ cause: LiftingCause, reason: String, by actor: Actor,
    appealed: SanctionID?
  ) {
    var answered = 0
    var owed: SanctionPlan?
    for (place, id) in (book.accounts[account]?.sanctions ?? []).enumerated() {
      guard let sanction = book.sanctions[id], sanction.state != .overturned else { continue }
      let relief = Relief(
        cause: id == appealed ? .appeal : cause, reason: reason,
        actor: id == appealed ? actor : .system)
      guard let revision = book.revision(of: sanction, place: place, answered: answered) else {
        if book.hasLostItsGround(sanction) { end(sanction, relief) }
        continue
      }
      if let plan = revision.plan {
        answered = max(answered, plan.ground.rungPoints)
        let instead = lessen(sanction, at: place, to: plan, relief)
        owed = [owed, instead].compactMap(\.self).max {
          $0.ground.rungPoints < $1.ground.rungPoints
        }
      } else {
        end(sanction, relief)
      }
    }
    if let owed, !book.isAnswered(owed.ground.rungPoints, on: account) {
      bring(owed, on: account)
    }
  }

  /// How and why relief is given.
  struct Relief {
    let cause: LiftingCause
    let reason: String
    let actor: Actor
  }

  /// Ends a sanction that has no ground; what it had taken the place of comes back in its stead.
  mutating func end(_ sanction: Sanction, _ relief: Relief) {
    switch sanction.state {
    case .proposed: record(.sanctionDeclined(sanction.id, reason: relief.reason), by: .system)
    case .imposed:
      if let earlier = book.replaced(by: sanction, at: now) {
        let change = ConductChange.sanctionReduced(
          sanction.id, earlier.plan.terms, until: earlier.until, relief.cause)
        record(change, by: relief.actor)
      } else {
        lift(sanction, relief)
      }
    case .lifted: if relief.cause.isCorrection { lift(sanction, relief) }
    case .declined, .overturned: break
    }
  }

  private mutating func lift(_ sanction: Sanction, _ relief: Relief) {
    record(
      .sanctionLifted(sanction.id, relief.cause, due: nil, reason: relief.reason),
      by: relief.actor)
  }

  /// Makes a sanction what a lower rung asks for; one that is over stays as it was.
  ///
  /// One that waited is declined, and what is owed in its stead is answered, unless that rung was
  /// answered in truth before.
  private mutating func lessen(
    _ sanction: Sanction, at place: Int, to plan: SanctionPlan, _ relief: Relief
  ) -> SanctionPlan? {
    guard plan.terms.comesBefore(sanction.plan.terms) else { return nil }
    switch sanction.state {
    case .imposed:
      let end = sanction.imposed.flatMap { plan.terms.end(from: $0) }.map { max($0, now) }
      record(
        .sanctionReduced(sanction.id, plan.terms, until: end, relief.cause), by: relief.actor)
    case .proposed:
      record(.sanctionDeclined(sanction.id, reason: relief.reason), by: .system)
      guard plan.ground.rungPoints > book.answered(before: sanction, at: place),
        book.obstacle(to: plan.terms, on: sanction.account, at: now) == nil
      else { return nil }
      return plan
    case .lifted, .declined, .overturned: break
    }
    return nil
  }
}

/// What a sanction would be by what is left of its ground.
struct Revision {
  /// The plan that its ladder would have come to; nil where nothing would have followed.
  let plan: SanctionPlan?
}

extension ConductBook {
  /// Works a sanction out anew, with the facts of its day less what counts no more; nil for one that
  /// no ladder brought about.
  ///
  /// Its place is that among its account's sanctions; what is answered are the points of the highest
  /// rung that an earlier one still answers.
  func revision(of sanction: Sanction, place: Int, answered: Int) -> Revision? {
    let ground = sanction.plan.ground
    guard let account = accounts[sanction.account], let reference = ground.ladder,
      let ladder = ladder(reference, of: account.platform), let newest = ground.infractions.last,
      let last = account.strikes.lastIndex(where: { $0.infraction == newest }),
      let trigger = infractions[newest]
    else { return nil }
    let strikes = account.strikes[...last]
    let day = sanction.proposed
    let tally = StrikeTally(strikes, on: ladder, at: day)
    let earlier = account.sanctions.prefix(place)
    let facts = LadderFacts(
      points: min(ground.points, tally.points), gravity: tally.gravity,
      share: min(ground.share, tally.share(of: trigger.infraction.postsSeen)),
      warned: ground.warned && wasWarned(by: earlier, before: trigger.infraction.published),
      reached: min(ground.reached, answered), standing: [])
    let answer = ladder.rung(for: facts)
    guard let rung = answer.rung else { return Revision(plan: nil) }
    let leaned = strikes.filter { $0.points(at: day) > 0 }.map(\.infraction)
    let plan = plan(
      rung, answer, facts, on: ladder, leaned: leaned, settledBy: trigger.settledBy)
    return Revision(plan: plan)
  }

  /// Whether a sanction that waits or is in effect answers a rung.
  fileprivate func isAnswered(_ points: Int, on account: AccountID) -> Bool {
    (accounts[account]?.sanctions ?? []).compactMap { sanctions[$0] }.contains { sanction in
      !sanction.state.isFinal && sanction.plan.terms.kind != .warn
        && sanction.plan.ground.rungPoints >= points
    }
  }

  /// The points of the highest rung that had been answered when a sanction was proposed, by
  /// sanctions that were not wrong.
  fileprivate func answered(before sanction: Sanction, at place: Int) -> Int {
    let earlier = (accounts[sanction.account]?.sanctions ?? []).prefix(place)
    let rungs = earlier.compactMap { sanctions[$0] }
      .filter { $0.state != .overturned && $0.plan.ground.ladder != nil }
      .map(\.plan.ground.rungPoints)
    return min(sanction.plan.ground.reached, rungs.max() ?? 0)
  }

  /// Whether a person's sanction leaned on infractions of which none counts any more.
  func hasLostItsGround(_ sanction: Sanction) -> Bool {
    let leaned = sanction.plan.ground.infractions
    return !leaned.isEmpty && leaned.allSatisfy { infractions[$0]?.state == .overturned }
  }

  /// What a sanction in force took the place of, where that would still run and was not wrong.
  func replaced(by sanction: Sanction, at moment: Instant) -> Sanction? {
    guard let imposed = sanction.imposed, let account = accounts[sanction.account] else {
      return nil
    }
    return account.sanctions.compactMap { sanctions[$0] }.last { earlier in
      earlier.endedBy == .replaced && earlier.state == .lifted && earlier.ended == imposed
        && earlier.plan.terms.isMilder(than: sanction.plan.terms)
        && earlier.until.map { $0 > moment } ?? true
    }
  }
}
