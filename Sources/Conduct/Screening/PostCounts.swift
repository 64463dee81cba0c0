internal import Enforcement
internal import Synchronization

/// How often accounts posted lately: what share of its posts infringes is judged by it.
///
/// An account is known by a hash alone, and of its posts the number alone. Counts are kept for two
/// periods, the one that runs and the one before, so that what is counted is never less than one
/// period and never more than two.
public final class PostCounts: Sendable {
  private struct State {
    var current: [UInt64: UInt32] = [:]
    var before: [UInt64: UInt32] = [:]
    var began: ContinuousClock.Instant
  }

  private let state: Mutex<State>
  private let period: Duration

  /// The most accounts of a period; more are not counted, and go by their infractions alone.
  static let limit = 4_000_000

  /// Takes the length of a period: half of the longest window of a ladder.
  public init(period: Duration = .seconds(45 * 86_400)) {
    self.period = period
    state = Mutex(State(began: .now))
  }

  /// Adds what a batch shows.
  func add(_ accounts: [String: Int], of platform: Slug) {
    state.withLock { state in
      if state.began.duration(to: .now) > period {
        state.before = state.current
        state.current = [:]
        state.began = .now
      }
      for (account, count) in accounts {
        let key = Self.key(account, platform)
        guard state.current.count < Self.limit || state.current[key] != nil else { continue }
        state.current[key, default: 0] &+= UInt32(clamping: count)
      }
    }
  }

  /// How often an account posted.
  func count(of account: String, on platform: Slug) -> Int {
    let key = Self.key(account, platform)
    return state.withLock { Int($0.current[key] ?? 0) + Int($0.before[key] ?? 0) }
  }

  private static func key(_ account: String, _ platform: Slug) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(platform)
    hasher.combine(account)
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }
}
