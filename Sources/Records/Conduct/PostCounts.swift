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
/// Counts of the running days are held in memory, and on the disk as they were added; once they
/// are many, or a day is over, they are folded into one row an account. Days outside the window
/// are dropped.
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

  /// From so many accounts and days on, what is counted is folded into rows.
  static let foldLimit = 500_000
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
    let counted = posts.map { (account(platform, $0.key), UInt32(clamping: $0.value)) }
    let schedules = state.withLock { state in
      for (account, count) in counted {
        state.running[day, default: [:]][account, default: 0] += count
        state.unwritten[day, default: [:]][account, default: 0] += count
      }
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
    let account = account(platform, key)
    let first = PostDay(journal.now).number - min(max(1, days), windowDays) + 1
    do {
      let running = state.withLock { state in
        state.running.reduce(0) { sum, day in
          day.key.number >= first ? sum + Int(day.value[account] ?? 0) : sum
        }
      }
      // Read last: what is folded between the two is counted twice for a moment, and never missed;
      // a smaller share of infringing posts speaks for the account.
      let kept = try pool.read { db in
        try Data.fetchOne(
          db, sql: "SELECT counts FROM posts WHERE account = ?", arguments: [account])
      }
      return try running + (kept.map { try DayCounts(Array($0)).sum(from: first) } ?? 0)
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
    let accounts = keys.map { account(platform, $0) }
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

  private func account(_ platform: Slug, _ key: String) -> Int64 {
    let digest = Digest.sha256(of: salt + Array(platform.text.utf8) + [0] + Array(key.utf8))
    return digest.bytes.prefix(8).reduce(Int64(0)) { ($0 << 8) | Int64($1) }
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
      try pool.write { db in
        for (day, counts) in unwritten { try PostCountSchema.add(counts, of: day, to: db) }
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
      state.withLock { state in
        for (account, count) in folded {
          guard let running = state.running[day]?[account] else { continue }
          state.running[day]?[account] = running > count ? running - count : nil
        }
        if state.running[day]?.isEmpty == true { state.running[day] = nil }
      }
    }
    try pool.write { db in
      try db.execute(sql: "DELETE FROM posts WHERE last < ?", arguments: [first])
    }
  }
}
