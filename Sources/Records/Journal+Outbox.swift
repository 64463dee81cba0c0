public import Enforcement
internal import Foundation
internal import GRDB

/// A letter that is to be sent now.
public struct PendingDelivery: Sendable, Hashable {
  /// The case.
  public let id: CaseID
  /// Which letter of it.
  public let place: DeliveryPlace
  /// The letter.
  public let letter: NoticeLetter
  /// Since when it waits.
  public let since: Instant
  /// How often sending it was tried.
  public let attempts: Int
}

/// How a letter fares.
public struct Delivery: Sendable, Hashable {
  /// What has become of a letter.
  public enum State: String, Sendable, Hashable, Codable, CaseIterable {
    /// It is to be sent, or sent again.
    case pending
    /// A server took it over.
    case sent
    /// It is not tried again.
    case failed
    /// Its case ended before it went out.
    case withdrawn
  }

  /// Which letter.
  public let place: DeliveryPlace
  /// What has become of it.
  public let state: State
  /// How often sending it was tried.
  public let attempts: Int
  /// When it is tried next; nil unless it is pending.
  public let nextTry: Instant?
  /// Why the last try failed; nil where it did not.
  public let lastError: String?
}

extension Journal {
  /// The letters that are to be sent by now, those that wait longest first.
  ///
  /// - Parameter limit: the most letters to answer.
  /// - Returns: the letters.
  /// - Throws: ``StoreError``.
  public func pendingDeliveries(limit: Int = 16) throws(StoreError) -> [PendingDelivery] {
    let now = self.now
    return try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT case_id, notice, recipient, entry, since, attempts FROM outbox
          WHERE state = 'pending' AND next_try <= ? ORDER BY next_try, case_id, recipient LIMIT ?
          """,
        arguments: [now.milliseconds, limit]
      ).map { row in
        let place = DeliveryPlace(notice: row["notice"], recipient: row["recipient"])
        let recorded = try Self.event(at: row["entry"], in: db)
        guard case .caseChanged(let id, .noticePrepared(let notice)) = recorded.event.change,
          notice.letters.indices.contains(place.recipient - 1)
        else { throw StoreError.corrupt("the outbox has a letter that is not on the record") }
        return PendingDelivery(
          id: id, place: place, letter: notice.letters[place.recipient - 1],
          since: Instant(milliseconds: row["since"]), attempts: row["attempts"])
      }
    }
  }

  /// When the next letter is to be sent; nil where none waits.
  public func nextDelivery() throws(StoreError) -> Instant? {
    try read { db in
      try Int64.fetchOne(db, sql: "SELECT min(next_try) FROM outbox WHERE state = 'pending'")
    }.map { Instant(milliseconds: $0) }
  }

  /// Notes that sending a letter failed for now.
  ///
  /// - Parameters:
  ///   - id: the case.
  ///   - place: the letter.
  ///   - error: why, at most 1,000 octets of it are kept.
  ///   - nextTry: when it is to be tried again.
  /// - Throws: ``StoreError``.
  public func noteFailedAttempt(
    of id: CaseID, _ place: DeliveryPlace, error: String, nextTry: Instant
  ) throws(StoreError) {
    do {
      try storage.demandFreeSpace()
      try storage.pool.write { db in
        try db.execute(
          sql: """
            UPDATE outbox SET attempts = attempts + 1, next_try = ?, last_error = ?
            WHERE case_id = ? AND notice = ? AND recipient = ? AND state = 'pending'
            """,
          arguments: [
            nextTry.milliseconds, String(error.prefix(1_000)), id.text, place.notice,
            place.recipient,
          ])
      }
    } catch {
      throw StoreError(error, directory: storage.directory)
    }
  }

  /// How the letters of a case fare, in the order in which they were written.
  public func deliveries(of id: CaseID) throws(StoreError) -> [Delivery] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT notice, recipient, state, attempts, next_try, last_error FROM outbox
          WHERE case_id = ? ORDER BY notice, recipient
          """,
        arguments: [id.text]
      ).map { row in
        guard let state = Delivery.State(rawValue: row["state"]) else {
          throw StoreError.corrupt("the outbox has a letter in an unknown state")
        }
        return Delivery(
          place: DeliveryPlace(notice: row["notice"], recipient: row["recipient"]), state: state,
          attempts: row["attempts"],
          nextTry: state == .pending ? Instant(milliseconds: row["next_try"]) : nil,
          lastError: row["last_error"])
      }
    }
  }
}
