public import Enforcement
internal import Foundation
internal import GRDB

/// What marks a site, as whoever reads pages writes it.
public struct MarkEntry: Sendable, Hashable {
  /// The site's text.
  public let site: String
  /// When it was taken.
  public let taken: Instant
  /// The mark, at most 1 MiB; this store does not read it.
  public let body: [UInt8]

  /// Takes the parts.
  public init(site: String, taken: Instant, body: [UInt8]) {
    self.site = site
    self.taken = taken
    self.body = body
  }
}

// MARK: - What marks sites

extension WatchStore {
  /// The most octets of a mark.
  public static let markLimit = 1 << 20

  /// Puts the mark of a site in place of the one before.
  static func save(_ mark: MarkEntry, _ db: Database) throws {
    guard mark.body.count <= markLimit else { return }
    try db.cachedStatement(
      sql: "INSERT OR REPLACE INTO mark (site, taken, body) VALUES (?, ?, ?)"
    ).execute(arguments: [mark.site, mark.taken.milliseconds, Data(mark.body)])
  }

  /// The mark of a site; nil where there is none.
  public func mark(of site: String) async throws(StoreError) -> MarkEntry? {
    try await read { db in
      let statement = try db.cachedStatement(sql: "SELECT * FROM mark WHERE site = ?")
      return try Row.fetchOne(statement, arguments: [site]).map(Self.mark)
    }
  }

  /// Marks in the order of their sites: those after a site, or from the beginning; at most so many.
  public func marks(
    after site: String = "", limit: Int = 1_000
  ) async throws(StoreError) -> [MarkEntry] {
    try await read { db in
      try Row.fetchAll(
        db, sql: "SELECT * FROM mark WHERE site > ? ORDER BY site LIMIT ?",
        arguments: [site, limit]
      ).map(Self.mark)
    }
  }

  private static func mark(_ row: Row) -> MarkEntry {
    MarkEntry(
      site: row["site"], taken: Instant(milliseconds: row["taken"]),
      body: Array(row["body"] as Data))
  }
}
