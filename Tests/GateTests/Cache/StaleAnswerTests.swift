import DNSWire
import DomainNames
import Enforcement
import Synchronization
import Testing

@testable import Gate

/// An upstream that answers, fails or waits as a test says at the time.
private final class MoodyUpstream: Upstream {
  enum Mood: Sendable {
    case answers(Message)
    case fails(UpstreamFailure)
    case waits
  }

  private let mood: Mutex<Mood>
  private let count = Mutex(0)

  init(_ mood: Mood) { self.mood = Mutex(mood) }

  var asked: Int { count.withLock { $0 } }

  func set(_ new: Mood) { mood.withLock { $0 = new } }

  func exchange(_ query: UpstreamQuery) async throws(UpstreamFailure) -> [UInt8] {
    count.withLock { $0 += 1 }
    switch mood.withLock({ $0 }) {
    case .answers(var message):
      message.questions = [Question(name: query.name, type: query.type)]
      return message.encoded()
    case .fails(let failure): throw failure
    case .waits:
      try? await Task.sleep(for: .seconds(3_600))
      throw .cancelled
    }
  }
}

private final class Clock: Sendable {
  private let time = Mutex(Int64(1_000_000))
  var now: Instant { Instant(milliseconds: time.withLock { $0 }) }
  func wait(seconds: Int64) { time.withLock { $0 += seconds * 1000 } }
}

@Suite("Answers past their time") struct StaleAnswerTests {
  private let upstream = MoodyUpstream(.fails(.serverFailure))
  private let clock = Clock()
  private let cache = AnswerCache(AnswerCache.Limits(entries: 1 << 10, shards: 1))
  private let refresher = Refresher()

  private var resolver: Resolver {
    Resolver(
      upstream: upstream, cache: cache, refresher: refresher, meter: ResolutionMeter(),
      clock: { [clock] in clock.now }, clientTimer: .milliseconds(1))
  }

  private func address(_ mark: UInt8, ttl: UInt32 = 300) -> Message {
    Message(
      id: 0, flags: [.response, .recursionDesired, .recursionAvailable],
      answers: [
        Record(owner: domain("www.example"), ttl: ttl, address: [192, 0, 2, mark])!
      ])
  }

  private var denial: Message {
    Message(
      id: 0, flags: [.response, .recursionDesired, .recursionAvailable],
      responseCode: .nxDomain,
      authorities: [
        Record(
          owner: domain("example"), type: .soa, ttl: 60,
          rdata: [0, 0] + [UInt8](repeating: 0, count: 19) + [60])
      ])
  }

  /// Asks, and reads the answer as the asker gets it.
  private func ask(_ name: String = "www.example") async throws -> Message {
    let datagram = UpstreamQuery(name).datagram()
    let view = QuestionView(of: datagram)
    let hit = try #require(await resolver.resolve(view, in: datagram))
    var octets = [UInt8](repeating: 0, count: 1_232)
    var room = octets.mutableSpan
    let count = hit.write(for: view, in: datagram.span, to: &room)
    return try Message(parsing: Array(octets[..<count]))
  }

  private func errors(_ message: Message) -> [ExtendedError.InfoCode] {
    message.edns?.extendedErrors.map(\.infoCode) ?? []
  }

  @Test(arguments: [UpstreamFailure.noReachableAuthority, .networkError, .serverFailure])
  func `an answer past its time is used where the upstream fails, and says so`(
    failure: UpstreamFailure
  ) async throws {
    upstream.set(.answers(address(1)))
    #expect(try await ask().answers.map(\.ttl) == [300])
    upstream.set(.fails(failure))
    clock.wait(seconds: 299)
    #expect(try await ask().answers.map(\.ttl) == [1])
    #expect(upstream.asked == 1)
    clock.wait(seconds: 1)
    let stale = try await ask()
    #expect(stale.responseCode == .noError)
    #expect(stale.answers.map(\.ttl) == [30])
    #expect(errors(stale) == [.staleAnswer])
    #expect(upstream.asked == 2)
  }

