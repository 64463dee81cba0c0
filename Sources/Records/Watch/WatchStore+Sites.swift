public import Enforcement
internal import Foundation
internal import GRDB

// MARK: - Sites come and go

extension WatchStore {
  /// A site with who added it, and when.
  public struct Admission: Sendable, Hashable {
    /// What was asked for.
    public let terms: SiteTerms
    /// Who added it.
    public let by: Actor
    /// When.
    public let at: Instant

    /// Takes the parts.
    public init(_ terms: SiteTerms, by actor: Actor, at moment: Instant) {
      self.terms = terms
      self.by = actor
      self.at = moment
    }
  }

  /// Takes sites in, or takes new terms for them; their start pages are due at once.
  public func admit(_ admissions: [Admission]) async throws(StoreError) {
    try await write { db in
      for admission in admissions { try Self.admit(admission, db) }
    }
  }

  /// Stops watching sites; what is known of them stays.
  public func drop(_ sites: [Site]) async throws(StoreError) {
    try await write { db in
      let statement = try db.cachedStatement(sql: "UPDATE site SET watched = 0 WHERE name = ?")
      for site in sites { try statement.execute(arguments: [site.description]) }
    }
  }

  /// Brings the store in line with the record: a crash between the two leaves a site decided and
  /// not taken in.
  ///
  /// Such a site begins at its own address.
  ///
  /// - Parameter decided: every site that the record has as watched.
  /// - Throws: ``StoreError``.
  public func follow(_ decided: some Sequence<SiteRecord>) async throws(StoreError) {
    let decided = Array(decided)
    try await write { db in
      var watched: Set<String> = []
      let rows = try Row.fetchCursor(db, sql: "SELECT name FROM site WHERE watched = 1")
      while let row = try rows.next() { watched.insert(row[0]) }
      for one in decided where watched.remove(one.site.description) == nil {
        let body: String? = try String.fetchOne(
          db, sql: "SELECT body FROM site WHERE name = ?", arguments: [one.site.description])
        let terms = try body.map(Self.terms(of:)) ?? SiteTerms(site: one.site)
        try Self.admit(Admission(terms, by: one.by, at: one.since), db)
      }
      for name in watched {
        try db.execute(sql: "UPDATE site SET watched = 0 WHERE name = ?", arguments: [name])
      }
    }
  }

  private static func admit(_ admission: Admission, _ db: Database) throws {
    let terms = admission.terms
    let now = admission.at.milliseconds
    try db.cachedStatement(
      sql: """
        INSERT INTO site (name, watched, body, added, added_by, due) VALUES (?, 1, ?, ?, ?, ?)
        ON CONFLICT (name) DO UPDATE
        SET watched = 1, body = excluded.body, due = min(due, excluded.due)
        """
    ).execute(
      arguments: [
        terms.site.description, try body(of: terms), now, admission.by.description, now,
      ])
    guard let row = try number(of: terms.site, db)?.row else { return }
    for url in terms.startURLs {
      try insert(PageEntry(found: url, depth: 0, rank: 0, at: admission.at), of: row, db)
    }
  }

  static func body(of terms: SiteTerms) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(terms), as: UTF8.self)
  }

  static func terms(of body: String) throws -> SiteTerms {
    do {
      return try JSONDecoder().decode(SiteTerms.self, from: Data(body.utf8))
    } catch {
      throw StoreError.corrupt("a watched site cannot be read: \(error)")
    }
  }

  static func number(of site: Site, _ db: Database) throws -> SiteNumber? {
    let statement = try db.cachedStatement(sql: "SELECT id FROM site WHERE name = ?")
    return try Int64.fetchOne(statement, arguments: [site.description]).map(SiteNumber.init(row:))
  }

  /// Adds a page, unless it is known; answers whether it was added.
  @discardableResult
  static func insert(_ page: PageEntry, of site: Int64, _ db: Database) throws -> Bool {
    try db.cachedStatement(
      sql: """
        INSERT OR IGNORE INTO page (site, key, kind, url, depth, rank, found_on, due, interval)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)
        """
    ).execute(
      arguments: [
        site, page.key.number, page.kind.rawValue, page.url, page.depth, page.rank,
        page.foundOn?.number, page.state.due.milliseconds,
      ])
    return db.changesCount > 0
  }
}
