public import Enforcement

/// How a crawl stands.
public struct CrawlProgress: Sendable, Hashable {
  /// What a worker has in hand.
  public struct Worker: Sendable, Hashable {
    /// The address; nil where it waits.
    public var url: String?
    /// Since when.
    public var since: Instant
  }

  /// When the crawl began.
  public var began: Instant
  /// Now.
  public var now: Instant
  /// The workers.
  public var workers: [Worker]
  /// What was done so far.
  public var tally: CrawlTally
  /// Sites that have a turn.
  public var sites: Int
  /// Pages that wait in memory.
  public var waiting: Int
}

/// What a crawl has done.
public struct CrawlTally: Sendable, Hashable, Codable {
  /// Pages that were looked at, with those that had not changed.
  public var pages = 0
  /// Pages that were judged, because they were new or had changed.
  public var judged = 0
  /// Findings that the record was told.
  public var findings = 0
  /// Pages that could not be had.
  public var failures = 0
  /// Pages that were found.
  public var found = 0
  /// Looks for cases.
  public var rechecks = 0
  /// Octets of pages as sent.
  public var octets = 0

  /// Nothing yet.
  public init() {}
}
