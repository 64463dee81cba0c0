public import Enforcement
internal import GRDB

extension Journal {
  /// The entries about a case, oldest first.
  public func history(of id: CaseID) throws(StoreError) -> [RecordedEvent] {
    try entries(of: id, kind: nil)
  }

  /// The findings of a case, oldest first, with the entries that they stand in.
  public func findings(of id: CaseID) throws(StoreError) -> [RecordedFinding] {
    try entries(of: id, kind: "finding.made").compactMap { recorded in
      guard case .caseChanged(_, .found(let finding, _)) = recorded.event.change else { return nil }
      return RecordedFinding(index: recorded.index, time: recorded.event.time, finding: finding)
    }
  }

  private func entries(
    of id: CaseID, kind: String?
  ) throws(StoreError) -> [RecordedEvent] {
    try read { db in
      try Int64.fetchAll(
        db,
        sql: """
          SELECT entry FROM view_case_history WHERE case_id = ? AND (? IS NULL OR kind = ?)
          ORDER BY entry
          """,
        arguments: [id.text, kind, kind]
      ).map { index in try Self.event(at: index, in: db) }
    }
  }
}

/// A finding with its place on the record.
public struct RecordedFinding: Sendable, Hashable {
  /// The number of the entry.
  public let index: UInt64
  /// When it was recorded.
  public let time: Instant
  /// What was found.
  public let finding: Finding
}
