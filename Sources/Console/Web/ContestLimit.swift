internal import Enforcement
internal import Synchronization

/// How many contests are taken in: so many a minute from everyone together.
///
/// It knows nobody: no address is kept to count by.
final class ContestLimit: Sendable {
  static let perMinute = 30
  private static let window = Duration.seconds(60)
  private let state = Mutex<(start: Instant, taken: Int)?>(nil)

  /// Takes one in, or says in how many seconds the next can be.
  ///
  /// A clock that was set back begins a new minute.
  func take(at now: Instant) -> Int? {
    state.withLock { state in
      guard let (start, taken) = state, now >= start, now < start + Self.window else {
        state = (now, 1)
        return nil
      }
      guard taken < Self.perMinute else {
        let left = (start + Self.window).duration(since: now)
        return max(1, Int(left.components.seconds))
      }
      state = (start, taken + 1)
      return nil
    }
  }
}
