internal import Foundation
internal import GRDB

/// The tables of counts.
///
/// `batch` has what was counted since the last folding, as it was added: one row for each writing
/// and day, a pair of account (8 octets) and count (4 octets) after the other. `posts` has a row for
/// each account: see ``DayCounts``. `rule` has a row for each version of a rule that saw posts.
enum PostCountSchema {
  static func migrator() -> DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1-counts") { db in
      try db.execute(
        sql: """
          CREATE TABLE salt (
            id    INTEGER PRIMARY KEY CHECK (id = 1),
            value BLOB NOT NULL CHECK (length(value) = 32)
          ) STRICT;
          CREATE TABLE batch (
            id     INTEGER PRIMARY KEY,
            day    INTEGER NOT NULL,
            counts BLOB NOT NULL
          ) STRICT;
          CREATE INDEX batch_day ON batch (day);
          CREATE TABLE posts (
            account INTEGER PRIMARY KEY,
            last    INTEGER NOT NULL,
            counts  BLOB NOT NULL
          ) STRICT;
          CREATE INDEX posts_last ON posts (last);
          """)
    }
    migrator.registerMigration("2-rules") { db in
      try db.execute(
        sql: """
          CREATE TABLE rule (
            name    TEXT NOT NULL,
            version INTEGER NOT NULL,
            seen    INTEGER NOT NULL,
            matched INTEGER NOT NULL,
            oldest  INTEGER NOT NULL,
            PRIMARY KEY (name, version)
          ) STRICT, WITHOUT ROWID;
          CREATE TABLE rule_match (
            name    TEXT NOT NULL,
            version INTEGER NOT NULL,
            last    INTEGER NOT NULL,
            numbers BLOB NOT NULL,
            PRIMARY KEY (name, version, last)
          ) STRICT, WITHOUT ROWID;
          """)
    }
    return migrator
  }

  /// What hides accounts; made once.
  static func salt(_ db: Database) throws -> [UInt8] {
    try db.execute(
      sql: "INSERT OR IGNORE INTO salt (id, value) VALUES (1, ?)",
      arguments: [Data(systemOctets(32))])
    guard let salt = try Data.fetchOne(db, sql: "SELECT value FROM salt") else {
      throw StoreError.corrupt("conduct.sqlite has no salt")
    }
    return Array(salt)
  }

  static func add(_ counts: [Int64: UInt32], of day: PostDay, to db: Database) throws {
    var octets: [UInt8] = []
    octets.reserveCapacity(min(counts.count, blobPairs) * 12)
    for (account, count) in counts {
      var shift = 64
      while shift > 0 {
        shift -= 8
        octets.append(UInt8(truncatingIfNeeded: account >> shift))
      }
      shift = 32
      while shift > 0 {
        shift -= 8
        octets.append(UInt8(truncatingIfNeeded: count >> shift))
      }
      if octets.count >= blobPairs * 12 {
        try insert(octets, of: day, to: db)
        octets.removeAll(keepingCapacity: true)
      }
    }
    if !octets.isEmpty { try insert(octets, of: day, to: db) }
  }

  /// The most pairs of a row.
  private static let blobPairs = 1 << 16

  private static func insert(_ octets: [UInt8], of day: PostDay, to db: Database) throws {
    try db.cachedStatement(sql: "INSERT INTO batch (day, counts) VALUES (?, ?)")
      .execute(arguments: [day.number, Data(octets)])
  }

  /// Joins the rows of each day once they have more than twice the pairs that are left then: so
  /// rows do not grow without end, and joining costs little of what writing costs.
  ///
  /// `wanted` is how many
  /// pairs are left, about.
  static func join(besides wanted: Int, in db: Database) throws {
    let pairs = try Int.fetchOne(db, sql: "SELECT sum(length(counts)) / 12 FROM batch") ?? 0
    guard pairs > 2 * wanted + 4 * blobPairs else { return }
    let days = try batches(db)
    try db.execute(sql: "DELETE FROM batch")
    for (day, counts) in days { try add(counts, of: day, to: db) }
  }

  /// What was counted and not folded, by day.
  static func batches(_ db: Database) throws -> [PostDay: [Int64: UInt32]] {
    var days: [PostDay: [Int64: UInt32]] = [:]
    let rows = try Row.fetchCursor(db, sql: "SELECT day, counts FROM batch")
    while let row = try rows.next() {
      let counts: Data = row[1]
      try read(Array(counts), into: &days[PostDay(number: row[0]), default: [:]])
    }
    return days
  }

  private static func read(_ octets: [UInt8], into counts: inout [Int64: UInt32]) throws {
    guard octets.count.isMultiple(of: 12) else {
      throw StoreError.corrupt("conduct.sqlite has a batch that is cut off")
    }
    for start in stride(from: 0, to: octets.count, by: 12) {
      let account = octets[start..<start + 8].reduce(Int64(0)) { ($0 << 8) | Int64($1) }
      let count = octets[start + 8..<start + 12].reduce(UInt32(0)) { ($0 << 8) | UInt32($1) }
      counts[account, default: 0] += count
    }
  }

  /// Moves the batches of a day into the rows of their accounts; answers what was moved.
  static func fold(
    _ day: PostDay, keepingFrom first: Int, in db: Database
  ) throws -> [Int64: UInt32] {
    var counts: [Int64: UInt32] = [:]
    let batches = try Data.fetchAll(
      db, sql: "SELECT counts FROM batch WHERE day = ?", arguments: [day.number])
    for batch in batches { try read(Array(batch), into: &counts) }
    if day.number >= first {
      let select = try db.cachedStatement(sql: "SELECT counts FROM posts WHERE account = ?")
      let store = try db.cachedStatement(
        sql: "INSERT OR REPLACE INTO posts (account, last, counts) VALUES (?, ?, ?)")
      for (account, count) in counts.sorted(by: { $0.key < $1.key }) {
        let kept = try Data.fetchOne(select, arguments: [account])
        var days = try kept.map { try DayCounts(Array($0)) } ?? DayCounts()
        days.add(count, on: day.number)
        days.drop(before: first)
        try store.execute(arguments: [account, days.last ?? day.number, Data(days.octets)])
      }
    }
    try db.execute(sql: "DELETE FROM batch WHERE day = ?", arguments: [day.number])
    return counts
  }
}

