public import Enforcement
internal import Logging
public import Records

/// Looks at the pages of watched sites as they come due.
///
/// Three parts beside the workers: one brings sites whose turn it is, one writes down what was
/// learned, one looks at the clock. A page counts as looked at once that is on the disk; findings
/// are on the record before. A crash at any moment loses no finding, and only pages whose result
/// was not written yet are asked for again.
public struct Crawl: Sendable {
  /// When a crawl ends by itself.
  public enum Extent: Sendable, Hashable {
    /// Never: it waits for pages to come due.
    case endless
    /// When nothing is due any more.
    case untilIdle
    /// When everything was looked at that was due at its beginning.
    case once
  }

  private let tools: CrawlTools
  private let settings: CrawlSettings
  private let extent: Extent
  private let only: Set<SiteNumber>?
  private let clock: @Sendable () -> Instant
  private let began: Instant
  private let scheduler: CrawlScheduler

  /// Prepares a crawl.
  ///
  /// - Parameters:
  ///   - tools: what it works with.
  ///   - settings: how it works.
  ///   - extent: when it ends by itself.
  ///   - only: the sites to look at; nil for all.
  ///   - clock: says what time it is.
  public init(
    tools: CrawlTools, settings: CrawlSettings, extent: Extent, only: Set<SiteNumber>? = nil,
    clock: @escaping @Sendable () -> Instant
  ) {
    self.tools = tools
    self.settings = settings
    self.extent = extent
    self.only = only
    self.clock = clock
    began = clock()
    let product = settings.product
    scheduler = CrawlScheduler(
      frontier: Frontier(
        courtesy: settings.courtesy, bounds: settings.bounds, followsFound: extent != .once,
        at: began),
      workers: max(1, settings.workers), clock: clock,
      rules: { host in RobotsErrand.rules(of: host, for: product) })
  }

  /// How it stands.
  public func progress() async -> CrawlProgress { scheduler.progress() }

  /// Lets what is on its way come in, for as long as the settings' grace lasts, and ends the crawl.
  public func stop() async { scheduler.stop() }

  /// Crawls until it ends by itself, is told to stop, or the task is cancelled.
  ///
  /// - Returns: what was done.
  /// - Throws: ``StoreError`` where what was learned cannot be written down; what was not written is
  ///   asked for again by the next crawl.
  public func run() async throws -> CrawlTally {
    try await tools.store.follow(tools.journal.register.book.sites.values)
    let outcome: Result<Void, any Error> = await withTaskGroup(of: Part.self) { group in
      group.addTask { .writer(await result { try await writeDown() }) }
      group.addTask { .feeder(await result { try await feed() }) }
      group.addTask { .clock(await keepTime()) }
      for number in 0..<max(1, settings.workers) {
        group.addTask(executorPreference: tools.loops?.executor(of: number)) {
          .worker(await work(number))
        }
      }
      return await end(&group)
    }
    try outcome.get()
    return await progress().tally
  }

  private enum Part: Sendable {
    case writer(Result<Void, any Error>)
    case feeder(Result<Void, any Error>)
    case clock(Void)
    case worker(Void)
  }

  private func result(_ body: () async throws -> Void) async -> Result<Void, any Error> {
    do {
      return .success(try await body())
    } catch {
      return .failure(error)
    }
  }

  /// Waits for all parts; the first that fails ends the others.
  private func end(_ group: inout TaskGroup<Part>) async -> Result<Void, any Error> {
    var outcome = Result<Void, any Error>.success(())
    for await part in group {
      switch part {
      case .writer(let ended):
        // Without its writer a crawl must not go on; with all written, nothing is left to do.
        if case .failure = ended { outcome = ended }
        scheduler.stop()
        group.cancelAll()
      case .feeder(let ended):
        if case .failure(let error) = ended, !(error is CancellationError) {
          outcome = ended
          scheduler.stop()
        }
      case .clock: group.cancelAll()
      case .worker: break
      }
    }
    return outcome
  }
}

// MARK: - Workers

