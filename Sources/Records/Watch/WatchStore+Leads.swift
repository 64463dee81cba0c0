public import Enforcement
internal import Foundation
internal import GRDB
public import TransparencyLog

/// A name that may be worth a look, until a person has it watched.
public struct LeadEntry: Sendable, Hashable {
  /// The name.
  public let name: String
  /// The venue that it reminds of, where it is one.
  public let venue: String?
  /// Why, as a person reads it.
  public let reason: String
  /// Where it was met: a log's origin with the entry's number, or a site.
  public let source: String
  /// When it was met.
  public let time: Instant

  /// Takes the parts.
  public init(name: String, venue: String?, reason: String, source: String, time: Instant) {
    self.name = name
    self.venue = venue
    self.reason = reason
    self.source = source
    self.time = time
  }
}

/// How far a certificate log has been read.
public struct LogReading: Sendable, Hashable {
  /// The log's monitoring prefix.
  public let prefix: String
  /// The log's name for itself.
  public let origin: String
  /// The verified tree.
  public let frontier: TreeFrontier
  /// When it was read.
  public let read: Instant

  /// Takes the parts.
  public init(prefix: String, origin: String, frontier: TreeFrontier, read: Instant) {
    self.prefix = prefix
    self.origin = origin
    self.frontier = frontier
    self.read = read
  }
}

// MARK: - Leads

extension WatchStore {
  /// The most leads that are kept; older ones make room.
  public static let leadLimit = 100_000

  /// Keeps what a log's reading brought, and where it ended, in one transaction.
  ///
  /// A lead that was dismissed for the same reason is not kept again.
  public func keep(_ leads: [LeadEntry], after reading: LogReading) async throws(StoreError) {
    try await write { db in
      try Self.keep(leads, db)
      let edge = Data(reading.frontier.hashes.flatMap(\.bytes))
      try db.execute(
        sql: """
          INSERT OR REPLACE INTO ct_log (prefix, origin, size, edge, root, read)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          reading.prefix, reading.origin, Int64(reading.frontier.size), edge,
          Data(reading.frontier.root.bytes), reading.read.milliseconds,
        ])
    }
  }

  /// Where the reading of a log ended; nil where it has not begun.
  ///
  /// - Throws: ``StoreError``, also where the stored tree does not lead to its root.
  public func reading(of prefix: String) async throws(StoreError) -> LogReading? {
    try await read { db in
      let row = try Row.fetchOne(
        db, sql: "SELECT * FROM ct_log WHERE prefix = ?", arguments: [prefix])
      guard let row else { return nil }
      let edge = Array(row["edge"] as Data)
      let hashes = stride(from: 0, to: edge.count, by: 32).compactMap {
        Digest(bytes: edge[$0..<min($0 + 32, edge.count)])
      }
      let size: Int64 = row["size"]
      return LogReading(
        prefix: prefix, origin: row["origin"],
        frontier: try TreeFrontier(
          size: UInt64(size), hashes: hashes, root: Digest(bytes: Array(row["root"] as Data))),
        read: Instant(milliseconds: row["read"]))
    }
  }

  /// Leads, newest first; at most so many.
  public func leads(limit: Int = 1_000) async throws(StoreError) -> [LeadEntry] {
    try await read { db in
      try Row.fetchAll(
        db, sql: "SELECT * FROM lead ORDER BY id DESC LIMIT ?", arguments: [limit]
      ).map(Self.lead)
    }
  }

  /// One lead; nil where there is none of that name.
  public func lead(named name: String) async throws(StoreError) -> LeadEntry? {
    try await read { db in
      try Row.fetchOne(db, sql: "SELECT * FROM lead WHERE name = ?", arguments: [name])
        .map(Self.lead)
    }
  }

  /// Forgets a lead: it is watched now.
  public func dropLead(named name: String) async throws(StoreError) {
    try await write { db in
      try db.execute(sql: "DELETE FROM lead WHERE name = ?", arguments: [name])
    }
  }

  private static func keep(_ leads: [LeadEntry], _ db: Database) throws {
    for lead in leads {
      try db.execute(
        sql: """
          INSERT OR IGNORE INTO lead (name, venue, reason, source, time)
          SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS (
            SELECT 1 FROM dismissal WHERE name = ?1 AND resembles = '' AND evidence = ?3)
          """,
        arguments: [lead.name, lead.venue, lead.reason, lead.source, lead.time.milliseconds])
    }
    try db.execute(
      sql: """
        DELETE FROM lead WHERE id <= (SELECT id FROM lead ORDER BY id DESC LIMIT 1 OFFSET ?)
        """,
      arguments: [leadLimit])
  }

  private static func lead(_ row: Row) -> LeadEntry {
    LeadEntry(
      name: row["name"], venue: row["venue"], reason: row["reason"], source: row["source"],
      time: Instant(milliseconds: row["time"]))
  }
}
