extension ConductBook {
  /// Folds in what happened to a sanction.
  mutating func applySanction(_ change: ConductChange, by actor: Actor, at moment: Instant) {
    switch change {
    case .sanctionProposed(let id, let account, let plan, _):
      enter(id, of: account, plan, by: actor, at: moment)
    case .sanctionApproved(let id, _): sanctions[id]?.approvedBy.append(actor)
    case .sanctionDeclined(let id, _):
      sanctions[id]?.state = .declined
      sanctions[id]?.ended = moment
    case .sanctionImposed(let id, let account, let plan, let notice):
      if sanctions[id] == nil { enter(id, of: account, plan, by: actor, at: moment) }
      impose(id, notice, at: moment)
    case .sanctionConfirmed(let id): sanctions[id]?.confirmed = moment
    case .noticeDelivered(let id): sanctions[id]?.delivered = moment
    case .sanctionReduced(let id, let terms, let until, let cause):
      reduce(id, to: terms, until: until, cause)
    case .sanctionLifted(let id, let cause, _, _): lift(id, cause, at: moment)
    case .platformSet, .ladderAdopted, .ruleWritten, .ruleStaged, .ruleReverted, .partySet,
      .accountOpened, .accountChanged, .accountReviewed, .infractionFound, .infractionSettled,
      .appealFiled,
      .appealMessage, .appealDecided, .leadNoted, .leadSettled, .batchProposed, .batchApproved,
      .batchMoved, .reportMade, .reportReceived, .holdSet, .partyErased:
      break
    }
  }

  /// What is part of an action on many accounts was proposed and agreed to with it.
  private mutating func enter(
    _ id: SanctionID, of account: AccountID, _ plan: SanctionPlan, by actor: Actor,
    at moment: Instant
  ) {
    guard accounts[account] != nil else { return }
    let batch = plan.batch.flatMap { batches[$0] }
    var sanction = Sanction(
      id: id, account: account, plan: plan, proposedBy: batch?.by ?? actor, proposed: moment)
    sanction.approvedBy = batch?.approvedBy ?? []
    sanctions[id] = sanction
    accounts[account]?.sanctions.append(id)
    guard plan.ground.ladder != nil, let reached = accounts[account]?.reached else { return }
    accounts[account]?.reached = max(reached, plan.ground.rungPoints)
  }

  private mutating func impose(_ id: SanctionID, _ notice: SanctionNotice, at moment: Instant) {
    guard let sanction = sanctions[id], sanction.state == .proposed else { return }
    let until = sanction.plan.terms.end(from: moment)
    sanctions[id]?.state = .imposed
    sanctions[id]?.imposed = moment
    sanctions[id]?.until = until
    sanctions[id]?.notice = notice
    ending.move(id, from: nil, to: until)
    expectReport(of: id, true)
    if sanction.plan.terms.kind >= .suspend { refreshTraits(of: sanction.account) }
  }

  private mutating func reduce(
    _ id: SanctionID, to terms: SanctionTerms, until: Instant?, _ cause: LiftingCause
  ) {
    guard let before = sanctions[id] else { return }
    sanctions[id]?.plan.terms = terms
    sanctions[id]?.until = until
    sanctions[id]?.notice?.terms = terms
    sanctions[id]?.notice?.until = until
    sanctions[id]?.confirmed = nil
    if let rung = rung(of: before, with: terms) {
      sanctions[id]?.plan.ground.rungPoints = rung.points
    }
    ending.move(id, from: before.until, to: until)
    if cause.isCorrection { correct(id) }
  }

  private mutating func lift(_ id: SanctionID, _ cause: LiftingCause, at moment: Instant) {
    guard let before = sanctions[id] else { return }
    sanctions[id]?.state = cause.isCorrection ? .overturned : .lifted
    sanctions[id]?.ended = before.ended ?? moment
    sanctions[id]?.endedBy = cause
    if before.state == .imposed {
      sanctions[id]?.confirmed = nil
      ending.move(id, from: before.until, to: nil)
    }
    if cause.isCorrection { correct(id) }
  }

  /// A rung whose answer was taken back, or made milder, may be reached again.
  private mutating func correct(_ id: SanctionID) {
    correctReports(of: id)
    guard let sanction = sanctions[id], let account = accounts[sanction.account] else { return }
    let answered = account.sanctions.compactMap { sanctions[$0] }
      .filter { $0.state != .overturned && $0.plan.ground.ladder != nil }
      .map(\.plan.ground.rungPoints).max()
    accounts[account.id]?.reached = min(account.reached, answered ?? 0)
    refreshTraits(of: account.id)
  }

  /// The rung of a sanction's ladder that asks for these terms, as far up as the sanction stood.
  private func rung(of sanction: Sanction, with terms: SanctionTerms) -> Ladder.Rung? {
    guard let reference = sanction.plan.ground.ladder,
      let platform = accounts[sanction.account]?.platform
    else { return nil }
    return ladder(reference, of: platform)?.rungs.last {
      $0.sanction == terms && $0.points <= sanction.plan.ground.rungPoints
    }
  }
}
