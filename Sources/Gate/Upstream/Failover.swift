internal import DNSWire

/// Which server is asked next, and when to give up: the course of one query, without any I/O.
///
/// Servers are asked in their order. One that asks for a stream or does not know EDNS is asked once more
/// at once; one that was silent gets a second turn after all the others, since datagrams get lost.
struct Failover: Sendable {
  /// One try.
  struct Attempt: Sendable, Hashable {
    /// The server's place in the list of servers.
    var server: Int
    var transport = OutgoingQuery.Transport.datagram
    var usesEDNS = true
    /// Which of the server's turns this is, from 1.
    var turn = 1
  }

  /// What is to be done.
  enum Step: Sendable, Hashable {
    case ask(Attempt, within: Duration)
    case answer(Message)
    case fail(UpstreamFailure)
  }

  /// How often a server that stays silent is asked.
  static let maximumTurns = 2

  private let tryTimeout: Duration
  private let deadline: Duration
  private var attempts: [Attempt]
  private var settled: Step?
  private var declined: Message?
  private var worst = UpstreamFailure.serverFailure

  /// Starts a query.
  ///
  /// - Parameters:
  ///   - servers: places in the list of servers, best first.
  ///   - tryTimeout: how long one try may take.
  ///   - deadline: how long all tries together may take.
  init(servers: [Int], tryTimeout: Duration, deadline: Duration) {
    self.tryTimeout = tryTimeout
    self.deadline = deadline
    // Taken from the end.
    attempts = servers.reversed().map { Attempt(server: $0) }
    if servers.isEmpty { worst = .networkError }
  }

  /// The next step, when `elapsed` has gone by since the start.
  mutating func next(elapsed: Duration) -> Step {
    if let settled { return settled }
    let left = deadline - elapsed
    guard left > .zero, let attempt = attempts.popLast() else {
      if let declined { return .answer(declined) }
      return .fail(attempts.isEmpty ? worst : .noReachableAuthority)
    }
    return .ask(attempt, within: min(tryTimeout, left))
  }

  /// Takes how a try ended.
  mutating func note(_ reply: Reply, to attempt: Attempt) {
    switch reply {
    case .answer(let message):
      settled = .answer(message)
    case .declined(let message):
      declined = declined ?? message
    case .notUnderstood(let message):
      if attempt.usesEDNS {
        var plain = attempt
        plain.usesEDNS = false
        attempts.append(plain)
      } else {
        declined = declined ?? message
      }
    case .needsStream:
      var stream = attempt
      stream.transport = .stream
      attempts.append(stream)
    case .malformed:
      break
    case .late:
      worst = .noReachableAuthority
      if attempt.turn < Self.maximumTurns {
        var again = attempt
        again.turn += 1
        attempts.insert(again, at: 0)
      }
    case .unreachable:
      if worst != .noReachableAuthority { worst = .networkError }
    case .exhausted:
      settled = .fail(.overloaded)
    case .closed:
      settled = .fail(.cancelled)
    }
  }
}
