public import Enforcement
internal import Foundation
internal import GRDB
internal import TransparencyLog

/// Something that happened to an order, without who did it and why.
public struct PublicEvent: Sendable, Hashable {
  /// What happened, as the leaf names it.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    case received = "order.received"
    case amended = "order.amended"
    case confirmed = "order.confirmed"
    case inForce = "order.in-force"
    case suspended = "order.suspended"
    case resumed = "order.resumed"
    case revoked = "order.revoked"
    case expired = "order.expired"
    case linePaused = "order.line-paused"
    case lineResumed = "order.line-resumed"
  }

  /// The number of the entry.
  public var index: UInt64
  /// What happened.
  public var kind: Kind
  /// When it was recorded.
  public var time: Instant
  /// The version of the order, where the event is about one.
  public var version: Int?
}

/// Some of the names that a version of an order enforces, in the order of its file.
public struct RulePage: Sendable, Hashable {
  /// The names.
  public var rules: [RecordedRule]
  /// What to ask for the next names with; nil where these were the last.
  public var next: Int?
}

extension Journal {
  /// What happened to an order, oldest first, read from the leaves alone: it holds nothing sealed.
  public func publicHistory(of order: OrderID) throws(StoreError) -> [PublicEvent] {
    let kinds = PublicEvent.Kind.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    return try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT h.entry, e.leaf FROM view_history h JOIN entry e ON e.idx = h.entry
          WHERE h.order_id = ? AND h.kind IN (\(kinds)) ORDER BY h.entry
          """,
        arguments: [order.text]
      ).map { row in
        let (index, leaf) = (row["entry"] as Int64, row["leaf"] as Data)
        guard let json = try? CanonicalJSON(parsing: Array(leaf), requireCanonical: true),
          let kind = json["kind"]?.string.flatMap(PublicEvent.Kind.init(rawValue:)),
          let time = json["time"]?.string.flatMap({ Instant($0) })
        else { throw StoreError.corrupt("entry \(index) cannot be read") }
        return PublicEvent(
          index: UInt64(index), kind: kind, time: time,
          version: json["data"]?["order_version"]?.integer.map { Int($0) })
      }
    }
  }

  /// How often an order was contested.
  public func contests(of order: OrderID) throws(StoreError) -> Int {
    try read { db in
      try Int.fetchOne(
        db,
        sql: """
          SELECT count(*) FROM view_history WHERE order_id = ? AND kind = 'contest.received'
          """,
        arguments: [order.text]) ?? 0
    }
  }

  /// Some of the names that a version of an order enforces, in the order of its file.
  ///
  /// It reads as many targets as it answers, and those between them that are not enforced.
  ///
  /// - Parameters:
  ///   - order: the order.
  ///   - version: the version.
  ///   - start: 0, or the `next` of the page before.
  ///   - limit: the most names to answer.
  /// - Returns: the names.
  /// - Throws: ``StoreError``.
  public func rules(
    of order: OrderID, version: Int, from start: Int, limit: Int
  ) throws(StoreError) -> RulePage {
    try read { db in
      var page = RulePage(rules: [], next: nil)
      let targets = try Row.fetchCursor(
        db,
        sql: """
          SELECT t.position, t.value FROM view_assessment a JOIN target t ON t.entry = a.entry
          WHERE a.order_id = ? AND a.version = ? AND t.position >= ? ORDER BY t.position
          """,
        arguments: [order.text, version, start])
      let rule = try db.cachedStatement(
        sql: """
          SELECT order_id, version, line, name, scope FROM view_rule
          WHERE order_id = ? AND version = ? AND line = ?
          """)
      while let row = try targets.next() {
        guard let target = TargetCoding.target(Array(row["value"] as Data)),
          let found = try Row.fetchOne(
            rule, arguments: [order.text, version, target.line.description])
        else { continue }
        guard page.rules.count < limit else {
          page.next = row["position"]
          break
        }
        page.rules.append(try Self.rule(found))
      }
      return page
    }
  }
}
