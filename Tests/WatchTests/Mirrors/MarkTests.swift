import Detection
import DomainNames
import Egress
import Enforcement
import Foundation
import Records
import Testing
import TransparencyLog

@testable import Watch

/// From start pages on loopback to proposals, through the store.
struct MarkTests {
  private static let now = Instant(milliseconds: 1_795_000_000_000)

  /// A store of its own, gone when the test ends.
  private func withStore(_ body: (WatchStore) async throws -> Void) async throws {
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("cordon-marks-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let journal = try Journal(directory: directory, origin: "test/log", clock: { Self.now })
    try await body(try WatchStore(beside: journal))
  }

  private func fetcher() throws -> Fetcher {
    let loopback = try #require(AddressException("127.0.0.1"))
    return try Fetcher(
      policy: FetchPolicy(version: "0", contact: "http://watch.test/"),
      addressGuard: AddressGuard(rules: .init(exceptions: [loopback])), now: { Self.now })
  }

  private func names() throws -> (VenueNames, PublicSuffixes) {
    let suffixes = try #require(PublicSuffixes.builtin)
    return (VenueNames([KnownVenue](), suffixes: suffixes), suffixes)
  }

  private func note(
    _ web: LoopbackSite, _ markup: [UInt8], with collector: MarkCollector, robots: String = "",
    certificateNames: Set<String> = []
  ) async throws -> Site {
    let url = try WebURL("http://127.0.0.1:\(web.port)/")
    let site = try #require(Site(host: "127.0.0.1", port: web.port))
    let mark = try await collector.mark(
      from: MarkCollector.Sighting(
        site: site, markup: markup, url: url, certificateNames: certificateNames,
        rules: RobotsRules(Array(robots.utf8), for: "cordon"), delay: .zero))
    if let mark { try await collector.store.apply([.marked(mark)]) }
    return site
  }

  private let page = Array(
    "<link rel=icon href=/i.png><script src=/app.js></script><p>welcome".utf8)

  private func web(icon: UInt8) async throws -> LoopbackSite {
    try await LoopbackSite([
      "/i.png": LoopbackSite.Answer(
        fields: [("content-type", "image/png")], body: [UInt8](repeating: icon, count: 64)),
      "/app.js": .script("window.trade = function () { return 42 }"),
    ])
  }

  @Test func `two sites with one icon and one script are proposed, and nothing is asked twice`()
    async throws
  {
    try await withStore { store in
      let fetcher = try fetcher()
      let collector = MarkCollector(fetcher: fetcher, store: store, clock: { Self.now })
      let (one, two) = (try await web(icon: 1), try await web(icon: 1))
      _ = try await note(one, page, with: collector)
      let site = try await note(two, page, with: collector)
      _ = try await note(two, page, with: collector)
      #expect(two.paths == ["/i.png", "/app.js"])
      let (names, suffixes) = try names()
      let search = MirrorSearch(store: store, names: names, suffixes: suffixes)
      let found = try await search.proposals()
      #expect(found.count == 1)
      #expect(Set(found[0].reasons.map(\.kind)) == [.icon, .scripts])
      #expect(try await search.proposals(for: site.description) == found)
      #expect(try await search.proposals(for: "other.example").isEmpty)
      await fetcher.shutDown()
      try await one.close()
      try await two.close()
    }
  }

  @Test func `what robots.txt forbids is not asked for`() async throws {
    try await withStore { store in
      let fetcher = try fetcher()
      let collector = MarkCollector(fetcher: fetcher, store: store, clock: { Self.now })
      let site = try await web(icon: 2)
      _ = try await note(
        site, page, with: collector, robots: "User-agent: *\nDisallow: /app.js\n")
      #expect(site.paths == ["/i.png"])
      await fetcher.shutDown()
      try await site.close()
    }
  }

  @Test func `leads and a log's position are kept, and the next look goes on there`() async throws {
    try await withStore { store in
      var log = SampleLog()
      try log.append(try log.certificate(["get-usdt.example"]))
      let (names, _) = try names()
      let watch = CTWatch(
        store: store, rules: LeadRules(names: names, keywords: ["usdt"]), userAgent: "test",
        clock: { Self.now })
      for size in 1...3 {
        let web = try await LoopbackSite(
          try log.files().mapValues { LoopbackSite.Answer(fields: [], body: $0) })
        // One log behind one name: here the port changes, so its position is moved along.
        let followed = try CTLog(prefix: "http://127.0.0.1:\(web.port)/", key: log.publicKey)
        if size > 1, let last = try await store.reading(of: "last") {
          try await store.keep(
            [],
            after: LogReading(
              prefix: followed.prefix, origin: last.origin, frontier: last.frontier,
              read: Self.now))
        }
        guard case .read(let reading) = try await watch.look(at: followed) else {
          Issue.record("the log could not be read")
          return
        }
        #expect(reading.entries == 1)
        let kept = try #require(try await store.reading(of: followed.prefix))
        #expect(kept.frontier.size == UInt64(size))
        try await store.keep(
          [],
          after: LogReading(
            prefix: "last", origin: kept.origin, frontier: kept.frontier, read: Self.now))
        try log.append(try log.certificate(["usdt-\(size).example"]))
        try await web.close()
      }
      let leads = try await store.leads()
      #expect(leads.map(\.name) == ["usdt-2.example", "usdt-1.example", "get-usdt.example"])
      #expect(leads.first?.source == "ct.test/2026h2 #2")
      try await store.dropLead(named: "usdt-1.example")
      #expect(try await store.lead(named: "usdt-1.example") == nil)
    }
  }

  /// Keeps leads as a reading of a log does.
  private func keep(_ leads: [(String, String)], in store: WatchStore) async throws {
    try await store.keep(
      leads.map { name, reason in
        LeadEntry(name: name, venue: nil, reason: reason, source: "a log", time: Self.now)
      },
      after: LogReading(
        prefix: "log", origin: "log", frontier: TreeFrontier(), read: Self.now))
  }

  @Test func `a dismissed lead stays away until something else speaks for it`() async throws {
    try await withStore { store in
      try await keep([("one.example", "holds usdt"), ("two.example", "holds usdt")], in: store)
      try await store.dismiss([
        DismissalEntry(
          name: "one.example", evidence: "holds usdt", reason: "a pet shop", by: "ines",
          time: Self.now)
      ])
      #expect(try await store.leads().map(\.name) == ["two.example"])
      try await keep([("one.example", "holds usdt")], in: store)
      #expect(try await store.leads().map(\.name) == ["two.example"])
      #expect(try await store.dismissals(ofLeads: true).map(\.reason) == ["a pet shop"])
      #expect(try await store.dismissals(ofLeads: false).isEmpty)
      try await keep([("one.example", "omission of binance.com")], in: store)
      #expect(try await store.leads().map(\.name) == ["one.example", "two.example"])
    }
  }

  @Test func `a dismissed mirror stays away until the two are alike in something else`()
    async throws
  {
    try await withStore { store in
      let fetcher = try fetcher()
      let collector = MarkCollector(fetcher: fetcher, store: store, clock: { Self.now })
      let (one, two) = (try await web(icon: 1), try await web(icon: 1))
      _ = try await note(one, page, with: collector)
      let site = try await note(two, page, with: collector)
      let (names, suffixes) = try names()
      let search = MirrorSearch(store: store, names: names, suffixes: suffixes)
      let found = try #require(try await search.proposals().first)
      try await store.dismiss([
        DismissalEntry(
          name: found.candidate, resembles: found.resembles, evidence: found.grounds,
          reason: "one owner", by: "ines", time: Self.now)
      ])
      #expect(try await search.proposals().isEmpty)
      // A name that both certificates have is news.
      for (web, other) in [(one, two), (two, one)] {
        _ = try await note(
          web, page, with: collector, certificateNames: ["trade.example", "\(other.port).example"])
      }
      let again = try #require(try await search.proposals(for: site.description).first)
      #expect(again.reasons.first { $0.kind == .certificate }?.evidence == "trade.example")
      await fetcher.shutDown()
      try await one.close()
      try await two.close()
    }
  }
}
