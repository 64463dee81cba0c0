public import Enforcement
internal import Foundation
internal import GRDB

/// How often orders and their lines matched, by the hour, in whole steps.
///
/// The numbers lie beside the record, in a file of their own (`totals.sqlite`): they are no decisions.
/// Less than a step is never written down, and an hour is the finest that is told, so that no single
/// asker shows; what is short of a step waits in memory.
public final class TotalsStore: Sendable {
  /// What is counted.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Queries answered with a block.
    case blocked
    /// Queries that an observing order saw and let pass.
    case observed
    /// Queries counted for the brake that a line matched: of each network only a few a minute.
    case counted
  }

  /// What a number is about.
  public struct Subject: Sendable, Hashable {
    /// The order.
    public var order: OrderID
    /// The line, with its version; nil for the whole order.
    public var line: LinePlace?
    /// What is counted.
    public var kind: Kind

    /// Takes the parts.
    public init(order: OrderID, line: LinePlace? = nil, kind: Kind) {
      self.order = order
      self.line = line
      self.kind = kind
    }
  }

  /// A line of a version of an order.
  public struct LinePlace: Sendable, Hashable {
    /// The version.
    public var version: Int
    /// The line.
    public var line: LineID

    /// Takes the parts.
    public init(version: Int, line: LineID) {
      self.version = version
      self.line = line
    }
  }

  /// Numbers are written in multiples of this.
  public static let step = 100

  /// For so many hours a number is kept.
  static let keptHours: Int64 = 400 * 24

  private let queue: DatabaseQueue
  private let directory: String
  /// Held so that the lock on the directory lives as long as this.
  private let journal: Journal

  /// Opens the numbers of a record, and makes the file where there is none.
  ///
  /// - Parameter journal: the record, which holds the data directory's lock.
  /// - Throws: ``StoreError``.
  public init(beside journal: Journal) throws(StoreError) {
    self.journal = journal
    directory = journal.storage.directory
    let path = directory + "/totals.sqlite"
    // Made beforehand, so that no moment passes in which others could read it.
    close(open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600))
    var configuration = Configuration()
    configuration.label = "cordon.totals"
    configuration.busyMode = .timeout(5)
    do {
      queue = try DatabaseQueue(path: path, configuration: configuration)
      var migrator = DatabaseMigrator()
      migrator.registerMigration("1-totals") { try $0.execute(sql: Self.schema) }
      try migrator.migrate(queue)
    } catch {
      throw StoreError(error, directory: directory)
    }
    chmod(path, 0o600)
  }

  /// `line` is empty and `version` 0 for a whole order; hours count from 1970.
  private static let schema = """
    CREATE TABLE total (
      order_id TEXT NOT NULL,
      version  INTEGER NOT NULL,
      line     TEXT NOT NULL,
      kind     TEXT NOT NULL,
      hour     INTEGER NOT NULL,
      steps    INTEGER NOT NULL CHECK (steps > 0),
      PRIMARY KEY (order_id, version, line, kind, hour)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX total_hour ON total (hour);
    """

  /// Adds whole steps to the hour of a moment, and lets go of hours that are long past.
  public func add(_ steps: [Subject: Int], at moment: Instant) throws(StoreError) {
    let hour = moment.seconds / 3600
    guard !Storage.isFull(directory) else { throw .diskFull(directory: directory) }
    do {
      try queue.write { db in
        for (subject, count) in steps where count > 0 {
          try db.execute(
            sql: """
              INSERT INTO total (order_id, version, line, kind, hour, steps)
              VALUES (?, ?, ?, ?, ?, ?)
              ON CONFLICT DO UPDATE SET steps = steps + excluded.steps
              """,
            arguments: [
              subject.order.text, subject.line?.version ?? 0,
              subject.line?.line.description ?? "", subject.kind.rawValue, hour, count,
            ])
        }
        try db.execute(sql: "DELETE FROM total WHERE hour < ?", arguments: [hour - Self.keptHours])
      }
    } catch {
      throw StoreError(error, directory: directory)
    }
  }

  /// What was counted up to the end of the hour of a moment, in whole steps.
  public func total(of subject: Subject, until moment: Instant) throws(StoreError) -> Int {
    do {
      let steps = try queue.read { db in
        try Int.fetchOne(
          db,
          sql: """
            SELECT sum(steps) FROM total
            WHERE order_id = ? AND version = ? AND line = ? AND kind = ? AND hour <= ?
            """,
          arguments: [
            subject.order.text, subject.line?.version ?? 0,
            subject.line?.line.description ?? "", subject.kind.rawValue, moment.seconds / 3600,
          ])
      }
      return (steps ?? 0) * Self.step
    } catch {
      throw StoreError(error, directory: directory)
    }
  }
}
