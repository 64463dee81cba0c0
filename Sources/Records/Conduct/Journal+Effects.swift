public import Enforcement
internal import Foundation
internal import GRDB

extension Journal {
  /// What is to be told by now, what waits longest first: of each account, and of each chain of
  /// reports, the oldest alone.
  ///
  /// - Parameters:
  ///   - channel: where it is told; nil for everywhere.
  ///   - limit: the most to answer.
  /// - Returns: the effects.
  /// - Throws: ``StoreError``.
  public func pendingEffects(
    on channel: EffectChannel? = nil, limit: Int = 64
  ) throws(StoreError) -> [PendingEffect] {
    let now = self.now
    return try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT id, channel, platform, lane, sequence, since, attempts FROM effect
          WHERE state = 'pending' AND next_try <= ?1 AND (?2 IS NULL OR channel = ?2)
          ORDER BY next_try, id LIMIT ?3
          """,
        arguments: [now.milliseconds, channel?.rawValue, limit]
      ).map { row in
        guard let channel = EffectChannel(rawValue: row[1]) else {
          throw StoreError.corrupt("an effect has an unknown channel")
        }
        return PendingEffect(
          id: UInt64(row[0] as Int64), channel: channel,
          platform: (row[2] as String?).flatMap { Slug(text: $0) },
          account: channel == .webhook ? AccountID(count: row[3]) : nil, sequence: row[4],
          event: try Self.event(at: row[0], in: db), since: Instant(milliseconds: row[5]),
          attempts: row[6])
      }
    }
  }

  /// When the next effect is to be told; nil where none waits.
  public func nextEffect() throws(StoreError) -> Instant? {
    try read { db in
      try Int64.fetchOne(
        db,
        sql: """
          SELECT min(next_try) FROM effect WHERE state = 'pending' AND next_try IS NOT NULL
          """)
    }.map { Instant(milliseconds: $0) }
  }

  /// Notes that telling an effect failed for now.
  ///
  /// After three days it is given up, and what waited behind it goes on.
  ///
  /// - Parameters:
  ///   - id: the effect.
  ///   - error: why; at most 1,000 characters of it are kept.
  ///   - nextTry: when it is to be tried again.
  /// - Returns: what has become of it.
  /// - Throws: ``StoreError``.
  @discardableResult
  public func noteFailedEffect(
    _ id: UInt64, error: String, nextTry: Instant
  ) throws(StoreError) -> EffectState {
    let now = self.now
    return try writeEffects { effects in
      try effects.fail(Int64(clamping: id), error: error, nextTry: nextTry, at: now)
    }
  }

  /// Notes that effects arrived, in one transaction; those of which that is known are passed over.
  ///
  /// - Parameter replies: the effects, each with SHA-256 of the answer where there was one.
  /// - Returns: how many were not known to have arrived.
  /// - Throws: ``StoreError``.
  @discardableResult
  public func settleEffects(_ replies: [UInt64: ContentDigest?]) throws(StoreError) -> Int {
    let now = self.now
    return try writeEffects { effects in
      try replies.sorted { $0.key < $1.key }.reduce(0) { count, settled in
        let isNew = try effects.settle(
          Int64(clamping: settled.key), reply: settled.value.map { Data($0.hex.utf8) }, at: now)
        return count + (isNew ? 1 : 0)
      }
    }
  }

  /// Notes that an effect arrived; doing so twice does no harm.
  ///
  /// - Parameters:
  ///   - id: the effect.
  ///   - reply: SHA-256 of the answer; nil where there was none.
  /// - Throws: ``StoreError``.
  public func settleEffect(_ id: UInt64, reply: ContentDigest?) throws(StoreError) {
    try settleEffects([id: reply])
  }

  /// Has an effect told again that was given up.
  ///
  /// - Returns: false where it was not given up, or something later of its account has arrived
  ///   since: told late, it would undo that.
  public func reviveEffect(_ id: UInt64) throws(StoreError) -> Bool {
    let now = self.now
    return try writeEffects { try $0.revive(Int64(clamping: id), at: now) }
  }

  /// The effects that were given up, oldest first.
  public func failedEffects(
    after id: UInt64? = nil, limit: Int = 100
  ) throws(StoreError) -> [EffectStatus] {
    try effects(
      "state = 'failed' AND id > ? ORDER BY id LIMIT ?",
      [id.map { Int64(clamping: $0) } ?? -1, limit])
  }

  /// How the effects on an account fare, oldest first.
  public func effects(on account: AccountID) throws(StoreError) -> [EffectStatus] {
    try effects("channel = 'webhook' AND lane = ? ORDER BY sequence", [account.count])
  }

  /// How many effects wait, and how many were given up.
  ///
  /// - Parameter channel: where they are told; nil for everywhere.
  /// - Returns: the numbers.
  /// - Throws: ``StoreError``.
  public func effectTally(
    on channel: EffectChannel? = nil
  ) throws(StoreError) -> EffectTally {
    let wanted = channel.map { " AND channel = '\($0.rawValue)'" } ?? ""
    return try read { db in
      EffectTally(
        pending: try Int.fetchOne(
          db, sql: "SELECT count(*) FROM effect WHERE state = 'pending'\(wanted)") ?? 0,
        failed: try Int.fetchOne(
          db, sql: "SELECT count(*) FROM effect WHERE state = 'failed'\(wanted)") ?? 0,
        oldest: try Int64.fetchOne(
          db, sql: "SELECT min(since) FROM effect WHERE state = 'pending'\(wanted)"
        ).map { Instant(milliseconds: $0) })
    }
  }

  func effects(
    _ condition: String, _ arguments: StatementArguments
  ) throws(StoreError) -> [EffectStatus] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT id, channel, lane, subject, sequence, state, attempts, next_try, last_error
          FROM effect WHERE \(condition)
          """,
        arguments: arguments
      ).map { row in
        guard let channel = EffectChannel(rawValue: row[1]),
          let state = EffectState(rawValue: row[5])
        else { throw StoreError.corrupt("an effect has an unknown state") }
        let isReport = channel == .report
        return EffectStatus(
          id: UInt64(row[0] as Int64), channel: channel,
          account: isReport ? nil : AccountID(count: row[2]),
          sanction: isReport ? nil : SanctionID(count: row[3]),
          report: isReport ? ReportID(count: row[3]) : nil, sequence: row[4], state: state,
          attempts: row[6], nextTry: (row[7] as Int64?).map { Instant(milliseconds: $0) },
          lastError: row[8])
      }
    }
  }

  private func writeEffects<Value>(
    _ body: (EffectQueue) throws -> Value
  ) throws(StoreError) -> Value {
    do {
      try storage.demandFreeSpace()
      return try storage.pool.write { db in try body(EffectQueue(db: db)) }
    } catch {
      throw StoreError(error, directory: storage.directory)
    }
  }
}
