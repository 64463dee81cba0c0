internal import Enforcement
internal import TransparencyLog

/// What is written once of a sanction, or seldom changes.
struct SanctionBody: Equatable {
  var plan: SanctionPlan
  var proposedBy: Actor
  var approvedBy: [Actor]
  var notice: SanctionNotice?
}

/// A sanction's body as canonical JSON, with the names that the types have.
///
/// By hand, since each sanction is written when it is imposed and all are read at the start: that
/// takes a tenth of what coders by reflection take.
extension SanctionBody {
  /// The body as one text, the same in every run.
  var text: String {
    get throws {
      var members: Members = [
        ("plan", Self.json(plan)), ("proposedBy", .string(proposedBy.description)),
        ("approvedBy", .array(approvedBy.map { .string($0.description) })),
      ]
      if let notice { members.append(("notice", Self.json(notice))) }
      return String(
        decoding: try CanonicalJSON.object(CanonicalJSON.Object(members)).canonicalBytes,
        as: UTF8.self)
    }
  }

  private typealias Members = [(String, CanonicalJSON)]

  private static func json(_ plan: SanctionPlan) -> CanonicalJSON {
    var members: Members = [
      ("terms", json(plan.terms)), ("ground", json(plan.ground)),
      ("approvals", .integer(Int64(plan.approvals))), ("automation", json(plan.automation)),
    ]
    if let batch = plan.batch { members.append(("batch", .string(batch.description))) }
    return .object(CanonicalJSON.Object(members))
  }

  private static func json(_ terms: SanctionTerms) -> CanonicalJSON {
    var members: Members = [
      ("kind", .string(terms.kind.rawValue)),
      ("restrictions", .array(terms.restrictions.map { .string($0.rawValue) })),
    ]
    if let days = terms.days { members.append(("days", .integer(Int64(days)))) }
    return .object(CanonicalJSON.Object(members))
  }

  private static func json(_ automation: SanctionPlan.Automation) -> CanonicalJSON {
    ["detection": .bool(automation.detection), "decision": .bool(automation.decision)]
  }

  private static func json(_ ground: SanctionGround) -> CanonicalJSON {
    var members: Members = [
      ("infractions", .array(ground.infractions.map { .string($0.description) })),
      ("points", .integer(Int64(ground.points))),
      ("rungPoints", .integer(Int64(ground.rungPoints))),
      ("clauses", .array(ground.clauses.map { .string($0) })),
      ("share", .integer(Int64(ground.share))), ("warned", .bool(ground.warned)),
      ("reached", .integer(Int64(ground.reached))),
      (
        "setAside",
        .array(
          ground.setAside.map {
            ["kind": .string($0.kind.rawValue), "why": .string($0.why.rawValue)]
          })
      ),
    ]
    if let ladder = ground.ladder {
      members.append(
        ("ladder", ["name": .string(ladder.name.text), "version": .integer(Int64(ladder.version))]))
    }
    if let gravity = ground.gravity { members.append(("gravity", .string(gravity.rawValue))) }
    return .object(CanonicalJSON.Object(members))
  }

  private static func json(_ notice: SanctionNotice) -> CanonicalJSON {
    var members: Members = [
      ("language", .string(notice.language)), ("terms", json(notice.terms)),
      ("territory", .array(notice.territory.map { .string($0) })),
      ("ground", json(notice.ground)), ("automation", json(notice.automation)),
      ("appealAddress", .string(notice.appealAddress)),
      ("appealDays", .integer(Int64(notice.appealDays))),
    ]
    if let until = notice.until { members.append(("until", .string(until.description))) }
    return .object(CanonicalJSON.Object(members))
  }
}

// MARK: - Reading

extension SanctionBody {
  /// Reads the text of a body; nil where it is none.
  init?(text: String) {
    guard let json = try? CanonicalJSON(parsing: Array(text.utf8)),
      let plan = json["plan"].flatMap(Self.plan),
      let proposedBy = json["proposedBy"]?.string.flatMap({ Actor(text: $0) }),
      let approvedBy = Self.all(json["approvedBy"], { $0.string.flatMap { Actor(text: $0) } })
    else { return nil }
    self.plan = plan
    self.proposedBy = proposedBy
    self.approvedBy = approvedBy
    guard let notice = json["notice"] else { return }
    guard let read = Self.notice(notice) else { return nil }
    self.notice = read
  }

