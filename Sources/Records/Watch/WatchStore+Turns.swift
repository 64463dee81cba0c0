public import Enforcement
internal import GRDB

// MARK: - What is due

extension WatchStore {
  /// Which turns are asked for.
  public struct TurnRequest: Sendable {
    /// Pages due at this moment or before it.
    public var dueBy: Instant
    /// Sites that have a turn already.
    public var besides: Set<SiteNumber>
    /// Only these sites; nil for all.
    public var only: Set<SiteNumber>?
    /// The most turns.
    public var limit: Int
    /// The most pages in a turn.
    public var pagesEach: Int

    /// Takes the parts.
    public init(
      dueBy: Instant, besides: Set<SiteNumber> = [], only: Set<SiteNumber>? = nil, limit: Int = 64,
      pagesEach: Int = 64
    ) {
      self.dueBy = dueBy
      self.besides = besides
      self.only = only
      self.limit = limit
      self.pagesEach = pagesEach
    }
  }

  /// Sites with pages that are due, those that have waited longest first.
  public func turns(_ request: TurnRequest) async throws(StoreError) -> [SiteTurn] {
    try await read { db in
      var turns: [SiteTurn] = []
      for (number, body) in try Self.dueSites(request, db) {
        let turn = try Self.turn(of: number, try Self.terms(of: body), request, db)
        turns.append(turn)
      }
      return turns
    }
  }

  /// When the next site comes due after a moment; nil where none does.
  public func nextDue(
    after moment: Instant, only: Set<SiteNumber>? = nil
  ) async throws(StoreError) -> Instant? {
    try await read { db in
      let rows = try Row.fetchCursor(
        db, sql: "SELECT id, due FROM site WHERE watched = 1 AND due > ? ORDER BY due",
        arguments: [moment.milliseconds])
      while let row = try rows.next() {
        if only?.contains(SiteNumber(row: row[0])) ?? true { return Instant(milliseconds: row[1]) }
      }
      return nil
    }
  }

  private static func dueSites(
    _ request: TurnRequest, _ db: Database
  ) throws -> [(SiteNumber, String)] {
    // The index alone answers this; most are passed over, since they have a turn already.
    let rows = try Int64.fetchCursor(
      db.cachedStatement(
        sql: "SELECT id FROM site WHERE watched = 1 AND due <= ? ORDER BY due, id"),
      arguments: [request.dueBy.milliseconds])
    var numbers: [SiteNumber] = []
    while numbers.count < request.limit, let row = try rows.next() {
      let number = SiteNumber(row: row)
      guard !request.besides.contains(number), request.only?.contains(number) ?? true else {
        continue
      }
      numbers.append(number)
    }
    let body = try db.cachedStatement(sql: "SELECT body FROM site WHERE id = ?")
    return try numbers.compactMap { number in
      try String.fetchOne(body, arguments: [number.row]).map { (number, $0) }
    }
  }

  private static func turn(
    of number: SiteNumber, _ terms: SiteTerms, _ request: TurnRequest, _ db: Database
  ) throws -> SiteTurn {
    let rechecks = try rechecks(of: number, dueBy: request.dueBy, db)
    var known: Set<PageKey> = []
    var due: [(rank: Int, due: Int64, key: PageKey)] = []
    let rows = try Row.fetchCursor(
      db.cachedStatement(sql: "SELECT key, due, rank FROM page WHERE site = ?"),
      arguments: [number.row])
    while let row = try rows.next() {
      let key = PageKey(number: row[0])
      known.insert(key)
      let isAwaited = rechecks[key] != nil
      guard isAwaited || row[1] <= request.dueBy.milliseconds else { continue }
      due.append((isAwaited ? -1 : row[2], row[1], key))
    }
    due.sort { ($0.rank, $0.due, $0.key.number) < ($1.rank, $1.due, $1.key.number) }
    var turn = SiteTurn(
      number: number, terms: terms, known: known, due: [],
      hasMore: due.count > request.pagesEach)
    for chosen in due.prefix(request.pagesEach) {
      guard let page = try page(chosen.key, of: number, db) else { continue }
      turn.due.append(DuePage(page, rechecks: rechecks[chosen.key] ?? []))
    }
    for origin in Set(turn.due.map(\.page.origin)).sorted() {
      if let host = try host(origin, db) { turn.hosts.append(host) }
    }
    return turn
  }

  private static func rechecks(
    of site: SiteNumber, dueBy moment: Instant, _ db: Database
  ) throws -> [PageKey: [CaseID]] {
    let rows = try Row.fetchCursor(
      db.cachedStatement(sql: "SELECT page, case_id FROM recheck WHERE site = ? AND due <= ?"),
      arguments: [site.row, moment.milliseconds])
    var found: [PageKey: [CaseID]] = [:]
    while let row = try rows.next() {
      guard let id = CaseID(row[1] as String) else { continue }
      found[PageKey(number: row[0]), default: []].append(id)
    }
    return found
  }
}

extension PageEntry {
  /// Scheme, host and port of the page's URL: what robots.txt and politeness go by.
  public var origin: String {
    var slashes = 0
    let end = url.utf8.firstIndex { octet in
      if octet == UInt8(ascii: "/") { slashes += 1 }
      return slashes == 3
    }
    return String(url[..<(end ?? url.endIndex)])
  }
}
