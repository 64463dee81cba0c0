extension ConductBook {
  /// Folds a change in; one that does not fit (it names an account that is not there) does nothing.
  mutating func apply(_ change: ConductChange, by actor: Actor, at moment: Instant) {
    switch change {
    case .platformSet(let platform): platforms[platform.id] = platform
    case .ladderAdopted(let platform, let ladder): ladders[platform, default: []].append(ladder)
    case .ruleWritten(let rule): rules[rule.reference] = rule
    case .ruleStaged(let rule, let stage, _): rules[rule]?.stage = stage
    case .ruleReverted(let rule, _): rules[rule]?.reverted = true
    case .partySet(let id, let entry):
      if parties[id] == nil { parties[id] = Party(id: id, entry: entry, by: actor) }
      parties[id]?.entry = entry
    case .accountOpened, .accountChanged, .infractionFound, .infractionSettled,
      .sanctionProposed, .sanctionApproved, .sanctionDeclined, .sanctionImposed,
      .sanctionConfirmed, .noticeDelivered, .sanctionReduced, .sanctionLifted, .appealFiled,
      .appealMessage, .appealDecided, .leadNoted, .leadSettled, .batchProposed, .batchApproved,
      .batchMoved, .reportMade, .reportReceived, .holdSet, .partyErased:
      break
    }
  }
}
