internal import Enforcement
internal import TransparencyLog

/// Platforms, rules and accounts on the record.
///
/// A leaf has numbers, kinds, points, terms, times, and which rule and ladder; whatever tells of a
/// person is sealed: who an account is, the evidence, the digests of a post (they can be guessed),
/// words that somebody wrote.
extension EventCoding {
  typealias Members = [(String, CanonicalJSON)]

  static func parts(of change: ConductChange) -> Parts {
    var parts = Parts(kind: change.kind)
    switch change {
    case .platformSet(let platform): add(platform, to: &parts)
    case .ladderAdopted(let platform, let ladder):
      parts.data = [("platform", .string(platform.text))] + members(of: ladder)
    case .ruleWritten(let rule): add(rule, to: &parts)
    case .ruleStaged(let rule, let stage, let reason):
      parts.data = [("rule", .string(rule.description))] + members(of: stage)
      parts.sealed = [("reason", .string(reason))]
    case .ruleReverted(let rule, let reason):
      parts.data = [("rule", .string(rule.description))]
      parts.sealed = [("reason", .string(reason))]
    case .partySet(let id, let entry):
      parts.data = [("party", json(id)), ("party_kind", .string(entry.kind.rawValue))]
      parts.sealed = [("entry", json(entry))]
    case .accountOpened(let id, let platform, let entry):
      parts.data = [("account", json(id)), ("platform", .string(platform.text))]
      add(entry, to: &parts)
    case .accountChanged(let id, let entry):
      parts.data = [("account", json(id))]
      add(entry, to: &parts)
    case .accountReviewed(let id, let review):
      parts.data = [("account", json(id))]
      add(review, to: &parts)
    case .infractionFound(let id, let account, let infraction, let strike):
      parts.data = [("infraction", json(id)), ("account", json(account))]
      add(infraction, to: &parts)
      if let strike { parts.data.append(("strike", json(strike))) }
    case .infractionSettled(let id, let ruling, let strike, let reason):
      parts.data = [("infraction", json(id)), ("ruling", .string(ruling.rawValue))]
      if let strike { parts.data.append(("strike", json(strike))) }
      parts.sealed = [("reason", .string(reason))]
    case .holdSet(let account, let reason):
      parts.data = [("account", json(account)), ("held", .bool(reason != nil))]
      if let reason { parts.sealed = [("reason", .string(reason))] }
    case .partyErased(let id, let accounts):
      parts.data = [("party", json(id))]
      add(accounts, as: "accounts", to: &parts)
    case .sanctionProposed, .sanctionApproved, .sanctionDeclined, .sanctionImposed,
      .sanctionConfirmed, .noticeDelivered, .sanctionReduced, .sanctionLifted:
      addSanctionChange(change, to: &parts)
    case .appealFiled, .appealMessage, .appealDecided, .leadNoted, .leadSettled, .batchProposed,
      .batchApproved, .batchMoved, .reportMade, .reportReceived:
      addOtherChange(change, to: &parts)
    }
    return parts
  }

  /// Refuses data of a platform that takes more room than an entry has.
  static func demandRoom(for change: ConductChange) throws(Refusal) {
    switch change {
    case .platformSet, .ladderAdopted, .ruleWritten:
      let data = CanonicalJSON.object(CanonicalJSON.Object(parts(of: change).data))
      let octets = (try? data.canonicalBytes.count) ?? .max
      guard octets <= longestData else {
        throw Refusal(
          .badField, "it takes \(octets) octets on the record; at most \(longestData) are allowed")
      }
    case .ruleStaged, .ruleReverted, .partySet, .accountOpened, .accountChanged, .accountReviewed,
      .infractionFound, .infractionSettled, .sanctionProposed, .sanctionApproved,
      .sanctionDeclined, .sanctionImposed, .sanctionConfirmed, .noticeDelivered,
      .sanctionReduced, .sanctionLifted, .appealFiled, .appealMessage, .appealDecided,
      .leadNoted, .leadSettled, .batchProposed, .batchApproved, .batchMoved, .reportMade,
      .reportReceived, .holdSet, .partyErased:
      // Their leaves hold numbers and names of bounded length; long lists are sealed.
      break
    }
  }

  /// Octets of what stands in a leaf beside the commitments.
  private static let longestData = 60_000

  /// The most numbers that stand in a leaf one by one; longer lists are sealed, and only counted.
  static let longestList = 1_000

  static func json(_ number: some RecordNumber) -> CanonicalJSON { .string(number.description) }

  /// Adds a list of numbers: open where it is short, else sealed with its length in the leaf.
  static func add(_ numbers: [some RecordNumber], as name: String, to parts: inout Parts) {
    let list = CanonicalJSON.array(numbers.map { json($0) })
    if numbers.count <= longestList {
      parts.data.append((name, list))
    } else {
      parts.data.append((name + "_count", .integer(Int64(numbers.count))))
      parts.sealed.append((name, list))
    }
  }
}

// MARK: - Platforms and rules

extension EventCoding {
  private static func add(_ platform: Platform, to parts: inout Parts) {
    parts.data = [
      ("platform", .string(platform.id.text)), ("name", .string(platform.name)),
      ("language", .string(platform.language)),
      ("territory", .array(platform.territory.map { .string($0) })),
      ("appeal_days", .integer(Int64(platform.terms.appealDays))),
      ("keep_days", .integer(Int64(platform.terms.keepDays))),
      ("appeal_address", .string(platform.appealAddress)),
      ("posts_are_public", .bool(platform.postsArePublic)),
    ]
    if let days = platform.terms.answerDays {
      parts.data.append(("answer_days", .integer(Int64(days))))
    }
    if let hours = platform.terms.reportHours {
      parts.data.append(("report_hours", .integer(Int64(hours))))
    }
    // An address of a webhook may hold a secret.
    if let webhook = platform.webhook { parts.sealed = [("webhook", .string(webhook))] }
  }

