public import Enforcement
internal import GRDB

/// A stretch of time in which the brake kept a line of an order out of force.
public struct RecordedPause: Sendable, Hashable {
  /// The order.
  public var order: OrderID
  /// The version of the order.
  public var version: Int
  /// The line of the file.
  public var line: LineID
  /// The number of the entry that paused it.
  public var entry: UInt64
  /// From when.
  public var since: Instant
  /// Until when; nil where it still is.
  public var until: Instant?
}

/// Keeps the view of paused lines.
struct PauseViews {
  let db: Database

  func apply(
    _ change: LineChange, to line: LineID, of order: OrderID, _ version: Int,
    _ recorded: RecordedEvent
  ) throws {
    switch change {
    case .paused:
      try db.execute(
        sql: """
          INSERT INTO view_pause (order_id, version, line, entry, since, until)
          VALUES (?, ?, ?, ?, ?, NULL)
          """,
        arguments: [
          order.text, version, line.description, Int64(recorded.index),
          recorded.event.time.milliseconds,
        ])
    case .resumed:
      try db.execute(
        sql: """
          UPDATE view_pause SET until = ?
          WHERE order_id = ? AND version = ? AND line = ? AND until IS NULL
          """,
        arguments: [recorded.event.time.milliseconds, order.text, version, line.description])
    }
  }
}

extension Schema {
  static let pauseViews = """
    CREATE TABLE view_pause (
      order_id TEXT NOT NULL,
      version  INTEGER NOT NULL,
      line     TEXT NOT NULL,
      entry    INTEGER NOT NULL,
      since    INTEGER NOT NULL,
      until    INTEGER,
      PRIMARY KEY (order_id, version, line, entry)
    ) STRICT, WITHOUT ROWID;
    """
}

extension Journal {
  /// When the brake kept lines of an order out of force, oldest first.
  public func pauses(of order: OrderID) throws(StoreError) -> [RecordedPause] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT version, line, entry, since, until FROM view_pause WHERE order_id = ?
          ORDER BY entry
          """,
        arguments: [order.text]
      ).map { row in
        guard let line = LineID(row["line"] as String) else {
          throw StoreError.corrupt("view_pause has a row that says nothing")
        }
        return RecordedPause(
          order: order, version: row["version"], line: line,
          entry: UInt64(row["entry"] as Int64), since: Instant(milliseconds: row["since"]),
          until: (row["until"] as Int64?).map { Instant(milliseconds: $0) })
      }
    }
  }

  /// The rule that a line of a version makes; nil where it makes none.
  public func rule(
    of order: OrderID, version: Int, line: LineID
  ) throws(StoreError) -> RecordedRule? {
    try read { db in
      try Row.fetchOne(
        db,
        sql: """
          SELECT order_id, version, line, name, scope FROM view_rule
          WHERE order_id = ? AND version = ? AND line = ?
          """,
        arguments: [order.text, version, line.description]
      ).map(Self.rule)
    }
  }
}
