internal import Dispatch
public import Enforcement
internal import Foundation
internal import GRDB
internal import Synchronization
internal import TransparencyLog

/// How many posts of an account were seen, day by day: what a share of all posts is taken of; and
/// what rules matched of late, which their breakers go by.
///
/// It lies beside the record, in a file of its own (`conduct.sqlite`). Posts that break no rule leave
/// nothing but these numbers, under a salted hash of the account. Counts are written about once a
/// second; a crash may lose those since the last writing, and no infraction ever.
///
/// Counts of the running day are held in memory, and on the disk as they were added, joined now and
/// then; once they are very many, or the day is over, they are folded into one row an account. Days
/// outside the window are dropped.
public final class PostCounts: Sendable {
  let pool: DatabasePool
  let directory: String
  private let salt: [UInt8]
  private let windowDays: Int
  /// Held so that the lock on the directory lives as long as this.
  private let journal: Journal
  private let state: Mutex<State>
  let writing = DispatchQueue(label: "cordon.conduct.counts")
  /// What rules made of posts.
  let rules = Mutex(RuleState())

  private struct State {
    /// Counted and not folded yet, by day and account.
    var running: [PostDay: [Int64: UInt32]] = [:]
    /// Of these, what is not on the disk yet.
    var unwritten: [PostDay: [Int64: UInt32]] = [:]
    var isScheduled = false
    /// Why the last writing failed; nil where it did not.
    var fault: StoreError?
  }

  /// From so many accounts and days on, what is counted is folded into rows; each takes about 50
  /// octets of memory until then.
  static let foldLimit = 2_000_000
  /// How long a count may wait for the disk.
  static let writeInterval = DispatchTimeInterval.seconds(1)

  /// Opens the counts beside a record, and makes them where there are none.
  ///
  /// - Parameters:
  ///   - journal: the record, which holds the data directory's lock.
  ///   - windowDays: days that are kept, the running one included; 1 to 366.
  /// - Throws: ``StoreError``.
  public init(beside journal: Journal, windowDays: Int = 366) throws(StoreError) {
    self.journal = journal
    self.windowDays = min(max(1, windowDays), 366)
    directory = journal.storage.directory
    let path = directory + "/conduct.sqlite"
    // Made beforehand, so that no moment passes in which others could read it.
    close(open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600))
    var configuration = Configuration()
    configuration.label = "cordon.conduct"
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA secure_delete = ON")
      try db.execute(sql: "PRAGMA trusted_schema = OFF")
    }
    do {
      pool = try DatabasePool(path: path, configuration: configuration)
      let migrator = PostCountSchema.migrator()
      guard try !pool.read({ try migrator.hasBeenSuperseded($0) }) else {
        let applied = try pool.read { try migrator.appliedIdentifiers($0) }
        throw StoreError.newerSchema(found: applied.sorted().last ?? "?")
      }
      try migrator.migrate(pool)
      salt = try pool.write { try PostCountSchema.salt($0) }
      var state = State()
      state.running = try pool.read { try PostCountSchema.batches($0) }
      self.state = Mutex(state)
    } catch {
      throw StoreError(error, directory: directory)
    }
    for suffix in ["", "-wal", "-shm"] { chmod(path + suffix, 0o600) }
  }

  deinit { try? flush() }
}

/// A day in UTC: days since 1970-01-01.
public struct PostDay: Sendable, Hashable, Comparable {
  /// Days since 1970-01-01.
  public let number: Int

  /// Takes the number of days since 1970-01-01.
  public init(number: Int) { self.number = number }

  /// The day of a moment.
  public init(_ moment: Instant) { number = Int((moment.seconds / 86_400)) }

  /// Compares days.
  public static func < (left: PostDay, right: PostDay) -> Bool { left.number < right.number }
}

// MARK: - Counting

extension PostCounts {
  /// Counts posts of a platform that were seen on a day.
  ///
  /// - Parameters:
  ///   - posts: how many of each account, by the platform's id of it.
  ///   - platform: the platform.
  ///   - day: the day; one outside the window is not counted.
  public func countPosts(_ posts: [String: Int], on platform: Slug, day: PostDay) {
    let today = PostDay(journal.now)
    guard day <= today, day.number > today.number - windowDays else { return }
    let prefix = prefix(of: platform)
    let counted = posts.map { (Self.account($0.key, prefix), UInt32(clamping: $0.value)) }
    let schedules = state.withLock { state in
      state.running[day, default: [:]].add(counted)
      state.unwritten[day, default: [:]].add(counted)
      defer { state.isScheduled = true }
      return !state.isScheduled
    }
    guard schedules else { return }
    writing.asyncAfter(deadline: .now() + Self.writeInterval) { [weak self] in try? self?.flush() }
  }

  /// How many posts of an account were seen, the running day included.
  ///
  /// - Parameters:
  ///   - platform: the platform.
  ///   - key: the platform's id of the account.
  ///   - days: over so many days, the running one included.
  /// - Returns: the number.
  /// - Throws: ``StoreError``.
  public func postsSeen(
    on platform: Slug, key: String, days: Int
  ) throws(StoreError) -> Int {
    try postsSeen(on: platform, keys: [key], days: days)[key] ?? 0
  }

