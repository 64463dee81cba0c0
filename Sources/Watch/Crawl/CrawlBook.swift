internal import Enforcement
internal import Records

/// What a crawl has in hand and has learned: the frontier, and what is not on the disk yet.
///
/// What is learned goes into the outbox together with the news of the frontier, in one step: so the
/// end of a turn is never written down before what was learned in it.
struct CrawlBook: Sendable {
  /// What more than this waits for the disk makes workers wait too.
  static let outboxLimit = 4_096

  private var frontier: Frontier
  private let clock: @Sendable () -> Instant
  private let rules: @Sendable (HostEntry) -> RobotsRules?
  private var outbox = CrawlOutbox()
  private var tally = CrawlTally()
  private var hands: [CrawlProgress.Worker]
  private let began: Instant
  private var idle: [(worker: Int, ticket: CheckedContinuation<Errand?, Never>)] = []
  private(set) var isStopping = false
  private var workersLeft: Int

  init(
    frontier: Frontier, workers: Int, clock: @escaping @Sendable () -> Instant,
    rules: @escaping @Sendable (HostEntry) -> RobotsRules?
  ) {
    self.frontier = frontier
    self.clock = clock
    self.rules = rules
    began = clock()
    hands = Array(repeating: CrawlProgress.Worker(url: nil, since: began), count: workers)
    workersLeft = workers
  }

  /// What a worker does next.
  enum Turn: Sendable {
    case errand(Errand)
    /// Nothing is due: it waits with a ticket.
    case wait
    /// There is nothing more to do.
    case end
  }

  /// Says what a worker does next.
  mutating func turn(of worker: Int) -> Turn {
    hands[worker] = CrawlProgress.Worker(url: nil, since: clock())
    if let errand = nextErrand(for: worker) { return .errand(errand) }
    guard isStopping else { return .wait }
    workersLeft -= 1
    return .end
  }

  /// Lets a worker wait for what comes due; at once where something has since.
  mutating func wait(_ worker: Int, with ticket: CheckedContinuation<Errand?, Never>) {
    idle.append((worker, ticket))
    tick()
  }

  private mutating func nextErrand(for worker: Int) -> Errand? {
    guard !isStopping, outbox.count < Self.outboxLimit else { return nil }
    let now = clock()
    guard case .errand(let errand) = frontier.next(at: now) else { return nil }
    hands[worker] = CrawlProgress.Worker(url: errand.url, since: now)
    return errand
  }

  /// Gives waiting workers what has come due.
  mutating func tick() {
    while let waiting = idle.last {
      if isStopping {
        idle.removeLast()
        workersLeft -= 1
        waiting.ticket.resume(returning: nil)
        continue
      }
      guard let errand = nextErrand(for: waiting.worker) else { return }
      idle.removeLast()
      waiting.ticket.resume(returning: errand)
    }
  }

  /// Whether a worker has something in hand.
  var hasWorkers: Bool { workersLeft > 0 }

  /// Hands nothing more out; what is on its way is waited for.
  mutating func stop() {
    isStopping = true
    tick()
  }

  /// How the crawl stands.
  func progress() -> CrawlProgress {
    CrawlProgress(
      began: began, now: clock(), workers: hands, tally: tally, sites: frontier.sitesInTurn.count,
      waiting: frontier.waiting)
  }
}

// MARK: - Reports

