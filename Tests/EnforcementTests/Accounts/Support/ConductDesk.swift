import Testing

@testable import Enforcement

/// A desk with a platform, a ladder and live rules: what a platform's first day leaves behind.
extension Desk {
  static let thirdOfficer = Actor.named("oren")
  static let secondReviewer = Actor.named("rosa")
  static let platform = Actor.named("meadow")

  /// The platform that the desk knows.
  static let meadow = slug("meadow")

  static func ofConduct(
    ladder: Ladder = .sample(), platform: Platform = .sample()
  ) throws -> Desk {
    var desk = Desk()
    for (name, role) in [
      ("oren", Role.officer), ("rosa", .reviewer), ("meadow", .platform), ("harbor", .platform),
    ] {
      try desk.perform(.addPerson(person(name), role, tokenDigest: [7]), by: Desk.admin)
    }
    try desk.conduct(.setPlatform(platform), by: Desk.admin)
    try desk.conduct(.adoptLadder(platform: Desk.meadow, ladder), by: Desk.admin)
    try desk.enforce(.sample("no-solicitation", .solicitation, kind: "solicitation"))
    try desk.enforce(.sample("no-promotion", .paymentAcceptance, kind: "promotion"))
    try desk.enforce(.sample("no-token-sale", .tokenSale, kind: "token-sale"))
    return desk
  }

  @discardableResult
  mutating func conduct(_ command: ConductCommand, by actor: Actor) throws -> [Event] {
    try perform(.conduct(command), by: actor)
  }

  /// Writes a rule and takes it through every stage.
  mutating func enforce(_ rule: ConductRule, upTo last: RuleStage = .live) throws {
    let written = try conduct(.writeRule(rule), by: Desk.officer)
    guard case .conduct(.ruleWritten(let known)) = written.first?.change else { return }
    for stage in [RuleStage.tested(trial: .sample(1)), .shadow, .share(1_000), .live] {
      try conduct(
        .stageRule(known.reference, stage, reason: "as planned"), by: Desk.secondOfficer)
      if stage == last { return }
    }
  }

  /// Hands in a post of an account, and answers what came of it.
  @discardableResult
  mutating func post(
    _ number: Int, _ category: FindingCategory = .solicitation, by account: String = "alice",
    score: Double = 0.95, seen: Int = 10, traits: [Enforcement.Trait] = []
  ) throws -> [Event] {
    let report = InfractionReport.sample(
      account, post: number, category, score: score, at: now, seen: seen, traits: traits)
    return try conduct(.reportInfractions(platform: Desk.meadow, [report]), by: .system)
  }

  /// Lets time pass, and then hands in posts a minute apart.
  mutating func posts(_ numbers: ClosedRange<Int>, by account: String = "alice") throws {
    for number in numbers {
      pass(.seconds(60))
      try post(number, by: account)
    }
  }

  mutating func pass(_ duration: Duration) { wait(until: now + duration) }

  var book: ConductBook { register.conduct }

  func account(_ key: String = "alice") throws -> Account {
    try #require(book.account(on: Desk.meadow, key: key))
  }

  func sanctions(of key: String = "alice") throws -> [Sanction] {
    try account(key).sanctions.map { try #require(book.sanctions[$0]) }
  }

  func points(of key: String = "alice") throws -> Int { try account(key).points(at: now) }

  func refusal(of command: ConductCommand, by actor: Actor) -> Refusal? {
    refusal(of: .conduct(command), by: actor)
  }
}

extension [Event] {
  /// What happened to sanctions and the like, a word or two for each event.
  var conductStory: [String] {
    compactMap { event in
      guard case .conduct(let change) = event.change else { return nil }
      switch change {
      case .accountOpened(let id, _, _): return "opened \(id)"
      case .infractionFound(let id, _, _, let strike): return strike == nil ? "held \(id)" : "\(id)"
      case .infractionSettled(let id, let ruling, _, _): return "\(ruling.rawValue) \(id)"
      case .sanctionProposed(let id, _, let plan, _):
        return "proposed \(id) \(plan.terms.kind.rawValue)"
      case .sanctionApproved(let id, _): return "approved \(id)"
      case .sanctionDeclined(let id, _): return "declined \(id)"
      case .sanctionImposed(let id, _, let plan, _):
        return "imposed \(id) \(plan.terms.kind.rawValue)"
      case .sanctionReduced(let id, let terms, _, let cause):
        return "reduced \(id) \(terms.kind.rawValue) \(cause.rawValue)"
      case .sanctionLifted(let id, let cause, _, _): return "lifted \(id) \(cause.rawValue)"
      case .appealDecided(let id, _, _): return "decided \(id)"
      case .leadNoted(let lead): return "lead \(lead.account) \(lead.earlier)"
      case .ruleStaged(let rule, let stage, _): return "\(rule) \(stage.name)"
      case .ruleReverted(let rule, _): return "reverted \(rule)"
      case .platformSet, .ladderAdopted, .ruleWritten, .partySet, .accountChanged, .accountReviewed,
        .sanctionConfirmed, .noticeDelivered, .appealFiled, .appealMessage, .leadSettled,
        .batchProposed, .batchApproved, .batchMoved, .reportMade, .reportReceived, .holdSet,
        .partyErased:
        return nil
      }
    }
  }
}