extension Crawl {
  private func work(_ number: Int) async {
    let inspection = PageInspection(tools: tools, settings: settings, clock: clock)
    var report: ErrandReport?
    while let errand = await scheduler.exchange(report, worker: number) {
      report = ErrandReport(errand: errand, result: await run(errand, inspection))
    }
  }

  private func run(_ errand: Errand, _ inspection: PageInspection) async -> ErrandReport.Result {
    switch errand.work {
    case .robots(let previous):
      return await RobotsErrand(tools: tools, settings: settings, clock: clock)
        .read(errand.origin, previous: previous)
    case .look(let look):
      guard let outcome = await inspection.look(look, of: look.terms.site) else {
        return .abandoned
      }
      return .looked(outcome, look.due.page.key, cases: look.due.rechecks)
    }
  }
}

// MARK: - The clock

extension Crawl {
  /// How long a worker waits at most past the moment at which its host may be asked.
  private static let pace = Duration.milliseconds(20)

  /// Wakes waiting workers.
  ///
  /// Once the crawl is to end, what is on its way may come in until the grace
  /// is over; with this part the others are cancelled.
  private func keepTime() async {
    while !scheduler.isStopping {
      do {
        try await Task.sleep(for: Self.pace)
      } catch {
        break
      }
      scheduler.tick()
    }
    scheduler.stop()
    let end = ContinuousClock.now + settings.grace
    while scheduler.hasWorkers, ContinuousClock.now < end {
      guard (try? await Task.sleep(for: Self.pace)) != nil else { return }
    }
  }
}

// MARK: - Feeding

extension Crawl {
  private static let feedSize = 64
  private static let busyPause = Duration.milliseconds(50)
  private static let vainPause = Duration.milliseconds(200)
  private static let idlePause = Duration.milliseconds(500)

  /// Brings sites whose turn it is.
  private func feed() async throws {
    var rechecks = RecheckRequests(tools: tools, clock: clock)
    var vain = 0
    while !scheduler.isStopping {
      try await rechecks.request()
      let (room, inTurn) = scheduler.hunger
      var brought = 0
      if room > 0 {
        let turns = try await tools.store.turns(
          WatchStore.TurnRequest(
            dueBy: extent == .once ? began : clock(), besides: inTurn, only: only,
            limit: min(room, Self.feedSize), pagesEach: settings.bounds.queue))
        brought = turns.count
        scheduler.admit(turns)
        vain = brought > 0 ? 0 : vain + 1
      }
      if brought == Self.feedSize { continue }
      // A site whose turn ended since it was asked may be due again: for the next page of a case.
      if brought == 0, inTurn.isEmpty, extent != .endless, scheduler.isIdle {
        scheduler.stop()
        return
      }
      try await Task.sleep(for: pause(isIdle: inTurn.isEmpty && brought == 0, vain: vain))
    }
  }

  /// How long to wait before asking again for sites, after so many times that brought none.
  private func pause(isIdle: Bool, vain: Int) -> Duration {
    if isIdle, extent == .endless { return Self.idlePause }
    return vain > 4 ? Self.vainPause : Self.busyPause
  }
}

// MARK: - Writing down

extension Crawl {
  private static let gathering = Duration.milliseconds(200)

  /// Writes down what was learned, some at a time: captures first, then the record, then the store.
  private func writeDown() async throws {
    while var outbox = scheduler.takeOutbox() {
      guard !outbox.isEmpty else {
        // A cancelled task does not sleep; then the last workers are nearly done.
        if (try? await Task.sleep(for: Self.gathering)) == nil { await Task.yield() }
        continue
      }
      await settleCaptures(of: &outbox)
      try await RecordReports(tools: tools, clock: clock).perform(outbox.reports)
      try await tools.store.apply(outbox.changes)
      scheduler.release(outbox.ended)
    }
  }

  /// Sees to it that captures are on the disk; where they may not be, nothing refers to them.
  private func settleCaptures(of outbox: inout CrawlOutbox) async {
    guard outbox.refersToCaptures else { return }
    do {
      try await tools.captures?.settle()
    } catch {
      tools.logger.error("captures could not be kept", metadata: ["why": "\(error)"])
      outbox.forgetCaptures()
    }
  }
}
