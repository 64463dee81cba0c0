public import Enforcement

/// A turn of a site: what of it is due, and what is known already.
public struct SiteTurn: Sendable {
  /// The site.
  public let number: SiteNumber
  /// What was asked for.
  public let terms: SiteTerms
  /// All its pages.
  public var known: Set<PageKey>
  /// Pages that are due, the first to look at first; at most as many as were asked for.
  public var due: [DuePage]
  /// Whether more of it is due.
  public var hasMore: Bool
  /// What is known of the hosts that the due pages are on.
  public var hosts: [HostEntry]

  /// Takes the parts.
  public init(
    number: SiteNumber, terms: SiteTerms, known: Set<PageKey>, due: [DuePage],
    hasMore: Bool = false, hosts: [HostEntry] = []
  ) {
    self.number = number
    self.terms = terms
    self.known = known
    self.due = due
    self.hasMore = hasMore
    self.hosts = hosts
  }
}

/// A page to look at, and for whom.
public struct DuePage: Sendable, Hashable {
  /// The page.
  public var page: PageEntry
  /// The cases that wait for this look.
  public var rechecks: [CaseID]

  /// Takes the parts.
  public init(_ page: PageEntry, rechecks: [CaseID] = []) {
    self.page = page
    self.rechecks = rechecks
  }
}
