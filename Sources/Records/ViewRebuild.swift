internal import Enforcement
internal import Foundation
internal import GRDB

/// Makes the views again from the journal.
enum ViewRebuild {
  /// Drops the views and folds every event in again, within the caller's transaction.
  static func rebuild(_ db: Database) throws {
    try db.execute(sql: Schema.dropViews)
    try db.execute(sql: Schema.views)
    try fold(events: db, into: db)
  }

  /// Makes the views afresh in memory, and says where those on the disk differ.
  static func firstDifference(from db: Database) throws -> String? {
    var configuration = Configuration()
    // The copy has the targets, but not the entries that they belong to.
    configuration.foreignKeysEnabled = false
    let fresh = try DatabaseQueue(configuration: configuration)
    return try fresh.write { copy in
      try copy.execute(sql: Schema.journalAndViews)
      try copyTargets(from: db, to: copy)
      try fold(events: db, into: copy)
      for table in Schema.viewTables {
        if let difference = try difference(in: table, db, copy) { return difference }
      }
      return nil
    }
  }

  private static func fold(events source: Database, into db: Database) throws {
    var register = Register()
    let count = try Int64.fetchOne(source, sql: "SELECT count(*) FROM entry") ?? 0
    for index in 0..<count {
      let recorded = try Journal.event(at: index, in: source)
      register.apply(recorded.event)
      try Views(db: db).apply(recorded, register: register)
    }
  }

  /// The views of rules are made from the targets.
  private static func copyTargets(from db: Database, to copy: Database) throws {
    let rows = try Row.fetchCursor(db, sql: "SELECT entry, position, salt, value FROM target")
    let insert = try copy.cachedStatement(
      sql: "INSERT INTO target (entry, position, salt, value) VALUES (?, ?, ?, ?)")
    while let row = try rows.next() {
      try insert.execute(
        arguments: [
          row["entry"] as Int64, row["position"] as Int64, row["salt"] as Data,
          row["value"] as Data,
        ])
    }
  }

  private static func difference(
    in table: String, _ db: Database, _ copy: Database
  ) throws -> String? {
    let columns = min(3, try copy.columns(in: table).count)
    let order = (1...columns).map(String.init).joined(separator: ", ")
    let query = "SELECT * FROM \(table) ORDER BY \(order)"
    let kept = try Row.fetchCursor(db, sql: query)
    let made = try Row.fetchCursor(copy, sql: query)
    var row = 1
    while true {
      let (one, other) = (try kept.next(), try made.next())
      guard one == other else {
        return "\(table) differs from the journal in row \(row): run `cordon record rebuild`"
      }
      guard one != nil else { return nil }
      row += 1
    }
  }
}

extension Journal {
  /// Drops all views and makes them again from the journal.
  ///
  /// - Returns: whether they came out as they were.
  /// - Throws: ``StoreError`` where the journal cannot be read; the views then stay as they were.
  @discardableResult
  public func rebuildViews() throws(StoreError) -> Bool {
    try mendViews { db in
      let wasRight = try ViewRebuild.firstDifference(from: db) == nil
      try ViewRebuild.rebuild(db)
      return wasRight
    }
  }
}
