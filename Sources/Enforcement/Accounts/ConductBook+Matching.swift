/// What is known of a post when rules look at it.
public struct Sighting: Sendable, Hashable {
  /// The platform.
  public var platform: Slug
  /// The category of its account; nil where nobody has told it.
  public var account: Slug?
  /// What the post does.
  public var category: FindingCategory
  /// How sure that is: 0 to 1.
  public var score: Double
  /// SHA-256 of platform and post id.
  public var post: ContentDigest

  /// Takes the parts.
  public init(
    platform: Slug, account: Slug?, category: FindingCategory, score: Double, post: ContentDigest
  ) {
    self.platform = platform
    self.account = account
    self.category = category
    self.score = score.inThousandths(of: 0...1)
    self.post = post
  }
}

/// What rules make of a post.
public struct RuleMatch: Sendable, Hashable {
  /// The rule by which it counts: the one with the most points.
  public var rule: RuleReference
  /// What that rule makes of it.
  public var kind: Slug
  /// Why it waits for a person; nil where it counts.
  public var held: Infraction.Hold?
  /// Other rules that it broke.
  public var also: [RuleReference]
}

extension ConductBook {
  /// What the rules that apply make of a post; nil where none matches.
  ///
  /// Of each rule, the newest version that applies to the post is asked. What nobody can tell (the
  /// category of an account, when a rule asks for it) goes to a person, and is never passed over.
  public func match(_ sighting: Sighting) -> RuleMatch? {
    let matching = newestMatching(sighting) { $0.stage.takes(sighting.post) }
    return strongest(of: matching, sighting)
  }

  /// Which rules that only watch would have matched, each in its newest such version.
  public func shadowMatches(_ sighting: Sighting) -> [RuleReference] {
    newestMatching(sighting) { $0.stage == .shadow }.map(\.reference)
  }

  /// What comes of a post that was on its way when its rule was stopped.
  func lateMatch(_ cited: RuleReference, _ sighting: Sighting) -> RuleMatch? {
    guard let rule = rules[cited], rule.stage == .stopped, !rule.reverted, rule.matches(sighting)
    else { return nil }
    return RuleMatch(rule: cited, kind: rule.kind, held: .ruleStopped, also: [])
  }

  private func newestMatching(
    _ sighting: Sighting, _ applies: (ConductRule) -> Bool
  ) -> [ConductRule] {
    var newest: [Slug: ConductRule] = [:]
    for rule in rules.values where applies(rule) && rule.covers(sighting.platform) {
      if let known = newest[rule.reference.rule],
        known.reference.version > rule.reference.version
      {
        continue
      }
      newest[rule.reference.rule] = rule
    }
    return newest.values.filter { $0.matches(sighting) }
      .sorted { $0.reference.rule < $1.reference.rule }
  }

  /// Rules that count come before rules that wait, and among each the one with the most points.
  private func strongest(of matching: [ConductRule], _ sighting: Sighting) -> RuleMatch? {
    let ladder = ladder(of: sighting.platform)
    var best: (rule: ConductRule, held: Infraction.Hold?, rank: (Int, Int))?
    for rule in matching {
      let points = ladder?.weight(of: rule.kind)?.points
      let held = rule.hold(on: sighting) ?? (points == nil ? .noWeight : nil)
      let rank = (held == nil ? 1 : 0, points ?? 0)
      if let best, best.rank >= rank { continue }
      best = (rule, held, rank)
    }
    guard let best else { return nil }
    let also = matching.map(\.reference).filter { $0 != best.rule.reference }
    return RuleMatch(
      rule: best.rule.reference, kind: best.rule.kind, held: best.held, also: also)
  }
}

extension ConductRule {
  /// Whether the rule holds on a platform.
  public func covers(_ platform: Slug) -> Bool {
    platforms.isEmpty || platforms.contains(platform)
  }

  /// Whether a post is one that the rule is about, whatever its stage; an account whose category
  /// nobody has told may be.
  public func matches(_ sighting: Sighting) -> Bool {
    guard sighting.category == category, sighting.score >= leastScore, covers(sighting.platform)
    else { return false }
    return accounts.isEmpty || sighting.account.map { accounts.contains($0) } ?? true
  }

  /// Why a match waits for a person; nil where it counts.
  func hold(on sighting: Sighting) -> Infraction.Hold? {
    if !accounts.isEmpty, sighting.account == nil { return .unknownCategory }
    return asksPerson ? .ruleAsks : nil
  }
}

extension RuleStage {
  /// Whether a rule at this stage applies to a post: the same answer for it every time.
  public func takes(_ post: ContentDigest) -> Bool {
    switch self {
    case .live: true
    case .share(let thousandths):
      Int(post.hex.prefix(8), radix: 16).map { $0 % 1_000 < thousandths } ?? false
    case .draft, .tested, .shadow, .stopped: false
    }
  }
}

extension ConductRule.Breaker {
  /// Whether so many matches among the last posts that the rule saw are too many.
  public func trips(matches: Int, of seen: Int) -> Bool {
    matches >= least && matches * 1_000 > share * max(seen, 1)
  }
}
