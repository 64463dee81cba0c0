import Enforcement
import Records
import Synchronization
import Testing

@testable import Watch

@Suite("Crawls of a server on loopback", .timeLimit(.minutes(2))) struct CrawlTests {
  private typealias Reply = ScriptedServer.Reply

  /// What was asked for, without the icons that are compared with those of other sites.
  private func paths(_ server: ScriptedServer) -> [String] {
    server.requests.map(\.target).filter { $0 != "/favicon.ico" }
  }

  @Test func `every page is asked for once, after robots.txt, and what is found is on the record`()
    async throws
  {
    let server = try await ScriptedServer { request in
      switch request.target {
      case "/robots.txt":
        .page(Array("User-agent: *\nDisallow: /secret\n".utf8), type: "text/plain")
      case "/": .page("<a href=/a>a</a><a href=/secret/x>s</a><a href='/trade?utm_source=x'>t</a>")
      case "/a": .page("<a href=/>home</a><a href=/trade#top>t</a><a href=/lost>l</a>")
      case "/trade": .page("PERPETUALS")
      default: .page("no", status: "404 Not Found")
      }
    }
    let stage = try await CrawlStage()
    let site = try await stage.watch(server)
    let tally = try await stage.crawl()
    #expect(paths(server).first == "/robots.txt")
    #expect(paths(server).sorted() == ["/", "/a", "/lost", "/robots.txt", "/trade"])
    #expect(tally.pages == 4 && tally.findings == 1 && tally.failures == 1)
    let found = try #require(stage.journal.register.book.newest(of: site, .venue))
    #expect(found.url == server.url("/trade"))
    let entry = try #require(try await stage.store.site(site))
    #expect(entry.pages == 4 && entry.findings == 1 && entry.due > stage.now)
    try await server.stop()
  }

  @Test
  func `nothing is asked for before it is due; then with validators, and judged only if changed`()
    async throws
  {
    let server = try await ScriptedServer { request in
      switch request.target {
      case "/":
        request.field("if-none-match") == "\"1\""
          ? .raw("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n", then: .keep)
          : .page("<a href=/b>b</a>", fields: "ETag: \"1\"\r\n")
      case "/b": .page("the same for ever")
      default: .page("no", status: "404 Not Found")
      }
    }
    let stage = try await CrawlStage()
    _ = try await stage.watch(server)
    try await stage.crawl()
    let (asked, judged) = (server.requests.count, stage.judge.asked)
    #expect(judged == 2)
    try await stage.crawl()
    #expect(server.requests.count == asked)
    stage.wait(.seconds(5 * 86_400))
    let tally = try await stage.crawl()
    #expect(tally.pages == 2 && tally.judged == 0)
    #expect(stage.judge.asked == judged)
    #expect(server.requests.last { $0.target == "/" }?.field("if-none-match") == "\"1\"")
    try await server.stop()
  }

  @Test func `an endless site is looked at up to its bound`() async throws {
    let server = try await ScriptedServer { request in
      let number = Int(request.target.dropFirst()) ?? 0
      guard !request.target.hasPrefix("/robots") else { return .page("", status: "404 Not Found") }
      return .page("<a href=/\(2 * number + 1)>x</a><a href=/\(2 * number + 2)>y</a>")
    }
    let stage = try await CrawlStage()
    _ = try await stage.watch(server, pages: 50)
    let tally = try await stage.crawl()
    #expect(tally.pages == 40, "a fifth of the bound is left for pages likely to tell")
    #expect(Set(paths(server)).count == paths(server).count)
    try await server.stop()
  }

  @Test func `a host that wants to be left alone is left alone`() async throws {
    let server = try await ScriptedServer { request in
      request.target == "/robots.txt"
        ? .page("", status: "404 Not Found")
        : .page("later", status: "503 Busy", fields: "Retry-After: 7200\r\n")
    }
    let stage = try await CrawlStage()
    let site = try await stage.watch(server)
    try await stage.crawl()
    #expect(paths(server) == ["/robots.txt", "/"])
    stage.wait(.seconds(7_000))
    try await stage.crawl()
    #expect(paths(server).count == 2)
    stage.wait(.seconds(86_400))
    try await stage.crawl()
    #expect(paths(server).count > 2)
    #expect(try await stage.store.site(site)?.failing == 1)
    try await server.stop()
  }

  @Test func `a host whose robots.txt cannot be had is asked for nothing else`() async throws {
    let server = try await ScriptedServer { _ in .page("broken", status: "500 Oops") }
    let stage = try await CrawlStage()
    let site = try await stage.watch(server)
    try await stage.crawl()
    #expect(paths(server) == ["/robots.txt"])
    let entry = try #require(try await stage.store.site(site))
    #expect(entry.fault?.contains("robots.txt") == true && entry.due > stage.now)
    try await server.stop()
  }

  @Test func `a crawl that is told to stop ends, though a server never answers`() async throws {
    let server = try await ScriptedServer { request in
      request.target == "/robots.txt"
        ? .page("", status: "404 Not Found") : Reply(octets: [], end: .silence)
    }
    let stage = try await CrawlStage()
    let site = try await stage.watch(server)
    let tally = try await stage.crawl(.endless) { crawl in
      async let tally = crawl.run()
      while server.requests.count < 2 { await Task.yield() }
      await crawl.stop()
      return try await tally
    }
    #expect(tally.pages == 0)
    let entry = try #require(try await stage.store.site(site))
    let page = try await stage.store.page(server.url(), of: entry.number)
    #expect(page?.state.fetched == nil, "a look that was broken off is no look")
    try await server.stop()
  }

  @Test func `one pass looks at what is due, and leaves what it finds for the next`() async throws {
    let server = try await ScriptedServer { request in
      request.target == "/robots.txt"
        ? .page("", status: "404 Not Found") : .page("<a href=/a>a</a>")
    }
    let stage = try await CrawlStage()
    _ = try await stage.watch(server)
    try await stage.crawl(.once)
    #expect(paths(server) == ["/robots.txt", "/"])
    stage.wait(.milliseconds(1))
    try await stage.crawl(.once)
    #expect(paths(server) == ["/robots.txt", "/", "/a"])
    try await server.stop()
  }

  @Test func `when the deadline of a notice is over, the page is looked at again for its case`()
    async throws
  {
    let server = try await ScriptedServer { request in
      request.target == "/" ? .page("PERPETUALS") : .page("no", status: "404 Not Found")
    }
    let stage = try await CrawlStage()
    let site = try await stage.watch(server)
    try await stage.crawl()
    let found = try await stage.notify(of: site)
    stage.wait(.seconds(2 * 86_400 + 1))
    try stage.journal.catchUp()
    let tally = try await stage.crawl()
    #expect(tally.rechecks == 1)
    let after = try #require(stage.journal.register.book[found.id])
    #expect(after.lastRecheck == .present && !after.isDue)
    #expect(try await stage.store.pendingRechecks().isEmpty)
    try await server.stop()
  }

  @Test func `gone is what is gone from every page that it was found on`() async throws {
    let gone = Mutex<Set<String>>([])
    let server = try await ScriptedServer { request in
      guard ["/", "/a", "/b"].contains(request.target),
        !gone.withLock({ $0.contains(request.target) })
      else { return .page("no", status: "404 Not Found") }
      return .page("PERPETUALS \(request.target) <a href=/a>a</a> <a href=/b>b</a>")
    }
    let stage = try await CrawlStage()
    let site = try await stage.watch(server)
    try await stage.crawl()
    let found = try await stage.notify(of: site)
    #expect(Set(found.pages) == [server.url(), server.url("/a"), server.url("/b")])

    // The first page that is asked stands, or falls alone, or falls with all others.
    let paths = found.pages.map { "/" + $0.split(separator: "/").dropFirst(2).joined() }
    for (day, away) in [(2, 0), (1, 1), (1, 2)] {
      gone.withLock { $0 = Set(paths.prefix(away)) }
      stage.wait(.seconds(day * 86_400 + 1))
      try stage.journal.catchUp()
      try await stage.crawl()
      let after = try #require(stage.journal.register.book[found.id])
      #expect(after.lastRecheck == .present && after.goneOn.isEmpty && !after.isDue)
    }
    try await server.stop()
  }

  @Test func `what is gone from all pages is told once a day`() async throws {
    let isGone = Mutex(false)
    let server = try await ScriptedServer { request in
      guard ["/", "/a"].contains(request.target), !isGone.withLock({ $0 }) else {
        return .page("no", status: "404 Not Found")
      }
      return .page("PERPETUALS \(request.target) <a href=/a>a</a>")
    }
    let stage = try await CrawlStage()
    let site = try await stage.watch(server)
    try await stage.crawl()
    let found = try await stage.notify(of: site)
    isGone.withLock { $0 = true }
    stage.wait(.seconds(86_400))
    for days in 1...CaseFile.goneDays {
      stage.wait(.seconds(86_400 + 1))
      try stage.journal.catchUp()
      let before = paths(server).count
      try await stage.crawl()
      #expect(Set(paths(server).dropFirst(before)).isSuperset(of: ["/", "/a"]))
      let after = try #require(stage.journal.register.book[found.id])
      #expect(after.goneOn.count == days && after.lastRecheck == .gone)
    }
    try stage.journal.catchUp()
    #expect(stage.journal.register.book[found.id]?.state == .resolved)
    #expect(try await stage.store.pendingRechecks().isEmpty)
    try await server.stop()
  }
}
