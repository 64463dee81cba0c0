public import Enforcement
internal import GRDB

// MARK: - Looking again for a case

extension WatchStore {
  /// Asks for a page to be looked at again for a case.
  ///
  /// What comes of it is recorded with the case; the page is looked at then, due by itself or not.
  /// Asking again for the same case moves the moment.
  ///
  /// - Parameters:
  ///   - url: the page's canonical URL.
  ///   - site: the site that it belongs to; one that is not watched is not looked at.
  ///   - moment: when to look.
  ///   - id: the case.
  /// - Returns: whether the site is watched.
  /// - Throws: ``StoreError``.
  @discardableResult
  public func requestRecheck(
    page url: String, of site: Site, at moment: Instant, case id: CaseID
  ) async throws(StoreError) -> Bool {
    try await write { db in
      let row = try Row.fetchOne(
        db, sql: "SELECT id FROM site WHERE name = ? AND watched = 1",
        arguments: [site.description])
      guard let number: Int64 = row?[0] else { return false }
      let page = PageEntry(found: url, depth: 0, rank: 0, at: moment)
      try Self.insert(page, of: number, db)
      try db.cachedStatement(
        sql: "INSERT OR REPLACE INTO recheck (site, page, case_id, due) VALUES (?, ?, ?, ?)"
      ).execute(arguments: [number, page.key.number, id.text, moment.milliseconds])
      try db.cachedStatement(sql: "UPDATE site SET due = min(due, ?) WHERE id = ?")
        .execute(arguments: [moment.milliseconds, number])
      return true
    }
  }

  /// The cases that wait for a look, with the moment for each.
  public func pendingRechecks() async throws(StoreError) -> [CaseID: Instant] {
    try await read { db in
      var found: [CaseID: Instant] = [:]
      let rows = try Row.fetchCursor(db, sql: "SELECT case_id, min(due) FROM recheck GROUP BY 1")
      while let row = try rows.next() {
        if let id = CaseID(row[0] as String) { found[id] = Instant(milliseconds: row[1]) }
      }
      return found
    }
  }

  /// Takes back what was asked for a case.
  public func cancelRechecks(of id: CaseID) async throws(StoreError) {
    try await write { db in
      try db.execute(sql: "DELETE FROM recheck WHERE case_id = ?", arguments: [id.text])
    }
  }
}
