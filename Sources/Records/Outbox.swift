internal import Enforcement
internal import GRDB

/// Keeps the list of letters in step with the journal, in the transaction of the event.
struct Outbox {
  let db: Database

  /// Puts the letters of a notice in; takes those out that were delivered, failed, or are of no use
  /// any more because their case has ended.
  func apply(_ recorded: RecordedEvent) throws {
    guard case .caseChanged(let id, let change) = recorded.event.change else { return }
    switch change {
    case .noticePrepared(let notice): try add(notice, of: id, recorded)
    case .noticeSent(let place, _): try settle(id, place, as: "sent", nil)
    case .noticeFailed(let place, let reason): try settle(id, place, as: "failed", reason)
    case .resolved, .dismissed:
      try db.execute(
        sql: "UPDATE outbox SET state = 'withdrawn' WHERE case_id = ? AND state = 'pending'",
        arguments: [id.text])
    case .found, .reviewed, .due, .rechecked, .referred: break
    }
  }

  private func add(_ notice: Notice, of id: CaseID, _ recorded: RecordedEvent) throws {
    let time = recorded.event.time.milliseconds
    for position in notice.letters.indices {
      try db.execute(
        sql: """
          INSERT INTO outbox (case_id, notice, recipient, entry, since, state, next_try)
          VALUES (?, ?, ?, ?, ?, 'pending', ?)
          """,
        arguments: [id.text, notice.number, position + 1, Int64(recorded.index), time, time])
    }
  }

  private func settle(
    _ id: CaseID, _ place: DeliveryPlace, as state: String, _ error: String?
  ) throws {
    try db.execute(
      sql: """
        UPDATE outbox SET state = ?, attempts = attempts + 1, last_error = ?
        WHERE case_id = ? AND notice = ? AND recipient = ?
        """,
      arguments: [state, error, id.text, place.notice, place.recipient])
  }
}
