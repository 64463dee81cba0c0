public import Records

/// Something to be asked of a host, and nobody else does it meanwhile.
public struct Errand: Sendable {
  /// Its number: errands of a frontier are counted.
  public let number: UInt64
  /// The host: scheme, name and port.
  public let origin: String
  /// The site for which it is asked.
  public let site: SiteNumber
  /// What to do.
  public let work: Work

  /// What to do.
  public enum Work: Sendable {
    /// Read the host's robots.txt; what it said before goes on where the host does not answer.
    case robots(previous: RobotsRules?)
    /// Look at a page of a site, if the rules allow it.
    case look(Look)
  }

  /// A page to look at.
  public struct Look: Sendable {
    /// The page, and for whom.
    public let due: DuePage
    /// How its site is watched.
    public let terms: SiteTerms
    /// What the host's robots.txt says.
    public let rules: RobotsRules
    /// Whether the site has room for what the page leads to.
    public let wantsLinks: Bool
    /// Which links of the site were read already.
    public let memo: LinkMemo
  }
}

/// What a host was like.
public enum HostConduct: Sendable, Hashable {
  /// It was not asked after all.
  case notAsked
  /// It answered.
  case answered
  /// It answered, and wants to be left alone: 429 or 503, with the time it said, if any.
  case overloaded(pause: Duration?)
  /// It did not answer.
  case silent(String)
}

/// What finishing an errand brought about.
public struct FrontierNews: Sendable {
  /// Sites of which nothing more is looked at now.
  public var ended: [(site: SiteNumber, end: TurnEnd)] = []
  /// Pages that a case waits for, of hosts that cannot be reached.
  public var unreached: [(site: SiteNumber, page: DuePage, reason: String)] = []

  init() {}
}
