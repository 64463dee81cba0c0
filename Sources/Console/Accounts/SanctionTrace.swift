internal import Enforcement

/// Why this rung: facts, rule, points, rung, and what was set aside; for officers, reviewers, courts.
struct SanctionTrace: Tellable {
  let sanction: String
  let facts: [Fact]
  let points: Int
  let rungPoints: Int
  let ladder: String?
  let clauses: [String]
  /// Thousandths of the account's posts that broke a rule.
  let share: Int
  let setAside: [SetAside]
  let automatedDetection: Bool
  let automatedDecision: Bool
  private let kind: String

  private enum CodingKeys: String, CodingKey {
    case sanction, facts, points, rungPoints, ladder, clauses, share, setAside
    case automatedDetection, automatedDecision
  }

  /// An infraction that the sanction leans on.
  struct Fact: Encodable, Sendable {
    let infraction: String
    let kind: String
    let category: String
    let score: Double
    let rule: String
    let published: String
    let points: Int?
    let state: String
    let evidence: [Piece]

    struct Piece: Encodable, Sendable {
      let signal: String
      let text: String
      let weight: Double
    }
  }

  /// A rung that does not apply.
  struct SetAside: Encodable, Sendable {
    let kind: String
    let why: String
    let sentence: String
  }

  init(
    _ sanction: Sanction, _ account: Account, _ book: ConductBook,
    evidence: [InfractionID: InfractionEvidence]
  ) {
    let ground = sanction.plan.ground
    self.sanction = sanction.id.description
    kind = sanction.plan.terms.kind.rawValue
    points = ground.points
    rungPoints = ground.rungPoints
    ladder = ground.ladder?.description
    clauses = ground.clauses
    share = ground.share
    setAside = ground.setAside.map {
      SetAside(kind: $0.kind.rawValue, why: $0.why.rawValue, sentence: $0.why.sentence)
    }
    automatedDetection = sanction.plan.automation.detection
    automatedDecision = sanction.plan.automation.decision
    let strikes = Dictionary(account.strikes.map { ($0.infraction, $0.points) }) { $1 }
    facts = ground.infractions.compactMap { id in
      book.infractions[id].map {
        Fact($0, points: strikes[id], pieces: evidence[id]?.pieces ?? [])
      }
    }
  }

  func text(_ style: TextStyle) -> String {
    var text = style.paint("Why \(kind) (\(sanction))\n", .strong)
    for fact in facts {
      text += "  fact    \(fact.infraction) \(fact.kind), posted \(fact.published.prefix(10)),"
      text += " score \(fact.score)"
      if fact.state != InfractionState.counted.rawValue { text += ", \(fact.state)" }
      text += "\n"
      for piece in fact.evidence.prefix(3) {
        text += style.paint("          \(style.safe(piece.signal))  ", .faint)
        text += "“\(style.safe(piece.text))”\n"
      }
      text += "  rule    \(fact.rule)"
      text += fact.points.map { " → \($0) points\n" } ?? " → no points\n"
    }
    for clause in clauses { text += "  clause  \(style.safe(clause))\n" }
    text += "  points  \(points) counted then; \(share / 10).\(share % 10) % of the posts seen\n"
    text += "  rung    \(kind)"
    text += ladder.map { ", reached from \(rungPoints) points, by \($0)\n" } ?? ", by a person\n"
    for rung in setAside {
      text += style.paint("  not     \(rung.kind): \(rung.sentence)\n", .faint)
    }
    text += "  machine \(automation)\n"
    return text
  }

  private var automation: String {
    switch (automatedDetection, automatedDecision) {
    case (true, true): "found the posts and decided"
    case (true, false): "found the posts; people decided"
    case (false, true): "decided; people found the posts"
    case (false, false): "took no part"
    }
  }
}

extension SanctionTrace.Fact {
  /// Pieces that are told.
  private static let pieceLimit = 8

  init(_ file: InfractionFile, points: Int?, pieces: [EvidencePiece]) {
    let infraction = file.infraction
    self.infraction = file.id.description
    kind = infraction.kind.text
    category = infraction.category.rawValue
    score = infraction.score
    rule = infraction.rule.description
    published = infraction.published.description
    self.points = points
    state = file.state.rawValue
    evidence = pieces.prefix(Self.pieceLimit).map {
      Piece(signal: $0.signal, text: $0.text, weight: $0.weight)
    }
  }
}

extension SanctionGround.SetAside.Why {
  /// Why a rung does not apply, in a sentence.
  var sentence: String {
    switch self {
    case .points: "the points do not reach it"
    case .unwarned: "the account was never warned"
    case .share: "too small a share of its posts breaks a rule"
    case .standing: "the account stands there already, or higher"
    }
  }
}
