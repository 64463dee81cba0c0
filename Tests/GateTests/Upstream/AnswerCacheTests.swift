import DNSWire
import DomainNames
import Enforcement
import Testing

@testable import Gate

@Suite("Answer cache")
struct AnswerCacheTests {
  /// An answer to a query with one record of four octets, behind an alias or not.
  private func answer(
    _ query: UpstreamQuery, ttl: UInt32 = 300, mark: UInt8 = 1, alias: String? = nil
  ) -> KeptAnswer {
    let records =
      if let alias {
        [
          Record.cname(
            owner: query.name, ttl: ttl, target: try! DomainName(presentation: alias)),
          Record(
            owner: try! DomainName(presentation: alias), type: query.type, ttl: ttl,
            rdata: [192, 0, 2, mark]),
        ]
      } else {
        [Record(owner: query.name, type: query.type, ttl: ttl, rdata: [192, 0, 2, mark])]
      }
    let message = Message(
      id: 0, flags: [.response, .recursionDesired, .recursionAvailable],
      questions: [Question(name: query.name, type: query.type, recordClass: query.recordClass)],
      answers: records)
    return try! KeptAnswer(message.encoded())
  }

  private func lookup(_ cache: AnswerCache, _ query: UpstreamQuery, at now: Int64)
    -> AnswerCache.Hit?
  {
    let datagram = query.datagram()
    return cache.lookup(QuestionView(of: datagram), in: datagram.span, at: now)
  }

  @Test func `what is stored is found, in any case, until its time is over`() throws {
    let cache = AnswerCache()
    let query = UpstreamQuery("www.example")
    cache.store(answer(query, ttl: 10), for: query, at: 5_000)
    let datagram = query.datagram(id: 7, wireName: Array("\u{3}wWw\u{7}EXAMPLE\u{0}".utf8))
    let view = QuestionView(of: datagram)
    let found = cache.lookup(view, in: datagram.span, at: 8_999)
    let hit = try #require(found)
    #expect(hit.age == 3)
    var buffer = [UInt8](repeating: 0, count: 512)
    var span = buffer.mutableSpan
    let count = hit.write(for: view, in: datagram.span, to: &span)
    let message = try Message(parsing: Array(buffer[..<count]))
    #expect(message.id == 7)
    #expect(message.answers.map(\.ttl) == [7])
    #expect(lookup(cache, query, at: 14_999) != nil)
    #expect(lookup(cache, query, at: 15_000) == nil)
  }

