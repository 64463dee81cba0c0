internal import Enforcement

extension ConductChange {
  /// What happened, in a few words; nothing of it says who an account is.
  var phrase: String {
    switch self {
    case .platformSet(let platform): "the platform \(platform.id) was entered or changed"
    case .ladderAdopted(let platform, let ladder):
      "\(ladder.name)@\(ladder.version) holds on \(platform)"
    case .ruleWritten(let rule): "\(rule.reference) was written"
    case .ruleStaged(let rule, let stage, let reason): "\(rule) is \(stage.word): \(reason)"
    case .ruleReverted(let rule, let reason): "\(rule) was reverted: \(reason)"
    case .partySet(let id, _): "\(id) was entered or changed"
    case .accountOpened(let id, let platform, _): "\(id) on \(platform) became known"
    case .accountChanged(let id, _): "what is known of \(id) changed"
    case .accountReviewed(let id, let review):
      "\(id) was reviewed as \(review.category)"
        + (review.isMarked ? ", with the mark for political news" : "")
    case .infractionFound(let id, _, let infraction, let strike):
      "\(id): \(infraction.kind) by \(infraction.rule), "
        + (strike.map { "\($0.points) points" } ?? "held for a person")
    case .infractionSettled(let id, let ruling, let strike, let reason):
      "\(id): \(ruling.rawValue)" + (strike.map { ", \($0.points) points" } ?? "")
        + (reason.isEmpty ? "" : ": \(reason)")
    case .leadNoted(let lead): "\(lead.account) shares a \(lead.kind) with \(lead.earlier)"
    case .leadSettled(let id, let settled, let reason): "\(id): \(settled.rawValue): \(reason)"
    case .batchProposed(let batch, let reason):
      "\(batch.id) for \(batch.accounts.count) accounts was prepared: \(reason)"
    case .batchApproved(let id, let reason): "\(id) was agreed to: \(reason)"
    case .batchMoved(let id, let state, let reason): "\(id) is \(state.rawValue): \(reason)"
    case .reportMade(let report): "\(report.id) (\(report.kind.rawValue)) was made"
    case .reportReceived(let id, let receipt): "\(id) was received: \(receipt)"
    case .holdSet(let id, let reason):
      reason.map { "nothing about \(id) may be erased: \($0)" } ?? "\(id) may be erased again"
    case .partyErased(let id, let accounts):
      "\(id) and \(accounts.count) of its accounts were erased"
    case .sanctionProposed, .sanctionApproved, .sanctionDeclined, .sanctionImposed,
      .sanctionConfirmed, .noticeDelivered, .sanctionReduced, .sanctionLifted, .appealFiled,
      .appealMessage, .appealDecided:
      sanctionPhrase
    }
  }

  private var sanctionPhrase: String {
    switch self {
    case .sanctionProposed(let id, _, let plan, let reason):
      "\(id): \(TermsReply(plan.terms).phrase) was proposed" + Self.because(reason)
    case .sanctionApproved(let id, let reason): "\(id) was agreed to" + Self.because(reason)
    case .sanctionDeclined(let id, let reason): "\(id) was declined" + Self.because(reason)
    case .sanctionImposed(let id, _, let plan, let notice):
      "\(id): \(TermsReply(plan.terms).phrase) took effect"
        + (notice.until.map { ", until \($0)" } ?? "")
    case .sanctionConfirmed(let id): "\(id): the platform has done it"
    case .noticeDelivered(let id): "\(id): the notice was delivered"
    case .sanctionReduced(let id, let terms, let until, let cause):
      "\(id): now \(TermsReply(terms).phrase)" + (until.map { ", until \($0)" } ?? "")
        + " (\(cause.rawValue))"
    case .sanctionLifted(let id, let cause, let due, let reason):
      "\(id) ended (\(cause.rawValue))" + (due.map { ", due \($0)" } ?? "") + Self.because(reason)
    case .appealFiled(let id, let sanction, _): "\(id) was filed against \(sanction)"
    case .appealMessage(let id, _): "\(id): a message"
    case .appealDecided(let id, let outcome, let reason):
      "\(id): \(outcome.word)" + Self.because(reason)
    case .platformSet, .ladderAdopted, .ruleWritten, .ruleStaged, .ruleReverted, .partySet,
      .accountOpened, .accountChanged, .accountReviewed, .infractionFound, .infractionSettled,
      .leadNoted,
      .leadSettled, .batchProposed, .batchApproved, .batchMoved, .reportMade, .reportReceived,
      .holdSet, .partyErased:
      ""
    }
  }

  private static func because(_ reason: String) -> String { reason.isEmpty ? "" : ": \(reason)" }
}
