internal import Enforcement
internal import Foundation
internal import GRDB
internal import TransparencyLog

// MARK: - Rows and values

extension WatchStore {
  static let pageColumns = """
    key, kind, url, depth, rank, found_on, due, interval, fetched, status, etag, modified, digest,
    edition, changes, failures, category, score, evidence, fault
    """

  static func page(_ key: PageKey, of site: SiteNumber, _ db: Database) throws -> PageEntry? {
    let statement = try db.cachedStatement(
      sql: "SELECT \(pageColumns) FROM page WHERE site = ? AND key = ?")
    return try Row.fetchOne(statement, arguments: [site.row, key.number]).map(page(_:))
  }

  static func page(_ row: Row) -> PageEntry {
    var state = PageState(due: Instant(milliseconds: row[6]))
    state.interval = .milliseconds(row[7] as Int64)
    state.fetched = instant(row[8])
    state.status = row[9]
    state.entityTag = row[10]
    state.lastModified = row[11]
    state.digest = digest(row[12])
    state.edition = row[13]
    state.changes = row[14]
    state.failures = row[15]
    if let category: String = row[16] {
      state.verdict = PageVerdict(
        category: category, score: row[17] ?? 0, evidence: digest(row[18]))
    }
    state.fault = row[19]
    return PageEntry(
      key: PageKey(number: row[0]), url: row[2], kind: PageEntry.Kind(rawValue: row[1]) ?? .page,
      depth: row[3], rank: row[4], foundOn: (row[5] as Int64?).map(PageKey.init(number:)),
      state: state)
  }

  static func update(_ key: PageKey, of site: SiteNumber, to state: PageState, _ db: Database)
    throws
  {
    try db.cachedStatement(
      sql: """
        UPDATE page SET due = ?, interval = ?, fetched = ?, status = ?, etag = ?, modified = ?,
          digest = ?, edition = ?, changes = ?, failures = ?, category = ?, score = ?,
          evidence = ?, fault = ?
        WHERE site = ? AND key = ?
        """
    ).execute(
      arguments: [
        state.due.milliseconds, state.interval.milliseconds, state.fetched?.milliseconds,
        state.status, kept(state.entityTag), kept(state.lastModified), data(state.digest),
        state.edition, state.changes, state.failures, state.verdict?.category,
        state.verdict?.score, data(state.verdict?.evidence), state.fault, site.row, key.number,
      ])
  }

  static func host(_ origin: String, _ db: Database) throws -> HostEntry? {
    let statement = try db.cachedStatement(
      sql: """
        SELECT robots, robots_state, robots_read, robots_until, next, failures, fault
        FROM host WHERE name = ?
        """)
    guard let row = try Row.fetchOne(statement, arguments: [origin]) else { return nil }
    let robots: HostEntry.Robots =
      switch row[1] as Int {
      case 1: .rules((row[0] as Data?).map(Array.init) ?? [])
      case 2: .none
      case 3: .unreachable(row[6] ?? "")
      default: .unknown
      }
    return HostEntry(
      origin: origin, robots: robots, robotsRead: instant(row[2]), robotsUntil: instant(row[3]),
      next: Instant(milliseconds: row[4]), failures: row[5])
  }

  static func save(_ host: HostEntry, _ db: Database) throws {
    var (rules, state, fault): (Data?, Int, String?) = (nil, 0, nil)
    switch host.robots {
    case .unknown: break
    case .rules(let octets): (rules, state) = (Data(octets.prefix(HostEntry.robotsLimit)), 1)
    case .none: state = 2
    case .unreachable(let reason): (state, fault) = (3, reason)
    }
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO host
          (name, robots, robots_state, robots_read, robots_until, next, failures, fault)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(
      arguments: [
        host.origin, rules, state, host.robotsRead?.milliseconds, host.robotsUntil?.milliseconds,
        host.next.milliseconds, host.failures, fault,
      ])
  }

  static func instant(_ milliseconds: Int64?) -> Instant? {
    milliseconds.map(Instant.init(milliseconds:))
  }

  static func digest(_ data: Data?) -> Digest? { data.flatMap { Digest(bytes: $0) } }

  private static func data(_ digest: Digest?) -> Data? { digest.map { Data($0.bytes) } }

  private static func kept(_ validator: String?) -> String? {
    validator.flatMap { $0.utf8.count <= PageState.validatorLimit ? $0 : nil }
  }
}

extension Duration {
  /// Whole milliseconds.
  var milliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}
