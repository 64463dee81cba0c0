public import DomainNames
public import Logging
public import Records

/// What a crawl works with.
public struct CrawlTools: Sendable {
  /// The record, which findings go to.
  public var journal: Journal
  /// The store of the watch.
  public var store: WatchStore
  /// What fetches pages.
  public var fetcher: any Fetching
  /// What judges them.
  public var judge: any Judging
  /// What keeps them; nil where nothing is kept.
  public var captures: (any Capturing)?
  /// What shows pages as a browser does; nil where there is none.
  public var renderer: (any Rendering)?
  /// What workers run on; nil for what all tasks run on.
  public var loops: CrawlLoops?
  /// Where trouble is told.
  public var logger: Logger

  /// Takes the parts.
  public init(
    journal: Journal, store: WatchStore, fetcher: any Fetching, judge: any Judging,
    captures: (any Capturing)? = nil, renderer: (any Rendering)? = nil,
    loops: CrawlLoops? = nil, logger: Logger
  ) {
    self.journal = journal
    self.store = store
    self.fetcher = fetcher
    self.judge = judge
    self.captures = captures
    self.renderer = renderer
    self.loops = loops
    self.logger = logger
  }
}

/// How a crawl works.
public struct CrawlSettings: Sendable {
  /// Which pages are kept as they were.
  public enum CapturePolicy: String, Sendable, Hashable, CaseIterable {
    /// Pages with a finding, and start pages that have changed.
    case findings
    /// Pages with a finding alone.
    case onlyFindings = "only-findings"
    /// Every page that has changed.
    case all
  }

  /// How many pages are looked at side by side.
  public var workers = 64
  /// How hosts are treated.
  public var courtesy = Courtesy.usual
  /// How much is held in memory.
  public var bounds = Frontier.Bounds()
  /// When pages are looked at again.
  public var schedule = Schedule()
  /// Which pages are kept.
  public var capture = CapturePolicy.findings
  /// The name by which robots.txt calls us.
  public var product = "cordon"
  /// The public suffix list; without it a site has no subdomains.
  public var suffixes: PublicSuffixes?
  /// How long what is on its way may take when the crawl is to end.
  public var grace = Duration.seconds(10)

  /// The usual settings.
  public init() {}
}
