internal import Enforcement
internal import TransparencyLog

/// What happened to platforms, rules and accounts, read back.
extension EntryFields {
  /// What happened; nil where the kind is another.
  func conductChange(_ kind: String) throws(StoreError) -> ConductChange? {
    switch kind {
    case "platform.set": return .platformSet(try platform())
    case "ladder.adopted": return .ladderAdopted(platform: try slug("platform"), try ladder())
    case "rule.written": return .ruleWritten(try conductRule())
    case "rule.staged":
      return .ruleStaged(
        try ruleReference(try text("rule")), try stage(), reason: sealedText("reason"))
    case "rule.reverted":
      return .ruleReverted(try ruleReference(try text("rule")), reason: sealedText("reason"))
    case "party.set": return .partySet(try id("party"), try partyEntry())
    case "account.opened":
      return .accountOpened(try id("account"), platform: try slug("platform"), try accountEntry())
    case "account.changed": return .accountChanged(try id("account"), try accountEntry())
    case "account.reviewed": return .accountReviewed(try id("account"), try accountReview())
    case "infraction.found":
      let infraction: InfractionID = try id("infraction")
      return .infractionFound(
        infraction, try id("account"), try self.infraction(), try strike(of: infraction))
    case "infraction.settled":
      let infraction: InfractionID = try id("infraction")
      return .infractionSettled(
        infraction, try choice("ruling"), try strike(of: infraction), reason: sealedText("reason"))
    case "hold.set":
      guard let held = data["held"]?.bool else { throw .corrupt("the entry has no held") }
      return .holdSet(try id("account"), reason: held ? sealedText("reason") : nil)
    case "party.erased": return .partyErased(try id("party"), accounts: try list("accounts"))
    default:
      if let change = try sanctionChange(kind) { return change }
      return try otherConductChange(kind)
    }
  }

  // MARK: Single fields

  func id<Number: RecordNumber>(_ name: String) throws(StoreError) -> Number {
    try number(try text(name), name)
  }

  private func number<Number: RecordNumber>(
    _ text: String?, _ name: String
  ) throws(StoreError) -> Number {
    guard let number = text.flatMap({ Number(text: $0) }) else {
      throw .corrupt("\(name) of the entry is no number")
    }
    return number
  }

  /// A list that stands in the leaf, or sealed beside it where it is long.
  func list<Number: RecordNumber>(_ name: String) throws(StoreError) -> [Number] {
    guard let values = data[name]?.array ?? sealedArray(name) else {
      throw .corrupt("the entry has no \(name)")
    }
    var numbers: [Number] = []
    numbers.reserveCapacity(values.count)
    for value in values { numbers.append(try number(value.string, name)) }
    return numbers
  }

  func slug(_ name: String) throws(StoreError) -> Slug { try slug(name, in: data) }

  func slug(_ name: String, in object: CanonicalJSON) throws(StoreError) -> Slug {
    guard let slug = Slug(text: try text(name, in: object)) else {
      throw .corrupt("\(name) of the entry is no short name")
    }
    return slug
  }

  func flag(_ name: String, in object: CanonicalJSON) throws(StoreError) -> Bool {
    guard let flag = object[name]?.bool else { throw .corrupt("the entry has no \(name)") }
    return flag
  }

  func object(_ name: String) throws(StoreError) -> CanonicalJSON {
    guard let object = data[name] else { throw .corrupt("the entry has no \(name)") }
    return object
  }

  func optionalInstant(_ name: String, in object: CanonicalJSON) throws(StoreError) -> Instant? {
    object[name] == nil ? nil : try instant(name, in: object)
  }

  func optionalNumber(_ name: String, in object: CanonicalJSON) throws(StoreError) -> Int? {
    object[name] == nil ? nil : try number(name, in: object)
  }

  func ruleReference(_ text: String) throws(StoreError) -> RuleReference {
    let (name, version) = try versioned(text)
    return RuleReference(rule: name, version: version)
  }

  /// `standard@2`.
  func versioned(_ text: String) throws(StoreError) -> (Slug, Int) {
    let halves = text.split(separator: "@", omittingEmptySubsequences: false)
    guard halves.count == 2, let name = Slug(text: String(halves[0])),
      let version = Int(halves[1])
    else { throw .corrupt("\(text) is no name and version") }
    return (name, version)
  }

  func actor(_ name: String) throws(StoreError) -> Actor {
    guard let actor = Actor(text: sealedValue(name) ?? "erased") else {
      throw .corrupt("\(name) of the entry is nobody's name")
    }
    return actor
  }

  /// A sealed object; nil where it was erased.
  func sealedObject(_ name: String) throws(StoreError) -> CanonicalJSON? {
    guard let value = sealed[name] else { return nil }
    guard let json = try? CanonicalJSON(parsing: value, requireCanonical: true) else {
      throw .corrupt("the sealed value \(name) cannot be read")
    }
    return json
  }
}

// MARK: - Platforms and rules

extension EntryFields {
  private func platform() throws(StoreError) -> Platform {
    Platform(
      id: try slug("platform"), name: try text("name"), language: try text("language"),
      territory: (data["territory"]?.array ?? []).compactMap(\.string),
      terms: PlatformTerms(
        appealDays: try number("appeal_days", in: data),
        answerDays: try optionalNumber("answer_days", in: data),
        reportHours: try optionalNumber("report_hours", in: data),
        keepDays: try number("keep_days", in: data)),
      appealAddress: try text("appeal_address"), webhook: sealedValue("webhook"),
      postsArePublic: try flag("posts_are_public", in: data))
  }

