/// Sites to be watched, and how.
public struct WatchInput: Codable, Sendable {
  /// URLs or hosts; more may stand in the file beside the request, one a line.
  public var urls: [String]
  /// How closely: low, normal or high.
  public var risk: String?
  /// Why; it goes on the record.
  public var note: String?
  /// The language that the site's people read.
  public var language: String?
  /// The most pages.
  public var pages: Int?
  /// The most links from a start page.
  public var depth: Int?
  /// Whether a site is the whole host even where strangers share it.
  public var wholeHost: Bool

  /// Takes the parts.
  public init(
    urls: [String], risk: String? = nil, note: String? = nil, language: String? = nil,
    pages: Int? = nil, depth: Int? = nil, wholeHost: Bool = false
  ) {
    self.urls = urls
    self.risk = risk
    self.note = note
    self.language = language
    self.pages = pages
    self.depth = depth
    self.wholeHost = wholeHost
  }
}

/// How far a crawl by hand goes.
public enum WatchExtent: String, Codable, Sendable {
  /// Until it is told to stop.
  case endless
  /// Until nothing is due.
  case untilIdle
  /// Through what is due at its beginning.
  case once
}
