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
    try withFreshViews { fresh in
      let count = try Int64.fetchOne(db, sql: "SELECT count(*) FROM entry") ?? 0
      for index in 0..<count { try fresh.add(try Journal.event(at: index, in: db), from: db) }
      return try fresh.firstDifference(from: db)
    }
  }

  /// Runs a body with views that are made afresh in memory.
  static func withFreshViews<Outcome>(
    _ body: (inout FreshViews) throws -> Outcome
  ) throws -> Outcome {
    var configuration = Configuration()
    // The copy has the targets, but not the entries that they belong to.
    configuration.foreignKeysEnabled = false
    return try DatabaseQueue(configuration: configuration).write { copy in
      try copy.execute(sql: Schema.journalAndViews)
      var fresh = FreshViews(copy: copy)
      return try body(&fresh)
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
    guard count > 0 else { return }
    try Views(db: db).noteState(entries: UInt64(count), register)
  }
}

/// Views in memory, event by event.
struct FreshViews {
  fileprivate let copy: Database
  private var register = Register()
  private var count: UInt64 = 0

  fileprivate init(copy: Database) { self.copy = copy }

  /// Folds the next event in.
  mutating func add(_ recorded: RecordedEvent, from db: Database) throws {
    if case .orderAssessed = recorded.event.change {
      try copyTargets(of: Int64(recorded.index), from: db)
    }
    register.apply(recorded.event)
    try Views(db: copy).apply(recorded, register: register)
    count += 1
  }

  /// Where the views of a database differ first; nil where they do not.
  func firstDifference(from db: Database) throws -> String? {
    if count > 0 { try Views(db: copy).noteState(entries: count, register) }
    for table in Schema.viewTables {
      if let difference = try difference(in: table, db) { return difference }
    }
    return nil
  }

  /// The views of rules are made from the targets.
  private func copyTargets(of entry: Int64, from db: Database) throws {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT position, salt, value FROM target WHERE entry = ?", arguments: [entry])
    let insert = try copy.cachedStatement(
      sql: "INSERT INTO target (entry, position, salt, value) VALUES (?, ?, ?, ?)")
    while let row = try rows.next() {
      try insert.execute(
        arguments: [
          entry, row["position"] as Int64, row["salt"] as Data, row["value"] as Data,
        ])
    }
  }

  private func difference(in table: String, _ db: Database) throws -> String? {
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
