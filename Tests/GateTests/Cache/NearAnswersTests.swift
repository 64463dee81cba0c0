import DNSWire
import DomainNames
import Testing

@testable import Gate

@Suite("Answers that a worker has at hand") struct NearAnswersTests {
  private static func answer(_ query: UpstreamQuery, ttl: UInt32 = 300, size: Int = 4) -> KeptAnswer
  {
    let message = Message(
      id: 0, flags: [.response, .recursionDesired, .recursionAvailable],
      questions: [Question(name: query.name, type: query.type, recordClass: query.recordClass)],
      answers: [
        Record(
          owner: query.name, type: query.type, ttl: ttl,
          rdata: [UInt8](repeating: 7, count: size))
      ])
    return try! KeptAnswer(message.encoded())
  }

  /// A cache and a worker's table that is filled from it, as a worker does.
  private final class Desk {
    let cache: AnswerCache
    private var near = NearAnswers()

    init(_ cache: AnswerCache = AnswerCache()) { self.cache = cache }

    /// What was written for a query, and whether it was at hand.
    struct Outcome: Equatable {
      let message: Message
      let isNear: Bool
    }

    /// Answers a query; nil where there is nothing in the cache.
    func ask(
      _ query: UpstreamQuery, at now: Int64, generation: UInt64? = nil, wireName: [UInt8]? = nil
    ) throws -> Outcome? {
      let datagram = query.datagram(wireName: wireName)
      let view = QuestionView(of: datagram)
      let key = cache.key(of: view, in: datagram.span)
      let generation = generation ?? cache.generation
      var octets = [UInt8](repeating: 0, count: 1_232)
      var count = 0
      let isNear = near.use(key, for: view, in: datagram.span, generation: generation, at: now) {
        parts, image, age in
        var room = octets.mutableSpan
        count = parts.write(
          image, for: view, in: datagram.span, AnswerImage.Use(age: age), to: &room)
      }
      if !isNear {
        guard let hit = cache.lookup(view, key, in: datagram.span, at: now) else { return nil }
        near.keep(hit, key, generation: generation, at: now)
        var room = octets.mutableSpan
        count = hit.write(for: view, in: datagram.span, to: &room)
      }
      return Outcome(message: try Message(parsing: Array(octets[..<count])), isNear: isNear)
    }
  }

  @Test func `a copy answers as the cache does, in the asker's case, with the time that is left`()
    throws
  {
    let desk = Desk()
    let query = UpstreamQuery("www.example")
    desk.cache.store(Self.answer(query), for: query, at: 1_000)
    let first = try #require(try desk.ask(query, at: 2_500))
    #expect(!first.isNear)
    let second = try #require(try desk.ask(query, at: 2_500))
    #expect(second.isNear && second.message == first.message)
    let wireName = Array("\u{3}wWw\u{7}EXAMPLE\u{0}".utf8)
    let third = try #require(try desk.ask(query, at: 5_100, wireName: wireName))
    #expect(third.isNear && third.message.answers.map(\.ttl) == [296])
    #expect(third.message.questions.map(\.wireName) == [wireName])
  }

  @Test func `a copy is good for seconds, and never where a refresh may be due`() throws {
    let desk = Desk()
    let (long, short) = (UpstreamQuery("long.example"), UpstreamQuery("short.example"))
    desk.cache.store(Self.answer(long), for: long, at: 0)
    desk.cache.store(Self.answer(short, ttl: 4), for: short, at: 0)
    for query in [long, short] { _ = try desk.ask(query, at: 100) }
    #expect(try desk.ask(long, at: 5_099)?.isNear == true)
    #expect(try desk.ask(long, at: 5_100)?.isNear == false)
    #expect(try desk.ask(short, at: 3_599)?.isNear == true)
    #expect(try desk.ask(short, at: 3_600)?.isNear == false)
    #expect(try desk.ask(short, at: 4_000) == nil)
    // A clock that is set back behind the answer makes it no better.
    _ = try desk.ask(long, at: 10_000)
    #expect(try desk.ask(long, at: -1) == nil)
  }

  @Test func `what is purged is not at hand any more`() throws {
    let desk = Desk()
    let query = UpstreamQuery("www.example")
    desk.cache.store(Self.answer(query), for: query, at: 0)
    _ = try desk.ask(query, at: 1)
    let before = desk.cache.generation
    desk.cache.purge(atOrBelow: query.name)
    #expect(try desk.ask(query, at: 2) == nil)
    // A worker in the middle of a batch may use it still; what it keeps then is of no use later.
    desk.cache.store(Self.answer(query), for: query, at: 3)
    #expect(try desk.ask(query, at: 4, generation: before)?.isNear == true)
    #expect(try desk.ask(query, at: 4)?.isNear == false)
    desk.cache.purge(atOrBelow: .root)
    #expect(try desk.ask(query, at: 5) == nil)
  }

  @Test func `failures, stale answers and long ones are not copied`() throws {
    let desk = Desk()
    let failing = UpstreamQuery("failing.example")
    let failure = try KeptAnswer(.networkError, of: failing)
    _ = desk.cache.storeFailure(failure, for: failing, at: 0)
    let long = UpstreamQuery("long.example", .txt)
    desk.cache.store(Self.answer(long, size: 600), for: long, at: 0)
    for _ in 0..<3 {
      #expect(try desk.ask(failing, at: 10)?.isNear == false)
      #expect(try desk.ask(long, at: 10)?.isNear == false)
    }
  }

  @Test func `many names, types and bits are never taken for each other`() throws {
    let desk = Desk(AnswerCache(AnswerCache.Limits(octets: 1 << 26, entries: 1 << 16)))
    var random = SeededGenerator(state: 12)
    var near = 0
    for round in 0..<40_000 {
      let query = UpstreamQuery(
        "n\(Int.random(in: 0..<3_000, using: &random)).example",
        round % 3 == 0 ? .aaaa : .txt, wantsDNSSEC: Bool.random(using: &random),
        checkingDisabled: round % 5 == 0)
      let now = Int64(round)
      if let outcome = try desk.ask(query, at: now) {
        let message = outcome.message
        if outcome.isNear { near += 1 }
        #expect(message.questions.map(\.name) == [query.name])
        #expect(message.questions.map(\.type) == [query.type])
        #expect(message.flags.contains(.checkingDisabled) == query.checkingDisabled)
        #expect(message.answers.first?.rdata.count == (query.wantsDNSSEC ? 2 : 4))
      } else {
        desk.cache.store(
          Self.answer(query, size: query.wantsDNSSEC ? 2 : 4), for: query, at: now)
      }
    }
    #expect(near > 5_000)
  }
}
