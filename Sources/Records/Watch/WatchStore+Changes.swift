internal import Enforcement
internal import Foundation
internal import GRDB

// MARK: - What was learned

extension WatchStore {
  /// The most captures of a page that are listed; the files themselves are not touched.
  public static let capturesKept = 32

  /// Writes down what was learned, in order, in one transaction.
  public func apply(_ changes: [WatchChange]) async throws(StoreError) {
    guard !changes.isEmpty else { return }
    try await write { db in
      for change in changes { try Self.apply(change, db) }
    }
  }

  private static func apply(_ change: WatchChange, _ db: Database) throws {
    switch change {
    case .looked(let site, let look): try apply(look, of: site, db)
    case .found(let site, let pages):
      for page in pages { try insert(page, of: site.row, db) }
    case .forgotten(let site, let key): try forget(key, of: site, db)
    case .host(let host): try save(host, db)
    case .hostRests(let origin, let moment, let failures):
      try db.cachedStatement(sql: "UPDATE host SET next = ?, failures = ? WHERE name = ?")
        .execute(arguments: [moment.milliseconds, failures, origin])
    case .marked(let mark): try save(mark, db)
    case .turnEnded(let site, let end): try conclude(site, end, db)
    }
  }

  private static func apply(_ look: PageLook, of site: SiteNumber, _ db: Database) throws {
    try update(look.key, of: site, to: look.state, db)
    if let capture = look.capture {
      try db.cachedStatement(
        sql: """
          INSERT INTO capture (site, page, time, file, offset, payload) VALUES (?, ?, ?, ?, ?, ?)
          """
      ).execute(
        arguments: [
          site.row, look.key.number, look.state.fetched?.milliseconds ?? 0, capture.file,
          capture.offset, Data(capture.payload.bytes),
        ])
      try db.cachedStatement(
        sql: """
          DELETE FROM capture WHERE site = ?1 AND page = ?2 AND id <= (
            SELECT id FROM capture WHERE site = ?1 AND page = ?2
            ORDER BY id DESC LIMIT 1 OFFSET \(capturesKept))
          """
      ).execute(arguments: [site.row, look.key.number])
    }
    guard !look.rechecked.isEmpty else { return }
    let settle = try db.cachedStatement(
      sql: "DELETE FROM recheck WHERE site = ? AND page = ? AND case_id = ?")
    for id in look.rechecked {
      try settle.execute(arguments: [site.row, look.key.number, id.text])
    }
  }

  /// A page that a case waits for is not forgotten.
  private static func forget(_ key: PageKey, of site: SiteNumber, _ db: Database) throws {
    try db.cachedStatement(
      sql: """
        DELETE FROM page WHERE site = ?1 AND key = ?2
          AND NOT EXISTS (SELECT 1 FROM recheck WHERE site = ?1 AND page = ?2)
        """
    ).execute(arguments: [site.row, key.number])
  }

  /// Sums a site up, and says when it comes due next.
  private static func conclude(_ site: SiteNumber, _ end: TurnEnd, _ db: Database) throws {
    let sums = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT count(*) FILTER (WHERE kind = 0), min(due), max(fetched),
            count(*) FILTER (WHERE failures > 0), count(*) FILTER (WHERE evidence IS NOT NULL)
          FROM page WHERE site = ?
          """),
      arguments: [site.row])
    guard let sums else { return }
    let awaited = try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT min(due) FROM recheck WHERE site = ?"),
      arguments: [site.row])
    let surest = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT category, score FROM page WHERE site = ? AND category IS NOT NULL
          ORDER BY evidence IS NULL, CASE WHEN evidence IS NULL THEN rank ELSE -score END LIMIT 1
          """),
      arguments: [site.row])
    // A site without pages has nothing to look at, whatever was asked for: it waits for new terms.
    let firstDue = min(sums[1] as Int64? ?? .max, awaited ?? .max)
    let due = max(firstDue, end.notBefore?.milliseconds ?? .min)
    try db.cachedStatement(
      sql: """
        UPDATE site SET due = ?, seen = ?, pages = ?, failing = ?, findings = ?, category = ?,
          score = ?, fault = ?
        WHERE id = ?
        """
    ).execute(
      arguments: [
        due, sums[2] as Int64?, sums[0] as Int, sums[3] as Int, sums[4] as Int,
        surest?[0] as String?, surest?[1] as Double?, end.fault, site.row,
      ])
  }
}

extension ContentDigest {
  /// The 32 octets.
  var bytes: [UInt8] {
    let digits = Array(hex.utf8).map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x57 }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}
