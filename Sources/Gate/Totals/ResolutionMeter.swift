internal import Synchronization

/// How long upstreams take to answer, in buckets, and how often they fail.
final class ResolutionMeter: Sendable {
  /// The upper ends of the buckets, in milliseconds; one more bucket takes what is longer.
  static let bounds: [Int64] = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000]

  private struct State {
    var counts = Array(repeating: UInt64(0), count: ResolutionMeter.bounds.count + 1)
    var total = Duration.zero
    var failures: UInt64 = 0
  }

  private let state = Mutex(State())

  /// Takes how an exchange ended.
  func note(_ duration: Duration, failed: Bool) {
    let place =
      Self.bounds.firstIndex { duration <= .milliseconds($0) } ?? Self.bounds.count
    state.withLock { state in
      state.counts[place] += 1
      state.total += duration
      if failed { state.failures += 1 }
    }
  }

  /// What was taken so far.
  var reading: (histogram: GateMetrics.Histogram, failures: UInt64) {
    state.withLock { state in
      let bounds = Self.bounds.map { Double($0) / 1000 }
      let parts = state.total.components
      let seconds = Double(parts.seconds) + Double(parts.attoseconds) / 1e18
      return (
        GateMetrics.Histogram(bounds: bounds, counts: state.counts, sum: seconds), state.failures
      )
    }
  }
}
