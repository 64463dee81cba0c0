public import Enforcement
internal import GRDB

/// A lead or a proposed mirror that a person has seen to be nothing.
public struct DismissalEntry: Sendable, Hashable {
  /// The name that was met, or the site that was proposed.
  public let name: String
  /// What a proposed site resembles; empty for a lead.
  public let resembles: String
  /// What spoke for it; something else is news.
  public let evidence: String
  /// Why it is nothing, in the person's words.
  public let reason: String
  /// Who said so.
  public let by: String
  /// When.
  public let time: Instant

  /// Takes the parts.
  public init(
    name: String, resembles: String = "", evidence: String, reason: String, by: String,
    time: Instant
  ) {
    self.name = name
    self.resembles = resembles
    self.evidence = evidence
    self.reason = reason
    self.by = by
    self.time = time
  }
}

// MARK: - What was seen to be nothing

extension WatchStore {
  /// The most dismissals that are kept; the oldest make room.
  public static let dismissalLimit = 200_000

  /// Keeps dismissals, each in place of an earlier one of the same, and forgets the leads among them.
  public func dismiss(_ entries: [DismissalEntry]) async throws(StoreError) {
    try await write { db in
      for entry in entries {
        try db.execute(
          sql: """
            INSERT OR REPLACE INTO dismissal (name, resembles, evidence, reason, person, time)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            entry.name, entry.resembles, entry.evidence, entry.reason, entry.by,
            entry.time.milliseconds,
          ])
        guard entry.resembles.isEmpty else { continue }
        try db.execute(sql: "DELETE FROM lead WHERE name = ?", arguments: [entry.name])
      }
      try db.execute(
        sql: """
          DELETE FROM dismissal WHERE time < (
            SELECT time FROM dismissal ORDER BY time DESC LIMIT 1 OFFSET ?)
          """,
        arguments: [Self.dismissalLimit - 1])
    }
  }

  /// What was dismissed, newest first; leads or proposed mirrors, at most so many.
  public func dismissals(
    ofLeads: Bool, limit: Int = dismissalLimit
  ) async throws(StoreError) -> [DismissalEntry] {
    try await read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT name, resembles, evidence, reason, person, time FROM dismissal
          WHERE (resembles = '') = ? ORDER BY time DESC, name LIMIT ?
          """,
        arguments: [ofLeads, limit]
      ).map { row in
        DismissalEntry(
          name: row[0], resembles: row[1], evidence: row[2], reason: row[3],
          by: row[4], time: Instant(milliseconds: row[5]))
      }
    }
  }
}
