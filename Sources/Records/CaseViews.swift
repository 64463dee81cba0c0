internal import Enforcement
internal import Foundation
internal import GRDB

/// Keeps the views of sites and cases in step with the journal.
struct CaseViews {
  let db: Database

  func watch(_ site: Site, _ recorded: RecordedEvent) throws {
    try db.cachedStatement(
      sql: "INSERT OR REPLACE INTO view_site (site, since, by, entry) VALUES (?, ?, ?, ?)"
    ).execute(
      arguments: [
        site.description, recorded.event.time.milliseconds, recorded.event.actor.description,
        Int64(recorded.index),
      ])
  }

  func drop(_ site: Site) throws {
    try db.execute(sql: "DELETE FROM view_site WHERE site = ?", arguments: [site.description])
  }

  func apply(_ change: CaseChange, to id: CaseID, at index: Int64, register: Register) throws {
    try db.cachedStatement(
      sql: "INSERT INTO view_case_history (case_id, entry, kind) VALUES (?, ?, ?)"
    ).execute(arguments: [id.text, index, EventCoding.parts(of: change, in: id).kind])
    if case .found(let finding, _) = change { try add(finding, to: id, at: index) }
    if let found = register.book[id] { try store(found) }
  }

  private func add(_ finding: Finding, to id: CaseID, at index: Int64) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO view_finding (case_id, entry, url, score, seen, evidence, payload)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(
      arguments: [
        id.text, index, finding.url, EventCoding.thousandths(finding.score),
        finding.seen.milliseconds, finding.evidenceDigest.hex, finding.capture?.payload.hex,
      ])
  }

  private func store(_ found: CaseFile) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let body = String(decoding: try encoder.encode(found), as: UTF8.self)
    try db.cachedStatement(
      sql: """
        INSERT INTO view_case (id, ordinal, site, category, state, body)
        VALUES (?, (SELECT coalesce(max(ordinal), 0) + 1 FROM view_case), ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, body = excluded.body
        """
    ).execute(
      arguments: [
        found.id.text, found.site.description, found.category.rawValue, found.state.rawValue, body,
      ])
  }
}

extension CaseViews {
  /// The sites that are watched.
  static func sites(_ db: Database) throws -> [SiteRecord] {
    try Row.fetchAll(db, sql: "SELECT site, since, by FROM view_site").map { row in
      guard let site = Site(row["site"] as String), let by = Actor(text: row["by"]) else {
        throw StoreError.corrupt("view_site has a row that says nothing; run record rebuild")
      }
      return SiteRecord(site: site, by: by, since: Instant(milliseconds: row["since"]))
    }
  }

  /// The cases, in the order in which they were opened.
  static func cases(_ db: Database) throws -> [CaseFile] {
    let decoder = JSONDecoder()
    return try String.fetchAll(db, sql: "SELECT body FROM view_case ORDER BY ordinal").map { body in
      do {
        return try decoder.decode(CaseFile.self, from: Data(body.utf8))
      } catch {
        throw StoreError.corrupt("view_case has a row that cannot be read; run record rebuild")
      }
    }
  }
}
