internal import Dispatch
internal import Enforcement
internal import Foundation
internal import GRDB

/// The watch's state of work: sites, pages, hosts, captures, and what is due when.
///
/// It lies beside the record, in a file of its own (`watch.sqlite`), and whoever has the record has
/// it: leases on pages need no place on the disk, since they end with the process. What was written
/// is on the disk when a call returns.
public final class WatchStore: Sendable {
  let pool: DatabasePool
  let directory: String
  /// Held so that the lock on the directory lives as long as this.
  private let journal: Journal
  private let reading = DispatchQueue(label: "cordon.watch.read", attributes: .concurrent)
  private let writing = DispatchQueue(label: "cordon.watch.write")

  /// Opens the store of a record, and makes it where there is none.
  ///
  /// - Parameter journal: the record, which holds the data directory's lock.
  /// - Throws: ``StoreError``.
  public init(beside journal: Journal) throws(StoreError) {
    self.journal = journal
    directory = journal.storage.directory
    let path = directory + "/watch.sqlite"
    // Made beforehand, so that no moment passes in which others could read it.
    close(open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600))
    var configuration = Configuration()
    configuration.label = "cordon.watch"
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA trusted_schema = OFF")
    }
    do {
      pool = try DatabasePool(path: path, configuration: configuration)
      // The pool sets NORMAL after preparing the connection; acknowledged means on the disk.
      try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
      let migrator = WatchSchema.migrator()
      guard try !pool.read({ try migrator.hasBeenSuperseded($0) }) else {
        let applied = try pool.read { try migrator.appliedIdentifiers($0) }
        throw StoreError.newerSchema(found: applied.sorted().last ?? "?")
      }
      try migrator.migrate(pool)
    } catch {
      throw StoreError(error, directory: directory)
    }
    for suffix in ["", "-wal", "-shm"] { chmod(path + suffix, 0o600) }
  }

  /// The folder for pages as they were.
  public var capturesFolder: String { directory + "/captures" }

  /// Reads within one snapshot, on a thread that may wait.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(StoreError) -> Value {
    try await perform(on: reading) { [pool] in try pool.read(body) }
  }

  /// Writes in one transaction, on a thread that may wait.
  func write<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(StoreError) -> Value {
    guard !Storage.isFull(directory) else { throw .diskFull(directory: directory) }
    return try await perform(on: writing) { [pool] in try pool.write(body) }
  }

  /// A cancelled task waits too: what it learned is written down all the same.
  private func perform<Value: Sendable>(
    on queue: DispatchQueue, _ body: @escaping @Sendable () throws -> Value
  ) async throws(StoreError) -> Value {
    let result: Result<Value, any Error> = await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: Result { try body() }) }
    }
    do {
      return try result.get()
    } catch {
      throw StoreError(error, directory: directory)
    }
  }
}
