internal import Enforcement
internal import TransparencyLog

/// Sanctions on the record.
extension EventCoding {
  static func addSanctionChange(_ change: ConductChange, to parts: inout Parts) {
    switch change {
    case .sanctionProposed(let id, let account, let plan, let reason):
      parts.data = [("sanction", json(id)), ("account", json(account))]
      add(plan, to: &parts)
      parts.sealed.append(("reason", .string(reason)))
    case .sanctionApproved(let id, let reason), .sanctionDeclined(let id, let reason):
      parts.data = [("sanction", json(id))]
      parts.sealed = [("reason", .string(reason))]
    case .sanctionImposed(let id, let account, let plan, let notice):
      parts.data = [("sanction", json(id)), ("account", json(account))]
      add(plan, to: &parts)
      add(notice, of: plan, to: &parts)
    case .sanctionConfirmed(let id), .noticeDelivered(let id):
      parts.data = [("sanction", json(id))]
    case .sanctionReduced(let id, let terms, let until, let cause):
      parts.data = [
        ("sanction", json(id)), ("terms", json(terms)), ("cause", .string(cause.rawValue)),
      ]
      if let until { parts.data.append(("until", .string(until.description))) }
    case .sanctionLifted(let id, let cause, let due, let reason):
      parts.data = [("sanction", json(id)), ("cause", .string(cause.rawValue))]
      if let due { parts.data.append(("due", .string(due.description))) }
      parts.sealed = [("reason", .string(reason))]
    case .platformSet, .ladderAdopted, .ruleWritten, .ruleStaged, .ruleReverted, .partySet,
      .accountOpened, .accountChanged, .accountReviewed, .infractionFound, .infractionSettled,
      .appealFiled,
      .appealMessage, .appealDecided, .leadNoted, .leadSettled, .batchProposed, .batchApproved,
      .batchMoved, .reportMade, .reportReceived, .holdSet, .partyErased:
      break
    }
  }

  static func json(_ terms: SanctionTerms) -> CanonicalJSON {
    var members: Members = [("kind", .string(terms.kind.rawValue))]
    if !terms.restrictions.isEmpty {
      members.append(
        ("restrictions", .array(terms.restrictions.map { .string($0.rawValue) })))
    }
    if let days = terms.days { members.append(("days", .integer(Int64(days)))) }
    return .object(CanonicalJSON.Object(members))
  }

  private static func json(_ automation: SanctionPlan.Automation) -> CanonicalJSON {
    ["detection": .bool(automation.detection), "decision": .bool(automation.decision)]
  }

  private static func add(_ plan: SanctionPlan, to parts: inout Parts) {
    parts.data += [
      ("terms", json(plan.terms)), ("approvals", .integer(Int64(plan.approvals))),
      ("automation", json(plan.automation)),
    ]
    if let batch = plan.batch { parts.data.append(("batch", json(batch))) }
    add(plan.ground, as: "ground", to: &parts)
  }

  /// Clauses are sealed: where no rule made the sanction, an officer worded them.
  private static func add(_ ground: SanctionGround, as name: String, to parts: inout Parts) {
    var members: Members = [
      ("points", .integer(Int64(ground.points))),
      ("rung_points", .integer(Int64(ground.rungPoints))),
      ("share", .integer(Int64(ground.share))), ("warned", .bool(ground.warned)),
      ("reached", .integer(Int64(ground.reached))),
      (
        "set_aside",
        .array(
          ground.setAside.map {
            ["kind": .string($0.kind.rawValue), "why": .string($0.why.rawValue)]
          })
      ),
    ]
    if let ladder = ground.ladder { members.append(("ladder", .string(ladder.description))) }
    if let gravity = ground.gravity { members.append(("gravity", .string(gravity.rawValue))) }
    parts.data.append((name, .object(CanonicalJSON.Object(members))))
    add(ground.infractions, as: name + "_infractions", to: &parts)
    parts.sealed.append((name + "_clauses", .array(ground.clauses.map { .string($0) })))
  }

  /// A notice that repeats its plan, as they do, is written without the repetition.
  private static func add(
    _ notice: SanctionNotice, of plan: SanctionPlan, to parts: inout Parts
  ) {
    var members: Members = [
      ("language", .string(notice.language)),
      ("territory", .array(notice.territory.map { .string($0) })),
      ("appeal_days", .integer(Int64(notice.appealDays))),
    ]
    if let until = notice.until { members.append(("until", .string(until.description))) }
    if notice.terms != plan.terms { members.append(("terms", json(notice.terms))) }
    if notice.automation != plan.automation {
      members.append(("automation", json(notice.automation)))
    }
    parts.data.append(("notice", .object(CanonicalJSON.Object(members))))
    if notice.ground != plan.ground { add(notice.ground, as: "notice_ground", to: &parts) }
    parts.sealed.append(("appeal_address", .string(notice.appealAddress)))
  }
}
