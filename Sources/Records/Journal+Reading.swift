public import DomainNames
public import Enforcement
internal import Foundation
internal import GRDB
internal import TransparencyLog

extension Journal {
  /// Reads within one snapshot of the database.
  func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    do {
      return try storage.pool.read(body)
    } catch {
      throw StoreError(error, directory: storage.directory)
    }
  }

  /// The person whose token has this SHA-256 digest.
  public func person(withTokenDigest digest: [UInt8]) throws(StoreError) -> Person? {
    guard !digest.isEmpty else { return nil }
    let name = try read { db in
      try String.fetchOne(
        db, sql: "SELECT name FROM view_person WHERE token = ?", arguments: [Data(digest)])
    }
    return name.flatMap { PersonName($0) }.flatMap { register.people[$0] }
  }

  /// The assessed targets of a version of an order, in the order of its file.
  public func targets(
    of order: OrderID, version: Int, limit: Int = .max
  ) throws(StoreError) -> [RecordedTarget] {
    try read { db in
      try Data.fetchAll(
        db,
        sql: """
          SELECT t.value FROM view_assessment a JOIN target t ON t.entry = a.entry
          WHERE a.order_id = ? AND a.version = ? ORDER BY t.position LIMIT ?
          """,
        arguments: [order.text, version, limit]
      ).compactMap { TargetCoding.target(Array($0)) }
    }
  }

  /// One assessed target of a version of an order.
  public func target(
    of order: OrderID, version: Int, line: LineID
  ) throws(StoreError) -> RecordedTarget? {
    try read { db in try Views.target(db, order, version, line)?.target }
  }

  /// The names that a version of an order enforces.
  public func rules(of order: OrderID, version: Int) throws(StoreError) -> [RecordedRule] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT order_id, version, line, name, scope FROM view_rule
          WHERE order_id = ? AND version = ?
          """,
        arguments: [order.text, version]
      ).map(Self.rule)
    }
  }

  /// The names and scopes that a version of an order enforces, one after the other; those of lines
  /// that the brake paused too.
  ///
  /// For many names: nothing else of the rules is read.
  public func forEachRule(
    of order: OrderID, version: Int, _ body: (DomainName, Scope) -> Void
  ) throws(StoreError) {
    try read { db in
      let rows = try Row.fetchCursor(
        db, sql: "SELECT name, scope FROM view_rule WHERE order_id = ? AND version = ?",
        arguments: [order.text, version])
      while let row = try rows.next() {
        let wire: Data = row[0]
        guard let name = try? DomainName(wire: [UInt8](wire)), let scope = Scope(rawValue: row[1])
        else {
          throw StoreError.corrupt("view_rule has a row that says nothing")
        }
        body(name, scope)
      }
    }
  }

  /// The rules of all versions of all orders that cover a name, the most specific first.
  public func rules(covering name: DomainName) throws(StoreError) -> [RecordedRule] {
    let names = [name] + name.ancestors
    let rules = try read { db in
      try names.flatMap { candidate in
        try Row.fetchAll(
          db,
          sql: """
            SELECT order_id, version, line, name, scope FROM view_rule WHERE name = ?
            ORDER BY scope, order_id, version
            """,
          arguments: [Data(candidate.wire)]
        ).map(Self.rule)
      }
    }
    return rules.filter { $0.scope == .subtree || $0.name == name }
  }

  static func rule(_ row: Row) throws -> RecordedRule {
    let wire: Data = row["name"]
    guard let order = OrderID(row["order_id"] as String), let line = LineID(row["line"] as String),
      let scope = Scope(rawValue: row["scope"]), let name = try? DomainName(wire: wire)
    else { throw StoreError.corrupt("view_rule has a row that says nothing") }
    return RecordedRule(
      order: order, version: row["version"], name: name, scope: scope, line: line)
  }

  /// When an order was in force.
  public func intervals(of order: OrderID) throws(StoreError) -> [RecordedInterval] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT version, since, until FROM view_interval WHERE order_id = ?
          ORDER BY since, entry
          """,
        arguments: [order.text]
      ).map { row in
        RecordedInterval(
          order: order, version: row["version"], since: Instant(milliseconds: row["since"]),
          until: (row["until"] as Int64?).map { Instant(milliseconds: $0) })
      }
    }
  }

  /// The entries about an order, oldest first.
  public func history(of order: OrderID) throws(StoreError) -> [RecordedEvent] {
    let entries = try read { db in
      try Int64.fetchAll(
        db, sql: "SELECT entry FROM view_history WHERE order_id = ? ORDER BY entry",
        arguments: [order.text])
    }
    return try entries.map { index throws(StoreError) in try event(at: UInt64(index)) }
  }

  /// The entry that put an order in force last, or confirmed it where it is not in force yet.
  public func entryInForce(of order: OrderID) throws(StoreError) -> UInt64? {
    try read { db in
      try Int64.fetchOne(
        db,
        sql: """
          SELECT entry FROM view_history WHERE order_id = ?
          AND kind IN ('order.in-force', 'order.confirmed')
          ORDER BY kind = 'order.in-force' DESC, entry DESC LIMIT 1
          """,
        arguments: [order.text])
    }.map { UInt64($0) }
  }

  /// The event of an entry.
  public func event(at index: UInt64) throws(StoreError) -> RecordedEvent {
    let size = size
    guard index < size else { throw .noEntry(index, size: size) }
    return try read { db in try Self.event(at: Int64(index), in: db) }
  }

  /// The events of entries in their order, read at once.
  ///
  /// - Parameters:
  ///   - start: the number of the first entry.
  ///   - limit: the most events to answer.
  /// - Returns: the events; none beyond the end of the record.
  /// - Throws: ``StoreError``.
  public func events(
    from start: UInt64, limit: Int = 1_000
  ) throws(StoreError) -> [RecordedEvent] {
    let end = min(size, start + UInt64(max(0, limit)))
    guard start < end else { return [] }
    return try read { db in
      try (Int64(start)..<Int64(end)).map { try Self.event(at: $0, in: db) }
    }
  }

  static func event(at index: Int64, in db: Database) throws -> RecordedEvent {
    guard
      let leaf = try Data.fetchOne(
        db.cachedStatement(sql: "SELECT leaf FROM entry WHERE idx = ?"), arguments: [index])
    else { throw StoreError.corrupt("entry \(index) is missing") }
    let rows = try Row.fetchAll(
      db.cachedStatement(sql: "SELECT name, value FROM sealed_field WHERE entry = ?"),
      arguments: [index])
    var sealed: [String: [UInt8]] = [:]
    for row in rows { sealed[row["name"] as String] = Array(row["value"] as Data) }
    let event = try EventCoding.event(leaf: Array(leaf), sealed: sealed) {
      () throws(StoreError) in try openLines(of: index, in: db)
    }
    return RecordedEvent(index: UInt64(index), event: event)
  }

  /// The lines of an assessment that wait, and how.
  static func openLines(
    of index: Int64, in db: Database
  ) throws(StoreError) -> [LineID: Decision] {
    do {
      return try readOpenLines(of: index, in: db)
    } catch {
      throw StoreError(error, directory: "")
    }
  }

  private static func readOpenLines(of index: Int64, in db: Database) throws -> [LineID: Decision] {
    var open: [LineID: Decision] = [:]
    let rows = try Data.fetchCursor(
      db, sql: "SELECT value FROM target WHERE entry = ?", arguments: [index])
    while let value = try rows.next() {
      guard let target = TargetCoding.target(Array(value)), target.decision.isOpen else { continue }
      open[target.line] = target.decision
    }
    return open
  }
}

extension Journal {
  /// The number of the last entry that changed which names are blocked; nil where none has.
  public func lastRuleChange() throws(StoreError) -> UInt64? {
    try read { db in
      try Int64.fetchOne(
        db,
        sql: """
          SELECT max(entry) FROM view_history WHERE kind IN
          ('order.in-force', 'order.suspended', 'order.resumed', 'order.revoked', 'order.expired',
           'order.line-paused', 'order.line-resumed')
          """)
    }.map { UInt64($0) }
  }
}
