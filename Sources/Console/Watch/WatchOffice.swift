internal import Detection
internal import DomainNames
internal import Egress
internal import Enforcement
internal import Foundation
internal import Logging
internal import Records
internal import Synchronization
internal import Watch

/// What the watch of one data directory works with; opened when it is first asked for.
final class WatchOffice: Sendable {
  private let journal: Journal
  private let configuration: CordonConfiguration
  private let grounds: AssessmentGrounds
  private let opened = Mutex<WatchStore?>(nil)
  private let isCrawling = Mutex(false)

  /// The version that the User-Agent field names.
  private static let version = "0.1"

  init(journal: Journal, configuration: CordonConfiguration, grounds: AssessmentGrounds) {
    self.journal = journal
    self.configuration = configuration
    self.grounds = grounds
  }

  /// The store of the watch, in line with the record.
  func store() async throws -> WatchStore {
    if let store = opened.withLock({ $0 }) { return store }
    let store = try opened.withLock { opened throws(StoreError) in
      if let opened { return opened }
      let store = try WatchStore(beside: journal)
      opened = store
      return store
    }
    try await store.follow(journal.register.book.sites.values)
    return store
  }

  /// The public suffix list, which says what a site is.
  func suffixes() throws -> PublicSuffixes { try grounds.suffixes() }

  /// Lets a body crawl, with everything that takes; one at a time.
  func crawl<Value: Sendable>(
    _ extent: Crawl.Extent, only: Set<SiteNumber>?, logger: Logger,
    _ body: (Crawl) async throws -> Value
  ) async throws -> Value {
    let isFree = isCrawling.withLock { isCrawling in
      defer { isCrawling = true }
      return !isCrawling
    }
    guard isFree else {
      throw DeskFault("the watch is at work already: `cordon watch list` shows it")
    }
    defer { isCrawling.withLock { $0 = false } }
    let loops = CrawlLoops()
    let fetcher = try Fetcher(
      policy: policy, addressGuard: addressGuard, group: loops.group, now: SystemClock.now)
    let renderer = renderer(logger)
    let outcome: Result<Value, any Error>
    do {
      let tools = CrawlTools(
        journal: journal, store: try await store(), fetcher: fetcher,
        judge: try DetectorFolder.load(policies: configuration.policies),
        captures: try CaptureArchive(directory: try await store().capturesFolder),
        renderer: renderer, loops: loops, logger: logger)
      let crawl = Crawl(
        tools: tools, settings: try settings(), extent: extent, only: only,
        clock: SystemClock.now)
      outcome = .success(try await body(crawl))
    } catch {
      outcome = .failure(error)
    }
    await renderer?.close()
    await fetcher.shutDown()
    await loops.shutDown()
    return try outcome.get()
  }

  private var policy: FetchPolicy {
    let watch = configuration.watch
    var policy = FetchPolicy(version: Self.version, contact: watch.contactURL)
    if let agent = watch.userAgent { policy.agent = agent }
    policy.hosts = max(policy.hosts, watch.workers)
    policy.connectionsPerHost = watch.courtesy.connections
    return policy
  }

  private var addressGuard: AddressGuard {
    AddressGuard(rules: AddressGuard.Rules(exceptions: configuration.watch.exceptions))
  }

  private func renderer(_ logger: Logger) -> ChromiumRenderer? {
    let watch = configuration.watch
    guard watch.rendering == .needed else { return nil }
    let settings = ChromiumRenderer.Settings(
      program: watch.browser, userAgentSuffix: policy.agent)
    return ChromiumRenderer(settings: settings, permitting: addressGuard, logger: logger)
  }

  /// The names of known venues.
  func venueNames() throws -> VenueNames {
    try VenueBook.names(configuration, suffixes: try suffixes())
  }

  /// The certificate logs that are read.
  var transparencyLogs: [CTLog] { configuration.watch.logs }

  /// What reads them.
  func transparency() async throws -> CTWatch {
    CTWatch(
      store: try await store(),
      rules: LeadRules(names: try venueNames(), keywords: configuration.watch.logKeywords),
      userAgent: policy.agent, clock: SystemClock.now)
  }

  private func settings() throws -> CrawlSettings {
    let watch = configuration.watch
    var settings = CrawlSettings()
    settings.workers = watch.workers
    settings.courtesy = watch.courtesy
    settings.bounds.pages = watch.pagesPerSite
    settings.bounds.depth = watch.depth
    settings.capture = watch.capture
    settings.suffixes = try suffixes()
    return settings
  }
}
