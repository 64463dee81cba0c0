/// What strikes lead to: data of a platform, adopted on the record, so that every decision can be
/// worked out again with the ladder of its day.
public struct Ladder: Sendable, Hashable, Codable {
  /// Its name.
  public var name: Slug
  /// Its version, from 1.
  public var version: Int
  /// What each kind of infraction counts.
  public var infractions: [Weight]
  /// The rungs, the fewest points first.
  public var rungs: [Rung]
  /// The days over which posts are counted for ``Rung/leastShare``; 1 to 366.
  public var windowDays: Int

  /// What a kind of infraction counts.
  public struct Weight: Sendable, Hashable, Codable {
    /// The kind.
    public var kind: Slug
    /// Points, 1 to 1,000.
    public var points: Int
    /// How grave it is.
    public var gravity: Gravity
    /// Days after which it counts no more; nil for never.
    public var decayDays: Int?

    /// Takes the parts.
    public init(kind: Slug, points: Int, gravity: Gravity, decayDays: Int?) {
      self.kind = kind
      self.points = points
      self.gravity = gravity
      self.decayDays = decayDays
    }
  }

  /// A rung: so many points lead to this sanction.
  public struct Rung: Sendable, Hashable, Codable {
    /// The points from which it is reached.
    public var points: Int
    /// What follows.
    public var sanction: SanctionTerms
    /// Whether the account must have been warned before.
    public var needsWarning: Bool
    /// From this gravity on, no warning is needed; nil where one always is.
    public var unlessGravity: Gravity?
    /// The least share of infringing posts, in thousandths of all posts of the window.
    public var leastShare: Int
    /// Officers who must agree beside the rule; the house asks for one to suspend and two to close.
    public var approvals: Int

    /// Takes the parts.
    public init(
      points: Int, sanction: SanctionTerms, needsWarning: Bool, unlessGravity: Gravity? = nil,
      leastShare: Int = 0, approvals: Int? = nil
    ) {
      self.points = points
      self.sanction = sanction
      self.needsWarning = needsWarning
      self.unlessGravity = unlessGravity
      self.leastShare = leastShare
      self.approvals = max(approvals ?? 0, sanction.kind.leastApprovals)
    }
  }

  /// Takes the parts.
  public init(name: Slug, version: Int, infractions: [Weight], rungs: [Rung], windowDays: Int) {
    self.name = name
    self.version = version
    self.infractions = infractions
    self.rungs = rungs
    self.windowDays = windowDays
  }
}

/// Which version of a ladder.
public struct LadderReference: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The ladder.
  public var name: Slug
  /// Its version.
  public var version: Int

  /// Takes the parts.
  public init(name: Slug, version: Int) {
    self.name = name
    self.version = version
  }

  /// `standard@2`.
  public var description: String { "\(name)@\(version)" }
}
