internal import Enforcement
internal import Synchronization

/// The gate's clock: the system's, but never behind the record.
///
/// A clock that was set back must not make an expired rule block again. An administrator who accepts
/// that the clock had been ahead lowers the floor with it.
final class GateClock: Sendable {
  private let floor: Atomic<Int64>

  init(notBefore moment: Instant?) {
    floor = Atomic(moment?.milliseconds ?? 0)
  }

  var now: Instant {
    max(SystemClock.now(), Instant(milliseconds: floor.load(ordering: .relaxed)))
  }

  /// Follows the newest event on the record.
  func follow(_ moment: Instant?) {
    if let moment { floor.store(moment.milliseconds, ordering: .relaxed) }
  }
}
