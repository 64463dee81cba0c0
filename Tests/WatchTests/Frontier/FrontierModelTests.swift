import Enforcement
import Records
import Testing

@testable import Watch

/// The frontier under random histories, beside a model that only remembers what happened.
@Suite("The frontier") struct FrontierModelTests {
  @Test(arguments: 1...40)
  func `keeps courtesy, hands no page out twice, and ends every turn`(seed: UInt64) throws {
    var world = FrontierWorld(seed: seed)
    for _ in 0..<2_000 { try world.step() }
    try world.drain()
  }
}

struct FrontierWorld {
  private var random: FrontierRandom
  private var frontier: Frontier
  private let courtesy: Courtesy
  private let start = Instant.dawn
  private var now = Instant.dawn
  private var out: [Errand] = []
  private var turns: [SiteNumber: SiteTurn] = [:]
  private var pagesOut: Set<PageKey> = []
  private var ended: Set<SiteNumber> = []
  /// When the last request to a host ended, and what delay it asks for.
  private var lastEnd: [String: Instant] = [:]
  private var rules: [String: RobotsRules] = [:]
  private var pauses: [String: Instant] = [:]
  private var serial = 0

  init(seed: UInt64) {
    random = FrontierRandom(seed)
    var courtesy = Courtesy(
      delay: random.pick([.zero, .milliseconds(200), .seconds(1)]), failurePause: .seconds(1),
      connections: random.pick([1, 1, 3]))
    if courtesy.delay == .zero { courtesy.failurePause = .zero }
    self.courtesy = courtesy
    var bounds = Frontier.Bounds()
    bounds.sites = 6
    bounds.queue = 5
    bounds.pages = 20
    frontier = Frontier(courtesy: courtesy, bounds: bounds, followsFound: true, at: .dawn)
  }

  mutating func step() throws {
    switch random.number(0...9) {
    case 0: admit()
    case 1...4: try take()
    case 5...7: try finish()
    case 8: release()
    default: now = now + random.milliseconds(0...1_500)
    }
  }

  /// Lets everything come to its end: nothing may be left over.
  mutating func drain() throws {
    for _ in 0..<20_000 {
      if !out.isEmpty {
        try finish(silent: false)
      } else if case .wait(let moment) = try take() {
        now = max(now, moment)
      } else if out.isEmpty {
        break
      }
    }
    #expect(out.isEmpty)
    #expect(ended == Set(turns.keys), "turns that never ended")
    #expect(frontier.waiting == 0 && frontier.errandsOut == 0)
    release()
    #expect(frontier.sitesInTurn.isEmpty)
  }
}

// MARK: - Steps

extension FrontierWorld {
  private mutating func admit() {
    let number = SiteNumber(row: Int64(random.number(1...12)))
    guard turns[number] == nil, frontier.room > 0 else { return }
    let host = "http://h\(random.number(1...5)).example"
    let site = Site(String(host.dropFirst(7)))!
    var turn = SiteTurn(number: number, terms: SiteTerms(site: site), known: [], due: [])
    for _ in 0..<random.number(0...5) {
      serial += 1
      var page = PageEntry(
        found: "\(host)/s\(number.row)/\(serial)", depth: random.number(0...2),
        rank: random.number(0...300), at: now)
      page.state.due = Instant(
        milliseconds: now.milliseconds - Int64(random.number(0...100_000)))
      turn.known.insert(page.key)
      turn.due.append(DuePage(page))
    }
    turns[number] = turn
    take(frontier.admit(turn, at: now) { _ in nil })
  }

  @discardableResult private mutating func take() throws -> Frontier.Step {
    let step = frontier.next(at: now)
    guard case .errand(let errand) = step else { return step }
    let onHost = out.filter { $0.origin == errand.origin }
    #expect(onHost.count < courtesy.connections)
    #expect(now >= start + courtesy.delay)
    if let last = lastEnd[errand.origin] {
      #expect(now >= last + courtesy.delay(asked: rules[errand.origin]?.crawlDelay))
    }
    if let pause = pauses[errand.origin] { #expect(now >= pause) }
    #expect(!ended.contains(errand.site), "an errand for a turn that has ended")
    switch errand.work {
    case .robots:
      #expect(
        !onHost.contains { if case .robots = $0.work { true } else { false } },
        "robots.txt is asked for twice at once")
    case .look(let look):
      #expect(rules[errand.origin] != nil, "a page before robots.txt")
      #expect(look.due.page.origin == errand.origin)
      #expect(look.due.page.state.due <= now, "a page before it is due")
      #expect(pagesOut.insert(look.due.page.key).inserted, "a page twice in a turn")
    }
    out.append(errand)
    return step
  }

  private mutating func finish(silent: Bool = true) throws {
    guard !out.isEmpty else { return }
    let errand = out.remove(at: random.number(0...(out.count - 1)))
    now = now + random.milliseconds(0...50)
    switch errand.work {
    case .robots:
      let isThere = !(silent && random.happens(oneIn: 6))
      let delay = random.pick([nil, nil, 2, 600])
      let text = delay.map { "User-agent: *\nCrawl-delay: \($0)\n" } ?? ""
      let found = isThere ? RobotsRules(Array(text.utf8), for: "cordon") : nil
      rules[errand.origin] = found
      let (_, news) = frontier.finish(
        errand, rules: found, until: now + .seconds(86_400),
        isThere ? .answered : .silent("no answer"), found: [], at: now)
      if isThere { lastEnd[errand.origin] = now }
      take(news)
    case .look(let look):
      let conduct = conduct(silent: silent)
      let found = (0..<random.number(0...3)).map { _ in
        serial += 1
        return PageEntry(
          found: "\(errand.origin)/f\(random.number(1...40))/\(errand.site.row)",
          depth: look.due.page.depth + 1, rank: random.number(100...300), at: now)
      }
      let known = frontier.sitesInTurn.contains(errand.site)
      #expect(known)
      let (kept, news) = frontier.finish(errand, conduct, found: found, at: now)
      #expect(Set(kept.map(\.key)).count == kept.count)
      for page in kept {
        #expect(turns[errand.site]?.known.insert(page.key).inserted == true, "known already")
      }
      #expect(turns[errand.site]?.known.count ?? 0 <= 20 + 5, "more pages than the bound")
      note(conduct, errand.origin)
      take(news)
    }
  }

  private mutating func conduct(silent: Bool) -> HostConduct {
    guard silent else { return .answered }
    return random.pick([
      .answered, .answered, .answered, .answered, .notAsked, .silent("no answer"),
      .overloaded(pause: random.pick([nil, .seconds(3), .seconds(4_000)])),
    ])
  }

  private mutating func note(_ conduct: HostConduct, _ origin: String) {
    switch conduct {
    case .notAsked: break
    case .answered, .silent: lastEnd[origin] = now
    case .overloaded(let pause):
      lastEnd[origin] = now
      if let pause { pauses[origin] = max(pauses[origin] ?? now, now + pause) }
    }
  }

  private mutating func release() {
    for number in ended.sorted() {
      frontier.release(number, at: now)
      for key in turns[number]?.known ?? [] { pagesOut.remove(key) }
      turns[number] = nil
    }
    ended = []
  }

  private mutating func take(_ news: FrontierNews) {
    for (site, _) in news.ended {
      #expect(ended.insert(site).inserted, "a turn that ends twice")
      #expect(!out.contains { $0.site == site }, "a turn that ends with an errand out")
    }
  }
}
