internal import Conduct
internal import Enforcement
internal import Records
internal import Synchronization

/// Counts how late sanctions were lifted whose time was over.
final class LiftingMeter: Sendable {
  private let state = Mutex(ReportFigures.Lateness())

  /// How late they were since the start.
  var lateness: ReportFigures.Lateness { state.withLock { $0 } }

  /// Takes what was recorded.
  func note(_ events: [RecordedEvent]) {
    for recorded in events {
      guard case .conduct(.sanctionLifted(_, _, let due?, _)) = recorded.event.change else {
        continue
      }
      let late = recorded.event.time.duration(since: due)
      state.withLock { $0.note(late) }
    }
  }
}
