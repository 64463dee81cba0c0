import Enforcement
import Foundation
import GRDB
import Testing
import TransparencyLog

@testable import Records

@Suite("Faults of the store") struct FaultTests {
  /// Ways in which SQLite ends a statement in a trigger.
  static let ways = ["ABORT", "ROLLBACK"]

  @Test(arguments: ways)
  func `whichever statement fails, nothing has happened, and the record says that it stopped`(
    way: String
  ) async throws {
    var failed = 0
    for nth in 1...200 {
      let office = try await Office.open()
      let parcel = try Parcel(
        .sample(effective: nil),
        [.target(1, "venue.example"), .target(2, "held.example", .hold)])
      let id = try await office.journal.receive(parcel)
      try office.folder.failStatement(nth, by: way)
      let hit = try await expectNothingHappened(office, id)
      guard hit else { break }
      failed += 1
    }
    // Two entries with their sealed values, target, tree and views, and the checkpoint.
    #expect(failed > 15)
  }

  /// Settles and confirms in one go; answers whether the store failed.
  private func expectNothingHappened(_ office: Office, _ id: OrderID) async throws -> Bool {
    let journal = office.journal
    let heard = Heard()
    let before = (journal.register, journal.size, try journal.checkpoint().root)
    journal.observe { events in for event in events { heard.add(event, known: true) } }
    let amendment = try Parcel(.sample(effective: nil), [.target(1, "new.example")])
    do throws(StoreError) {
      _ = try await journal.perform(
        .amendOrder(id, amendment.submission), by: Office.clerk, targets: amendment.targets)
      return false
    } catch {
      guard case .database(let reason) = error, reason.contains("injected") else {
        Issue.record("\(error)")
        return false
      }
    }
    #expect(journal.register == before.0)
    #expect(journal.size == before.1)
    #expect(try journal.checkpoint().root == before.2)
    #expect(heard.events.isEmpty)
    #expect(journal.verify().verified)
    await #expect(throws: try #require(journal.fault)) {
      try await journal.perform(.confirmOrder(id), by: Office.officer)
    }
    try office.folder.stopFailing()
    return true
  }

  @Test func `after a fault the record opens as it was, and goes on`() async throws {
    let folder = try Folder()
    let clock = Clock()
    let size: UInt64
    do {
      let journal = try Journal.open(folder, clock)
      _ = try await journal.record(
        .addPerson(person("ada"), .administrator, tokenDigest: Office.digest(of: 1)), .system)
      size = journal.size
      try folder.failStatement(3, by: "ROLLBACK")
      let parcel = try Parcel()
      await #expect(throws: StoreError.self) {
        try await journal.record(
          .receiveOrder(parcel.submission), Office.administrator, targets: parcel.targets)
      }
      try folder.stopFailing()
    }
    let journal = try Journal.open(folder, clock)
    #expect(journal.fault == nil)
    #expect(journal.size == size)
    _ = try await journal.receive(try Parcel(), by: Office.administrator)
    #expect(journal.verify().verified)
  }

  @Test func `a full disk fails the batch, and the record goes on when there is room again`()
    async throws
  {
    let office = try await Office.open()
    let journal = office.journal
    let pages = try await journal.storage.pool.writeWithoutTransaction { db in
      try Int.fetchOne(db, sql: "PRAGMA page_count")!
    }
    try await limitPages(of: journal, to: pages + 1)
    let before = (journal.register, journal.size)
    let large = try Parcel(
      .sample(), (1...5_000).map { .target($0, "venue-\($0).example") })
    await #expect(throws: StoreError.diskFull(directory: office.folder.path)) {
      try await journal.record(
        .receiveOrder(large.submission), Office.clerk, targets: large.targets)
    }
    #expect(journal.register == before.0)
    #expect(journal.size == before.1)
    #expect(journal.fault == nil)
    #expect(journal.verify().verified)
    try await limitPages(of: journal, to: 1 << 30)
    _ = try await journal.receive(large)
    #expect(journal.verify().verified)
  }

  private func limitPages(of journal: Journal, to count: Int) async throws {
    try await journal.storage.pool.writeWithoutTransaction { db in
      _ = try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(count)")
    }
  }

  @Test func `a database that another program holds is busy, and no more`() async throws {
    let office = try await Office.open()
    let journal = office.journal
    try await journal.storage.pool.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA busy_timeout = 0")
    }
    let size = journal.size
    let parcel = try Parcel()
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let holder = try DatabaseQueue(
      path: office.folder.path + "/cordon.db", configuration: configuration)
    try await holder.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    await #expect(throws: StoreError.busy) {
      try await journal.record(
        .receiveOrder(parcel.submission), Office.clerk, targets: parcel.targets)
    }
    try await holder.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    #expect(journal.size == size)
    #expect(journal.fault == nil)
    _ = try await journal.receive(parcel)
    #expect(journal.verify().verified)
  }
}

extension Folder {
  /// Makes the nth statement that writes from now on fail, whatever table it is about.
  fileprivate func failStatement(_ nth: Int, by way: String) throws {
    try outside { db in
      try db.execute(sql: "CREATE TABLE IF NOT EXISTS fault (count INTEGER NOT NULL)")
      try db.execute(sql: "DELETE FROM fault; INSERT INTO fault VALUES (0)")
      let tables = try String.fetchAll(
        db,
        sql: """
          SELECT name FROM sqlite_master WHERE type = 'table'
          AND name NOT IN ('fault', 'grdb_migrations') AND name NOT LIKE 'sqlite_%'
          """)
      for table in tables {
        for operation in ["INSERT", "UPDATE"] {
          try db.execute(
            sql: """
              CREATE TRIGGER fault_\(operation)_\(table) BEFORE \(operation) ON \(table) BEGIN
                UPDATE fault SET count = count + 1;
                SELECT RAISE(\(way), 'injected') WHERE (SELECT count FROM fault) = \(nth);
              END
              """)
        }
      }
    }
  }

  fileprivate func stopFailing() throws {
    try outside { db in
      let triggers = try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'")
      for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger)") }
    }
  }
}
