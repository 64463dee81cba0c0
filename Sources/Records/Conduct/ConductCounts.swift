public import Enforcement
internal import GRDB

/// Numbers about conduct over a period, for transparency: they are counted where the register is
/// read from, so they are those of the journal.
public struct ConductCounts: Sendable, Hashable {
  /// Infractions that were found, by what the rules make of them.
  public var infractionsByKind: [String: Int] = [:]
  /// Infractions that were found, by rule and version.
  public var infractionsByRule: [String: Int] = [:]
  /// Infractions that were found, by what has become of them since.
  public var infractionsByState: [InfractionState: Int] = [:]
  /// Sanctions that took effect, by rung.
  public var imposed: [SanctionKind: Int] = [:]
  /// Sanctions that took effect without a person.
  public var automatic = 0
  /// Sanctions that took effect, by each rule that they lean on; one may lean on several.
  public var imposedByRule: [String: Int] = [:]
  /// Sanctions that ended, by cause.
  public var ended: [LiftingCause: Int] = [:]
  /// How much later than due a sanction was lifted at most.
  public var latestLifting: Duration?
  /// Appeals that were filed.
  public var appealsFiled = 0
  /// Appeals that were decided: `upheld`, `reduced`, `overturned`.
  public var appealsByOutcome: [String: Int] = [:]
  /// Appeals that were not decided by the end of their time for an answer, where that end fell into
  /// the period.
  public var appealsLate = 0
  /// Reports that were made, corrections included.
  public var reportsMade: [Report.Kind: Int] = [:]
  /// Of these, those that arrived.
  public var reportsReceived: [Report.Kind: Int] = [:]
  /// Of these, those that correct another.
  public var corrections: [Report.Kind: Int] = [:]
  /// Sanctions that took effect and that a report tells of, by kind of report.
  public var reported: [Report.Kind: Int] = [:]

  /// Sanctions that took effect.
  public var imposedInAll: Int { imposed.values.reduce(0, +) }

  /// Sanctions of the period that no report of a kind tells of.
  public func unreported(_ kind: Report.Kind) -> Int { imposedInAll - reported[kind, default: 0] }
}

extension Journal {
  /// Counts what happened in a period.
  ///
  /// - Parameters:
  ///   - start: the first moment.
  ///   - end: the moment after the last.
  ///   - platform: where; nil for all platforms.
  /// - Returns: the numbers, of one snapshot.
  /// - Throws: ``StoreError``.
  public func conductCounts(
    from start: Instant, to end: Instant, on platform: Slug? = nil
  ) throws(StoreError) -> ConductCounts {
    let period: StatementArguments = [start.milliseconds, end.milliseconds, platform?.text]
    return try read { db in try Tallies(db: db, period: period).counts() }
  }
}

