internal import Enforcement

extension ConductChange {
  /// What kind of event it is, as the leaf names it.
  var kind: String {
    switch self {
    case .platformSet: "platform.set"
    case .ladderAdopted: "ladder.adopted"
    case .ruleWritten: "rule.written"
    case .ruleStaged: "rule.staged"
    case .ruleReverted: "rule.reverted"
    case .partySet: "party.set"
    case .accountOpened: "account.opened"
    case .accountChanged: "account.changed"
    case .accountReviewed: "account.reviewed"
    case .infractionFound: "infraction.found"
    case .infractionSettled: "infraction.settled"
    case .sanctionProposed: "sanction.proposed"
    case .sanctionApproved: "sanction.approved"
    case .sanctionDeclined: "sanction.declined"
    case .sanctionImposed: "sanction.imposed"
    case .sanctionConfirmed: "sanction.confirmed"
    case .noticeDelivered: "sanction.notice-delivered"
    case .sanctionReduced: "sanction.reduced"
    case .sanctionLifted: "sanction.lifted"
    case .appealFiled: "appeal.filed"
    case .appealMessage: "appeal.message"
    case .appealDecided: "appeal.decided"
    case .leadNoted: "lead.noted"
    case .leadSettled: "lead.settled"
    case .batchProposed: "batch.proposed"
    case .batchApproved: "batch.approved"
    case .batchMoved: "batch.moved"
    case .reportMade: "report.made"
    case .reportReceived: "report.received"
    case .holdSet: "hold.set"
    case .partyErased: "party.erased"
    }
  }
}
