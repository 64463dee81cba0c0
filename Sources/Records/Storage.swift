internal import Foundation
internal import GRDB

/// The SQLite file of a data directory, opened so that what is acknowledged is on the disk.
struct Storage: Sendable {
  let directory: String
  let pool: DatabasePool

  /// Below this much free space nothing is written any more: a log that dies of a full disk may
  /// lose what it promised.
  static let freeSpaceFloor: UInt64 = 8 << 20

  /// What the writer keeps of the database in memory, at most.
  private static let writerCacheKibibytes = 64 << 10
  /// The pages of 4 KiB that the write-ahead log gathers before they go to the database.
  private static let pagesBeforeCheckpoint = 4_000
  /// What one statement would have to undo, should it fail, is a few pages: in a file they would be
  /// written anew for every statement of a transaction, personal data among them.
  private static let keepsUndoInMemory = "PRAGMA temp_store = MEMORY"
  private static let keepsUndoInFiles = "PRAGMA temp_store = FILE"

  init(directory: String) throws(StoreError) {
    self.directory = directory
    let path = directory + "/cordon.db"
    try Self.demandWhole(path, directory: directory)
    // Made beforehand, so that no moment passes in which others could read it.
    close(open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600))
    var configuration = Configuration()
    configuration.label = "cordon.records"
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA secure_delete = ON")
      try db.execute(sql: "PRAGMA trusted_schema = OFF")
    }
    do {
      pool = try DatabasePool(path: path, configuration: configuration)
      try Self.demandFullSync(pool)
      try Self.migrate(pool)
    } catch {
      throw StoreError(error, directory: directory)
    }
    for suffix in ["", "-wal", "-shm"] { chmod(path + suffix, 0o600) }
  }

  /// The database is made before the key, so a key without a database tells of a loss: a log begun
  /// anew under the same key would tell two histories.
  private static func demandWhole(_ path: String, directory: String) throws(StoreError) {
    guard FileManager.default.fileExists(atPath: directory + "/log.key") else { return }
    var status = stat()
    // A database is no shorter than its header of 100 octets.
    guard stat(path, &status) == 0, status.st_size >= 100 else {
      throw .corrupt("\(path) is missing or cut off, while log.key is there: restore a backup")
    }
  }

  /// `DatabasePool` sets NORMAL when it turns WAL on, and then the last commits can be lost with the
  /// power: the writer is set to FULL afterwards, and asked.
  private static func demandFullSync(_ pool: DatabasePool) throws {
    let level = try pool.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA synchronous = FULL")
      // Large records are written all over: pages that are asked for again stay, and go to the
      // database once for many transactions. Both cost memory or disk only where it is needed.
      try db.execute(sql: "PRAGMA cache_size = -\(writerCacheKibibytes)")
      try db.execute(sql: "PRAGMA wal_autocheckpoint = \(pagesBeforeCheckpoint)")
      try db.execute(sql: keepsUndoInMemory)
      return try Int.fetchOne(db, sql: "PRAGMA synchronous")
    }
    guard level == 2 else {
      throw StoreError.database("SQLite will not write synchronously (PRAGMA synchronous)")
    }
  }

  /// Writes in one transaction with statements that may change the whole database: what they would
  /// have to undo is kept in files.
  func writeLargely<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try pool.writeWithoutTransaction { db in
      try db.execute(sql: Self.keepsUndoInFiles)
      defer { try? db.execute(sql: Self.keepsUndoInMemory) }
      var value: Value?
      try db.inTransaction {
        value = try body(db)
        return .commit
      }
      guard let value else { throw StoreError.database("a transaction ended without its value") }
      return value
    }
  }

  private static func migrate(_ pool: DatabasePool) throws {
    let migrator = Schema.migrator()
    let unknown = try pool.read { db in try migrator.hasBeenSuperseded(db) }
    guard !unknown else {
      let applied = try pool.read { db in try migrator.appliedIdentifiers(db) }
      throw StoreError.newerSchema(found: applied.sorted().last ?? "?")
    }
    try migrator.migrate(pool)
  }

  /// Takes what was deleted out of the write-ahead log as well; SQLite has overwritten it in the
  /// database itself (`secure_delete`).
  ///
  /// A reader that takes longer than the busy timeout keeps the log; then the next checkpoint does it.
  func sweep() {
    _ = try? pool.writeWithoutTransaction { db in try db.checkpoint(.truncate) }
  }

  func demandFreeSpace() throws(StoreError) {
    guard !Self.isFull(directory) else { throw .diskFull(directory: directory) }
  }

  /// Whether the disk of a directory has less room than is needed to write safely.
  static func isFull(_ directory: String) -> Bool {
    var status = statvfs()
    guard statvfs(directory, &status) == 0 else { return false }
    return UInt64(status.f_bavail) * UInt64(status.f_frsize) < freeSpaceFloor
  }
}

extension StoreError {
  /// What a fault of the database means.
  init(_ error: any Error, directory: String) {
    if let known = error as? StoreError {
      self = known
      return
    }
    guard let fault = error as? DatabaseError else {
      self = .database("\(error)")
      return
    }
    switch fault.resultCode {
    case .SQLITE_FULL: self = .diskFull(directory: directory)
    case .SQLITE_IOERR where Storage.isFull(directory): self = .diskFull(directory: directory)
    case .SQLITE_CANTOPEN where Storage.isFull(directory): self = .diskFull(directory: directory)
    case .SQLITE_BUSY: self = .busy
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt(fault.message ?? "not a database")
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
      self = .notWritable(directory: directory, reason: fault.message ?? "read-only")
    default: self = .database(fault.message ?? "\(fault.resultCode)")
    }
  }
}
