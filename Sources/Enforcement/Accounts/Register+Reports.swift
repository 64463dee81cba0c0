/// Reports to those outside: made once, received once, corrected where they told something wrong.
extension Register {
  /// The same report under the same key is made once, however often it is asked for.
  func make(
    _ kind: Report.Kind, of sanctions: [SanctionID], corrects: ReportID?,
    _ content: ContentDigest, key: String, by actor: Actor, in docket: inout Docket
  ) throws(Refusal) {
    let key = try bounded(key, "the report's key", octets: 200)
    guard (1...kind.limit).contains(sanctions.count), Set(sanctions).count == sanctions.count
    else {
      throw Refusal(
        .badField,
        "a report of kind \(kind.rawValue) tells of 1 to \(kind.limit) sanctions, each once")
    }
    if let known = conduct.reportKeys[key] {
      guard let made = conduct.reports[known], made.kind == kind, made.sanctions == sanctions,
        made.content == content, made.corrects == corrects
      else {
        throw Refusal(.badField, "\(known) was made under this key, and says something else")
      }
      return
    }
    for id in sanctions where try known(id).imposed == nil {
      throw Refusal(.wrongState, "\(id) never took effect: there is nothing to report")
    }
    if let corrects {
      let corrected = try found(conduct.reports[corrects], corrects, "report", "cordon report list")
      guard corrected.kind == kind else {
        throw Refusal(.badField, "\(corrects) is of kind \(corrected.kind.rawValue)")
      }
    }
    let id = ReportID(count: conduct.reports.count + 1)
    let report = Report(
      id: id, kind: kind, sanctions: sanctions, corrects: corrects, content: content,
      made: docket.now, key: key)
    docket.record(.reportMade(report), by: actor)
  }

  func receive(
    _ id: ReportID, _ receipt: String, by actor: Actor, in docket: inout Docket
  ) throws(Refusal) {
    let report = try found(conduct.reports[id], id, "report", "cordon report list")
    let receipt = try bounded(receipt, "the receipt", octets: 1_000)
    guard report.receipt == nil else { return }
    docket.record(.reportReceived(id, receipt: receipt), by: actor)
  }
}

extension Report.Kind {
  /// The most sanctions that one report tells of.
  public var limit: Int {
    switch self {
    case .authority: 1_000
    case .dsa: 100
    }
  }
}

/// Sanctions of which a platform owes a report to its authority.
public struct ReportDue: Sendable, Hashable {
  /// The platform.
  public var platform: Slug
  /// The sanctions, in the order in which they took effect.
  public var sanctions: [SanctionID]
  /// When the report of the first of them is due.
  public var due: Instant
}

/// A report that told something wrong.
public struct CorrectionDue: Sendable, Hashable {
  /// The report.
  public var report: ReportID
  /// The sanctions in it that were taken back or made milder since.
  public var sanctions: [SanctionID]
}

extension ConductBook {
  /// The reports that are due by a moment: every sanction that took effect and that no report to the
  /// authority tells of.
  public func reportsDue(at moment: Instant) -> [ReportDue] {
    unreported.keys.sorted().compactMap { id in
      guard let hours = platforms[id]?.terms.reportHours, let waiting = unreported[id] else {
        return nil
      }
      let due = waiting.due(by: moment + .seconds(-3_600 * hours))
      guard let first = due.first else { return nil }
      return ReportDue(
        platform: id, sanctions: due.map(\.id), due: first.at + .seconds(3_600 * hours))
    }
  }

  /// When a report is next due; nil where none is owed.
  public var nextReportDue: Instant? {
    unreported.compactMap { id, waiting in
      platforms[id]?.terms.reportHours.flatMap { hours in
        waiting.earliest.map { $0 + .seconds(3_600 * hours) }
      }
    }.min()
  }

  /// Reports that were received and need a correction, the oldest first.
  ///
  /// Of several reports of one kind that tell of a sanction, the newest is the one to correct.
  public var reportsToCorrect: [CorrectionDue] {
    correcting.sorted().compactMap { id in
      guard let report = reports[id], report.receipt != nil else { return nil }
      let wrong = report.toCorrect.filter { newestReport(report.kind, of: $0) == id }
      return wrong.isEmpty ? nil : CorrectionDue(report: id, sanctions: wrong)
    }
  }

  private func newestReport(_ kind: Report.Kind, of sanction: SanctionID) -> ReportID? {
    sanctions[sanction]?.reports.last { reports[$0]?.kind == kind }
  }
}