extension CrawlBook {
  /// Takes what a worker brings back.
  mutating func take(_ report: ErrandReport) {
    let now = clock()
    switch report.result {
    case .robots(let host, let rules, let conduct, let sitemaps):
      let (kept, news) = frontier.finish(
        report.errand, rules: rules, until: host.robotsUntil ?? now, conduct, found: sitemaps,
        at: now)
      outbox.changes.append(.host(host))
      note(kept, of: report.errand.site)
      note(news)
    case .looked(let outcome, let page, let cases):
      count(outcome)
      let before = frontier.rest(of: report.errand.origin)?.failures ?? 0
      let (kept, news) = frontier.finish(
        report.errand, outcome.conduct, found: outcome.found, at: now)
      if let rest = frontier.rest(of: report.errand.origin), rest.failures != before {
        outbox.changes.append(
          .hostRests(report.errand.origin, until: rest.until, failures: rest.failures))
      }
      if let mark = outcome.mark { outbox.changes.append(.marked(mark)) }
      if let finding = outcome.finding { outbox.reports.append(.finding(finding)) }
      if let recheck = outcome.recheck {
        outbox.reports += cases.map { .recheck($0, recheck, of: page) }
      }
      let look = PageLook(
        key: page, state: outcome.state, capture: outcome.capture, rechecked: cases)
      outbox.changes.append(.looked(report.errand.site, look))
      if !outcome.isKept { outbox.changes.append(.forgotten(report.errand.site, page)) }
      note(kept, of: report.errand.site)
      note(news)
    case .abandoned:
      note(frontier.finish(report.errand, .notAsked, found: [], at: now).news)
    }
    tick()
  }

  private mutating func count(_ outcome: PageInspection.Outcome) {
    tally.pages += 1
    tally.octets += outcome.octets
    if outcome.isJudged { tally.judged += 1 }
    if outcome.state.failures > 0 { tally.failures += 1 }
    if outcome.finding != nil { tally.findings += 1 }
    if outcome.recheck != nil { tally.rechecks += 1 }
  }

  private mutating func note(_ kept: [PageEntry], of site: SiteNumber) {
    guard !kept.isEmpty else { return }
    tally.found += kept.count
    guard !frontier.followsFound else {
      outbox.changes.append(.found(site, kept))
      return
    }
    // What one pass finds is for the next, also where the clock has not moved since its beginning.
    let next = began + .milliseconds(1)
    outbox.changes.append(
      .found(
        site,
        kept.map { page in
          var page = page
          page.state.due = max(page.state.due, next)
          return page
        }))
  }

  private mutating func note(_ news: FrontierNews) {
    for (site, page, reason) in news.unreached {
      let recheck = Recheck(outcome: .unreachable, seen: clock(), detail: reason)
      outbox.reports += page.rechecks.map { .recheck($0, recheck, of: page.page.key) }
      outbox.changes.append(
        .looked(
          site, PageLook(key: page.page.key, state: page.page.state, rechecked: page.rechecks)))
    }
    for (site, end) in news.ended {
      outbox.changes.append(.turnEnded(site, end))
      outbox.ended.append(site)
    }
  }
}

// MARK: - Feeding, and the disk

extension CrawlBook {
  /// How many more sites are wanted, and which have a turn.
  ///
  /// None once there are some for each worker and every worker has something in hand: each site in
  /// turn holds memory and a connection.
  var hunger: (room: Int, inTurn: Set<SiteNumber>) {
    let inTurn = frontier.sitesInTurn
    let isSated = idle.isEmpty && inTurn.count >= Self.sitesPerWorker * hands.count
    return (isSated ? 0 : frontier.room, inTurn)
  }

  /// Sites that have a turn for each worker before more have to be asked for.
  private static let sitesPerWorker = 4

  /// Whether no site has a turn and all is on the disk.
  var isIdle: Bool { frontier.sitesInTurn.isEmpty && outbox.isEmpty }

  /// Gives sites their turn.
  mutating func admit(_ turns: [SiteTurn]) {
    for turn in turns { note(frontier.admit(turn, at: clock(), rules: rules)) }
    tick()
  }

  /// Takes out what is to be written; nil once nothing more can come.
  mutating func takeOutbox() -> CrawlOutbox? {
    guard outbox.isEmpty else {
      defer { outbox = CrawlOutbox() }
      return outbox
    }
    return isStopping && workersLeft == 0 ? nil : outbox
  }

  /// Takes sites whose end is on the disk out of the frontier.
  mutating func release(_ sites: [SiteNumber]) {
    let now = clock()
    for site in sites { frontier.release(site, at: now) }
    tick()
  }
}
