internal import Enforcement
internal import Records
internal import Synchronization

/// The one owner of the frontier: hands errands to workers, and gathers what they learned.
///
/// A worker crosses into it once a page. What is done there takes a few microseconds, so workers meet
/// at a lock: to leave their event loop for an actor and come back would take longer.
final class CrawlScheduler: Sendable {
  private let book: Mutex<CrawlBook>

  init(
    frontier: Frontier, workers: Int, clock: @escaping @Sendable () -> Instant,
    rules: @escaping @Sendable (HostEntry) -> RobotsRules?
  ) {
    book = Mutex(CrawlBook(frontier: frontier, workers: workers, clock: clock, rules: rules))
  }

  /// Takes a worker's report and gives it the next errand; nil when there is nothing more to do.
  func exchange(_ report: ErrandReport?, worker: Int) async -> Errand? {
    let turn = book.withLock { book in
      if let report { book.take(report) }
      return book.turn(of: worker)
    }
    switch turn {
    case .errand(let errand): return errand
    case .end: return nil
    case .wait:
      return await withCheckedContinuation { ticket in
        book.withLock { $0.wait(worker, with: ticket) }
      }
    }
  }

  /// Gives waiting workers what has come due.
  func tick() { book.withLock { $0.tick() } }

  /// Whether a worker has something in hand.
  var hasWorkers: Bool { book.withLock { $0.hasWorkers } }

  /// Whether nothing more is handed out.
  var isStopping: Bool { book.withLock { $0.isStopping } }

  /// Hands nothing more out; what is on its way is waited for.
  func stop() { book.withLock { $0.stop() } }

  /// How the crawl stands.
  func progress() -> CrawlProgress { book.withLock { $0.progress() } }

  /// How many more sites are wanted, and which have a turn.
  var hunger: (room: Int, inTurn: Set<SiteNumber>) { book.withLock { $0.hunger } }

  /// Whether no site has a turn and all is on the disk.
  var isIdle: Bool { book.withLock { $0.isIdle } }

  /// Gives sites their turn.
  func admit(_ turns: [SiteTurn]) { book.withLock { $0.admit(turns) } }

  /// Takes out what is to be written; nil once nothing more can come.
  func takeOutbox() -> CrawlOutbox? { book.withLock { $0.takeOutbox() } }

  /// Takes sites whose end is on the disk out of the frontier.
  func release(_ sites: [SiteNumber]) { book.withLock { $0.release(sites) } }
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
