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

  /// Whether something in it refers to captures, which have to be on the disk before it.
  var refersToCaptures: Bool {
    changes.contains { change in
      if case .looked(_, let look) = change { look.capture != nil } else { false }
    }
  }

  /// Forgets every reference to a capture.
  mutating func forgetCaptures() {
    reports = reports.map { report in
      switch report {
      case .finding(var finding):
        finding.capture = nil
        return .finding(finding)
      case .recheck(let id, var recheck, let page):
        recheck.capture = nil
        return .recheck(id, recheck, of: page)
      }
    }
    changes = changes.map { change in
      guard case .looked(let site, var look) = change else { return change }
      look.capture = nil
      return .looked(site, look)
    }
  }

  var isEmpty: Bool { reports.isEmpty && changes.isEmpty }
  var count: Int { reports.count + changes.count }
}