  private func ladder() throws(StoreError) -> Ladder {
    let (name, version) = try versioned(try text("ladder"))
    var weights: [Ladder.Weight] = []
    for object in data["infractions"]?.array ?? [] {
      weights.append(
        Ladder.Weight(
          kind: try slug("kind", in: object), points: try number("points", in: object),
          gravity: try choice("gravity", in: object),
          decayDays: try optionalNumber("decay_days", in: object)))
    }
    var rungs: [Ladder.Rung] = []
    for object in data["rungs"]?.array ?? [] {
      var rung = Ladder.Rung(
        points: try number("points", in: object),
        sanction: try terms(object["sanction"] ?? .null),
        needsWarning: try flag("needs_warning", in: object),
        unlessGravity: object["unless_gravity"] == nil
          ? nil : try choice("unless_gravity", in: object),
        leastShare: try number("least_share", in: object))
      rung.approvals = try number("approvals", in: object)
      rungs.append(rung)
    }
    return Ladder(
      name: name, version: version, infractions: weights, rungs: rungs,
      windowDays: try number("window_days", in: data))
  }

  private func conductRule() throws(StoreError) -> ConductRule {
    let breaker = try object("breaker")
    return ConductRule(
      reference: try ruleReference(try text("rule")), category: try choice("category"),
      leastScore: Double(try number("least_score", in: data)) / 1000,
      platforms: try slugs("platforms"), accounts: try slugs("accounts"),
      kind: try slug("infraction_kind"), clause: try text("clause"),
      asksPerson: try flag("asks_person", in: data),
      breaker: ConductRule.Breaker(
        share: try number("share", in: breaker), window: try number("window", in: breaker),
        least: try number("least", in: breaker)),
      stage: try stage(), author: try actor("author"))
  }

  private func slugs(_ name: String) throws(StoreError) -> [Slug] {
    var slugs: [Slug] = []
    for value in data[name]?.array ?? [] {
      guard let slug = value.string.flatMap({ Slug(text: $0) }) else {
        throw .corrupt("\(name) of the entry has what is no short name")
      }
      slugs.append(slug)
    }
    return slugs
  }

  private func stage() throws(StoreError) -> RuleStage {
    switch try text("stage") {
    case "draft": return .draft
    case "tested": return .tested(trial: try digest("trial", in: data))
    case "shadow": return .shadow
    case "share": return .share(try number("share", in: data))
    case "live": return .live
    case "stopped": return .stopped
    default: throw .corrupt("the entry has an unknown stage")
    }
  }
}

// MARK: - Accounts and infractions

extension EntryFields {
  private func partyEntry() throws(StoreError) -> PartyEntry {
    let kind: PartyEntry.Kind = try choice("party_kind")
    guard let object = try sealedObject("entry") else { return .erased(kind) }
    return PartyEntry(
      name: try text("name", in: object), kind: kind,
      registration: object["registration"]?.string, group: object["group"]?.string)
  }

  private func accountEntry() throws(StoreError) -> AccountEntry {
    var entry = AccountEntry(
      identity: .erased, category: data["category"] == nil ? nil : try slug("category"),
      party: data["party"] == nil ? nil : try id("party"))
    guard let object = try sealedObject("entry") else { return entry }
    entry.identity = AccountIdentity(
      key: try text("key", in: object), handle: object["handle"]?.string,
      filing: object["filing"]?.string)
    entry.language = object["language"]?.string
    entry.agreement = object["agreement"]?.string
    entry.opened = try optionalInstant("opened", in: object)
    return entry
  }

  private func accountReview() throws(StoreError) -> AccountReview {
    let (category, moment) = (try slug("category"), try instant("at", in: data))
    let isMarked = try flag("marked", in: data)
    guard let object = try sealedObject("review") else {
      return .erased(at: moment, category: category, isMarked: isMarked)
    }
    let permit = object["news_permit"]?.string
    guard (permit != nil) == isMarked else {
      throw .corrupt("the mark of the entry does not fit its permit")
    }
    return AccountReview(
      reviewer: try text("reviewer", in: object), at: moment, category: category,
      filing: object["filing"]?.string, newsPermit: permit)
  }

  private func infraction() throws(StoreError) -> Infraction {
    let opened = try InfractionCoding.opened(sealed["evidence"])
    var also: [RuleReference] = []
    for value in data["also"]?.array ?? [] {
      also.append(try ruleReference(value.string ?? ""))
    }
    return Infraction(
      category: try choice("category"), score: Double(try number("score", in: data)) / 1000,
      rule: try ruleReference(try text("rule")), kind: try slug("infraction_kind"), also: also,
      post: opened.post, content: opened.content,
      published: try instant("published", in: data),
      postsSeen: try number("posts_seen", in: data),
      packs: (data["packs"]?.array ?? []).compactMap(\.string),
      held: data["held"] == nil ? nil : try choice("held"), evidence: opened.evidence)
  }

  private func strike(of id: InfractionID) throws(StoreError) -> Strike? {
    guard let object = data["strike"] else { return nil }
    var strike = Strike(
      infraction: id, at: try instant("at", in: object), points: try number("points", in: object),
      gravity: try choice("gravity", in: object),
      expires: try optionalInstant("expires", in: object))
    strike.overturned = try optionalInstant("overturned", in: object)
    return strike
  }
}
