extension Docket {
  /// Asks the ladder what follows from the strike of an infraction, and brings it about.
  mutating func climb(_ account: AccountID, after infraction: InfractionID) {
    guard let plan = book.plan(for: account, after: infraction, at: now) else { return }
    bring(plan, on: account)
  }
}

extension ConductBook {
  /// What the ladder of an account's platform asks for after the strike of an infraction; nil where
  /// nothing follows.
  public func plan(
    for id: AccountID, after infraction: InfractionID, at moment: Instant
  ) -> SanctionPlan? {
    guard let account = accounts[id], let ladder = ladder(of: account.platform),
      let newest = infractions[infraction]
    else { return nil }
    let facts = facts(of: account, after: newest, on: ladder, at: moment)
    let answer = ladder.rung(for: facts)
    guard let rung = answer.rung else { return nil }
    let leaned = account.strikes.filter { $0.points(at: moment) > 0 }.map(\.infraction)
    return plan(rung, answer, facts, on: ladder, leaned: leaned, settledBy: newest.settledBy)
  }

  /// A plan out of a ladder's answer.
  func plan(
    _ rung: Ladder.Rung, _ answer: LadderAnswer, _ facts: LadderFacts, on ladder: Ladder,
    leaned: [InfractionID], settledBy: Actor?
  ) -> SanctionPlan {
    let ground = SanctionGround(
      infractions: leaned, points: facts.points, rungPoints: rung.points,
      ladder: ladder.reference, clauses: clauses(of: leaned), share: facts.share,
      gravity: facts.gravity, warned: facts.warned, reached: facts.reached,
      setAside: answer.setAside)
    let approvals = max(rung.approvals, rung.sanction.kind.leastApprovals)
    return SanctionPlan(
      terms: rung.sanction, ground: ground, approvals: approvals,
      automation: SanctionPlan.Automation(
        detection: true, decision: approvals == 0 && settledBy == nil))
  }

  /// What the ladder looks at after the newest strike of an account.
  func facts(
    of account: Account, after newest: InfractionFile, on ladder: Ladder, at moment: Instant
  ) -> LadderFacts {
    let tally = StrikeTally(account.strikes[...], on: ladder, at: moment)
    return LadderFacts(
      points: tally.points, gravity: tally.gravity,
      share: tally.share(of: newest.infraction.postsSeen),
      warned: wasWarned(account, before: newest.infraction.published), reached: account.reached,
      standing: sanctionsInForce(on: account.id, at: moment).map { $0.standing(at: moment) })
  }

  /// Whether an account had been told off before a moment: by a warning that stands, or by
  /// something harder, rightly as far as is known.
  func wasWarned(_ account: Account, before moment: Instant) -> Bool {
    wasWarned(by: account.sanctions[...], before: moment)
  }

  func wasWarned(by earlier: ArraySlice<SanctionID>, before moment: Instant) -> Bool {
    earlier.contains { id in
      guard let sanction = sanctions[id], let imposed = sanction.imposed, imposed < moment
      else { return false }
      switch sanction.state {
      case .imposed: return true
      case .lifted: return sanction.plan.terms.kind != .warn
      case .proposed, .declined, .overturned: return false
      }
    }
  }

  /// The clauses that infractions broke, each once, in their order; at most 16.
  func clauses(of leaned: [InfractionID]) -> [String] {
    var clauses: [String] = []
    for id in leaned.suffix(SanctionGround.infractionLimit) {
      guard let infraction = infractions[id]?.infraction else { continue }
      for rule in [infraction.rule] + infraction.also {
        guard let clause = rules[rule]?.clause, !clauses.contains(clause) else { continue }
        clauses.append(clause)
        if clauses.count == SanctionGround.clauseLimit { return clauses }
      }
    }
    return clauses
  }
}

/// What strikes come to at a moment.
struct StrikeTally {
  /// The points that count.
  private(set) var points = 0
  /// The gravest that counts.
  private(set) var gravity: Gravity?
  /// Infringing posts within the ladder's window, whether their strikes still count or not.
  private(set) var posts = 0

  init(_ strikes: ArraySlice<Strike>, on ladder: Ladder, at moment: Instant) {
    let window = moment + .days(-ladder.windowDays)
    for strike in strikes where strike.overturned == nil {
      if strike.at > window { posts += 1 }
      let counting = strike.points(at: moment)
      guard counting > 0 else { continue }
      points += counting
      gravity = max(gravity ?? strike.gravity, strike.gravity)
    }
  }

  /// Thousandths of the posts seen.
  func share(of seen: Int) -> Int { posts * 1_000 / max(posts, seen, 1) }
}
