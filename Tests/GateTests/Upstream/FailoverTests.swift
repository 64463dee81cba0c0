import DNSWire
import Testing

@testable import Gate

@Suite("Failover")
struct FailoverTests {
  private static func message(_ code: ResponseCode, id: UInt16 = 0) -> Message {
    Message(id: id, flags: .response, responseCode: code)
  }

  private func failover(_ servers: [Int]) -> Failover {
    Failover(servers: servers, tryTimeout: .milliseconds(1500), deadline: .seconds(5))
  }

  /// Plays a query against servers that always say the same, and writes down who was asked.
  private func play(
    _ servers: [Int], each duration: Duration = .zero, reply: (Failover.Attempt) -> Reply
  ) -> (asked: [Failover.Attempt], end: Failover.Step) {
    var failover = failover(servers)
    var asked: [Failover.Attempt] = []
    var elapsed = Duration.zero
    while true {
      switch failover.next(elapsed: elapsed) {
      case .ask(let attempt, let timeout):
        #expect(timeout <= .milliseconds(1500) && elapsed + timeout <= .seconds(5))
        asked.append(attempt)
        failover.note(reply(attempt), to: attempt)
        elapsed += min(duration, timeout)
      case .answer, .fail:
        return (asked, failover.next(elapsed: elapsed))
      }
    }
  }

  @Test func `the first answer ends the query`() {
    let answer = Self.message(.nxDomain)
    let (asked, end) = play([2, 0, 1]) { $0.server == 0 ? .answer(answer) : .unreachable }
    #expect(asked.map(\.server) == [2, 0])
    #expect(end == .answer(answer))
  }

  @Test func `silent servers are asked again after all others, until the time is over`() {
    let (asked, end) = play([0, 1, 2], each: .seconds(2)) { _ in .late }
    #expect(asked.map(\.server) == [0, 1, 2, 0])
    #expect(asked.map(\.turn) == [1, 1, 1, 2])
    #expect(end == .fail(.noReachableAuthority))
    let quick = play([0, 1]) { _ in .late }
    #expect(quick.asked.map(\.server) == [0, 1, 0, 1])
    #expect(quick.end == .fail(.noReachableAuthority))
  }

  @Test func `a stream, and a query without EDNS, are tried at the same server at once`() {
    let answer = Self.message(.noError)
    let (asked, end) = play([0, 1]) { attempt in
      if attempt.usesEDNS { return .notUnderstood(Self.message(.formErr)) }
      return attempt.transport == .datagram ? .needsStream : .answer(answer)
    }
    #expect(asked.map(\.server) == [0, 0, 0])
    #expect(asked.map(\.transport) == [.datagram, .datagram, .stream])
    #expect(asked.map(\.usesEDNS) == [true, false, false])
    #expect(end == .answer(answer))
  }

  @Test(arguments: [
    ([Reply.unreachable, .unreachable], UpstreamFailure.networkError),
    ([.unreachable, .late], .noReachableAuthority), ([.late, .unreachable], .noReachableAuthority),
    ([.malformed, .unreachable], .networkError), ([.malformed, .malformed], .serverFailure),
    ([.declined(nil), .declined(nil)], .serverFailure),
    ([.declined(nil), .unreachable], .networkError),
    ([.exhausted, .answer(message(.noError))], .overloaded),
    ([.closed, .answer(message(.noError))], .cancelled),
  ])
  func `the failure is the one that says most`(_ replies: [Reply], _ failure: UpstreamFailure) {
    #expect(play([0, 1]) { replies[$0.server] }.end == .fail(failure))
  }

  @Test func `where nobody answers, a message that declines is better than none`() {
    let declined = [Self.message(.refused, id: 1), Self.message(.servFail, id: 2)]
    let replies: [Reply] = [.late, .declined(declined[0]), .declined(declined[1])]
    #expect(play([0, 1, 2]) { replies[$0.server] }.end == .answer(declined[0]))
    let puzzled = Self.message(.formErr)
    #expect(play([0]) { _ in .notUnderstood(puzzled) }.end == .answer(puzzled))
  }

  /// Every reply there is, for walks through all courses a query can take.
  private static let replies: [Reply] = [
    .answer(message(.noError)), .declined(nil), .declined(message(.servFail)), .notUnderstood(nil),
    .needsStream, .malformed, .late, .unreachable, .exhausted, .closed,
  ]

  @Test(arguments: 0..<300)
  func `every course ends after few tries`(_ seed: UInt64) {
    var random = SeededGenerator(state: seed)
    let (asked, _) = play([0, 1, 2]) { attempt in
      // A stream cannot ask for a stream.
      while true {
        let reply = Self.replies.randomElement(using: &random)!
        if attempt.transport == .stream && reply == .needsStream { continue }
        return reply
      }
    }
    // Each turn of each server: as it is, without EDNS, and each of these on a stream.
    #expect(asked.count <= 3 * Failover.maximumTurns * 4)
  }
}
