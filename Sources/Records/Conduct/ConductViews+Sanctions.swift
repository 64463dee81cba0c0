internal import Enforcement
internal import Foundation
internal import GRDB

/// Sanctions, appeals, leads, batches and reports as rows.
extension ConductViews {
  func store(_ id: SanctionID) throws {
    guard let sanction = book.sanctions[id] else { return }
    try run(
      """
      INSERT INTO view_sanction (id, account, platform, kind, state, automatic, batch, proposed,
        imposed, until, confirmed, delivered, ended, cause)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, state = excluded.state,
        automatic = excluded.automatic, imposed = excluded.imposed, until = excluded.until,
        confirmed = excluded.confirmed, delivered = excluded.delivered, ended = excluded.ended,
        cause = excluded.cause
      """,
      [
        id.count, sanction.account.count, book.accounts[sanction.account]?.platform.text ?? "",
        sanction.plan.terms.kind.rawValue, sanction.state.rawValue,
        sanction.plan.automation.decision, sanction.plan.batch?.count,
        sanction.proposed.milliseconds, sanction.imposed?.milliseconds,
        sanction.until?.milliseconds, sanction.confirmed?.milliseconds,
        sanction.delivered?.milliseconds, sanction.ended?.milliseconds,
        sanction.endedBy?.rawValue,
      ])
  }

  func storeBody(of id: SanctionID) throws {
    guard let sanction = book.sanctions[id] else { return }
    let body = SanctionBody(
      plan: sanction.plan, proposedBy: sanction.proposedBy, approvedBy: sanction.approvedBy,
      notice: sanction.notice)
    try run(
      "INSERT OR REPLACE INTO view_sanction_body (id, body) VALUES (?, ?)",
      [id.count, try body.text])
  }

  /// What changes when a sanction ends; one that ended by itself may have been late.
  func storeEnd(of id: SanctionID, due: Instant?, at moment: Instant) throws {
    guard let sanction = book.sanctions[id] else { return }
    try run(
      """
      UPDATE view_sanction SET state = ?, confirmed = ?, ended = ?, cause = ?,
        late = coalesce(?, late) WHERE id = ?
      """,
      [
        sanction.state.rawValue, sanction.confirmed?.milliseconds, sanction.ended?.milliseconds,
        sanction.endedBy?.rawValue, due.map { moment.milliseconds - $0.milliseconds }, id.count,
      ])
  }

  func store(_ id: AppealID) throws {
    guard let appeal = book.appeals[id], let sanction = book.sanctions[appeal.sanction] else {
      return
    }
    try run(
      """
      INSERT INTO view_appeal (id, sanction, account, filed, messages, outcome, body, decided,
        decided_by)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET messages = excluded.messages, outcome = excluded.outcome,
        body = excluded.body, decided = excluded.decided, decided_by = excluded.decided_by
      """,
      [
        id.count, appeal.sanction.count, sanction.account.count, appeal.filed.milliseconds,
        appeal.messages, appeal.outcome?.name, try appeal.outcome.map(Self.body),
        appeal.decided?.milliseconds, appeal.decidedBy?.description,
      ])
    guard let end = appeal.answerBy else { return }
    try run(
      "INSERT OR IGNORE INTO view_appeal_term (appeal, answer_by) VALUES (?, ?)",
      [id.count, end.milliseconds])
  }

  func store(_ id: LeadID) throws {
    guard let lead = book.leads[id] else { return }
    try run(
      """
      INSERT INTO view_lead (id, account, earlier, kind, settled) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET settled = excluded.settled
      """,
      [
        id.count, lead.account.count, lead.earlier.count, lead.kind.rawValue,
        lead.settled?.rawValue,
      ])
  }

  func store(_ id: BatchID) throws {
    guard let batch = book.batches[id] else { return }
    try run(
      "INSERT OR REPLACE INTO view_batch (id, body) VALUES (?, ?)",
      [id.count, try Self.body(batch)])
  }

  func add(_ report: Report) throws {
    try store(report.id)
    for sanction in report.sanctions {
      try run(
        "INSERT OR IGNORE INTO view_report_sanction (sanction, report) VALUES (?, ?)",
        [sanction.count, report.id.count])
    }
  }

  func store(_ id: ReportID) throws {
    guard let report = book.reports[id] else { return }
    try run(
      """
      INSERT INTO view_report (id, kind, made, corrects, body) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET body = excluded.body WHERE body <> excluded.body
      """,
      [
        id.count, report.kind.rawValue, report.made.milliseconds, report.corrects?.count,
        try Self.body(report),
      ])
  }

  /// Reports that tell of a sanction may owe a correction after a change, or owe none any more.
  func storeCorrections(after change: ConductChange) throws {
    switch change {
    case .sanctionReduced(let id, _, _, _), .sanctionLifted(let id, _, _, _):
      try storeReports(of: [id])
    case .appealDecided(let id, _, _):
      if let appeal = book.appeals[id] { try storeReports(of: [appeal.sanction]) }
    case .reportMade(let report):
      if let corrected = report.corrects { try store(corrected) }
      try storeReports(of: report.sanctions)
    case .platformSet, .ladderAdopted, .ruleWritten, .ruleStaged, .ruleReverted, .partySet,
      .accountOpened, .accountChanged, .accountReviewed, .infractionFound, .infractionSettled,
      .sanctionProposed,
      .sanctionApproved, .sanctionDeclined, .sanctionImposed, .sanctionConfirmed,
      .noticeDelivered, .appealFiled, .appealMessage, .leadNoted, .leadSettled, .batchProposed,
      .batchApproved, .batchMoved, .reportReceived, .holdSet, .partyErased:
      break
    }
  }

  private func storeReports(of sanctions: [SanctionID]) throws {
    let reports = Set(sanctions.flatMap { book.sanctions[$0]?.reports ?? [] })
    for report in reports.sorted() { try store(report) }
  }
}

extension AppealOutcome {
  /// What it is, without its details.
  var name: String {
    switch self {
    case .upheld: "upheld"
    case .reduced: "reduced"
    case .overturned: "overturned"
    }
  }
}
