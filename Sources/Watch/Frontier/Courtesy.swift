/// How hosts are treated: how often one is asked, and how long one that fails is left alone.
public struct Courtesy: Sendable, Hashable {
  /// The time between two requests to a host, from the end of one to the beginning of the next.
  public var delay: Duration
  /// The most of a crawl-delay that is honoured; who asks for more waits this long.
  public var longestDelay = Duration.seconds(60)
  /// How many requests may be on their way to one host.
  public var connections = 1
  /// The pause after a first failure; four times as long after each that follows.
  public var failurePause: Duration
  /// After so many failures in a row a host is left alone.
  public var failureLimit = 4
  /// How long a host is left alone at first; twice as long each time it fails again.
  public var rest = Duration.seconds(900)
  /// The longest that a host is left alone, whatever it asks for.
  public var longestRest = Duration.seconds(7 * 86_400)
  /// Pages of a host that wants to be left alone for longer than this do not wait in memory.
  public var patience = Duration.seconds(120)

  /// The usual courtesy: one connection, and a second between requests.
  public static let usual = Courtesy(delay: .seconds(1), failurePause: .seconds(2))

  /// None at all, for hosts of one's own: tests and measurements.
  public static let none = Courtesy(delay: .zero, failurePause: .zero)

  /// Takes what changes most; without any delay there is no pause after failures either.
  public init(delay: Duration, failurePause: Duration = .seconds(2), connections: Int = 1) {
    self.delay = delay
    self.failurePause = failurePause
    self.connections = max(1, connections)
  }

  /// The time between two requests to a host that asks for a delay.
  func delay(asked: Duration?) -> Duration {
    guard delay > .zero, let asked else { return delay }
    return max(delay, min(asked, longestDelay))
  }

  /// The pause after so many failures in a row, at least one.
  func pause(after failures: Int) -> Duration {
    guard failures >= failureLimit else {
      return min(failurePause * (1 << min(2 * (failures - 1), 20)), longestRest)
    }
    return restful(after: failures - failureLimit + 1)
  }

  /// How long a host that cannot be reached at all is left alone.
  func restful(after failures: Int) -> Duration {
    Schedule.doubled(rest, times: failures - 1, upTo: longestRest)
  }
}