  /// All elements of a list; nil where one says nothing.
  private static func all<Value>(
    _ list: CanonicalJSON?, _ read: (CanonicalJSON) -> Value?
  ) -> [Value]? {
    guard let elements = list?.array else { return nil }
    let values = elements.compactMap(read)
    return values.count == elements.count ? values : nil
  }

  private static func plan(_ json: CanonicalJSON) -> SanctionPlan? {
    guard let terms = json["terms"].flatMap(terms), let ground = json["ground"].flatMap(ground),
      let approvals = json["approvals"]?.integer,
      let automation = json["automation"].flatMap(automation)
    else { return nil }
    let batch = json["batch"]?.string.flatMap { BatchID(text: $0) }
    guard (batch == nil) == (json["batch"] == nil) else { return nil }
    return SanctionPlan(
      terms: terms, ground: ground, approvals: Int(approvals), automation: automation,
      batch: batch)
  }

  private static func terms(_ json: CanonicalJSON) -> SanctionTerms? {
    guard let kind = json["kind"]?.string.flatMap(SanctionKind.init(rawValue:)),
      let restrictions = all(
        json["restrictions"], { $0.string.flatMap(Restriction.init(rawValue:)) })
    else { return nil }
    return SanctionTerms(
      kind: kind, restrictions: restrictions, days: json["days"]?.integer.map { Int($0) })
  }

  private static func automation(_ json: CanonicalJSON) -> SanctionPlan.Automation? {
    guard let detection = json["detection"]?.bool, let decision = json["decision"]?.bool else {
      return nil
    }
    return SanctionPlan.Automation(detection: detection, decision: decision)
  }

  private static func ground(_ json: CanonicalJSON) -> SanctionGround? {
    guard
      let infractions = all(
        json["infractions"], { $0.string.flatMap { InfractionID(text: $0) } }),
      let points = json["points"]?.integer, let rungPoints = json["rungPoints"]?.integer,
      let clauses = all(json["clauses"], \.string), let share = json["share"]?.integer,
      let warned = json["warned"]?.bool, let reached = json["reached"]?.integer,
      let setAside = all(json["setAside"], setAside)
    else { return nil }
    let gravity = json["gravity"]?.string.flatMap(Gravity.init(rawValue:))
    let ladder = json["ladder"].flatMap(ladder)
    guard (gravity == nil) == (json["gravity"] == nil), (ladder == nil) == (json["ladder"] == nil)
    else { return nil }
    return SanctionGround(
      infractions: infractions, points: Int(points), rungPoints: Int(rungPoints), ladder: ladder,
      clauses: clauses, share: Int(share), gravity: gravity, warned: warned,
      reached: Int(reached), setAside: setAside)
  }

  private static func setAside(_ json: CanonicalJSON) -> SanctionGround.SetAside? {
    guard let kind = json["kind"]?.string.flatMap(SanctionKind.init(rawValue:)),
      let why = json["why"]?.string.flatMap(SanctionGround.SetAside.Why.init(rawValue:))
    else { return nil }
    return SanctionGround.SetAside(kind: kind, why: why)
  }

  private static func ladder(_ json: CanonicalJSON) -> LadderReference? {
    guard let name = json["name"]?.string.flatMap({ Slug(text: $0) }),
      let version = json["version"]?.integer
    else { return nil }
    return LadderReference(name: name, version: Int(version))
  }

  private static func notice(_ json: CanonicalJSON) -> SanctionNotice? {
    guard let language = json["language"]?.string, let terms = json["terms"].flatMap(terms),
      let territory = all(json["territory"], \.string),
      let ground = json["ground"].flatMap(ground),
      let automation = json["automation"].flatMap(automation),
      let appealAddress = json["appealAddress"]?.string,
      let appealDays = json["appealDays"]?.integer
    else { return nil }
    let until = json["until"]?.string.flatMap { Instant(text: $0) }
    guard (until == nil) == (json["until"] == nil) else { return nil }
    return SanctionNotice(
      language: language, terms: terms, until: until, territory: territory, ground: ground,
      automation: automation, appealAddress: appealAddress, appealDays: Int(appealDays))
  }
}
