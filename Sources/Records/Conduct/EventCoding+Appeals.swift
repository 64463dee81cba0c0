internal import Enforcement
internal import TransparencyLog

/// Appeals, leads, batches and reports on the record.
extension EventCoding {
  static func addOtherChange(_ change: ConductChange, to parts: inout Parts) {
    switch change {
    case .appealFiled(let id, let sanction, let text):
      parts.data = [("appeal", json(id)), ("sanction", json(sanction))]
      parts.sealed = [("text", .string(text))]
    case .appealMessage(let id, let text):
      parts.data = [("appeal", json(id))]
      parts.sealed = [("text", .string(text))]
    case .appealDecided(let id, let outcome, let reason):
      parts.data = [("appeal", json(id))]
      add(outcome, to: &parts)
      parts.sealed.append(("reason", .string(reason)))
    case .leadNoted(let lead):
      parts.data = [
        ("lead", json(lead.id)), ("account", json(lead.account)), ("earlier", json(lead.earlier)),
        ("trait", .string(lead.kind.rawValue)),
      ]
      if let settled = lead.settled { parts.data.append(("settled", .string(settled.rawValue))) }
    case .leadSettled(let id, let settled, let reason):
      parts.data = [("lead", json(id)), ("settled", .string(settled.rawValue))]
      parts.sealed = [("reason", .string(reason))]
    case .batchProposed(let batch, let reason):
      parts.data = [("batch", json(batch.id)), ("state", .string(batch.state.rawValue))]
      add(batch, to: &parts)
      parts.sealed.append(("reason", .string(reason)))
    case .batchApproved(let id, let reason):
      parts.data = [("batch", json(id))]
      parts.sealed = [("reason", .string(reason))]
    case .batchMoved(let id, let state, let reason):
      parts.data = [("batch", json(id)), ("state", .string(state.rawValue))]
      parts.sealed = [("reason", .string(reason))]
    case .reportMade(let report): add(report, to: &parts)
    case .reportReceived(let id, let receipt):
      parts.data = [("report", json(id))]
      parts.sealed = [("receipt", .string(receipt))]
    case .platformSet, .ladderAdopted, .ruleWritten, .ruleStaged, .ruleReverted, .partySet,
      .accountOpened, .accountChanged, .accountReviewed, .infractionFound, .infractionSettled,
      .sanctionProposed,
      .sanctionApproved, .sanctionDeclined, .sanctionImposed, .sanctionConfirmed,
      .noticeDelivered, .sanctionReduced, .sanctionLifted, .holdSet, .partyErased:
      break
    }
  }

  private static func add(_ outcome: AppealOutcome, to parts: inout Parts) {
    switch outcome {
    case .upheld: parts.data.append(("outcome", "upheld"))
    case .reduced(let terms):
      parts.data += [("outcome", "reduced"), ("terms", json(terms))]
    case .overturned(let infractions):
      parts.data.append(("outcome", "overturned"))
      add(infractions, as: "infractions", to: &parts)
    }
  }

  private static func add(_ batch: Batch, to parts: inout Parts) {
    switch batch.action {
    case .lift: parts.data.append(("action", "lift"))
    case .impose(let terms, let clause):
      parts.data += [("action", "impose"), ("terms", json(terms))]
      parts.sealed.append(("clause", .string(clause)))
    }
    add(batch.accounts, as: "accounts", to: &parts)
    parts.sealed.append(("by", .string(batch.by.description)))
  }

  /// The digest is sealed, since what was sent tells of people.
  private static func add(_ report: Report, to parts: inout Parts) {
    parts.data = [
      ("report", json(report.id)), ("report_kind", .string(report.kind.rawValue)),
      ("made", .string(report.made.description)), ("key", .string(report.key)),
    ]
    add(report.sanctions, as: "sanctions", to: &parts)
    if let corrects = report.corrects { parts.data.append(("corrects", json(corrects))) }
    parts.sealed.append(("content", .string(report.content.hex)))
    if let receipt = report.receipt { parts.sealed.append(("receipt", .string(receipt))) }
  }
}
