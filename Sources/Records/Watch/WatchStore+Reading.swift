public import Enforcement
internal import GRDB
internal import TransparencyLog

// MARK: - Reading

extension WatchStore {
  /// Sites that were ever watched, oldest first: those after a site, or from the beginning; at most
  /// so many.
  public func sites(
    after last: SiteNumber? = nil, limit: Int = 100_000
  ) async throws(StoreError) -> [SiteEntry] {
    try await read { db in
      try Row.fetchAll(
        db, sql: "\(Self.siteColumns) WHERE id > ? ORDER BY id LIMIT ?",
        arguments: [last?.row ?? 0, limit]
      ).map(Self.site)
    }
  }

  /// One site; nil where it was never watched.
  public func site(_ site: Site) async throws(StoreError) -> SiteEntry? {
    try await read { db in
      try Row.fetchOne(
        db, sql: "\(Self.siteColumns) WHERE name = ?", arguments: [site.description]
      ).map(Self.site)
    }
  }

  /// The pages of a site: findings first, then those that fail, then by rank.
  public func pages(
    of site: SiteNumber, limit: Int = 100
  ) async throws(StoreError) -> [PageEntry] {
    try await read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT \(Self.pageColumns) FROM page WHERE site = ?
          ORDER BY evidence IS NULL, -score * (evidence IS NOT NULL), failures = 0, rank, url
          LIMIT ?
          """,
        arguments: [site.row, limit]
      ).map(Self.page(_:))
    }
  }

  /// One page by its canonical URL.
  public func page(
    _ url: String, of site: SiteNumber
  ) async throws(StoreError) -> PageEntry? {
    try await read { db in try Self.page(PageKey(url: url), of: site, db) }
  }

  /// The hosts that the pages of a site are on, as far as they were asked.
  public func hosts(of site: SiteNumber) async throws(StoreError) -> [HostEntry] {
    try await read { db in
      let urls = try String.fetchAll(
        db, sql: "SELECT url FROM page WHERE site = ?", arguments: [site.row])
      let origins = Set(
        urls.map { PageEntry(found: $0, depth: 0, rank: 0, at: .init(seconds: 0)).origin })
      return try origins.sorted().compactMap { try Self.host($0, db) }
    }
  }

  /// The captures of a site, newest first.
  public func captures(
    of site: SiteNumber, limit: Int = 100
  ) async throws(StoreError) -> [CaptureEntry] {
    try await read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT c.page, coalesce(p.url, ''), c.time, c.file, c.offset, c.payload
          FROM capture c LEFT JOIN page p ON p.site = c.site AND p.key = c.page
          WHERE c.site = ? ORDER BY c.id DESC LIMIT ?
          """,
        arguments: [site.row, limit]
      ).compactMap { row in
        guard let payload = Self.digest(row[5]).flatMap({ ContentDigest(hex: $0.hex) }) else {
          return nil
        }
        return CaptureEntry(
          page: PageKey(number: row[0]), url: row[1], time: Instant(milliseconds: row[2]),
          reference: CaptureReference(file: row[3], offset: row[4], payload: payload))
      }
    }
  }

  private static let siteColumns = """
    SELECT id, watched, body, added, added_by, due, seen, pages, failing, findings, category,
      score, fault
    FROM site
    """

  private static func site(_ row: Row) throws -> SiteEntry {
    let findings: Int = row[9]
    let verdict = (row[10] as String?).map {
      PageVerdict(category: $0, score: row[11] ?? 0, evidence: nil)
    }
    return SiteEntry(
      number: SiteNumber(row: row[0]), terms: try terms(of: row[2]), isWatched: row[1],
      added: Instant(milliseconds: row[3]), addedBy: row[4], due: Instant(milliseconds: row[5]),
      seen: instant(row[6]), pages: row[7], failing: row[8], findings: findings, verdict: verdict,
      fault: row[12])
  }
}
