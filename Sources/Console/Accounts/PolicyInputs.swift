internal import Enforcement

/// A ladder as a program hands it in.
struct LadderInput: Codable, Sendable {
  var name: String
  var version: Int
  var windowDays: Int
  var infractions: [Weight]
  var rungs: [Rung]

  struct Weight: Codable, Sendable {
    var kind: String
    var points: Int
    var gravity: String
    var decayDays: Int?
  }

  struct Rung: Codable, Sendable {
    var points: Int
    var sanction: String
    var restrictions: [String]?
    var days: Int?
    var needsWarning: Bool?
    var unlessGravity: String?
    var leastShare: Int?
    var approvals: Int?
  }

  func ladder() throws(DeskFault) -> Ladder {
    Ladder(
      name: try Slug.read(name, as: "a ladder's name"), version: version,
      infractions: try infractions.map { weight throws(DeskFault) in
        Ladder.Weight(
          kind: try Slug.read(weight.kind, as: "a kind of infraction"), points: weight.points,
          gravity: try Self.gravity(weight.gravity), decayDays: weight.decayDays)
      },
      rungs: try rungs.map { rung throws(DeskFault) in
        Ladder.Rung(
          points: rung.points,
          sanction: try TermsInput(
            kind: rung.sanction, restrictions: rung.restrictions, days: rung.days
          ).terms(), needsWarning: rung.needsWarning ?? false,
          unlessGravity: try rung.unlessGravity.map { word throws(DeskFault) in
            try Self.gravity(word)
          }, leastShare: rung.leastShare ?? 0, approvals: rung.approvals)
      }, windowDays: windowDays)
  }

  private static func gravity(_ word: String) throws(DeskFault) -> Gravity {
    guard let gravity = Gravity(rawValue: word) else {
      throw DeskFault.word(word, "gravity", Gravity.allCases)
    }
    return gravity
  }
}

/// A rule as a program hands it in.
struct RuleInput: Codable, Sendable {
  var name: String
  /// The next version where it is not given.
  var version: Int?
  var category: String
  var leastScore: Double
  var platforms: [String]?
  var accounts: [String]?
  var kind: String
  var clause: String
  var asksPerson: Bool?
  var breaker: RuleReply.Breaker?

  func rule(author: Actor, next version: Int) throws(DeskFault) -> ConductRule {
    guard let category = FindingCategory(rawValue: category) else {
      throw DeskFault.word(category, "category", FindingCategory.allCases)
    }
    let usual = ConductRule.Breaker()
    return ConductRule(
      reference: RuleReference(
        rule: try Slug.read(name, as: "a rule's name"), version: self.version ?? version),
      category: category, leastScore: leastScore,
      platforms: try (platforms ?? []).map { text throws(DeskFault) in
        try Slug.read(text, as: "a platform's name")
      },
      accounts: try (accounts ?? []).map { text throws(DeskFault) in
        try Slug.read(text, as: "an account's category")
      },
      kind: try Slug.read(kind, as: "a kind of infraction"), clause: clause,
      asksPerson: asksPerson ?? false,
      breaker: ConductRule.Breaker(
        share: breaker?.share ?? usual.share, window: breaker?.window ?? usual.window,
        least: breaker?.least ?? usual.least),
      stage: .draft, author: author)
  }
}

extension RuleReference {
  /// Reads `no-solicitation@3`.
  static func read(_ text: String) throws(DeskFault) -> RuleReference {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, let rule = Slug(text: String(parts[0])), let version = Int(parts[1]),
      version > 0, "\(version)" == parts[1]
    else {
      throw DeskFault(
        "\"\(text.prefix(60))\" is no version of a rule: they look like no-solicitation@3")
    }
    return RuleReference(rule: rule, version: version)
  }
}
