import Detection
import Enforcement
import Foundation
import Logging
import Records
import Synchronization
import Testing

@testable import Watch

/// A record, a store, a fetcher and a clock for crawls of a server on loopback.
final class CrawlStage: Sendable {
  let journal: Journal
  let store: WatchStore
  let judge = WordJudge()
  private let folder: URL
  private let crawlTime = CrawlTime()

  static let officer = Actor.person(PersonName("olga")!)

  init() async throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("cordon-crawl-\(UUID().uuidString)")
    let time = crawlTime
    journal = try Journal(
      directory: folder.path, origin: "test.example/log", clock: { time.now })
    store = try WatchStore(beside: journal)
    try await perform(.addPerson(PersonName("ada")!, .administrator, tokenDigest: [1]), .system)
    try await perform(
      .addPerson(PersonName("olga")!, .officer, tokenDigest: [2]),
      .person(PersonName("ada")!))
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  var now: Instant { crawlTime.now }

  func wait(_ duration: Duration) { crawlTime.wait(duration) }

  @discardableResult
  func perform(_ command: Command, _ actor: Actor = CrawlStage.officer) async throws -> Int {
    switch try await journal.perform(command, by: actor) {
    case .recorded(let events): return events.count
    case .refused(let refusal): throw refusal
    }
  }

  /// Has a server watched.
  func watch(_ server: ScriptedServer, pages: Int? = nil) async throws -> Site {
    let site = try #require(Site("127.0.0.1:\(server.port)"))
    try await perform(.watchSites([site], reason: "a test"))
    let terms = SiteTerms(site: site, startURLs: [server.url()], pageBound: pages)
    try await store.admit([.init(terms, by: Self.officer, at: now)])
    return site
  }

  /// Tells a host of what was found on a site, with two days to act.
  func notify(of site: Site) async throws -> CaseFile {
    let found = try #require(journal.register.book.newest(of: site, .venue))
    let evidence = try #require(found.newestEvidence)
    try await perform(.reviewCase(found.id, evidence: evidence, remark: "seen"))
    let letter = NoticeLetter(
      recipient: NoticeRecipient(address: "a@host.example", duty: .host, source: "a test"),
      sender: "desk@authority.example", messageID: "<1@authority.example>",
      message: "Subject: x\r\n\r\nx\r\n")
    let deadline = now + .seconds(2 * 86_400)
    let notice = Enforcement.Notice(
      number: 1, evidence: evidence, deadline: deadline, rule: "a rule", language: "en",
      letters: [letter])
    try await perform(.prepareNotice(found.id, notice))
    try await perform(
      .recordDelivery(found.id, DeliveryPlace(notice: 1, recipient: 1), .sent(reply: "250")),
      .system)
    return found
  }

  /// Crawls until nothing is due.
  @discardableResult
  func crawl(
    _ extent: Crawl.Extent = .untilIdle, courtesy: Courtesy = .none,
    captures: (any Capturing)? = nil,
    _ body: @Sendable (Crawl) async throws -> CrawlTally = { try await $0.run() }
  ) async throws -> CrawlTally {
    let loops = CrawlLoops()
    do {
      let tally = try await withFetcher(group: loops.group) { fetcher in
        let tools = CrawlTools(
          journal: journal, store: store, fetcher: fetcher, judge: judge, captures: captures,
          loops: loops, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        return try await body(self.crawl(extent, courtesy, tools))
      }
      await loops.shutDown()
      return tally
    } catch {
      await loops.shutDown()
      throw error
    }
  }

  private func crawl(_ extent: Crawl.Extent, _ courtesy: Courtesy, _ tools: CrawlTools) -> Crawl {
    var settings = CrawlSettings()
    settings.workers = 8
    settings.courtesy = courtesy
    settings.grace = .milliseconds(200)
    let time = crawlTime
    return Crawl(tools: tools, settings: settings, extent: extent, clock: { time.now })
  }
}

/// A clock that a test moves.
final class CrawlTime: Sendable {
  private let moment = Mutex(Instant.dawn)
  var now: Instant { moment.withLock { $0 } }
  func wait(_ duration: Duration) { moment.withLock { $0 = $0 + duration } }
}

/// Judges by one word, and counts how often it was asked.
final class WordJudge: Judging {
  let edition: Int64 = 1
  private let count = Mutex(0)
  var asked: Int { count.withLock { $0 } }

  func verdict(on subject: Subject) -> Verdict {
    count.withLock { $0 += 1 }
    guard case .html(let octets) = subject.content,
      String(decoding: octets, as: UTF8.self).contains("PERPETUALS")
    else { return Verdict(category: .none, score: 0.9) }
    return Verdict(
      category: .venue, score: 0.95,
      evidence: [
        Evidence(
          signal: "venue.word", text: "PERPETUALS", location: .init(part: .text, start: 0, end: 10),
          weight: 3)
      ], packs: ["words@1"])
  }
}