  /// How many posts of each of some accounts were seen: as for one, in one look.
  public func postsSeen(
    on platform: Slug, keys: Set<String>, days: Int
  ) throws(StoreError) -> [String: Int] {
    let prefix = prefix(of: platform)
    let accounts = keys.map { (key: $0, account: Self.account($0, prefix)) }
    let first = PostDay(journal.now).number - min(max(1, days), windowDays) + 1
    do {
      let running = state.withLock { state in
        accounts.map { _, account in
          state.running.reduce(0) { sum, day in
            day.key.number >= first ? sum + Int(day.value[account] ?? 0) : sum
          }
        }
      }
      // Read last: what is folded between the two is counted twice for a moment, and never missed;
      // a smaller share of infringing posts speaks for the account.
      let kept = try pool.read { db in
        let statement = try db.cachedStatement(sql: "SELECT counts FROM posts WHERE account = ?")
        return try accounts.map { _, account in
          try Data.fetchOne(statement, arguments: [account])
            .map { try DayCounts(Array($0)).sum(from: first) } ?? 0
        }
      }
      return Dictionary(
        zip(accounts, zip(running, kept)).map { ($0.key, $1.0 + $1.1) },
        uniquingKeysWith: { one, _ in one })
    } catch {
      throw StoreError(error, directory: directory)
    }
  }

  /// Deletes all counts of accounts.
  ///
  /// - Parameters:
  ///   - keys: the platform's ids of the accounts.
  ///   - platform: the platform.
  /// - Throws: ``StoreError``.
  public func forget(_ keys: [String], on platform: Slug) throws(StoreError) {
    try flush()
    let prefix = prefix(of: platform)
    let accounts = keys.map { Self.account($0, prefix) }
    do {
      try fold()
      try pool.write { db in
        for account in accounts {
          try db.execute(sql: "DELETE FROM posts WHERE account = ?", arguments: [account])
        }
      }
      _ = try? pool.writeWithoutTransaction { db in try db.checkpoint(.truncate) }
    } catch {
      throw StoreError(error, directory: directory)
    }
  }

  /// How many accounts are remembered.
  public func accountCount() throws(StoreError) -> Int {
    do {
      let kept = try pool.read { db in try Int64.fetchSet(db, sql: "SELECT account FROM posts") }
      return state.withLock { state in
        kept.union(state.running.values.flatMap(\.keys)).count
      }
    } catch {
      throw StoreError(error, directory: directory)
    }
  }

  /// Why the last writing of counts failed; nil where it did not.
  public var fault: StoreError? { state.withLock { $0.fault } }

  /// What is hashed before the ids of a platform's accounts.
  private func prefix(of platform: Slug) -> [UInt8] { salt + Array(platform.text.utf8) + [0] }

  /// What stands for an account.
  private static func account(_ key: String, _ prefix: [UInt8]) -> Int64 {
    Int64(bitPattern: Digest.sha256(of: Array(key.utf8), after: prefix).leadingWord)
  }
}

// MARK: - Writing

extension PostCounts {
  /// Writes what was counted; the service does so by itself about once a second.
  public func flush() throws(StoreError) {
    try flushRules()
    let unwritten = state.withLock { state in
      let taken = state.unwritten
      state.unwritten = [:]
      state.isScheduled = false
      return taken
    }
    guard !unwritten.isEmpty else { return }
    do {
      guard !Storage.isFull(directory) else { throw StoreError.diskFull(directory: directory) }
      let running = state.withLock { $0.running.values.reduce(0) { $0 + $1.count } }
      try pool.write { db in
        for (day, counts) in unwritten { try PostCountSchema.add(counts, of: day, to: db) }
        try PostCountSchema.join(besides: running, in: db)
      }
      state.withLock { $0.fault = nil }
      try foldWhereDue()
    } catch {
      let fault = StoreError(error, directory: directory)
      state.withLock { state in
        state.fault = fault
        for (day, counts) in unwritten {
          state.unwritten[day, default: [:]].merge(counts, uniquingKeysWith: +)
        }
      }
      throw fault
    }
  }

  private func foldWhereDue() throws {
    let today = PostDay(journal.now)
    let isDue = state.withLock { state in
      state.running.keys.contains { $0 < today }
        || state.running.values.reduce(0) { $0 + $1.count } >= Self.foldLimit
    }
    if isDue { try fold() }
  }

  /// Folds what is on the disk into one row an account, the oldest day first, each day in one
  /// transaction; and drops what lies outside the window.
  private func fold() throws {
    let first = PostDay(journal.now).number - windowDays + 1
    let days = state.withLock { $0.running.keys.sorted() }
    for day in days {
      let folded = try pool.write { db in
        try PostCountSchema.fold(day, keepingFrom: first, in: db)
      }
      // In steps, since posts are counted meanwhile.
      let pairs = Array(folded)
      for start in stride(from: 0, to: pairs.count, by: 10_000) {
        state.withLock { state in
          for (account, count) in pairs[start..<min(start + 10_000, pairs.count)] {
            guard let running = state.running[day]?[account] else { continue }
            state.running[day]?[account] = running > count ? running - count : nil
          }
        }
      }
      state.withLock { state in
        if state.running[day]?.isEmpty == true { state.running[day] = nil }
      }
    }
    try pool.write { db in
      try db.execute(sql: "DELETE FROM posts WHERE last < ?", arguments: [first])
    }
  }
}

extension [Int64: UInt32] {
  /// Adds counts of accounts.
  fileprivate mutating func add(_ counts: [(Int64, UInt32)]) {
    for (account, count) in counts { self[account, default: 0] += count }
  }
}
