/// Rules come into force by stages: written, tested, in the shadow, for a share of posts, live.
extension Register {
  func write(_ rule: ConductRule, by actor: Actor, in docket: inout Docket) throws(Refusal) {
    var rule = rule
    rule.clause = try bounded(rule.clause, "the clause", octets: 500)
    if let fault = rule.fault { throw Refusal(.badField, "rule \(rule.reference.rule): \(fault)") }
    for platform in rule.platforms { _ = try known(platform) }
    let versions = conduct.rules.keys.filter { $0.rule == rule.reference.rule }.map(\.version)
    rule.reference.version = (versions.max() ?? 0) + 1
    rule.stage = .draft
    rule.author = actor
    rule.reverted = false
    docket.record(.ruleWritten(rule), by: actor)
  }

  /// To let a rule act takes somebody else than who wrote it.
  func stage(
    _ id: RuleReference, _ stage: RuleStage, _ reason: String, by actor: Actor,
    in docket: inout Docket
  ) throws(Refusal) {
    let rule = try known(id)
    let reason = try written(reason)
    guard !rule.reverted else {
      throw Refusal(.wrongState, "\(id) was reverted: write a new version of it")
    }
    if case .share(let thousandths) = stage, !(1...1_000).contains(thousandths) {
      throw Refusal(.badField, "a share is 1 to 1000 thousandths of the posts, not \(thousandths)")
    }
    guard rule.stage != stage else { return }
    guard rule.stage.leads(to: stage) else {
      throw Refusal(
        .wrongState,
        "\(id) is \(rule.stage.name) and cannot be \(stage.name) next: a rule goes from draft to"
          + " tested, shadow, share, live; write a new version to start over")
    }
    guard !stage.applies || rule.author != actor else {
      throw Refusal(
        .sameOfficer,
        "\(actor) wrote \(id), so another officer must let it act: `cordon"
          + " conduct rule stage \(id) \(stage.name)`")
    }
    docket.record(.ruleStaged(id, stage, reason: reason), by: actor)
    guard stage == .live else { return }
    for older in docket.book.rules.values.sorted(by: { $0.reference.version < $1.reference.version }
    )
    where older.reference.rule == id.rule && older.reference.version < id.version
      && older.stage.runs
    {
      let reason = "\(id) took its place"
      docket.record(.ruleStaged(older.reference, .stopped, reason: reason), by: actor)
    }
  }

  /// A rule that does not run needs no stopping.
  func stop(
    _ id: RuleReference, _ reason: String, by actor: Actor, in docket: inout Docket
  ) throws(Refusal) {
    let rule = try known(id)
    guard rule.stage.runs else { return }
    docket.record(.ruleStaged(id, .stopped, reason: try written(reason)), by: actor)
  }

  /// Takes back all that a version of a rule brought about, on all accounts, with what followed.
  ///
  /// The work grows with the number of all infractions: it is done seldom, and as a whole.
  func revert(
    _ id: RuleReference, _ reason: String, by actor: Actor, in docket: inout Docket
  ) throws(Refusal) {
    let rule = try known(id)
    let reason = try written(reason)
    guard !rule.reverted else { return }
    if rule.stage.runs {
      docket.record(.ruleStaged(id, .stopped, reason: reason), by: actor)
    }
    docket.record(.ruleReverted(id, reason: reason), by: actor)
    let found = conduct.infractions.values.filter { $0.infraction.rule == id }.map(\.id)
    docket.takeBack(found.sorted(), .reverted, reason: "\(id) was reverted", by: actor)
  }
}

extension ConductRule {
  fileprivate var fault: String? {
    guard leastScore > 0 else { return "its least score is above 0" }
    guard platforms.count <= 1_000, accounts.count <= 100 else {
      return "it names at most 1000 platforms and 100 categories of accounts"
    }
    guard (1...1_000).contains(breaker.share), (1...1_000_000).contains(breaker.window),
      (1...breaker.window).contains(breaker.least)
    else {
      return "its breaker has a share of 1 to 1000 thousandths, a window of 1 to 1000000 posts, and"
        + " a least number of matches that fits in it"
    }
    return nil
  }
}

extension RuleStage {
  /// Its name, as in `cordon conduct rule stage`.
  public var name: String {
    switch self {
    case .draft: "draft"
    case .tested: "tested"
    case .shadow: "shadow"
    case .share: "share"
    case .live: "live"
    case .stopped: "stopped"
    }
  }

  /// Whether the rule looks at posts, with or without consequences.
  public var runs: Bool { self == .shadow || applies }

  /// Whether this stage may be followed by another: one step forward, or any number back.
  func leads(to next: RuleStage) -> Bool {
    switch next {
    case .draft: false
    case .tested: true
    case .shadow:
      switch self {
      case .tested, .share, .live: true
      case .draft, .shadow, .stopped: false
      }
    case .share:
      switch self {
      case .shadow, .share, .live: true
      case .draft, .tested, .stopped: false
      }
    case .live:
      switch self {
      case .share: true
      case .draft, .tested, .shadow, .live, .stopped: false
      }
    case .stopped: runs
    }
  }
}