/// Counts by day, as they stand in a row: pairs of day and count, oldest first, each number 4 octets.
struct DayCounts {
  private var days: [(day: Int, count: UInt32)] = []

  init() {}

  init(_ octets: [UInt8]) throws {
    guard octets.count.isMultiple(of: 8) else {
      throw StoreError.corrupt("conduct.sqlite has counts that are cut off")
    }
    days = stride(from: 0, to: octets.count, by: 8).map { start in
      let numbers = [start, start + 4].map {
        octets[$0..<$0 + 4].reduce(UInt32(0)) { ($0 << 8) | UInt32($1) }
      }
      return (Int(numbers[0]), numbers[1])
    }
  }

  var octets: [UInt8] {
    days.flatMap { day, count in
      [UInt32(clamping: day), count].flatMap { number in
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
      }
    }
  }

  /// The newest day.
  var last: Int? { days.last?.day }

  mutating func add(_ count: UInt32, on day: Int) {
    let place = days.firstIndex { $0.day >= day } ?? days.endIndex
    if place < days.endIndex, days[place].day == day {
      days[place].count += count
    } else {
      days.insert((day, count), at: place)
    }
  }

  mutating func drop(before first: Int) { days.removeAll { $0.day < first } }

  func sum(from first: Int) -> Int {
    days.reduce(0) { $1.day >= first ? $0 + Int($1.count) : $0 }
  }
}