  @Test func `an answer belongs to one name, type, class, DO and CD`() {
    let base = UpstreamQuery("www.example")
    var others: [UpstreamQuery] = [
      UpstreamQuery("wwx.example"), UpstreamQuery("example"), UpstreamQuery("a.www.example"),
      UpstreamQuery("www.example", .aaaa), UpstreamQuery("www.example", wantsDNSSEC: true),
      UpstreamQuery("www.example", checkingDisabled: true),
      UpstreamQuery("www.example", wantsDNSSEC: true, checkingDisabled: true),
    ]
    var chaos = base
    chaos.recordClass = RecordClass(rawValue: 3)
    others.append(chaos)
    // All in one shard and one bucket, so that the comparison alone tells them apart.
    let cache = AnswerCache(AnswerCache.Limits(entries: 1 << 10, shards: 1))
    cache.store(answer(base), for: base, at: 0)
    #expect(lookup(cache, base, at: 1) != nil)
    for other in others { #expect(lookup(cache, other, at: 1) == nil) }
    for other in others { cache.store(answer(other), for: other, at: 0) }
    for query in others + [base] {
      #expect(lookup(cache, query, at: 1)?.answer.octets == answer(query).octets)
    }
    #expect(cache.usage.entries == others.count + 1)
  }

  @Test func `a later answer takes the place of the one before`() {
    let cache = AnswerCache()
    let query = UpstreamQuery("www.example")
    for mark in 1...9 {
      cache.store(answer(query, mark: UInt8(mark)), for: query, at: Int64(mark))
      #expect(lookup(cache, query, at: 10)?.answer.octets.last == UInt8(mark))
      #expect(cache.usage.entries == 1)
    }
  }

  @Test func `what must not be kept is not`() throws {
    let cache = AnswerCache()
    let query = UpstreamQuery("www.example")
    cache.store(answer(query, ttl: 0), for: query, at: 0)
    #expect(cache.usage == (0, 0))
  }

  @Test func `a failure is kept for five seconds`() throws {
    let cache = AnswerCache()
    let query = UpstreamQuery("www.example")
    cache.store(try KeptAnswer(.networkError, of: query), for: query, at: 0)
    #expect(lookup(cache, query, at: 4_999) != nil)
    #expect(lookup(cache, query, at: 5_000) == nil)
  }

  @Test func `where the clock went back nothing from its future is used`() {
    let cache = AnswerCache()
    let query = UpstreamQuery("www.example")
    cache.store(answer(query), for: query, at: 1_000_000)
    #expect(lookup(cache, query, at: 999_999) == nil)
    #expect(lookup(cache, query, at: 1_000_000) != nil)
  }

  // MARK: - Forgetting

  @Test func `a purge takes the name, what is below it and what leads there, and no more`() {
    let cache = AnswerCache()
    let gone = ["bad.example", "www.bad.example", "a.b.c.bad.example"]
    let kept = ["notbad.example", "example", "bad.example.org", "x.other"]
    for name in gone + kept { cache.store(answer(UpstreamQuery(name)), for: .init(name), at: 0) }
    let leading = UpstreamQuery("alias.other")
    cache.store(answer(leading, alias: "cdn.bad.example"), for: leading, at: 0)
    let elsewhere = UpstreamQuery("alias2.other")
    cache.store(answer(elsewhere, alias: "cdn.notbad.example"), for: elsewhere, at: 0)
    #expect(cache.purge(atOrBelow: try! DomainName(presentation: "bad.example")) == 4)
    for name in gone { #expect(lookup(cache, UpstreamQuery(name), at: 1) == nil) }
    #expect(lookup(cache, leading, at: 1) == nil)
    for name in kept { #expect(lookup(cache, UpstreamQuery(name), at: 1) != nil) }
    #expect(lookup(cache, elsewhere, at: 1) != nil)
    #expect(cache.purge(atOrBelow: .root) == kept.count + 1)
    #expect(cache.usage == (0, 0))
  }

  @Test func `a purge takes what the rules of an order are about, and no more`() {
    let cache = AnswerCache(AnswerCache.Limits(shards: 2))
    let lines = (0..<600).map { ("n\($0).example", Scope.subtree) }
    let board = RuleBoard.with(
      .sample("o-1", blocking: lines + [("only.example", .exact)]),
      .sample("o-2", blocking: [("other.example", .subtree), ("n600.example", .subtree)]),
      protecting: ["good.n1.example"])
    let gone =
      (0..<600).map { UpstreamQuery("www.n\($0).example") } + [UpstreamQuery("only.example")]
    let kept = [
      "n600.example", "www.other.example", "below.only.example", "good.n1.example", "example",
    ]
    .map { UpstreamQuery($0) }
    for query in gone + kept { cache.store(answer(query), for: query, at: 0) }
    let leading = UpstreamQuery("alias.other")
    cache.store(answer(leading, alias: "cdn.n5.example"), for: leading, at: 0)
    let generation = cache.generation
    let covers = ["o-3", "o-1"].map { board.cover(of: [OrderID($0)!]) }
    #expect(covers.map(\.isEmpty) == [true, false])
    board.withdraw(OrderID("o-1")!)
    #expect(cache.purge(covers[0]) == 0)
    #expect(cache.purge(covers[1]) == gone.count + 1)
    #expect(cache.generation != generation)
    for query in gone + [leading] { #expect(lookup(cache, query, at: 1) == nil) }
    for query in kept { #expect(lookup(cache, query, at: 1) != nil) }
    #expect(board.cover(of: [OrderID("o-1")!]).isEmpty)
  }

  @Test func `everything can be forgotten`() {
    let cache = AnswerCache()
    for number in 0..<2_000 {
      let query = UpstreamQuery("n\(number).example")
      cache.store(answer(query), for: query, at: 0)
    }
    #expect(cache.usage.entries == 2_000)
    #expect(cache.purge(atOrBelow: .root) == 2_000)
    #expect(cache.usage == (0, 0))
    #expect(lookup(cache, UpstreamQuery("n1.example"), at: 1) == nil)
  }

  // MARK: - Room

  @Test func `octets and entries stay within their bounds`() {
    let limits = [
      AnswerCache.Limits(octets: 1 << 16, entries: 1 << 20, shards: 2),
      AnswerCache.Limits(octets: 1 << 30, entries: 64, shards: 4),
      AnswerCache.Limits(octets: 1 << 30, entries: 1, shards: 1),
    ]
    for limit in limits {
      let cache = AnswerCache(limit)
      for number in 0..<1_000 {
        let query = UpstreamQuery("n\(number).example")
        cache.store(answer(query), for: query, at: Int64(number))
        #expect(lookup(cache, query, at: Int64(number)) != nil, "the newest is always there")
        let usage = cache.usage
        #expect(usage.octets <= limit.octets && usage.entries <= limit.entries)
      }
      #expect(cache.usage.entries > 0)
    }
  }

  @Test func `an answer that takes too much of the room is not kept`() {
    let cache = AnswerCache(AnswerCache.Limits(octets: 1_000, entries: 10, shards: 1))
    let query = UpstreamQuery("www.example")
    cache.store(answer(query), for: query, at: 0)
    #expect(cache.usage == (0, 0))
  }

  @Test func `an answer in use outlives those that are not`() {
    let cache = AnswerCache(AnswerCache.Limits(octets: 1 << 30, entries: 16, shards: 1))
    let loved = UpstreamQuery("loved.example")
    cache.store(answer(loved), for: loved, at: 0)
    for number in 0..<500 {
      #expect(lookup(cache, loved, at: 1) != nil)
      let query = UpstreamQuery("n\(number).example")
      cache.store(answer(query), for: query, at: 1)
    }
  }

  @Test func `an answer whose time is over goes before one that is in use`() {
    let cache = AnswerCache(AnswerCache.Limits(octets: 1 << 30, entries: 8, shards: 1))
    for number in 0..<8 {
      let query = UpstreamQuery("n\(number).example")
      cache.store(answer(query, ttl: number == 3 ? 1 : 300), for: query, at: 0)
      #expect(lookup(cache, query, at: 1) != nil)
    }
    let another = UpstreamQuery("another.example")
    cache.store(answer(another), for: another, at: 2_000)
    let left = (0..<8).filter { lookup(cache, UpstreamQuery("n\($0).example"), at: 2_001) != nil }
    #expect(left.count == 7)
    #expect(lookup(cache, another, at: 2_001) != nil)
  }

  // MARK: - Against a slow definition

  @Test(arguments: 1...4)
  func `with room for all it behaves as a plain table of answers`(_ seed: UInt64) throws {
    struct Kept {
      let octets: [UInt8]
      let stored: Int64
      let lifetime: Int64
    }
    var random = SeededGenerator(state: seed)
    let cache = AnswerCache(AnswerCache.Limits(octets: 1 << 26, entries: 4096, shards: 3))
    var model: [UpstreamQuery: Kept] = [:]
    let names = ["example", "a.example", "b.example", "c.b.example", "other", "x.other"]
    var now: Int64 = 0
    for _ in 0..<4_000 {
      now += Int64.random(in: 0...400, using: &random)
      let query = UpstreamQuery(
        names.randomElement(using: &random)!, [.a, .aaaa].randomElement(using: &random)!,
        wantsDNSSEC: .random(using: &random), checkingDisabled: .random(using: &random))
      switch Int.random(in: 0..<100, using: &random) {
      case 0:
        let name = try DomainName(presentation: names.randomElement(using: &random)!)
        let gone = model.keys.filter { $0.name.isAtOrBelow(name) }
        #expect(cache.purge(atOrBelow: name) == gone.count)
        for key in gone { model[key] = nil }
      case 1..<40:
        let ttl = UInt32.random(in: 0...20, using: &random)
        let answer = answer(query, ttl: ttl, mark: .random(in: 0...255, using: &random))
        cache.store(answer, for: query, at: now)
        if ttl > 0 {
          model[query] = Kept(octets: answer.octets, stored: now, lifetime: Int64(ttl))
        }
      default:
        let hit = lookup(cache, query, at: now)
        let kept = model[query].flatMap { (now - $0.stored) / 1000 < $0.lifetime ? $0 : nil }
        #expect(hit?.answer.octets == kept?.octets)
        #expect(hit.map { Int64($0.age) } == kept.map { (now - $0.stored) / 1000 })
      }
      #expect(cache.usage.entries == model.count)
    }
  }

  @Test func `many threads at once find their own answers or none`() async {
    let cache = AnswerCache(AnswerCache.Limits(octets: 1 << 18, entries: 256, shards: 4))
    await withTaskGroup(of: Void.self) { group in
      for thread in 0..<8 {
        group.addTask {
          var random = SeededGenerator(state: UInt64(thread))
          for step in 0..<1_000 {
            let query = UpstreamQuery("n\(Int.random(in: 0..<600, using: &random)).example")
            if let hit = self.lookup(cache, query, at: Int64(step)) {
              #expect(hit.answer.octets == self.answer(query).octets)
            } else {
              cache.store(self.answer(query), for: query, at: Int64(step))
            }
            if step % 500 == 0 { cache.purge(atOrBelow: query.name) }
          }
        }
      }
    }
    #expect(cache.usage.entries <= 256)
  }
}
