internal import Conduct
internal import Enforcement
internal import Interchange
internal import Records

// MARK: - Rules and ladders

extension Desk {
  func rules(everyVersion: Bool) throws -> [RuleReply] {
    let figures = try conduct.ruleFigures()
    func reply(_ rule: ConductRule) -> RuleReply { RuleReply(rule, figures[rule.reference]) }
    let all = conductBook.rules.values.sorted {
      ($0.reference.rule, $0.reference.version) < ($1.reference.rule, $1.reference.version)
    }
    guard !everyVersion else { return all.map(reply) }
    let newest = Dictionary(all.map { ($0.reference.rule, $0.reference.version) }) { max($0, $1) }
    return all.filter { $0.stage.sees || newest[$0.reference.rule] == $0.reference.version }
      .map(reply)
  }

  func writeRule(_ input: RuleInput, by actor: Actor) async throws -> RuleReply {
    let name = try Slug.read(input.name, as: "a rule's name")
    let newest = conductBook.rules.keys.filter { $0.rule == name }.map(\.version).max() ?? 0
    let rule = try input.rule(author: actor, next: newest + 1)
    try await act(.writeRule(rule), by: actor)
    return try ruleReply(rule.reference)
  }

  /// Writes all rules of a file, each as the next version.
  func addRules(
    _ file: [UInt8], fileName: String, by actor: Actor, _ teller: inout DeskTeller
  ) async throws {
    let rules = try Self.reading {
      try RuleFile.read(file, fileName: fileName, author: actor)
    }
    for rule in rules {
      for case .ruleWritten(let written) in try await act(.writeRule(rule), by: actor) {
        try await teller.tell(try ruleReply(written.reference))
      }
    }
  }

  /// Reads a file of policies; what is wrong with it is the input's fault.
  static func reading<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let fault as PolicyFileError {
      throw DeskFault("\(fault)")
    }
  }

  func ruleReply(_ reference: RuleReference) throws -> RuleReply {
    guard let rule = conductBook.rules[reference] else {
      throw Refusal(.unknownRule, "there is no rule \(reference): `cordon conduct rule list`")
    }
    return RuleReply(rule, try conduct.ruleFigures()[reference])
  }

  func stageRule(
    _ text: String, _ word: String, share: Int?, reason: String, by actor: Actor
  ) async throws -> RuleReply {
    let reference = try RuleReference.read(text)
    let stage: RuleStage
    switch word {
    case "shadow": stage = .shadow
    case "live": stage = .live
    case "stopped": stage = .stopped
    case "share":
      guard let share else { throw DeskFault("a share needs thousandths of the posts: 1 to 999") }
      stage = .share(share)
    case "draft", "tested":
      throw DeskFault("a rule becomes \(word) by itself: `cordon conduct rule trial` tries it")
    default:
      throw DeskFault("there is no stage \(word); it may be shadow, share, live, stopped")
    }
    try await act(.stageRule(reference, stage, reason: reason), by: actor)
    return try ruleReply(reference)
  }

  func revertRule(_ text: String, reason: String, by actor: Actor) async throws -> RuleReply {
    let reference = try RuleReference.read(text)
    try await act(.revertRule(reference, reason: reason), by: actor)
    return try ruleReply(reference)
  }

  func ladders(of platform: String?) throws -> [LadderReply] {
    let wanted = try platform.map { try self.platform($0).id }
    return conductBook.ladders.filter { wanted == nil || $0.key == wanted }
      .sorted { $0.key < $1.key }
      .flatMap { platform, ladders in
        ladders.enumerated().map {
          LadderReply($1, platform: platform, holds: $0 == ladders.count - 1)
        }
      }
  }

  func adoptLadder(
    _ ladder: Ladder, on text: String, by actor: Actor
  ) async throws -> LadderReply {
    let platform = try platform(text).id
    try await act(.adoptLadder(platform: platform, ladder), by: actor)
    guard let adopted = conductBook.ladders[platform]?.last else {
      throw DeskFault("the ladder was not adopted")
    }
    return LadderReply(adopted, platform: platform, holds: true)
  }
}

extension RuleStage {
  /// Whether posts come by it.
  var sees: Bool {
    switch self {
    case .shadow, .share, .live: true
    case .draft, .tested, .stopped: false
    }
  }
}
