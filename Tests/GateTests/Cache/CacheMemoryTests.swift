import DNSWire
import Foundation
import Testing

@testable import Gate

@Suite("Memory of the cache", .serialized) struct CacheMemoryTests {
  /// The octets of memory this process has, as the kernel counts them.
  private func resident() throws -> Int {
    let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    return try #require(Int(text.split(separator: " ")[1])) * Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  private func answer(_ query: UpstreamQuery, size: Int) throws -> KeptAnswer {
    let message = Message(
      id: 0, flags: [.response, .recursionDesired, .recursionAvailable],
      questions: [Question(name: query.name, type: query.type)],
      answers: [
        Record(
          owner: query.name, type: query.type, ttl: 300,
          rdata: [UInt8](repeating: 7, count: size))
      ])
    return try KeptAnswer(message.encoded())
  }

  @Test func `stays within its limit by the kernel's count, whatever is stored`() throws {
    let limit = 24 << 20
    let cache = AnswerCache(AnswerCache.Limits(octets: limit, entries: 1 << 18))
    var random = SeededGenerator(state: 1)
    func fill(_ numbers: Range<Int>) throws {
      for number in numbers {
        let query = UpstreamQuery("n\(number).example", .txt)
        let size = Int.random(in: 4...900, using: &random)
        cache.store(try answer(query, size: size), for: query, at: Int64(number))
      }
    }
    let before = try resident()
    try fill(0..<120_000)
    let once = try resident()
    #expect(cache.usage.octets <= limit && cache.usage.octets > limit * 9 / 10)
    #expect(once - before < limit * 3 / 2, "\((once - before) >> 20) MiB")
    try fill(120_000..<300_000)
    #expect(cache.usage.octets <= limit)
    #expect(try resident() - once < limit / 2, "it does not creep")
  }

  @Test func `the most entries are bounded too`() throws {
    let cache = AnswerCache(AnswerCache.Limits(octets: 64 << 20, entries: 1_024, shards: 4))
    for number in 0..<10_000 {
      let query = UpstreamQuery("n\(number).example", .txt)
      cache.store(try answer(query, size: 4), for: query, at: 0)
    }
    #expect((900...1_024).contains(cache.usage.entries))
  }

  @Test func `many names are forgotten in one go, with all below them and all that lead there`()
    throws
  {
    let cache = AnswerCache()
    var kept: [UpstreamQuery] = []
    var gone: [UpstreamQuery] = []
    for number in 0..<500 {
      for (name, isGone) in [
        ("n\(number).example", true), ("a.b.n\(number).example", true),
        ("xn\(number).example", false), ("n\(number).example.test", false),
      ] {
        let query = UpstreamQuery(name, .txt)
        cache.store(try answer(query, size: 4), for: query, at: 0)
        if isGone { gone.append(query) } else { kept.append(query) }
      }
    }
    #expect(cache.purge(NamePurge((0..<500).map { domain("n\($0).example") })) == gone.count)
    func isThere(_ query: UpstreamQuery) -> Bool {
      let datagram = query.datagram()
      return cache.lookup(QuestionView(of: datagram), in: datagram.span, at: 1) != nil
    }
    #expect(gone.allSatisfy { !isThere($0) })
    #expect(kept.allSatisfy(isThere))
    #expect(cache.purge(NamePurge([])) == 0)
    #expect(cache.purge(NamePurge([domain(".")])) == kept.count)
  }
}
