internal import Enforcement
internal import Records

// MARK: - What the record says

extension Desk {
  /// The evidence of infractions, unsealed; what was erased is missing.
  func evidence(of ids: [InfractionID]) throws -> [InfractionID: InfractionEvidence] {
    var found: [InfractionID: InfractionEvidence] = [:]
    for id in ids.suffix(SanctionGround.infractionLimit) where found[id] == nil {
      guard let recorded = try journal.infraction(id),
        conductBook.accounts[recorded.file.account]?.erased == nil
      else { continue }
      found[id] = recorded.infraction.evidence
    }
    return found
  }

  func history(of id: SanctionID) throws -> [HistoryReply] {
    try journal.history(of: id).map(HistoryReply.init)
  }

  /// The most entries of an account's history.
  static let historyLimit = 10_000

  func history(of id: AccountID) throws -> [HistoryReply] {
    try journal.history(of: id, limit: Self.historyLimit).map(HistoryReply.init)
  }

  /// The entry that put a sanction in effect.
  func entry(imposing id: SanctionID) throws -> UInt64? {
    try journal.history(of: id).first { recorded in
      if case .conduct(.sanctionImposed) = recorded.event.change { true } else { false }
    }?.index
  }

  /// What was said in an appeal, and why it was decided so.
  func dialogue(of appeal: Appeal) throws -> AppealDialogue {
    var dialogue = AppealDialogue()
    for recorded in try journal.history(of: appeal.sanction) {
      guard case .conduct(let change) = recorded.event.change else { continue }
      switch change {
      case .appealFiled(appeal.id, _, let text), .appealMessage(appeal.id, let text):
        let isHolder = recorded.event.actor == .system
        dialogue.messages.append(
          AppealMessage(
            from: isHolder ? "holder" : "house", at: recorded.event.time.description, text: text))
      case .appealDecided(appeal.id, _, let reason): dialogue.reason = reason
      default: continue
      }
    }
    return dialogue
  }
}

extension HistoryReply {
  init(_ recorded: RecordedEvent) {
    entry = recorded.index
    time = recorded.event.time.description
    by = recorded.event.actor.description
    what = recorded.event.change.phrase
  }
}
