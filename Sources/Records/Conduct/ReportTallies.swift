public import Enforcement
internal import GRDB

/// Numbers about the reports of one kind over a period, as the record holds them.
public struct ReportTallies: Sendable, Hashable {
  /// Sanctions that took effect in the period and that a report of the kind has to tell of.
  public var owed = 0
  /// Of these, those that a report tells of.
  public var told = 0
  /// Reports that were made in the period, corrections included.
  public var made = 0
  /// Of these, those that arrived.
  public var arrived = 0
  /// Of these, those on their way.
  public var waiting = 0
  /// Of these, those that were given up.
  public var givenUp = 0
  /// Of these, those that correct another.
  public var corrections = 0
  /// Notes for the record alone that a statement cannot be taken back; they are no reports.
  public var notes = 0
  /// How long after its deadline the latest report arrived, corrections aside.
  public var latest: Duration?

  /// None.
  public init() {}
}

extension Journal {
  /// Counts reports of a period.
  ///
  /// - Parameters:
  ///   - kind: the kind of report.
  ///   - start: the first moment.
  ///   - end: the moment after the last.
  ///   - platform: whose.
  ///   - isOwed: whether the platform owes such reports; else only what was told counts as owed.
  /// - Returns: the numbers, of one snapshot.
  /// - Throws: ``StoreError``.
  public func reportTallies(
    _ kind: Report.Kind, from start: Instant, to end: Instant, on platform: Slug, isOwed: Bool
  ) throws(StoreError) -> ReportTallies {
    let hours = register.conduct.platforms[platform]?.terms.reportHours
    let period: StatementArguments = [
      start.milliseconds, end.milliseconds, platform.text, kind.rawValue,
    ]
    return try read { db in
      let count = ReportCount(db: db, period: period)
      var tallies = try count.reports()
      (tallies.owed, tallies.told) = try count.sanctions(kind, isOwed: isOwed)
      if kind == .authority, let hours {
        tallies.latest = try count.latest().map { .milliseconds(max(0, $0 - hours * 3_600_000)) }
      }
      return tallies
    }
  }

  /// Reports of a kind that were made in a period and arrived, or are on their way, oldest first.
  ///
  /// - Parameters:
  ///   - kind: the kind of report.
  ///   - start: the first moment.
  ///   - end: the moment after the last.
  ///   - platform: whose.
  ///   - limit: the most to answer.
  /// - Returns: their numbers.
  /// - Throws: ``StoreError``.
  public func reports(
    _ kind: Report.Kind, from start: Instant, to end: Instant, on platform: Slug, limit: Int
  ) throws(StoreError) -> [ReportID] {
    try read { db in
      try Int.fetchAll(
        db,
        sql: """
          SELECT r.id FROM view_report r WHERE \(ReportCount.isWanted) ORDER BY r.id LIMIT ?5
          """,
        arguments: [
          start.milliseconds, end.milliseconds, platform.text, kind.rawValue, limit,
        ])
    }.map { ReportID(count: $0) }
  }
}

/// One count: reports and sanctions of `?1` to `?2`, on the platform `?3`, of the kind `?4`.
private struct ReportCount {
  let db: Database
  let period: StatementArguments

  static let isWanted = """
    r.made >= ?1 AND r.made < ?2 AND r.kind = ?4 AND EXISTS (SELECT 1 FROM view_report_sanction t
      JOIN view_sanction s ON s.id = t.sanction WHERE t.report = r.id AND s.platform = ?3)
    """
  private static let isTold = """
    EXISTS (SELECT 1 FROM view_report_sanction t JOIN view_report r ON r.id = t.report
      WHERE t.sanction = s.id AND r.kind = ?4)
    """

  func reports() throws -> ReportTallies {
    var tallies = ReportTallies()
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT e.state, r.corrects IS NOT NULL,
          json_extract(r.body, '$.key') LIKE 'note-%' AND r.kind = 'dsa', count(*)
        FROM view_report r LEFT JOIN effect e ON e.channel = 'report' AND e.subject = r.id
        WHERE \(Self.isWanted) GROUP BY 1, 2, 3
        """,
      arguments: period)
    for row in rows {
      let state: EffectState? = (row[0] as String?).flatMap(EffectState.init(rawValue:))
      let (corrects, isNote): (Bool, Bool) = (row[1], row[2])
      let count: Int = row[3]
      guard !isNote else {
        tallies.notes += count
        continue
      }
      tallies.made += count
      if corrects { tallies.corrections += count }
      switch state {
      case .sent: tallies.arrived += count
      case .failed: tallies.givenUp += count
      case .pending, .withdrawn, nil: tallies.waiting += count
      }
    }
    return tallies
  }

  /// A warning restricts nothing, so no statement is owed of it; nor of what was found wrong before
  /// anybody was told.
  func sanctions(_ kind: Report.Kind, isOwed: Bool) throws -> (owed: Int, told: Int) {
    let owed: String
    switch kind {
    case .authority where isOwed: owed = "1"
    case .authority: owed = Self.isTold
    case .dsa where !isOwed: owed = Self.isTold
    case .dsa: owed = "((s.kind <> 'warn' AND s.state <> 'overturned') OR \(Self.isTold))"
    }
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT count(*), coalesce(sum(\(Self.isTold)), 0) FROM view_sanction s
        WHERE s.imposed >= ?1 AND s.imposed < ?2 AND s.platform = ?3 AND \(owed)
        """,
      arguments: period)
    return (row?[0] ?? 0, row?[1] ?? 0)
  }

  /// How long after its oldest sanction the latest report arrived, in milliseconds.
  func latest() throws -> Int? {
    try Int.fetchOne(
      db,
      sql: """
        SELECT max(r.received - (SELECT min(s.imposed) FROM view_report_sanction t
          JOIN view_sanction s ON s.id = t.sanction WHERE t.report = r.id))
        FROM view_report r WHERE \(Self.isWanted) AND r.corrects IS NULL
        """,
      arguments: period)
  }
}
