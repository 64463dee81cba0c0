@testable import Enforcement

func slug(_ text: String) -> Slug { Slug(text: text)! }

extension ContentDigest {
  /// A digest that looks like one: its digits are spread as those of a hash are.
  static func post(_ number: Int) -> ContentDigest {
    var random = SeededRandom(seed: UInt64(number))
    let digits = (0..<4).map { _ in
      let text = String(random.next(), radix: 16)
      return String(repeating: "0", count: 16 - text.count) + text
    }
    return ContentDigest(hex: digits.joined())!
  }
}

extension Platform {
  static func sample(_ id: String = "meadow", terms: PlatformTerms = PlatformTerms()) -> Platform {
    Platform(
      id: slug(id), name: "Meadow", language: "zh-Hans", territory: ["CN"], terms: terms,
      appealAddress: "https://cordon.example", webhook: nil, postsArePublic: true)
  }
}

extension Ladder {
  /// Warn at 3, restrict at 6, suspend at 10, close at 20.
  static func sample(version: Int = 1) -> Ladder {
    Ladder(
      name: slug("standard"), version: version,
      infractions: [
        Weight(kind: slug("promotion"), points: 1, gravity: .minor, decayDays: 90),
        Weight(kind: slug("solicitation"), points: 3, gravity: .serious, decayDays: 180),
        Weight(kind: slug("token-sale"), points: 10, gravity: .grave, decayDays: nil),
      ],
      rungs: [
        Rung(points: 3, sanction: .warning, needsWarning: false),
        Rung(points: 6, sanction: .restriction(days: 7), needsWarning: false),
        Rung(
          points: 10, sanction: .suspension(days: 30), needsWarning: true, unlessGravity: .grave),
        Rung(points: 20, sanction: .closing, needsWarning: true),
      ],
      windowDays: 90)
  }
}

extension SanctionTerms {
  static let warning = SanctionTerms(kind: .warn)
  static let closing = SanctionTerms(kind: .close)
  static func restriction(days: Int) -> SanctionTerms {
    SanctionTerms(kind: .restrict, restrictions: [.posting], days: days)
  }
  static func suspension(days: Int) -> SanctionTerms {
    SanctionTerms(kind: .suspend, days: days)
  }
}

extension ConductRule {
  /// A rule on its way into the record; number and author are the record's to give.
  static func sample(
    _ rule: String, _ category: FindingCategory, kind: String, accounts: [String] = [],
    platforms: [String] = [], asksPerson: Bool = false
  ) -> ConductRule {
    ConductRule(
      reference: RuleReference(rule: slug(rule), version: 1), category: category, leastScore: 0.8,
      platforms: platforms.map { slug($0) }, accounts: accounts.map { slug($0) },
      kind: slug(kind), clause: "Clause of \(rule)", asksPerson: asksPerson, breaker: Breaker(),
      stage: .draft, author: .system)
  }
}

extension RuleReference {
  static func sample(_ rule: String, _ version: Int = 1) -> RuleReference {
    RuleReference(rule: slug(rule), version: version)
  }
}

extension InfractionReport {
  /// A post of an account; which rule it breaks, the core finds out.
  static func sample(
    _ account: String, post: Int, _ category: FindingCategory = .solicitation,
    score: Double = 0.95, at published: Instant, seen: Int = 10, traits: [Enforcement.Trait] = [],
    cites rule: RuleReference = .sample("no-solicitation"), saidPublic: Bool = false
  ) -> InfractionReport {
    InfractionReport(
      account: AccountIdentity(key: account, handle: "@\(account)"),
      infraction: Infraction(
        category: category, score: score, rule: rule, kind: slug("whatever"), post: .post(post),
        content: .sample(post), published: published, postsSeen: seen, packs: ["crypto-trading@1"],
        held: nil,
        evidence: InfractionEvidence(
          post: "p\(post)", language: "en",
          pieces: [
            EvidencePiece(
              signal: "solicitation.referral", text: "join", part: .text, start: 0, end: 4,
              weight: 2)
          ], traits: traits)),
      saidPublic: saidPublic)
  }
}

extension Refusal.Code {
  /// What only commands about platforms and accounts are refused for.
  static let ofConduct: Set<Refusal.Code> = [
    .unknownPlatform, .unknownRule, .unknownNumber, .tookPart, .incompleteNotice, .tooLate,
    .mustKeep, .notPublic,
  ]
}
