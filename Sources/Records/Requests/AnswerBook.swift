internal import Enforcement
internal import Foundation
internal import GRDB

/// Answers to requests that came with a key, so that a request which is sent again is not done again.
///
/// It lies beside the record in a file of its own (`answers.sqlite`). What was written is on the disk
/// when a call returns. Answers are kept for a day, and no more than ``limit`` at a time.
public final class AnswerBook: Sendable {
  /// An answer as it was given.
  public struct Answer: Sendable, Hashable {
    /// Its status.
    public var status: Int
    /// Its body.
    public var body: [UInt8]
    /// Where what was made stands, if something was.
    public var location: String?

    /// Takes the parts.
    public init(status: Int, body: [UInt8], location: String? = nil) {
      self.status = status
      self.body = body
      self.location = location
    }
  }

  /// What is known of a key.
  public enum Entry: Sendable, Hashable {
    /// It is new: the request may be done now, and must be ended with ``finish(_:of:_:)`` or
    /// ``forget(_:of:)``.
    case new
    /// The request is being done.
    case running
    /// The program ended while the request was being done: it may have taken effect.
    case lost
    /// Another request bore this key.
    case other
    /// The request was done before.
    case done(Answer)
    /// There is no room for another key.
    case full
  }

  /// The most keys.
  public static let limit = 100_000
  /// How long a key is known.
  public static let lifetime = Duration.seconds(86_400)

  private let pool: DatabasePool
  private let directory: String
  /// Held so that the lock on the directory lives as long as this.
  private let journal: Journal
  /// Tells the keys of this process from those of processes that have ended.
  private let run: Data

  /// Opens the book of a record, and makes it where there is none.
  ///
  /// - Parameters:
  ///   - journal: the record, which holds the data directory's lock.
  ///   - random: makes the name of this run.
  /// - Throws: ``StoreError``.
  public init(beside journal: Journal, random: RandomOctets = .system) throws(StoreError) {
    self.journal = journal
    directory = journal.storage.directory
    run = Data(random.octets(16))
    let path = directory + "/answers.sqlite"
    // Made beforehand, so that no moment passes in which others could read it.
    close(open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600))
    var configuration = Configuration()
    configuration.label = "cordon.answers"
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA secure_delete = ON")
      try db.execute(sql: "PRAGMA trusted_schema = OFF")
    }
    do {
      pool = try DatabasePool(path: path, configuration: configuration)
      // The pool sets NORMAL after preparing the connection; acknowledged means on the disk.
      try pool.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA synchronous = FULL")
        try db.execute(sql: Self.schema)
      }
    } catch {
      throw StoreError(error, directory: directory)
    }
    for suffix in ["", "-wal", "-shm"] { chmod(path + suffix, 0o600) }
  }

  private static let schema = """
    CREATE TABLE IF NOT EXISTS answer (
      scope    TEXT NOT NULL,
      key      TEXT NOT NULL,
      digest   BLOB NOT NULL,
      since    INTEGER NOT NULL,
      run      BLOB NOT NULL,
      status   INTEGER,
      body     BLOB,
      location TEXT,
      PRIMARY KEY (scope, key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS answer_since ON answer (since);
    """
}

extension AnswerBook {
  /// Looks a key up, and takes it where it is new.
  ///
  /// - Parameters:
  ///   - key: the key, as the request bears it.
  ///   - scope: who asks: two who choose the same key do not meet.
  ///   - digest: SHA-256 of the request.
  /// - Returns: what is known of the key.
  /// - Throws: ``StoreError``.
  public func begin(
    _ key: String, of scope: String, digest: [UInt8]
  ) throws(StoreError) -> Entry {
    let now = journal.now
    let oldest = now.milliseconds - Self.lifetime.components.seconds * 1_000
    return try write { db in
      try db.execute(sql: "DELETE FROM answer WHERE since <= ?", arguments: [oldest])
      let row = try Row.fetchOne(
        db, sql: "SELECT * FROM answer WHERE scope = ? AND key = ?", arguments: [scope, key])
      if let row { return self.entry(row, digest: digest) }
      let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM answer") ?? 0
      guard count < Self.limit else { return .full }
      try db.execute(
        sql: "INSERT INTO answer (scope, key, digest, since, run) VALUES (?, ?, ?, ?, ?)",
        arguments: [scope, key, Data(digest), now.milliseconds, self.run])
      return .new
    }
  }

  private func entry(_ row: Row, digest: [UInt8]) -> Entry {
    guard (row["digest"] as Data) == Data(digest) else { return .other }
    guard let status = row["status"] as Int? else {
      return (row["run"] as Data) == run ? .running : .lost
    }
    return .done(
      Answer(
        status: status, body: Array((row["body"] as Data?) ?? Data()), location: row["location"]))
  }

  /// Keeps the answer to a request.
  public func finish(
    _ key: String, of scope: String, _ answer: Answer
  ) throws(StoreError) {
    try write { db in
      try db.execute(
        sql: """
          UPDATE answer SET status = ?, body = ?, location = ? WHERE scope = ? AND key = ?
          """,
        arguments: [answer.status, Data(answer.body), answer.location, scope, key])
    }
  }

  /// Frees a key whose request came to nothing.
  public func forget(_ key: String, of scope: String) throws(StoreError) {
    try write { db in
      try db.execute(
        sql: "DELETE FROM answer WHERE scope = ? AND key = ?", arguments: [scope, key])
    }
  }

  /// Frees all keys: answers may hold what is to be erased.
  public func forgetAll() throws(StoreError) {
    try write { db in try db.execute(sql: "DELETE FROM answer") }
    // What was deleted must not stand in the log of the database either.
    do {
      _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    } catch {
      throw StoreError(error, directory: directory)
    }
  }

  private func write<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    guard !Storage.isFull(directory) else { throw .diskFull(directory: directory) }
    do {
      return try pool.write(body)
    } catch {
      throw StoreError(error, directory: directory)
    }
  }
}

extension Journal {
  /// The folder that holds the record, and what lies beside it.
  public var dataDirectory: String { storage.directory }
}