  private static func members(of ladder: Ladder) -> Members {
    [
      ("ladder", .string(LadderReference(name: ladder.name, version: ladder.version).description)),
      ("window_days", .integer(Int64(ladder.windowDays))),
      (
        "infractions",
        .array(
          ladder.infractions.map { weight in
            var members: Members = [
              ("kind", .string(weight.kind.text)), ("points", .integer(Int64(weight.points))),
              ("gravity", .string(weight.gravity.rawValue)),
            ]
            if let days = weight.decayDays { members.append(("decay_days", .integer(Int64(days)))) }
            return .object(CanonicalJSON.Object(members))
          })
      ),
      (
        "rungs",
        .array(
          ladder.rungs.map { rung in
            var members: Members = [
              ("points", .integer(Int64(rung.points))), ("sanction", json(rung.sanction)),
              ("needs_warning", .bool(rung.needsWarning)),
              ("least_share", .integer(Int64(rung.leastShare))),
              ("approvals", .integer(Int64(rung.approvals))),
            ]
            if let gravity = rung.unlessGravity {
              members.append(("unless_gravity", .string(gravity.rawValue)))
            }
            return .object(CanonicalJSON.Object(members))
          })
      ),
    ]
  }

  private static func add(_ rule: ConductRule, to parts: inout Parts) {
    parts.data =
      [
        ("rule", .string(rule.reference.description)),
        ("category", .string(rule.category.rawValue)),
        ("least_score", .integer(thousandths(rule.leastScore))),
        ("platforms", .array(rule.platforms.map { .string($0.text) })),
        ("accounts", .array(rule.accounts.map { .string($0.text) })),
        ("infraction_kind", .string(rule.kind.text)), ("clause", .string(rule.clause)),
        ("asks_person", .bool(rule.asksPerson)),
        (
          "breaker",
          [
            "share": .integer(Int64(rule.breaker.share)),
            "window": .integer(Int64(rule.breaker.window)),
            "least": .integer(Int64(rule.breaker.least)),
          ]
        ),
      ] + members(of: rule.stage)
    parts.sealed = [("author", .string(rule.author.description))]
  }

  private static func members(of stage: RuleStage) -> Members {
    switch stage {
    case .draft: [("stage", "draft")]
    case .tested(let trial): [("stage", "tested"), ("trial", .string(trial.hex))]
    case .shadow: [("stage", "shadow")]
    case .share(let thousandths):
      [("stage", "share"), ("share", .integer(Int64(thousandths)))]
    case .live: [("stage", "live")]
    case .stopped: [("stage", "stopped")]
    }
  }
}

// MARK: - Accounts and infractions

extension EventCoding {
  private static func json(_ entry: PartyEntry) -> CanonicalJSON {
    var members: Members = [("name", .string(entry.name))]
    if let number = entry.registration { members.append(("registration", .string(number))) }
    if let group = entry.group { members.append(("group", .string(group))) }
    return .object(CanonicalJSON.Object(members))
  }

  private static func add(_ entry: AccountEntry, to parts: inout Parts) {
    if let category = entry.category { parts.data.append(("category", .string(category.text))) }
    if let party = entry.party { parts.data.append(("party", json(party))) }
    var members: Members = [("key", .string(entry.identity.key))]
    if let handle = entry.identity.handle { members.append(("handle", .string(handle))) }
    if let filing = entry.identity.filing { members.append(("filing", .string(filing))) }
    if let language = entry.language { members.append(("language", .string(language))) }
    if let agreement = entry.agreement { members.append(("agreement", .string(agreement))) }
    if let opened = entry.opened { members.append(("opened", .string(opened.description))) }
    parts.sealed.append(("entry", .object(CanonicalJSON.Object(members))))
  }

  /// Who looked and the numbers are sealed; the mark says nothing about anyone.
  private static func add(_ review: AccountReview, to parts: inout Parts) {
    parts.data += [
      ("category", .string(review.category.text)), ("at", .string(review.at.description)),
      ("marked", .bool(review.isMarked)),
    ]
    var members: Members = [("reviewer", .string(review.reviewer))]
    if let number = review.filing { members.append(("filing", .string(number))) }
    if let permit = review.newsPermit { members.append(("news_permit", .string(permit))) }
    parts.sealed = [("review", .object(CanonicalJSON.Object(members)))]
  }

  private static func add(_ infraction: Infraction, to parts: inout Parts) {
    parts.data += [
      ("category", .string(infraction.category.rawValue)),
      ("score", .integer(thousandths(infraction.score))),
      ("rule", .string(infraction.rule.description)),
      ("infraction_kind", .string(infraction.kind.text)),
      ("published", .string(infraction.published.description)),
      ("posts_seen", .integer(Int64(infraction.postsSeen))),
      ("packs", .array(infraction.packs.map { .string($0) })),
    ]
    if !infraction.also.isEmpty {
      parts.data.append(("also", .array(infraction.also.map { .string($0.description) })))
    }
    if let held = infraction.held { parts.data.append(("held", .string(held.rawValue))) }
    parts.sealed.append(("evidence", InfractionCoding.json(infraction)))
  }

  static func json(_ strike: Strike) -> CanonicalJSON {
    var members: Members = [
      ("at", .string(strike.at.description)), ("points", .integer(Int64(strike.points))),
      ("gravity", .string(strike.gravity.rawValue)),
    ]
    if let expires = strike.expires { members.append(("expires", .string(expires.description))) }
    if let moment = strike.overturned {
      members.append(("overturned", .string(moment.description)))
    }
    return .object(CanonicalJSON.Object(members))
  }
}
