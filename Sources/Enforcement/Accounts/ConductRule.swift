/// Which version of a rule.
public struct RuleReference: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The rule.
  public var rule: Slug
  /// Its version, from 1.
  public var version: Int

  /// Takes the parts.
  public init(rule: Slug, version: Int) {
    self.rule = rule
    self.version = version
  }

  /// `no-solicitation@3`.
  public var description: String { "\(rule)@\(version)" }
}

/// Which verdict is which infraction, on which platforms and accounts.
///
/// A rule is data. It takes effect by stages, and somebody else than its author lets it go live.
public struct ConductRule: Sendable, Hashable, Codable {
  /// Its name and version.
  public var reference: RuleReference
  /// The category of the verdict.
  public var category: FindingCategory
  /// The least score.
  public var leastScore: Double
  /// The platforms; empty for all.
  public var platforms: [Slug]
  /// The categories of accounts; empty for all, unknown ones included.
  public var accounts: [Slug]
  /// The infraction that it makes; the ladder gives it points.
  public var kind: Slug
  /// The law or the clause of the agreement that is broken; 1 to 500 octets.
  public var clause: String
  /// Whether a person looks at each match before it counts.
  public var asksPerson: Bool
  /// When the rule stops itself.
  public var breaker: Breaker
  /// Whether it takes part.
  public var stage: RuleStage
  /// Who wrote this version.
  public var author: Actor

  /// A rule stops itself once it matches more than `share` of the last `window` posts that it saw,
  /// and no fewer than `least`.
  public struct Breaker: Sendable, Hashable, Codable {
    /// Thousandths of the posts seen.
    public var share: Int
    /// The posts over which the share is taken.
    public var window: Int
    /// The fewest matches that stop it.
    public var least: Int

    /// Takes the parts.
    public init(share: Int = 50, window: Int = 2_000, least: Int = 20) {
      self.share = share
      self.window = window
      self.least = least
    }
  }

  /// Takes the parts.
  public init(
    reference: RuleReference, category: FindingCategory, leastScore: Double, platforms: [Slug],
    accounts: [Slug], kind: Slug, clause: String, asksPerson: Bool, breaker: Breaker,
    stage: RuleStage, author: Actor
  ) {
    self.reference = reference
    self.category = category
    self.leastScore = leastScore.inThousandths(of: 0...1)
    self.platforms = platforms
    self.accounts = accounts
    self.kind = kind
    self.clause = clause
    self.asksPerson = asksPerson
    self.breaker = breaker
    self.stage = stage
    self.author = author
  }
}

/// How far a rule has come.
public enum RuleStage: Sendable, Hashable, Codable {
  /// Written down.
  case draft
  /// Tried on stored examples; the digest is that of the trial's outcome.
  case tested(trial: ContentDigest)
  /// It sees posts and counts its matches, and nothing follows.
  case shadow
  /// It applies to so many thousandths of the posts, chosen by the post's id.
  case share(Int)
  /// It applies to every post.
  case live
  /// It was stopped: by itself, or by a person.
  case stopped

  /// Whether what it matches may become an infraction.
  public var applies: Bool {
    switch self {
    case .share, .live: true
    case .draft, .tested, .shadow, .stopped: false
    }
  }
}
