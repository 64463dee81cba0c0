internal import Enforcement

extension ConductChange {
  /// The sanction that a change of it, or of an appeal against it, is about.
  func sanction(in book: ConductBook) -> SanctionID? {
    switch self {
    case .sanctionProposed(let id, _, _, _), .sanctionApproved(let id, _),
      .sanctionDeclined(let id, _), .sanctionImposed(let id, _, _, _), .sanctionConfirmed(let id),
      .noticeDelivered(let id), .sanctionReduced(let id, _, _, _), .sanctionLifted(let id, _, _, _),
      .appealFiled(_, let id, _):
      id
    case .appealMessage(let id, _), .appealDecided(let id, _, _): book.appeals[id]?.sanction
    case .platformSet, .ladderAdopted, .ruleWritten, .ruleStaged, .ruleReverted, .partySet,
      .accountOpened, .accountChanged, .accountReviewed, .infractionFound, .infractionSettled,
      .leadNoted,
      .leadSettled, .batchProposed, .batchApproved, .batchMoved, .reportMade, .reportReceived,
      .holdSet, .partyErased:
      nil
    }
  }

  /// The appeal that a change is about.
  var appeal: AppealID? {
    switch self {
    case .appealFiled(let id, _, _), .appealMessage(let id, _), .appealDecided(let id, _, _): id
    case .platformSet, .ladderAdopted, .ruleWritten, .ruleStaged, .ruleReverted, .partySet,
      .accountOpened, .accountChanged, .accountReviewed, .infractionFound, .infractionSettled,
      .sanctionProposed,
      .sanctionApproved, .sanctionDeclined, .sanctionImposed, .sanctionConfirmed,
      .noticeDelivered, .sanctionReduced, .sanctionLifted, .leadNoted, .leadSettled,
      .batchProposed, .batchApproved, .batchMoved, .reportMade, .reportReceived, .holdSet,
      .partyErased:
      nil
    }
  }

  /// What was said in an appeal.
  var words: String? {
    switch self {
    case .appealFiled(_, _, let text), .appealMessage(_, let text), .appealDecided(_, _, let text):
      text
    case .platformSet, .ladderAdopted, .ruleWritten, .ruleStaged, .ruleReverted, .partySet,
      .accountOpened, .accountChanged, .accountReviewed, .infractionFound, .infractionSettled,
      .sanctionProposed,
      .sanctionApproved, .sanctionDeclined, .sanctionImposed, .sanctionConfirmed,
      .noticeDelivered, .sanctionReduced, .sanctionLifted, .leadNoted, .leadSettled,
      .batchProposed, .batchApproved, .batchMoved, .reportMade, .reportReceived, .holdSet,
      .partyErased:
      nil
    }
  }
}
