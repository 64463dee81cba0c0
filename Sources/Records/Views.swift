internal import DomainNames
internal import Enforcement
internal import Foundation
internal import GRDB

/// Keeps the views in step with the journal; the same code serves a new event and a rebuild.
struct Views {
  let db: Database

  /// Notes how far the views have come, once all events of a transaction are folded in.
  func noteState(entries: UInt64, _ register: Register) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO view_state (id, entries, last_event) VALUES (1, ?, ?)",
      arguments: [Int64(entries), register.lastEvent?.milliseconds])
  }

  /// Folds a recorded event into the views; ``noteState(entries:_:)`` has to follow.
  ///
  /// - Parameters:
  ///   - recorded: the event.
  ///   - register: the register after the event.
  ///   - accepted: the accepted targets of an assessment, where they are at hand; else they are read.
  /// - Throws: what the database reports.
  func apply(
    _ recorded: RecordedEvent, register: Register, accepted: [SealedTargets.Accepted]? = nil
  ) throws {
    let (index, event) = (Int64(recorded.index), recorded.event)
    switch event.change {
    case .personAdded(let name, let role, let token):
      try db.execute(
        sql: "INSERT INTO view_person (name, role, added, token) VALUES (?, ?, ?, ?)",
        arguments: [name.text, role.rawValue, event.time.milliseconds, Data(token)])
    case .tokenReplaced(let name, let token):
      try db.execute(
        sql: "UPDATE view_person SET token = ? WHERE name = ?",
        arguments: [Data(token), name.text])
    case .orderAssessed(let id, let version, _):
      try db.execute(
        sql: "INSERT INTO view_assessment (order_id, version, entry) VALUES (?, ?, ?)",
        arguments: [id.text, version, index])
      if let accepted {
        for target in accepted {
          try insertRule(
            id, version, target.line, target.name, target.scope, position: Int64(target.position))
        }
      } else {
        try addRules(of: id, version, from: index)
      }
    case .lineSettled(let id, let version, let line, let settlement):
      try settle(id, version, line, settlement)
    case .orderInForce(let id, let version, let due):
      try closeInterval(of: id, at: due)
      // A version can take its place in an order that is suspended, and then blocks nothing.
      guard register.orders[id]?.state == .inForce else { break }
      try db.execute(
        sql: """
          INSERT INTO view_interval (order_id, since, version, until, entry)
          VALUES (?, ?, ?, NULL, ?)
          """,
        arguments: [id.text, due.milliseconds, version, index])
    case .orderSuspended(let id, _), .orderRevoked(let id, _):
      try closeInterval(of: id, at: event.time)
    case .orderExpired(let id, let due): try closeInterval(of: id, at: due)
    case .lineChanged(let id, let version, let line, let change):
      try PauseViews(db: db).apply(change, to: line, of: id, version, recorded)
    case .siteWatched(let site, _): try CaseViews(db: db).watch(site, recorded)
    case .siteDropped(let site, _): try CaseViews(db: db).drop(site)
    case .caseChanged(let id, let change):
      try CaseViews(db: db).apply(change, to: id, at: index, register: register)
    case .conduct(let change):
      try ConductViews(db: db, book: register.conduct).apply(change, at: index, time: event.time)
    case .recordOpened, .orderReceived, .orderAmended, .orderConfirmed, .orderResumed,
      .actionRefused, .clockCorrected, .contestReceived:
      break
    }
    try addHistory(of: event.change, index)
    if let id = event.change.order, let order = register.orders[id] { try store(order) }
  }

  private func addRules(of id: OrderID, _ version: Int, from entry: Int64) throws {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT position, value FROM target WHERE entry = ? ORDER BY position",
      arguments: [entry])
    while let row = try rows.next() {
      let value: Data = row["value"]
      guard let target = TargetCoding.target(Array(value)), target.decision == .accept,
        let name = target.name, let scope = target.scope
      else { continue }
      try insertRule(id, version, target.line, name, scope, position: row["position"])
    }
  }

  private func settle(
    _ id: OrderID, _ version: Int, _ line: LineID, _ settlement: Settlement
  ) throws {
    guard let (position, target) = try Self.target(db, id, version, line) else { return }
    switch settlement.outcome {
    case .dropped: break
    case .accepted:
      guard let name = target.name, let scope = target.scope else { return }
      try insertRule(id, version, line, name, scope, position: position)
    case .read(let name, let scope):
      try insertRule(id, version, line, name, scope, position: position)
    }
  }

  private func insertRule(
    _ id: OrderID, _ version: Int, _ line: LineID, _ name: DomainName, _ scope: Scope,
    position: Int64
  ) throws {
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO view_rule (order_id, version, line, name, scope, position)
        VALUES (?, ?, ?, ?, ?, ?)
        """
    ).execute(
      arguments: [
        id.text, version, line.description, Data(name.wire), scope.rawValue, position,
      ])
  }

  private func closeInterval(of id: OrderID, at moment: Instant) throws {
    try db.execute(
      sql: "UPDATE view_interval SET until = max(since, ?) WHERE order_id = ? AND until IS NULL",
      arguments: [moment.milliseconds, id.text])
  }

  private func addHistory(of change: Change, _ index: Int64) throws {
    guard let id = Self.subject(of: change) else { return }
    try db.execute(
      sql: "INSERT INTO view_history (order_id, entry, kind) VALUES (?, ?, ?)",
      arguments: [id.text, index, EventCoding.parts(of: change).kind])
  }

  /// The order in whose history a change stands, whether it changes the order or not.
  private static func subject(of change: Change) -> OrderID? {
    switch change {
    case .actionRefused(_, let order, _): order
    case .contestReceived(let contest): contest.order
    case .recordOpened, .personAdded, .tokenReplaced, .orderReceived, .orderAmended,
      .orderAssessed, .lineSettled, .orderConfirmed, .orderInForce, .orderSuspended,
      .orderResumed, .orderRevoked, .orderExpired, .lineChanged, .clockCorrected, .siteWatched,
      .siteDropped, .caseChanged, .conduct:
      change.order
    }
  }

  private func store(_ order: Order) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let body = String(decoding: try encoder.encode(order), as: UTF8.self)
    try db.execute(
      sql: """
        INSERT INTO view_order (id, ordinal, state, body)
        VALUES (?, (SELECT coalesce(max(ordinal), 0) + 1 FROM view_order), ?, ?)
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, body = excluded.body
        """,
      arguments: [order.id.text, order.state.rawValue, body])
  }

  /// A target of a version, by its line.
  static func target(
    _ db: Database, _ id: OrderID, _ version: Int, _ line: LineID
  ) throws -> (position: Int64, target: RecordedTarget)? {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT t.position, t.value FROM view_assessment a JOIN target t ON t.entry = a.entry
        WHERE a.order_id = ? AND a.version = ? ORDER BY t.position
        """,
      arguments: [id.text, version])
    while let row = try rows.next() {
      let value: Data = row["value"]
      if let target = TargetCoding.target(Array(value)), target.line == line {
        return (row["position"], target)
      }
    }
    return nil
  }
}

extension Views {
  /// The register as the views keep it.
  static func register(_ db: Database) throws -> Register {
    let people = try Row.fetchAll(db, sql: "SELECT name, role, added FROM view_person")
      .map { row in
        guard let name = PersonName(row["name"] as String),
          let role = Role(rawValue: row["role"])
        else { throw StoreError.corrupt("view_person has a row that says nothing") }
        return Person(name: name, role: role, added: Instant(milliseconds: row["added"]))
      }
    let decoder = JSONDecoder()
    let orders = try String.fetchAll(db, sql: "SELECT body FROM view_order ORDER BY ordinal")
      .map { body in
        do {
          return try decoder.decode(Order.self, from: Data(body.utf8))
        } catch {
          throw StoreError.corrupt("view_order has a row that cannot be read; run record rebuild")
        }
      }
    let last = try Int64.fetchOne(db, sql: "SELECT last_event FROM view_state")
    return Register(
      people: people, orders: orders, sites: try CaseViews.sites(db),
      cases: try CaseViews.cases(db), conduct: try ConductViews.book(db),
      lastEvent: last.map { Instant(milliseconds: $0) })
  }
}
