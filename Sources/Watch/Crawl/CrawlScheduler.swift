internal import Enforcement
internal import Records

/// The one owner of the frontier: hands errands to workers, and gathers what they learned.
///
/// A worker crosses into it once a page. What is learned goes into the outbox together with the news
/// of the frontier, in one step: so the end of a turn is never written down before what was learned
/// in it.
actor CrawlScheduler {
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

  /// Takes a worker's report and gives it the next errand; nil when there is nothing more to do.
  func exchange(_ report: ErrandReport?, worker: Int) async -> Errand? {
    if let report { take(report) }
    hands[worker] = CrawlProgress.Worker(url: nil, since: clock())
    if let errand = nextErrand(for: worker) { return errand }
    guard !isStopping else {
      workersLeft -= 1
      return nil
    }
    let errand = await withCheckedContinuation { idle.append((worker, $0)) }
    if errand == nil { workersLeft -= 1 }
    return errand
  }

  private func nextErrand(for worker: Int) -> Errand? {
    guard !isStopping, outbox.count < Self.outboxLimit else { return nil }
    guard case .errand(let errand) = frontier.next(at: clock()) else { return nil }
    hands[worker] = CrawlProgress.Worker(url: errand.url, since: clock())
    return errand
  }

  /// Gives waiting workers what has come due.
  func tick() {
    while let waiting = idle.last {
      if isStopping {
        idle.removeLast()
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
  func stop() {
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

extension CrawlScheduler {
  private func take(_ report: ErrandReport) {
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

  private func count(_ outcome: PageInspection.Outcome) {
    tally.pages += 1
    tally.octets += outcome.octets
    if outcome.isJudged { tally.judged += 1 }
    if outcome.state.failures > 0 { tally.failures += 1 }
    if outcome.finding != nil { tally.findings += 1 }
    if outcome.recheck != nil { tally.rechecks += 1 }
  }

  private func note(_ kept: [PageEntry], of site: SiteNumber) {
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

  private func note(_ news: FrontierNews) {
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

extension CrawlScheduler {
  /// How many more sites may have a turn, and which have one.
  var hunger: (room: Int, inTurn: Set<SiteNumber>) { (frontier.room, frontier.sitesInTurn) }

  /// Whether no site has a turn and all is on the disk.
  var isIdle: Bool { frontier.sitesInTurn.isEmpty && outbox.isEmpty }

  func admit(_ turns: [SiteTurn]) {
    for turn in turns { note(frontier.admit(turn, at: clock(), rules: rules)) }
    tick()
  }

  /// Takes out what is to be written; nil once nothing more can come.
  func takeOutbox() -> CrawlOutbox? {
    guard outbox.isEmpty else {
      defer { outbox = CrawlOutbox() }
      return outbox
    }
    return isStopping && workersLeft == 0 ? nil : outbox
  }

  /// Takes sites whose end is on the disk out of the frontier.
  func release(_ sites: [SiteNumber]) {
    let now = clock()
    for site in sites { frontier.release(site, at: now) }
    tick()
  }
}

/// What a worker brings back.
struct ErrandReport: Sendable {
  let errand: Errand
  let result: Result

  enum Result: Sendable {
    case robots(HostEntry, RobotsRules?, HostConduct, sitemaps: [PageEntry])
    case looked(PageInspection.Outcome, PageKey, cases: [CaseID])
    /// The task was cancelled on the way: nothing is known.
    case abandoned
  }
}

extension Errand {
  /// The address that is asked.
  var url: String {
    switch work {
    case .robots: "\(origin)/robots.txt"
    case .look(let look): look.due.page.url
    }
  }
}
