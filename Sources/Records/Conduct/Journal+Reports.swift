public import Enforcement
internal import GRDB

/// A report that is to be sent now, or again.
public struct PendingReport: Sendable, Hashable {
  /// The number of its effect.
  public let effect: UInt64
  /// The report.
  public let report: ReportID
  /// Since when it could be sent.
  public let since: Instant
  /// How often sending was tried.
  public let attempts: Int
}

/// How reports of one kind fare.
public struct ReportDelivery: Sendable, Hashable {
  /// Those on their way.
  public var waiting = 0
  /// Those that arrived.
  public var sent = 0
  /// Those that were given up: somebody must look.
  public var failed = 0

  /// None.
  public init() {}
}

extension Journal {
  /// The reports that are to be sent by now, what waits longest first: of each chain of corrections
  /// the oldest alone.
  ///
  /// - Parameter limit: the most to answer.
  /// - Returns: the reports.
  /// - Throws: ``StoreError``.
  public func pendingReports(limit: Int) throws(StoreError) -> [PendingReport] {
    let now = self.now.milliseconds
    return try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT id, subject, since, attempts FROM effect
          WHERE channel = 'report' AND state = 'pending' AND next_try <= ? ORDER BY next_try, id
          LIMIT ?
          """,
        arguments: [now, limit]
      ).map { row in
        PendingReport(
          effect: UInt64(row[0] as Int64), report: ReportID(count: row[1]),
          since: Instant(milliseconds: row[2]), attempts: row[3])
      }
    }
  }

  /// How the reports fare, by kind.
  ///
  /// - Throws: ``StoreError``.
  public func reportDelivery() throws(StoreError) -> [Report.Kind: ReportDelivery] {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT r.kind, e.state, count(*) FROM effect e JOIN view_report r ON r.id = e.subject
          WHERE e.channel = 'report' GROUP BY r.kind, e.state
          """)
      var delivery: [Report.Kind: ReportDelivery] = [:]
      for row in rows {
        guard let kind = Report.Kind(rawValue: row[0]), let state = EffectState(rawValue: row[1])
        else { throw StoreError.corrupt("a report has an unknown kind or state") }
        let count: Int = row[2]
        switch state {
        case .pending: delivery[kind, default: ReportDelivery()].waiting += count
        case .sent: delivery[kind, default: ReportDelivery()].sent += count
        case .failed: delivery[kind, default: ReportDelivery()].failed += count
        case .withdrawn: break
        }
      }
      return delivery
    }
  }

  /// How the sending of a report fares; nil where the report is not known.
  ///
  /// - Throws: ``StoreError``.
  public func delivery(of report: ReportID) throws(StoreError) -> EffectStatus? {
    try effects("channel = 'report' AND subject = ?", [report.count]).first
  }

  /// Sanctions that restrict something and of which no statement of reasons tells yet, in the order
  /// in which they took effect; those found wrong since are left out.
  ///
  /// - Parameters:
  ///   - platform: where.
  ///   - start: the first moment of taking effect.
  ///   - limit: the most to answer.
  /// - Returns: the sanctions.
  /// - Throws: ``StoreError``.
  public func sanctionsWithoutStatement(
    on platform: Slug, from start: Instant, limit: Int
  ) throws(StoreError) -> [SanctionID] {
    try read { db in
      try Int.fetchAll(
        db,
        sql: """
          SELECT s.id FROM view_sanction s WHERE s.imposed >= ? AND s.platform = ?
          AND s.kind <> 'warn' AND s.state <> 'overturned' AND NOT EXISTS
            (SELECT 1 FROM view_report_sanction t JOIN view_report r ON r.id = t.report
             WHERE t.sanction = s.id AND r.kind = 'dsa')
          ORDER BY s.imposed, s.id LIMIT ?
          """,
        arguments: [start.milliseconds, platform.text, limit])
    }.map { SanctionID(count: $0) }
  }
}