extension Journal {
  /// How many appeals are open, and how many of these are past their time for an answer.
  ///
  /// - Parameter moment: now.
  /// - Returns: both numbers.
  /// - Throws: ``StoreError``.
  public func openAppeals(at moment: Instant) throws(StoreError) -> (open: Int, overdue: Int) {
    try read { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT count(*), count(t.appeal) FROM view_appeal p
          LEFT JOIN view_appeal_term t ON t.appeal = p.id AND t.answer_by <= ?
          WHERE p.decided IS NULL
          """,
        arguments: [moment.milliseconds])
      return (row?[0] ?? 0, row?[1] ?? 0)
    }
  }
}

/// One count over a period: `?1` to `?2`, on the platform `?3`.
private struct Tallies {
  let db: Database
  let period: StatementArguments

  func counts() throws -> ConductCounts {
    var counts = ConductCounts()
    counts.infractionsByKind = try tally("view_infraction", "kind", "found")
    counts.infractionsByRule = try tally("view_infraction", "rule", "found")
    counts.infractionsByState = try named(tally("view_infraction", "state", "found"))
    counts.imposed = try named(tally("view_sanction", "kind", "imposed"))
    counts.automatic = try number(
      "SELECT count(*) FROM view_sanction WHERE \(Self.within("imposed")) AND automatic")
    counts.imposedByRule = try groups(
      """
      SELECT i.rule, count(DISTINCT s.id) FROM view_sanction s
      JOIN view_sanction_body b ON b.id = s.id
      JOIN json_each(b.body, '$.plan.ground.infractions') g
      JOIN view_infraction i ON i.id = CAST(substr(g.value, 3) AS INTEGER)
      WHERE s.imposed >= ?1 AND s.imposed < ?2 AND (?3 IS NULL OR s.platform = ?3) GROUP BY i.rule
      """)
    counts.ended = try named(tally("view_sanction", "cause", "ended"))
    counts.latestLifting = try Int64.fetchOne(
      db, sql: "SELECT max(late) FROM view_sanction WHERE \(Self.within("ended"))",
      arguments: period
    ).map { .milliseconds($0) }
    try countAppeals(&counts)
    try countReports(&counts)
    return counts
  }

  private func countAppeals(_ counts: inout ConductCounts) throws {
    let appeals = "view_appeal p JOIN view_account a ON a.id = p.account"
    counts.appealsFiled = try number(
      "SELECT count(*) FROM \(appeals) WHERE \(Self.within("filed"))")
    counts.appealsByOutcome = try groups(
      "SELECT outcome, count(*) FROM \(appeals) WHERE \(Self.within("decided")) GROUP BY outcome")
    counts.appealsLate = try number(
      """
      SELECT count(*) FROM view_appeal_term t JOIN view_appeal p ON p.id = t.appeal
      JOIN view_account a ON a.id = p.account
      WHERE \(Self.within("answer_by")) AND (decided IS NULL OR decided > answer_by)
      """)
  }

  /// A report counts where it tells of a sanction of the platform.
  private func countReports(_ counts: inout ConductCounts) throws {
    let made = """
      made >= ?1 AND made < ?2 AND (?3 IS NULL OR EXISTS (SELECT 1 FROM view_report_sanction t
        JOIN view_sanction s ON s.id = t.sanction WHERE t.report = r.id AND s.platform = ?3))
      """
    let count = "SELECT kind, count(*) FROM view_report r WHERE \(made)"
    counts.reportsMade = try named(groups("\(count) GROUP BY kind"))
    counts.reportsReceived = try named(groups("\(count) AND received IS NOT NULL GROUP BY kind"))
    counts.corrections = try named(groups("\(count) AND corrects IS NOT NULL GROUP BY kind"))
    counts.reported = try named(
      groups(
        """
        SELECT r.kind, count(DISTINCT s.id) FROM view_sanction s
        JOIN view_report_sanction t ON t.sanction = s.id JOIN view_report r ON r.id = t.report
        WHERE s.imposed >= ?1 AND s.imposed < ?2 AND (?3 IS NULL OR s.platform = ?3)
        GROUP BY r.kind
        """))
  }

  private static func within(_ column: String) -> String {
    "\(column) >= ?1 AND \(column) < ?2 AND (?3 IS NULL OR platform = ?3)"
  }

  private func tally(_ table: String, _ column: String, _ moment: String) throws -> [String: Int] {
    try groups(
      """
      SELECT \(column), count(*) FROM \(table) WHERE \(Self.within(moment))
      AND \(column) IS NOT NULL GROUP BY \(column)
      """)
  }

  private func groups(_ sql: String) throws -> [String: Int] {
    try Row.fetchAll(db, sql: sql, arguments: period).reduce(into: [:]) { counts, row in
      counts[row[0] as String] = row[1]
    }
  }

  private func number(_ sql: String) throws -> Int {
    try Int.fetchOne(db, sql: sql, arguments: period) ?? 0
  }

  private func named<Name: RawRepresentable<String> & Hashable>(
    _ counts: [String: Int]
  ) throws -> [Name: Int] {
    try counts.reduce(into: [:]) { named, count in
      guard let name = Name(rawValue: count.key) else {
        throw StoreError.corrupt("the views know an unknown \(count.key); run record rebuild")
      }
      named[name] = count.value
    }
  }
}
