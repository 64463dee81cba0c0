internal import Enforcement
internal import Records

/// What was learned and is not on the disk yet.
struct CrawlOutbox: Sendable {
  /// Something for the record; it is there before the store says that its page was looked at.
  enum Report: Sendable {
    case finding(Finding)
    case recheck(CaseID, Recheck, of: PageKey)
  }

  var reports: [Report] = []
  var changes: [WatchChange] = []
  /// Sites whose turn is over once this is on the disk.
  var ended: [SiteNumber] = []

  var isEmpty: Bool { reports.isEmpty && changes.isEmpty }
  var count: Int { reports.count + changes.count }
}
