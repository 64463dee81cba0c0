internal import Synchronization

/// Lets in as much as can be dealt with; whoever is turned away is told when to come again.
///
/// What was let in is dealt with whatever happens; what was turned away was never taken. So nothing
/// is lost where the platform sends again.
public final class IntakeGate: Sendable {
  /// The most posts under way.
  public let postLimit: Int
  /// The most octets under way.
  public let octetLimit: Int

  /// The gate is full.
  public struct Full: Error, Sendable, Hashable, CustomStringConvertible {
    /// Seconds after which there is likely to be room, for `Retry-After`; 1 to 30.
    public let retryAfter: Int

    /// One sentence.
    public var description: String {
      "too many posts are under way: send these again in \(retryAfter) s"
    }
  }

  private struct State {
    var posts = 0
    var octets = 0
    var turnedAway = 0
    /// Posts dealt with a second, as a running mean; 0 while none was.
    var rate = 0.0
  }

  private let state = Mutex(State())

  /// Takes the bounds: by default four batches of the largest size.
  public init(
    postLimit: Int = 4 * Screener.lineLimit, octetLimit: Int = 4 * Screener.octetLimit
  ) {
    self.postLimit = postLimit
    self.octetLimit = octetLimit
  }

  /// Posts under way.
  public var postsUnderWay: Int { state.withLock { $0.posts } }

  /// How often a batch was turned away.
  public var turnedAway: Int { state.withLock { $0.turnedAway } }

  /// Runs a body for so many posts; throws ``Full`` where there is no room for them.
  ///
  /// A batch of any size is let in where nothing else is under way.
  public func admit<Outcome>(
    posts: Int, octets: Int, _ body: () async throws -> Outcome
  ) async throws -> Outcome {
    try enter(posts, octets)
    let start = ContinuousClock.now
    defer { leave(posts, octets, after: start.duration(to: .now)) }
    return try await body()
  }

  private func enter(_ posts: Int, _ octets: Int) throws(Full) {
    let full: Full? = state.withLock { state in
      guard
        state.posts == 0 || state.posts + posts <= postLimit && state.octets + octets <= octetLimit
      else {
        state.turnedAway += 1
        let seconds = state.rate > 0 ? Double(state.posts) / state.rate : 1
        return Full(retryAfter: Int(min(30, max(1, seconds.rounded(.up)))))
      }
      state.posts += posts
      state.octets += octets
      return nil
    }
    if let full { throw full }
  }

  private func leave(_ posts: Int, _ octets: Int, after time: Duration) {
    let seconds = max(1e-6, time / .seconds(1))
    state.withLock { state in
      // Batches run beside each other, so each counts with all that were under way.
      let rate = Double(state.posts) / seconds
      state.rate = state.rate == 0 ? rate : 0.8 * state.rate + 0.2 * rate
      state.posts -= posts
      state.octets -= octets
    }
  }
}
