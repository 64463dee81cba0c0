internal import Conduct
internal import Enforcement
internal import Gate
internal import Records

extension MetricsText {
  /// How late sanctions were lifted, and how reports fare.
  mutating func add(liftings: ReportFigures.Lateness, _ reports: ReportFigures) {
    histogram(
      "cordon_lifting_lateness_seconds", "How long after its time a sanction was lifted.",
      GateMetrics.Histogram(liftings))
    histogram(
      "cordon_report_lateness_seconds",
      "How long after its deadline a report to an authority arrived.",
      GateMetrics.Histogram(reports.lateness))
    let kinds = Report.Kind.allCases
    func delivery(_ count: (ReportDelivery) -> Int) -> [(String, Int)] {
      kinds.map { kind in (kind.rawValue, count(reports.delivery[kind] ?? .init())) }
    }
    gauges("cordon_reports_waiting", "Reports on their way.", by: "kind", delivery(\.waiting))
    gauges("cordon_reports_sent", "Reports that arrived.", by: "kind", delivery(\.sent))
    gauges(
      "cordon_reports_failed", "Reports that were given up.", by: "kind", delivery(\.failed))
    counter(
      "cordon_report_failures_total", "Tries to send a report that failed.",
      UInt64(reports.failures))
    gauge(
      "cordon_reports_overdue", "Sanctions past their deadline that no report tells of.",
      reports.overdue)
  }
}

extension GateMetrics.Histogram {
  fileprivate init(_ lateness: ReportFigures.Lateness) {
    self.init(
      bounds: ReportFigures.Lateness.bounds, counts: lateness.counts, sum: lateness.sum)
  }
}
