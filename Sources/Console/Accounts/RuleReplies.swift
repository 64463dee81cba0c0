internal import Conduct
internal import Enforcement

/// A version of a rule.
struct RuleReply: Tellable {
  let rule: String
  let name: String
  let version: Int
  let category: String
  let leastScore: Double
  let platforms: [String]
  let accounts: [String]
  let kind: String
  let clause: String
  let asksPerson: Bool
  let breaker: Breaker
  let stage: String
  /// Thousandths of the posts, where the rule applies to a share of them.
  let share: Int?
  let trial: String?
  let author: String
  /// How many posts it saw, and matched; nil before it saw any.
  let seen: Int?
  let matched: Int?

  struct Breaker: Codable, Sendable {
    let share: Int
    let window: Int
    let least: Int
  }

  init(_ rule: ConductRule, _ figures: RuleWatch.Figures?) {
    seen = figures?.seen
    matched = figures?.matched
    self.rule = rule.reference.description
    name = rule.reference.rule.text
    version = rule.reference.version
    category = rule.category.rawValue
    leastScore = rule.leastScore
    platforms = rule.platforms.map(\.text)
    accounts = rule.accounts.map(\.text)
    kind = rule.kind.text
    clause = rule.clause
    asksPerson = rule.asksPerson
    breaker = Breaker(
      share: rule.breaker.share, window: rule.breaker.window, least: rule.breaker.least)
    stage = rule.stage.word
    author = rule.author.description
    switch rule.stage {
    case .share(let thousandths): (share, trial) = (thousandths, nil)
    case .tested(let digest): (share, trial) = (nil, digest.hex)
    case .draft, .shadow, .live, .stopped: (share, trial) = (nil, nil)
    }
  }

  static func heading(_ style: TextStyle) -> String {
    style.paint(
      style.column("rule", 24) + style.column("stage", 14) + style.column("verdict", 28)
        + style.column("infraction", 20) + style.column("matched", 20) + "where\n", .faint)
  }

  func text(_ style: TextStyle) -> String {
    let verdict = "\(category) from \(leastScore)"
    let place = platforms.isEmpty ? "everywhere" : platforms.joined(separator: ", ")
    let stage = share.map { "share \($0 / 10).\($0 % 10) %" } ?? self.stage
    return style.column(rule, 24)
      + style.paint(style.column(stage, 14), tone) + style.column(verdict, 28)
      + style.column(kind, 20) + style.column(share(matched, of: seen), 20) + place
      + (asksPerson ? ", a person looks at each" : "") + "\n"
  }

  /// `12 of 3400`, and the share in thousandths.
  private func share(_ matched: Int?, of seen: Int?) -> String {
    guard let matched, let seen, seen > 0 else { return "" }
    let share = matched * 1_000 / seen
    return "\(matched) of \(seen), \(share / 10).\(share % 10) %"
  }

  private var tone: TextStyle.Tone {
    switch stage {
    case "live": .good
    case "stopped": .bad
    case "draft", "tested": .faint
    default: .warning
    }
  }
}

extension RuleStage {
  /// The stage in a word.
  var word: String {
    switch self {
    case .draft: "draft"
    case .tested: "tested"
    case .shadow: "shadow"
    case .share: "share"
    case .live: "live"
    case .stopped: "stopped"
    }
  }
}

/// A ladder, as it holds on a platform.
struct LadderReply: Tellable {
  let platform: String
  let ladder: String
  let holds: Bool
  let windowDays: Int
  let infractions: [Weight]
  let rungs: [Rung]

  struct Weight: Encodable, Sendable {
    let kind: String
    let points: Int
    let gravity: String
    let decayDays: Int?
  }

  struct Rung: Encodable, Sendable {
    let points: Int
    let sanction: String
    let restrictions: [String]
    let days: Int?
    let needsWarning: Bool
    let unlessGravity: String?
    let leastShare: Int
    let approvals: Int
  }

  init(_ ladder: Ladder, platform: Slug, holds: Bool) {
    self.platform = platform.text
    self.ladder = "\(ladder.name)@\(ladder.version)"
    self.holds = holds
    windowDays = ladder.windowDays
    infractions = ladder.infractions.map {
      Weight(
        kind: $0.kind.text, points: $0.points, gravity: $0.gravity.rawValue,
        decayDays: $0.decayDays)
    }
    rungs = ladder.rungs.map {
      Rung(
        points: $0.points, sanction: $0.sanction.kind.rawValue,
        restrictions: $0.sanction.restrictions.map(\.rawValue), days: $0.sanction.days,
        needsWarning: $0.needsWarning, unlessGravity: $0.unlessGravity?.rawValue,
        leastShare: $0.leastShare, approvals: $0.approvals)
    }
  }

  func text(_ style: TextStyle) -> String {
    var text = style.paint("\(ladder) on \(platform)", .strong)
    text += (holds ? "" : style.paint("  holds no more", .faint)) + "\n"
    for weight in infractions {
      text += "  " + style.column(weight.kind, 24) + style.column("\(weight.points) points", 12)
      text += style.column(weight.gravity, 9)
      text += (weight.decayDays.map { "for \($0) days" } ?? "for good") + "\n"
    }
    for rung in rungs {
      text += "  " + style.column("from \(rung.points)", 12)
      text += style.paint(style.column(rung.sanction, 10), SanctionKind.tone(rung.sanction))
      text += style.column(rung.days.map { "\($0) days" } ?? "", 10)
      text += rung.restrictions.joined(separator: ", ")
      if rung.approvals > 0 { text += " \(rung.approvals) to agree" }
      if rung.needsWarning {
        text += ", after a warning" + (rung.unlessGravity.map { " unless \($0)" } ?? "")
      }
      if rung.leastShare > 0 { text += ", from \(rung.leastShare)/1000 of the posts" }
      text += "\n"
    }
    return text
  }
}