  @Test func `a server's own word that it failed counts as a failure too`() async throws {
    upstream.set(.answers(address(1)))
    _ = try await ask()
    clock.wait(seconds: 301)
    for code in [ResponseCode.servFail, .refused, .notImp] {
      upstream.set(
        .answers(
          Message(id: 0, flags: [.response, .recursionAvailable], responseCode: code)))
      #expect(errors(try await ask()) == [.staleAnswer])
      clock.wait(seconds: 31)
    }
  }

  @Test func `a denial past its time says that it is one`() async throws {
    upstream.set(.answers(denial))
    _ = try await ask()
    upstream.set(.fails(.noReachableAuthority))
    clock.wait(seconds: 61)
    let stale = try await ask()
    #expect(stale.responseCode == .nxDomain)
    #expect(errors(stale) == [.staleNXDomainAnswer])
    #expect(stale.authorities.map(\.ttl) == [30])
  }

  @Test func `the upstream is asked again after half a minute, and a good answer is news`()
    async throws
  {
    upstream.set(.answers(address(1)))
    _ = try await ask()
    upstream.set(.fails(.noReachableAuthority))
    clock.wait(seconds: 400)
    for _ in 0..<5 { #expect(errors(try await ask()) == [.staleAnswer]) }
    #expect(upstream.asked == 2)
    clock.wait(seconds: 30)
    upstream.set(.answers(address(9)))
    let fresh = try await ask()
    #expect(fresh.answers.map(\.rdata.last) == [9] && fresh.answers.map(\.ttl) == [300])
    #expect(errors(fresh).isEmpty)
  }

  @Test func `no answer is used when its time was over for longer than may be`() async throws {
    upstream.set(.answers(address(1)))
    _ = try await ask()
    upstream.set(.fails(.noReachableAuthority))
    clock.wait(seconds: 300 + 86_399)
    #expect(errors(try await ask()) == [.staleAnswer])
    clock.wait(seconds: 60)
    let failed = try await ask()
    #expect(failed.responseCode == .servFail && failed.answers.isEmpty)
    #expect(errors(failed) == [.noReachableAuthority])
  }

  @Test func `data that failed validation is not made good by older data`() async throws {
    upstream.set(.answers(address(1)))
    _ = try await ask()
    clock.wait(seconds: 301)
    upstream.set(.fails(.bogus(reason: "signature expired")))
    let failed = try await ask()
    #expect(failed.responseCode == .servFail && errors(failed) == [.dnssecBogus])
    upstream.set(.answers(address(1)))
    clock.wait(seconds: 30)
    _ = try await ask()
    clock.wait(seconds: 301)
    var message = Message(id: 0, flags: [.response], responseCode: .servFail)
    message.edns = EDNS(options: [ExtendedError(.init(rawValue: 7), extraText: "").option])
    upstream.set(.answers(message))
    #expect(try await ask().responseCode == .servFail)
  }

  @Test func `a slow upstream does not keep an asker waiting where there is an older answer`()
    async throws
  {
    upstream.set(.answers(address(1)))
    _ = try await ask()
    clock.wait(seconds: 301)
    upstream.set(.waits)
    #expect(errors(try await ask()) == [.staleAnswer])
    let asked = upstream.asked
    #expect(errors(try await ask()) == [.staleAnswer])
    #expect(upstream.asked == asked, "the next asker does not wait either")
    #expect(refresher.count == 1, "and the answer is asked for in the background")
  }

  @Test func `rules apply to an answer past its time as to any other`() async throws {
    upstream.set(.answers(address(1)))
    let board = RuleBoard.with()
    let service = QueryService(
      board: board, responder: Desk(board: board).responder, resolver: resolver,
      clock: { Instant(milliseconds: sampleNow) })
    let message = query("www.example")
    func answer() async throws -> Message {
      switch service.answerAtOnce(message, from: .sample) {
      case .answered(let octets): return try Message(parsing: octets)
      case .ignore, .resolve:
        return try Message(
          parsing: await service.resolve(
            QuestionView(of: message), in: message, from: .sample, limit: 1_232))
      }
    }
    #expect(try await answer().answers.count == 1)
    clock.wait(seconds: 301)
    upstream.set(.fails(.noReachableAuthority))
    #expect(errors(try await answer()) == [.staleAnswer])
    board.enforce(.sample(blocking: [("example", .subtree)]))
    let blocked = try await answer()
    #expect(blocked.answers.isEmpty && errors(blocked) == [.censored])
  }

  // MARK: Failures

  @Test func `a failure is kept for 5 seconds, and twice as long each time, up to 5 minutes`()
    async throws
  {
    upstream.set(.fails(.noReachableAuthority))
    var lengths: [Int64] = []
    for _ in 0..<9 {
      let asked = upstream.asked
      #expect(try await ask().responseCode == .servFail)
      #expect(upstream.asked == asked + 1)
      var length: Int64 = 0
      while upstream.asked == asked + 1, length < 1_000 {
        let datagram = UpstreamQuery("www.example").datagram()
        let known = cache.lookup(
          QuestionView(of: datagram), in: datagram.span, at: clock.now.milliseconds)
        if known == nil { break }
        clock.wait(seconds: 1)
        length += 1
      }
      lengths.append(length)
    }
    #expect(lengths == [5, 10, 20, 40, 80, 160, 300, 300, 300])
    // One that lies long back does not count.
    clock.wait(seconds: 601)
    _ = try await ask()
    clock.wait(seconds: 5)
    let asked = upstream.asked
    _ = try await ask()
    #expect(upstream.asked == asked + 1)
  }

  @Test func `an answer ends the row of failures`() async throws {
    upstream.set(.fails(.noReachableAuthority))
    for pause: Int64 in [5, 10, 20] {
      _ = try await ask()
      clock.wait(seconds: pause)
    }
    upstream.set(.answers(address(1, ttl: 1)))
    #expect(try await ask().responseCode == .noError)
    clock.wait(seconds: 86_400)
    clock.wait(seconds: 10)
    upstream.set(.fails(.noReachableAuthority))
    #expect(try await ask().responseCode == .servFail)
    let asked = upstream.asked
    clock.wait(seconds: 5)
    _ = try await ask()
    #expect(upstream.asked == asked + 1)
  }

  // MARK: Ahead of time

  @Test func `a hot name is asked for again when less than a tenth of its time is left, once`()
    async throws
  {
    upstream.set(.answers(address(1)))
    _ = try await ask()
    clock.wait(seconds: 270)
    _ = try await ask()
    #expect(refresher.count == 0)
    clock.wait(seconds: 1)
    for _ in 0..<50 { _ = try await ask() }
    #expect(refresher.count == 1 && upstream.asked == 1)
    upstream.set(.answers(address(7)))
    await resolver.refresh(UpstreamQuery("www.example"))
    let fresh = try await ask()
    #expect(fresh.answers.map(\.rdata.last) == [7] && fresh.answers.map(\.ttl) == [300])
    #expect(refresher.count == 1)
  }

  @Test func `a failure to get a fresh answer ahead of time costs nothing`() async throws {
    upstream.set(.answers(address(1)))
    _ = try await ask()
    clock.wait(seconds: 280)
    upstream.set(.fails(.noReachableAuthority))
    await resolver.refresh(UpstreamQuery("www.example"))
    let answer = try await ask()
    #expect(answer.answers.map(\.ttl) == [20] && errors(answer).isEmpty)
  }

  @Test func `answers of a few seconds and failures are not asked for ahead of time`()
    async throws
  {
    upstream.set(.answers(address(1, ttl: 9)))
    _ = try await ask()
    clock.wait(seconds: 8)
    upstream.set(.fails(.noReachableAuthority))
    _ = try await ask()
    _ = try await ask("other.example")
    clock.wait(seconds: 4)
    _ = try await ask("other.example")
    #expect(refresher.count == 0)
  }

  @Test func `what is asked for in the background is bounded, and ends with its task`()
    async throws
  {
    for number in 0..<(Refresher.waitingLimit + 50) {
      refresher.request(UpstreamQuery("n\(number).example"))
    }
    #expect(refresher.count == UInt64(Refresher.waitingLimit))
    let most = Mutex((now: 0, ever: 0))
    refresher.finish()
    await refresher.run { _ in
      most.withLock {
        $0.now += 1
        $0.ever = max($0.ever, $0.now)
      }
      await Task.yield()
      most.withLock { $0.now -= 1 }
    }
    #expect(most.withLock { $0.now } == 0)
    #expect((1...Refresher.underWayLimit).contains(most.withLock { $0.ever }))
  }
}
