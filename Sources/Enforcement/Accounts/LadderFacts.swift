/// What a ladder looks at: the same facts lead to the same rung, whenever they are looked at.
public struct LadderFacts: Sendable, Hashable, Codable {
  /// The points that count.
  public var points: Int
  /// The gravest of the infractions that count; nil where there are none.
  public var gravity: Gravity?
  /// Share of infringing posts, in thousandths of all posts of the ladder's window.
  public var share: Int
  /// Whether the account had been warned before it published the newest of the posts.
  public var warned: Bool
  /// The points of the highest rung that was answered and that the points never fell below since.
  public var reached: Int
  /// What is in force already.
  public var standing: [Standing]

  /// A sanction in force.
  public struct Standing: Sendable, Hashable, Codable {
    /// What it is.
    public var kind: SanctionKind
    /// What the account may not do.
    public var restrictions: [Restriction]
    /// Days that are left, begun ones counted whole; nil where it does not end.
    public var days: Int?

    /// Takes the parts.
    public init(kind: SanctionKind, restrictions: [Restriction] = [], days: Int?) {
      self.kind = kind
      self.restrictions = restrictions
      self.days = days
    }

    /// Whether a sanction that began now would add nothing to this one.
    public func covers(_ terms: SanctionTerms) -> Bool {
      guard kind == terms.kind else { return kind > terms.kind }
      guard Set(terms.restrictions).isSubset(of: restrictions) else { return false }
      guard let days else { return true }
      return terms.days.map { $0 <= days } ?? false
    }
  }

  /// Takes the parts.
  public init(
    points: Int, gravity: Gravity?, share: Int, warned: Bool, reached: Int, standing: [Standing]
  ) {
    self.points = points
    self.gravity = gravity
    self.share = share
    self.warned = warned
    self.reached = reached
    self.standing = standing
  }
}

/// What a ladder makes of facts.
public struct LadderAnswer: Sendable, Hashable {
  /// The rung; nil where nothing follows.
  public var rung: Ladder.Rung?
  /// The rungs above it that were set aside, and why, the highest first.
  public var setAside: [SanctionGround.SetAside]
}

extension Ladder {
  /// The rung that facts lead to: the highest in reach that nothing speaks against.
  ///
  /// A rung that was answered stays answered until the points have fallen below it. One that was
  /// set aside was not answered: the next strike asks for it again.
  public func rung(for facts: LadderFacts) -> LadderAnswer {
    var setAside: [SanctionGround.SetAside] = []
    for rung in rungs.reversed() where rung.points > facts.reached {
      guard let why = rung.objection(to: facts) else {
        return LadderAnswer(rung: rung, setAside: setAside)
      }
      setAside.append(SanctionGround.SetAside(kind: rung.sanction.kind, why: why))
    }
    return LadderAnswer(rung: nil, setAside: setAside)
  }

  /// What a kind of infraction counts; nil where the ladder does not know it.
  public func weight(of kind: Slug) -> Weight? { infractions.first { $0.kind == kind } }

  /// Which version of which ladder this is.
  public var reference: LadderReference { LadderReference(name: name, version: version) }
}

extension Ladder.Rung {
  /// Why the rung does not apply; nil where it does.
  fileprivate func objection(to facts: LadderFacts) -> SanctionGround.SetAside.Why? {
    if facts.points < points { return .points }
    if facts.share < leastShare { return .share }
    if needsWarning, !facts.warned, !isGraveEnough(facts.gravity) { return .unwarned }
    if facts.standing.contains(where: { $0.covers(sanction) }) { return .standing }
    return nil
  }

  private func isGraveEnough(_ gravity: Gravity?) -> Bool {
    guard let unlessGravity, let gravity else { return false }
    return gravity >= unlessGravity
  }
}
