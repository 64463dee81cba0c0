internal import Enforcement
internal import Foundation
internal import GRDB

/// Keeps what is to be told in step with the journal, in the transaction of the event.
///
/// Of each lane only the first that waits has a time of its next try; the one behind it gets one
/// when the first was delivered or given up. So order is kept, and whoever delivers need not look
/// at what cannot be sent yet.
struct EffectQueue {
  let db: Database

  /// How long delivery is tried, counted from the moment at which it could first be sent.
  static let patience = Duration.seconds(3 * 86_400)

  func apply(_ recorded: RecordedEvent, book: ConductBook) throws {
    guard case .conduct(let change) = recorded.event.change else { return }
    switch change {
    case .sanctionImposed(let id, _, _, _), .sanctionReduced(let id, _, _, _),
      .sanctionLifted(let id, _, _, _):
      try announce(id, recorded, book)
    case .reportMade(let report): try queue(report, recorded)
    case .reportReceived(let id, let receipt):
      try settleReport(id, reply: receipt, at: recorded.event.time)
    case .partyErased(_, let accounts): for account in accounts { try withdraw(account) }
    case .platformSet, .ladderAdopted, .ruleWritten, .ruleStaged, .ruleReverted, .partySet,
      .accountOpened, .accountChanged, .accountReviewed, .infractionFound, .infractionSettled,
      .sanctionProposed,
      .sanctionApproved, .sanctionDeclined, .sanctionConfirmed, .noticeDelivered, .appealFiled,
      .appealMessage, .appealDecided, .leadNoted, .leadSettled, .batchProposed, .batchApproved,
      .batchMoved, .holdSet:
      break
    }
  }

  /// A platform without a webhook asks for its sanctions itself.
  private func announce(
    _ id: SanctionID, _ recorded: RecordedEvent, _ book: ConductBook
  ) throws {
    guard let account = book.sanctions[id].flatMap({ book.accounts[$0.account] }),
      book.platforms[account.platform]?.webhook != nil
    else { return }
    try add(
      .webhook, lane: account.id.count, subject: id.count, platform: account.platform, recorded)
  }

  /// A correction follows what it corrects.
  private func queue(_ report: Report, _ recorded: RecordedEvent) throws {
    let root = try report.corrects.flatMap { corrected in
      try Int.fetchOne(
        db, sql: "SELECT lane FROM effect WHERE channel = 'report' AND subject = ? LIMIT 1",
        arguments: [corrected.count])
    }
    try add(
      .report, lane: root ?? report.id.count, subject: report.id.count, platform: nil, recorded)
  }

  private func add(
    _ channel: EffectChannel, lane: Int, subject: Int, platform: Slug?, _ recorded: RecordedEvent
  ) throws {
    let time = recorded.event.time.milliseconds
    try db.cachedStatement(
      sql: """
        INSERT INTO effect (id, channel, lane, sequence, platform, subject, since, state, next_try)
        SELECT ?1, ?2, ?3,
          1 + coalesce((SELECT max(sequence) FROM effect WHERE channel = ?2 AND lane = ?3), 0),
          ?4, ?5, ?6, 'pending',
          CASE WHEN EXISTS (SELECT 1 FROM effect WHERE channel = ?2 AND lane = ?3
            AND state = 'pending') THEN NULL ELSE ?6 END
        """
    ).execute(
      arguments: [
        Int64(recorded.index), channel.rawValue, lane, platform?.text, subject, time,
      ])
  }

  private func settleReport(_ id: ReportID, reply: String, at moment: Instant) throws {
    let effects = try Int64.fetchAll(
      db,
      sql: """
        SELECT id FROM effect WHERE channel = 'report' AND subject = ?
        AND state IN ('pending', 'failed')
        """,
      arguments: [id.count])
    for effect in effects { try settle(effect, reply: nil, at: moment) }
  }

  private func withdraw(_ account: AccountID) throws {
    try db.cachedStatement(
      sql: """
        UPDATE effect SET state = 'withdrawn', next_try = NULL
        WHERE channel = 'webhook' AND lane = ? AND state = 'pending'
        """
    ).execute(arguments: [account.count])
  }
}

// MARK: - Delivery

extension EffectQueue {
  /// Notes that an effect was delivered; answers false where that was known, or it is none.
  @discardableResult
  func settle(_ id: Int64, reply: Data?, at moment: Instant) throws -> Bool {
    try db.cachedStatement(
      sql: """
        UPDATE effect SET state = 'sent', attempts = attempts + 1, next_try = NULL,
          last_error = NULL, reply = ? WHERE id = ? AND state IN ('pending', 'failed')
        """
    ).execute(arguments: [reply, id])
    guard db.changesCount == 1 else { return false }
    try promote(after: id, at: moment)
    return true
  }

  /// Notes that delivering failed; gives up after ``patience``.
  func fail(
    _ id: Int64, error: String, nextTry: Instant, at moment: Instant
  ) throws -> EffectState {
    let row = try Row.fetchOne(
      db, sql: "SELECT since, state, next_try FROM effect WHERE id = ?", arguments: [id])
    guard let row, let state = EffectState(rawValue: row[1]) else {
      throw StoreError.corrupt("there is no effect \(id)")
    }
    guard state == .pending, !row.hasNull(atIndex: 2) else { return state }
    let isGivenUp = nextTry > Instant(milliseconds: row[0]) + Self.patience
    try db.execute(
      sql: """
        UPDATE effect SET attempts = attempts + 1, last_error = ?, state = ?, next_try = ?
        WHERE id = ?
        """,
      arguments: [
        String(error.prefix(1_000)), (isGivenUp ? EffectState.failed : .pending).rawValue,
        isGivenUp ? nil : nextTry.milliseconds, id,
      ])
    if isGivenUp { try promote(after: id, at: moment) }
    return isGivenUp ? .failed : .pending
  }

  /// Tries one again that was given up, unless something later of its lane was delivered.
  func revive(_ id: Int64, at moment: Instant) throws -> Bool {
    try db.execute(
      sql: """
        UPDATE effect SET state = 'pending', next_try = NULL WHERE id = ?1 AND state = 'failed'
        AND NOT EXISTS (SELECT 1 FROM effect later WHERE later.channel = effect.channel
          AND later.lane = effect.lane AND later.sequence > effect.sequence
          AND later.state = 'sent')
        """,
      arguments: [id])
    guard db.changesCount == 1 else { return false }
    try db.execute(
      sql: """
        UPDATE effect SET next_try = NULL WHERE state = 'pending' AND (channel, lane) =
          (SELECT channel, lane FROM effect WHERE id = ?)
        """,
      arguments: [id])
    try promote(after: id, at: moment)
    return true
  }

  /// Lets the first of the lane that waits be sent.
  private func promote(after id: Int64, at moment: Instant) throws {
    try db.cachedStatement(
      sql: """
        UPDATE effect SET next_try = ?2, since = ?2 WHERE next_try IS NULL AND id =
          (SELECT next.id FROM effect next JOIN effect done ON done.id = ?1
           WHERE next.channel = done.channel AND next.lane = done.lane AND next.state = 'pending'
           ORDER BY next.sequence LIMIT 1)
        """
    ).execute(arguments: [id, moment.milliseconds])
  }
}
