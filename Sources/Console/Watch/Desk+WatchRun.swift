internal import Enforcement
internal import Logging
internal import Records
internal import Watch

// MARK: - Crawling by hand

extension Desk {
  /// How often people are told how a crawl stands, where they cannot watch it live.
  private static let pace = Duration.seconds(5)
  private static let livePace = Duration.milliseconds(200)

  /// Looks at what is due.
  func runWatch(
    _ extent: WatchExtent, _ texts: [String], _ teller: inout DeskTeller
  ) async throws {
    let store = try await watch.store()
    var only: Set<SiteNumber>?
    if !texts.isEmpty {
      var numbers: Set<SiteNumber> = []
      for text in texts {
        guard let entry = try await store.site(try site(named: text)), entry.isWatched else {
          throw DeskFault("\(text) is not watched: `cordon watch list` shows what is")
        }
        numbers.insert(entry.number)
      }
      only = numbers
    }
    let output = teller.output
    let tally = try await watch.crawl(extent.crawl, only: only, logger: Self.watchLogger) { crawl in
      try await Self.run(crawl, output)
    }
    try await teller.tell(CrawlReply(tally))
  }

  private static var watchLogger: Logger {
    var logger = Logger(label: "cordon.watch") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = .warning
    return logger
  }

  /// Runs a crawl to its end, and tells how it stands until then.
  private static func run(_ crawl: Crawl, _ output: DeskOutput) async throws -> CrawlTally {
    try await withThrowingTaskGroup(of: CrawlTally?.self) { group in
      group.addTask { try await crawl.run() }
      group.addTask {
        await tell(crawl, output)
        return nil
      }
      group.addTask {
        await output.untilStopped?()
        if output.untilStopped != nil, !Task.isCancelled { await crawl.stop() }
        return nil
      }
      while let ended = try await group.next() {
        guard let tally = ended else { continue }
        group.cancelAll()
        return tally
      }
      return CrawlTally()
    }
  }

  /// Whoever listens no more ends the crawl.
  private static func tell(_ crawl: Crawl, _ output: DeskOutput) async {
    while !Task.isCancelled {
      do {
        try await Task.sleep(for: output.live == nil ? pace : livePace)
        let progress = await crawl.progress()
        if let live = output.live {
          await live([progress.line] + progress.busyWorkers)
        } else {
          try await output.err(progress.line)
        }
      } catch is CancellationError {
        return
      } catch {
        await crawl.stop()
        return
      }
    }
  }
}

extension WatchExtent {
  fileprivate var crawl: Crawl.Extent {
    switch self {
    case .endless: .endless
    case .untilIdle: .untilIdle
    case .once: .once
    }
  }
}

extension CrawlProgress {
  /// How the crawl stands, in a line.
  fileprivate var line: String {
    let seconds = max(0.001, Double(now.duration(since: began).components.seconds))
    let rate = Int((Double(tally.pages) / max(1, seconds)).rounded())
    let busy = workers.count { $0.url != nil }
    return "\(tally.pages) pages (\(rate)/s), \(tally.findings) findings, \(tally.failures) failed;"
      + " \(sites) sites, \(waiting) pages wait, \(busy) busy"
  }

  /// What each worker that is busy has in hand, a line each.
  fileprivate var busyWorkers: [String] {
    workers.enumerated().compactMap { number, worker in
      worker.url.map { url in
        let seconds = now.duration(since: worker.since).components.seconds
        return "  \(number + 1)  \(seconds) s  \(url)"
      }
    }
  }
}

/// What a crawl came to.
struct CrawlReply: Tellable {
  let pages: Int
  let judged: Int
  let findings: Int
  let failures: Int
  let found: Int
  let rechecks: Int
  let octets: Int

  init(_ tally: CrawlTally) {
    pages = tally.pages
    judged = tally.judged
    findings = tally.findings
    failures = tally.failures
    found = tally.found
    rechecks = tally.rechecks
    octets = tally.octets
  }

  func text(_ style: TextStyle) -> String {
    let size = octets < 1 << 20 ? "\(octets >> 10) KiB" : "\(octets >> 20) MiB"
    let said = "\(findings) findings"
    return "\(pages) pages looked at (\(size)), \(judged) judged, \(found) new;"
      + " \(findings > 0 ? style.paint(said, .warning) : said), \(failures) failed"
      + (rechecks > 0 ? ", \(rechecks) re-checks" : "") + "\n"
  }
}
