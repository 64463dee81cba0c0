import Enforcement

@testable import Records

func slug(_ text: String) -> Slug { Slug(text: text)! }

/// A record with a platform, a ladder and live rules, and what a person may ask of it.
extension Office {
  static let thirdOfficer = Actor.person(person("oren"))
  static let secondReviewer = Actor.person(person("rosa"))
  static let officers = [officer, second, thirdOfficer]
  static let reviewers = [reviewer, secondReviewer]
  static let meadow = slug("meadow")
  static let rules = ["no-solicitation", "no-promotion", "no-token-sale"]

  static func ofConduct(
    seed: UInt64 = 7, terms: PlatformTerms = PlatformTerms()
  ) async throws -> Office {
    let office = try await Office.open(seed: seed)
    for (number, (actor, role)) in [(thirdOfficer, Role.officer), (secondReviewer, .reviewer)]
      .enumerated()
    {
      guard case .person(let name) = actor else { continue }
      _ = try await office.journal.record(
        .addPerson(name, role, tokenDigest: digest(of: UInt8(100 + number))), administrator)
    }
    try await office.conduct(.setPlatform(.sample(terms: terms)), administrator)
    try await office.conduct(.adoptLadder(platform: meadow, .sample()), administrator)
    try await office.enforce("no-solicitation", .solicitation, kind: "solicitation")
    try await office.enforce("no-promotion", .paymentAcceptance, kind: "promotion")
    try await office.enforce("no-token-sale", .tokenSale, kind: "token-sale")
    return office
  }

  /// Has a command recorded; a refusal is thrown.
  @discardableResult
  func conduct(_ command: ConductCommand, _ actor: Actor) async throws -> [RecordedEvent] {
    try await journal.record(.conduct(command), actor)
  }

  /// Writes a rule and takes it live.
  func enforce(_ name: String, _ category: FindingCategory, kind: String) async throws {
    let reference = RuleReference(rule: slug(name), version: 1)
    let rule = ConductRule(
      reference: reference, category: category, leastScore: 0.8, platforms: [], accounts: [],
      kind: slug(kind), clause: "Clause of \(name)", asksPerson: false,
      breaker: ConductRule.Breaker(), stage: .draft, author: .system)
    try await conduct(.writeRule(rule), Self.officer)
    for stage in [RuleStage.tested(trial: .sample("ab")), .shadow, .share(1_000), .live] {
      try await conduct(.stageRule(reference, stage, reason: "as planned"), Self.second)
    }
  }

  @discardableResult
  func post(
    _ number: Int, by account: String = "alice", _ category: FindingCategory = .solicitation,
    traits: [Enforcement.Trait] = []
  ) async throws -> [RecordedEvent] {
    let report = InfractionReport.sample(
      account, post: number, category, at: clock.now, traits: traits)
    return try await conduct(.reportInfractions(platform: Self.meadow, [report]), .system)
  }

  var book: ConductBook { journal.register.conduct }
}

extension Platform {
  static func sample(
    terms: PlatformTerms = PlatformTerms(), webhook: String? = "https://meadow.example/hook"
  ) -> Platform {
    Platform(
      id: Office.meadow, name: "Meadow", language: "zh-Hans", territory: ["CN"], terms: terms,
      appealAddress: "https://cordon.example", webhook: webhook, postsArePublic: true)
  }
}

extension Ladder {
  /// Warn at 3, restrict at 6, suspend at 10, close at 20.
  static func sample() -> Ladder {
    Ladder(
      name: slug("standard"), version: 1,
      infractions: [
        Weight(kind: slug("promotion"), points: 1, gravity: .minor, decayDays: 90),
        Weight(kind: slug("solicitation"), points: 3, gravity: .serious, decayDays: 180),
        Weight(kind: slug("token-sale"), points: 10, gravity: .grave, decayDays: nil),
      ],
      rungs: [
        Rung(points: 3, sanction: SanctionTerms(kind: .warn), needsWarning: false),
        Rung(points: 6, sanction: .restriction, needsWarning: false),
        Rung(
          points: 10, sanction: SanctionTerms(kind: .suspend, days: 30), needsWarning: true,
          unlessGravity: .grave),
        Rung(points: 20, sanction: SanctionTerms(kind: .close), needsWarning: true),
      ],
      windowDays: 90)
  }
}

extension SanctionTerms {
  static let restriction = SanctionTerms(kind: .restrict, restrictions: [.posting], days: 7)
}

extension InfractionReport {
  static func sample(
    _ account: String, post: Int, _ category: FindingCategory = .solicitation,
    at published: Instant, traits: [Enforcement.Trait] = []
  ) -> InfractionReport {
    InfractionReport(
      account: AccountIdentity(key: account, handle: "@\(account)-handle"),
      infraction: Infraction(
        category: category, score: 0.95,
        rule: RuleReference(rule: slug("no-solicitation"), version: 1), kind: slug("any"),
        post: .numbered(post), content: .numbered(post + 1_000_000), published: published,
        postsSeen: 10, packs: ["crypto-trading@1"], held: nil,
        evidence: InfractionEvidence(
          post: "post-\(post)-id", language: "en",
          pieces: [
            EvidencePiece(
              signal: "solicitation.referral", text: "join my circle", part: .text, start: 0,
              end: 4, weight: 2)
          ], traits: traits)))
  }
}

extension ContentDigest {
  static func numbered(_ number: Int) -> ContentDigest {
    var random = SeededRandom(seed: UInt64(number))
    let digits = (0..<4).map { _ in
      let text = String(random.next(), radix: 16)
      return String(repeating: "0", count: 16 - text.count) + text
    }
    return ContentDigest(hex: digits.joined())!
  }
}
