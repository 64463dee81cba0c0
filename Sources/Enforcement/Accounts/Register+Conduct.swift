extension Register {
  /// Says what a command about platforms, rules or accounts brings about.
  func decide(
    _ command: ConductCommand, by actor: Actor, at moment: Instant
  ) throws(Refusal) -> [Event] {
    var docket = Docket(conduct, at: moment)
    switch command {
    case .setPlatform(let platform): try set(platform, by: actor, in: &docket)
    case .adoptLadder(let platform, let ladder):
      try adopt(ladder, on: platform, by: actor, in: &docket)
    case .writeRule(let rule): try write(rule, by: actor, in: &docket)
    case .stageRule(let rule, let stage, let reason):
      try self.stage(rule, stage, reason, by: actor, in: &docket)
    case .breakRule(let rule, let reason): try stop(rule, reason, by: actor, in: &docket)
    case .revertRule(let rule, let reason): try revert(rule, reason, by: actor, in: &docket)
    case .setParty(let id, let entry): try set(entry, of: id, by: actor, in: &docket)
    case .registerAccounts(let platform, let entries):
      try register(entries, on: platform, by: actor, in: &docket)
    case .reviewAccount(let id, let review): try self.review(id, review, by: actor, in: &docket)
    case .reportInfractions(let platform, let reports):
      try report(reports, on: platform, by: actor, in: &docket)
    case .settleInfraction(let id, let ruling, let reason):
      try settle(id, ruling, reason, by: actor, in: &docket)
    case .proposeSanction(let account, let terms, let infractions, let clause, let reason):
      try propose(
        terms, on: account, infractions, clause: clause, reason, by: actor, in: &docket)
    case .approveSanction(let id, let reason): try approve(id, reason, by: actor, in: &docket)
    case .declineSanction(let id, let reason): try decline(id, reason, by: actor, in: &docket)
    case .liftSanction(let id, let reason): try lift(id, reason, by: actor, in: &docket)
    case .confirmSanction(let id): try confirm(id, by: actor, in: &docket)
    case .recordNoticeDelivery(let id): try deliverNotice(of: id, by: actor, in: &docket)
    case .fileAppeal(let id, let text): try appeal(against: id, text, by: actor, in: &docket)
    case .answerAppeal(let id, let text): try answer(id, text, by: actor, in: &docket)
    case .decideAppeal(let id, let outcome, let reason):
      try decideAppeal(id, outcome, reason, by: actor, in: &docket)
    case .settleLead(let id, let settled, let reason):
      try settle(id, settled, reason, by: actor, in: &docket)
    case .proposeBatch(let action, let accounts, let reason):
      try propose(action, on: accounts, reason, by: actor, in: &docket)
    case .moveBatch(let id, let state, let reason):
      try move(id, to: state, reason, by: actor, in: &docket)
    case .makeReport(let kind, let sanctions, let corrects, let content, let key):
      try make(
        kind, of: sanctions, corrects: corrects, content, key: key, by: actor, in: &docket)
    case .receiveReport(let id, let receipt): try receive(id, receipt, by: actor, in: &docket)
    case .setHold(let id, let reason): try hold(id, reason, by: actor, in: &docket)
    case .eraseParty(let id): try erase(id, by: actor, in: &docket)
    }
    return docket.events
  }
}

// MARK: - Who, and about what

extension Register {
  /// The platform that acts; nil where somebody else does.
  func platform(acting actor: Actor) -> Slug? {
    guard case .person(let name) = actor, people[name]?.role == .platform else { return nil }
    return Slug(text: name.text)
  }

  /// Refuses a platform what is another platform's.
  func demandOwn(_ platform: Slug, of actor: Actor, _ action: String) throws(Refusal) {
    guard let acting = self.platform(acting: actor), acting != platform else { return }
    throw Refusal(.notAllowed, "\(acting) may not do \(action) on \(platform): it is not its own")
  }

  func known(_ id: Slug) throws(Refusal) -> Platform {
    guard let platform = conduct.platforms[id] else {
      throw Refusal(
        .unknownPlatform, "there is no platform \(id): `cordon platform list` shows them all")
    }
    return platform
  }

  func known(_ id: RuleReference) throws(Refusal) -> ConductRule {
    guard let rule = conduct.rules[id] else {
      throw Refusal(
        .unknownRule, "there is no rule \(id): `cordon conduct rule list` shows them all")
    }
    return rule
  }

  func known(_ id: AccountID) throws(Refusal) -> Account {
    try found(conduct.accounts[id], id, "account", "cordon account list")
  }

  func known(_ id: PartyID) throws(Refusal) -> Party {
    try found(conduct.parties[id], id, "party", "cordon party list")
  }

  func known(_ id: InfractionID) throws(Refusal) -> InfractionFile {
    try found(conduct.infractions[id], id, "infraction", "cordon infraction list")
  }

  func known(_ id: SanctionID) throws(Refusal) -> Sanction {
    try found(conduct.sanctions[id], id, "sanction", "cordon sanction list")
  }

  func known(_ id: AppealID) throws(Refusal) -> Appeal {
    try found(conduct.appeals[id], id, "appeal", "cordon appeal list")
  }

  func known(_ id: BatchID) throws(Refusal) -> Batch {
    try found(conduct.batches[id], id, "batch", "cordon batch list")
  }

  func found<Value>(
    _ value: Value?, _ id: some RecordNumber, _ what: String, _ list: String
  ) throws(Refusal) -> Value {
    guard let value else {
      throw Refusal(.unknownNumber, "there is no \(what) \(id): `\(list)` shows them all")
    }
    return value
  }

  /// Refuses a text that is empty or too long.
  func bounded(_ text: String, _ what: String, octets: Int) throws(Refusal) -> String {
    let text = text.trimmingWhitespace
    guard !text.isEmpty else { throw Refusal(.missingField, "\(what) is missing: give it") }
    guard text.utf8.count <= octets else {
      throw Refusal(
        .badField, "\(what) has \(text.utf8.count) octets; at most \(octets) are allowed")
    }
    return text
  }
}
