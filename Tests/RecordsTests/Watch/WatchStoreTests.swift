import Enforcement
import GRDB
import Testing
import TransparencyLog

@testable import Records

@Suite("The store of the watch") struct WatchStoreTests {
  private let folder: Folder
  private let journal: Journal
  private let store: WatchStore
  private let dawn = instant("2026-11-22T08:00:00Z")

  init() throws {
    folder = try Folder()
    let dawn = dawn
    journal = try Journal(directory: folder.path, origin: "test.example/log", clock: { dawn })
    store = try WatchStore(beside: journal)
  }

  private func terms(_ site: String, _ starts: String...) -> SiteTerms {
    SiteTerms(site: Site(site)!, startURLs: starts, risk: .high, note: "why", pageBound: 40)
  }

  private func admit(_ terms: SiteTerms...) async throws {
    try await store.admit(terms.map { .init($0, by: .person(person("ada")), at: dawn) })
  }

  private func turns(at moment: Instant, pagesEach: Int = 64) async throws -> [SiteTurn] {
    try await store.turns(.init(dueBy: moment, pagesEach: pagesEach))
  }

  @Test func `a site that comes in is due with its start pages, and as it was asked for`()
    async throws
  {
    let asked = terms("a.example", "http://a.example/", "http://a.example/x")
    try await admit(asked)
    let turns = try await turns(at: dawn)
    #expect(turns.map(\.terms) == [asked])
    #expect(
      turns[0].due.map(\.page.url)
        == asked.startURLs.sorted { PageKey(url: $0).number < PageKey(url: $1).number })
    #expect(try await self.turns(at: instant("2026-11-22T07:59:59Z")).isEmpty)
    #expect(try await store.nextDue(after: instant("2026-11-22T07:00:00Z")) == dawn)
  }

  @Test func `everything that is known of a page comes back as it was written`() async throws {
    try await admit(terms("a.example", "http://a.example/"))
    let turn = try #require(try await turns(at: dawn).first)
    var state = PageState(due: instant("2026-12-01T00:00:00.123Z"))
    state.interval = .milliseconds(86_400_001)
    state.fetched = dawn
    state.status = 200
    state.entityTag = "\"x\""
    state.lastModified = "Sun, 06 Nov 1994 08:49:37 GMT"
    state.digest = .sha256(of: [1])
    state.edition = -5
    state.changes = 3
    state.failures = 2
    state.verdict = PageVerdict(category: "venue", score: 0.91, evidence: .sha256(of: [2]))
    state.fault = "status 500"
    let capture = CaptureReference(
      file: "f.warc.gz", offset: 7, payload: ContentDigest(hex: Digest.sha256(of: [3]).hex)!)
    try await store.apply([
      .looked(turn.number, PageLook(key: turn.due[0].page.key, state: state, capture: capture)),
      .turnEnded(turn.number, TurnEnd(fault: "silent")),
    ])
    #expect(try await store.page("http://a.example/", of: turn.number)?.state == state)
    #expect(try await store.captures(of: turn.number).map(\.reference) == [capture])
    let entry = try #require(try await store.site(Site("a.example")!))
    #expect(entry.due == state.due && entry.seen == dawn && entry.fault == "silent")
    #expect(entry.pages == 1 && entry.failing == 1 && entry.findings == 1)
    #expect(entry.verdict?.category == "venue")
  }

  @Test(arguments: [
    HostEntry.Robots.unknown, .rules(Array("User-agent: *\n".utf8)), .none,
    .unreachable("status 500"),
  ])
  func `a host comes back as it was written`(robots: HostEntry.Robots) async throws {
    try await admit(terms("a.example", "http://a.example/"))
    let host = HostEntry(
      origin: "http://a.example", robots: robots, robotsRead: dawn,
      robotsUntil: instant("2026-11-23T08:00:00Z"), next: instant("2026-11-22T08:00:01Z"),
      failures: 3)
    try await store.apply([.host(host)])
    #expect(try await turns(at: dawn).first?.hosts == [host])
  }

  @Test func `pages that are known already stay as they are when they are found again`()
    async throws
  {
    try await admit(terms("a.example", "http://a.example/"))
    let number = try #require(try await turns(at: dawn).first?.number)
    let found = PageEntry(found: "http://a.example/x", depth: 1, rank: 101, at: dawn)
    try await store.apply([.found(number, [found, found])])
    var state = found.state
    state.status = 200
    try await store.apply([
      .looked(number, PageLook(key: found.key, state: state)), .found(number, [found]),
    ])
    #expect(try await store.page("http://a.example/x", of: number)?.state == state)
    #expect(try await store.pages(of: number).count == 2)
  }

  @Test func `a turn has the pages of least rank, and says that there are more`() async throws {
    try await admit(terms("a.example", "http://a.example/"))
    let number = try #require(try await turns(at: dawn).first?.number)
    let found = (1...20).map {
      PageEntry(found: "http://a.example/\($0)", depth: 1, rank: 100 + $0, at: dawn)
    }
    try await store.apply([.found(number, found.shuffled())])
    let turn = try #require(try await turns(at: dawn, pagesEach: 5).first)
    #expect(turn.due.map(\.page.rank) == [0, 101, 102, 103, 104])
    #expect(turn.hasMore && turn.known.count == 21)
  }

  @Test func `a site is not due before the moment until which it is held back`() async throws {
    try await admit(terms("a.example", "http://a.example/"))
    let number = try #require(try await turns(at: dawn).first?.number)
    let later = instant("2026-11-22T09:00:00Z")
    try await store.apply([.turnEnded(number, TurnEnd(notBefore: later))])
    #expect(try await turns(at: instant("2026-11-22T08:59:59Z")).isEmpty)
    #expect(try await turns(at: later).count == 1)
  }

  @Test func `a page that a case waits for is due then, first of all, and is not forgotten`()
    async throws
  {
    try await admit(terms("a.example", "http://a.example/"))
    let number = try #require(try await turns(at: dawn).first?.number)
    let start = PageKey(url: "http://a.example/")
    var state = PageState(due: instant("2027-01-01T00:00:00Z"))
    state.status = 200
    try await store.apply([
      .looked(number, PageLook(key: start, state: state)), .turnEnded(number, TurnEnd()),
    ])
    let (id, moment) = (CaseID("c-20261122-1")!, instant("2026-11-25T00:00:00Z"))
    let isWatched = try await store.requestRecheck(
      page: "http://a.example/", of: Site("a.example")!, at: moment, case: id)
    #expect(isWatched)
    #expect(try await turns(at: instant("2026-11-24T23:59:59Z")).isEmpty)
    let turn = try #require(try await turns(at: moment).first)
    #expect(turn.due.map(\.rechecks) == [[id]])
    try await store.apply([.forgotten(number, start)])
    #expect(try await store.pages(of: number).count == 1)
    try await store.apply([
      .looked(number, PageLook(key: start, state: state, rechecked: [id])),
      .turnEnded(number, TurnEnd()),
    ])
    #expect(try await turns(at: moment).isEmpty)
    #expect(try await store.pendingRechecks().isEmpty)
    try await store.apply([.forgotten(number, start)])
    #expect(try await store.pages(of: number).isEmpty)
    let unknown = try await store.requestRecheck(
      page: "http://b.example/", of: Site("b.example")!, at: moment, case: id)
    #expect(!unknown)
  }

  @Test
  func `the store follows the record: what it has not is taken in, what it has too much is left`()
    async throws
  {
    try await admit(
      terms("a.example", "http://a.example/"), terms("b.example", "http://b.example/x"))
    let ada = Actor.person(person("ada"))
    try await store.follow(
      ["b.example", "c.example"].map { SiteRecord(site: Site($0)!, by: ada, since: dawn) })
    let sites = try await store.sites()
    #expect(sites.filter(\.isWatched).map(\.terms.site.description) == ["b.example", "c.example"])
    #expect(
      sites.map(\.terms.startURLs) == [
        ["http://a.example/"], ["http://b.example/x"], ["http://c.example/"],
      ])
    #expect(try await turns(at: dawn).map(\.terms.site.description) == ["b.example", "c.example"])
  }

  @Test func `captures of a page are listed up to a bound`() async throws {
    try await admit(terms("a.example", "http://a.example/"))
    let number = try #require(try await turns(at: dawn).first?.number)
    let key = PageKey(url: "http://a.example/")
    for offset in 0..<40 {
      let capture = CaptureReference(
        file: "f", offset: Int64(offset), payload: ContentDigest(hex: Digest.sha256(of: []).hex)!)
      try await store.apply([
        .looked(number, PageLook(key: key, state: PageState(due: dawn), capture: capture))
      ])
    }
    let kept = try await store.captures(of: number).map(\.reference.offset)
    #expect(kept == Array((8..<40).reversed().map(Int64.init)))
  }

  @Test(arguments: [
    ("SELECT id, body FROM site WHERE watched = 1 AND due <= 5 ORDER BY due, id", "INDEX site_due"),
    ("SELECT key, due, rank FROM page WHERE site = 5", "PRIMARY KEY (site=?)"),
    ("UPDATE page SET due = 1 WHERE site = 5 AND key = 6", "PRIMARY KEY (site=? AND key=?)"),
    ("SELECT page, case_id FROM recheck WHERE site = 5 AND due <= 1", "PRIMARY KEY (site=?)"),
  ])
  func `no question of a crawl looks at every row`(sql: String, key: String) async throws {
    let plan = try await store.pool.read { db in
      try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(sql)").map { $0["detail"] as String }
    }
    #expect(plan.count == 1 && plan[0].contains("USING") && plan[0].contains(key), "\(plan)")
  }
}
