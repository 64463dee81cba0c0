import Testing

@testable import Enforcement

/// Looks over the shoulders of those who sanction accounts.
///
/// What must hold is worked out from the recorded events alone, by other means than the register's.
struct ConductAudit {
  private var proposers: [SanctionID: Actor] = [:]
  private var approvers: [SanctionID: [Actor]] = [:]
  private var plans: [SanctionID: SanctionPlan] = [:]
  private var owners: [SanctionID: AccountID] = [:]
  private var imposed: [SanctionID: Instant] = [:]
  private var over: Set<SanctionID> = []
  private var batches: [BatchID: (batch: Batch, approvedBy: [Actor])] = [:]
  private var authors: [RuleReference: Actor] = [:]
  private var rules: [InfractionID: [RuleReference]] = [:]
  private var settlers: [InfractionID: Actor] = [:]
  private var appealed: [AppealID: SanctionID] = [:]
  private var posts: Set<ContentDigest> = []
  private var holders: [InfractionID: AccountID] = [:]
  private var strikes: [AccountID: [Strike]] = [:]
  /// The least that an account's points were since each rung was answered.
  private var lowest: [AccountID: [SanctionID: Int]] = [:]
  private(set) var happened: Set<String> = []

  mutating func check(_ events: [Event]) throws {
    for event in events {
      if case .conduct(let change) = event.change { try check(change, event) }
    }
  }

  private mutating func check(_ change: ConductChange, _ event: Event) throws {
    let actor = event.actor
    switch change {
    case .ruleWritten(let rule):
      #expect(rule.author == actor && actor != .system)
      authors[rule.reference] = actor
    case .ruleStaged(let rule, let stage, let reason):
      #expect(!reason.isEmpty)
      if stage.applies { #expect(actor != .system && authors[rule] != actor) }
    case .infractionFound(let id, let account, let infraction, let strike):
      #expect(posts.insert(infraction.post).inserted, "a post counts once")
      #expect((strike == nil) == (infraction.held != nil))
      rules[id] = [infraction.rule] + infraction.also
      holders[id] = account
      add(strike, to: account, at: event.time)
    case .infractionSettled(let id, let ruling, let strike, let reason):
      #expect(!reason.isEmpty && actor != .system)
      settlers[id] = actor
      happened.insert("infraction \(ruling.rawValue)")
      try settle(id, ruling, strike, event)
    case .sanctionProposed(let id, let account, let plan, let reason):
      #expect(proposers[id] == nil && !reason.isEmpty && plan.batch == nil)
      try begin(id, account, plan, by: actor, event)
    case .sanctionApproved(let id, let reason):
      #expect(actor != .system && actor != proposers[id] && !reason.isEmpty)
      #expect(approvers[id]?.contains(actor) == false && imposed[id] == nil)
      approvers[id]?.append(actor)
    case .sanctionDeclined(let id, _):
      #expect(over.insert(id).inserted && imposed[id] == nil)
      if actor == .system { forgetRung(of: id) }
    case .sanctionImposed(let id, let account, let plan, let notice):
      if proposers[id] == nil { try begin(id, account, plan, by: actor, event) }
      try impose(id, plan, notice, event)
    case .sanctionReduced(let id, let terms, _, let cause):
      let before = try #require(plans[id]?.terms)
      #expect(terms.isMilder(than: before) && !over.contains(id) && imposed[id] != nil)
      plans[id]?.terms = terms
      happened.insert("reduced \(cause.rawValue)")
      forgetRung(of: id)
    case .sanctionLifted(let id, let cause, let due, let reason):
      try end(id, cause, due, reason, event)
    case .appealFiled(let id, let sanction, let text):
      #expect(!text.isEmpty && imposed[sanction] != nil && !appealed.values.contains(sanction))
      appealed[id] = sanction
    case .appealDecided(let id, _, let reason):
      #expect(!reason.isEmpty && actor != .system)
      let part = try partTakers(in: #require(appealed[id]))
      #expect(!part.contains(actor), "\(actor) took part in what \(id) is about")
      happened.insert("appeal decided")
    case .batchProposed(let batch, _):
      #expect(batch.by == actor && actor != .system && batch.approvedBy.isEmpty)
      batches[batch.id] = (batch, [])
    case .batchApproved(let id, _):
      let known = try #require(batches[id])
      #expect(actor != .system && actor != known.batch.by && !known.approvedBy.contains(actor))
      batches[id]?.approvedBy.append(actor)
    case .batchMoved(let id, let state, _):
      if state == .done { #expect(batches[id]?.approvedBy.isEmpty == false) }
      happened.insert("batch \(state.rawValue)")
    case .leadNoted(let lead):
      #expect(lead.account != lead.earlier)
      happened.insert("lead")
    case .partyErased:
      happened.insert("erased")
      posts = []  // What was erased is not known again.
    case .reportMade(let report):
      #expect(report.sanctions.allSatisfy { imposed[$0] != nil })
      if report.corrects != nil { happened.insert("corrected") }
    case .ruleReverted: happened.insert("rule reverted")
    case .platformSet, .ladderAdopted, .partySet, .accountOpened, .accountChanged, .accountReviewed,
      .sanctionConfirmed, .noticeDelivered, .appealMessage, .leadSettled, .reportReceived,
      .holdSet:
      break
    }
  }

  // MARK: Strikes and rungs

  private mutating func add(_ strike: Strike?, to account: AccountID, at moment: Instant) {
    guard let strike else { return }
    noteLowest(of: account, at: moment)
    strikes[account, default: []].append(strike)
  }

  private mutating func noteLowest(of account: AccountID, at moment: Instant) {
    let points = points(of: account, at: moment)
    lowest[account] = lowest[account]?.mapValues { min($0, points) }
  }

  /// The points of an account, added up from its events.
  func points(of account: AccountID, at moment: Instant) -> Int {
    (strikes[account] ?? []).filter {
      $0.overturned == nil && ($0.expires ?? .distantFuture) > moment
    }
    .reduce(0) { $0 + $1.points }
  }

  private mutating func settle(
    _ id: InfractionID, _ ruling: InfractionRuling, _ strike: Strike?, _ event: Event
  ) throws {
    let account = try #require(holders[id])
    guard ruling == .overturn else {
      add(strike, to: account, at: event.time)
      return
    }
    let place = try #require(strikes[account]?.firstIndex { $0.infraction == id })
    strikes[account]?[place].overturned = event.time
    noteLowest(of: account, at: event.time)
  }

  /// A rung is answered once, until the points have fallen below it.
  private mutating func checkRung(
    _ id: SanctionID, _ account: AccountID, _ ground: SanctionGround
  ) {
    guard ground.ladder != nil else { return }
    for (earlier, low) in lowest[account] ?? [:] {
      let rung = plans[earlier]?.ground.rungPoints ?? 0
      let isAnswered = rung >= ground.rungPoints && low >= ground.rungPoints
      #expect(!isAnswered, "\(id) answers the rung of \(ground.rungPoints) after \(earlier)")
    }
    lowest[account, default: [:]][id] = .max
  }

  private mutating func forgetRung(of id: SanctionID) {
    guard let account = owners[id] else { return }
    lowest[account]?[id] = nil
  }

  // MARK: Sanctions

  private mutating func begin(
    _ id: SanctionID, _ account: AccountID, _ plan: SanctionPlan, by actor: Actor, _ event: Event
  ) throws {
    let batch = plan.batch.flatMap { batches[$0] }
    #expect(plan.batch == nil || batch != nil)
    proposers[id] = batch?.batch.by ?? actor
    approvers[id] = batch?.approvedBy ?? []
    plans[id] = plan
    owners[id] = account
    #expect(!plan.ground.infractions.isEmpty)
    if plan.ground.ladder != nil { #expect(actor == .system) }
    checkRung(id, account, plan.ground)
  }

  private mutating func impose(
    _ id: SanctionID, _ plan: SanctionPlan, _ notice: SanctionNotice, _ event: Event
  ) throws {
    #expect(imposed[id] == nil && !over.contains(id) && plans[id] == plan)
    imposed[id] = event.time
    let agreed = Set(approvers[id] ?? [])
    #expect(agreed.count >= [.warn: 0, .restrict: 0, .suspend: 1, .close: 2][plan.terms.kind]!)
    let proposer = try #require(proposers[id])
    #expect(agreed.count >= plan.approvals && !agreed.contains(proposer))
    #expect(agreed.allSatisfy { $0 != .system })
    #expect(notice.missing.isEmpty && notice.terms == plan.terms)
    #expect(notice.until == plan.terms.days.map { event.time + .seconds(86_400 * $0) })
    happened.insert("imposed \(plan.terms.kind.rawValue)")
    if plan.batch != nil { happened.insert("imposed in a batch") }
  }

  private mutating func end(
    _ id: SanctionID, _ cause: LiftingCause, _ due: Instant?, _ reason: String, _ event: Event
  ) throws {
    let began = try #require(imposed[id], "\(id) is lifted and was never imposed")
    #expect(!reason.isEmpty)
    happened.insert("lifted \(cause.rawValue)")
    switch cause {
    case .due:
      #expect(event.actor == .system && over.insert(id).inserted)
      let due = try #require(due)
      #expect(due <= event.time && due >= began)
    case .officer: #expect(event.actor != .system && over.insert(id).inserted)
    case .replaced:
      #expect(event.actor == .system && over.insert(id).inserted)
    case .appeal, .relief, .reverted, .undone:
      over.insert(id)
      forgetRung(of: id)
    }
  }

  private func partTakers(in id: SanctionID) throws -> Set<Actor> {
    let plan = try #require(plans[id])
    var part = Set([try #require(proposers[id])] + (approvers[id] ?? []))
    for infraction in plan.ground.infractions {
      if let settler = settlers[infraction] { part.insert(settler) }
      part.formUnion((rules[infraction] ?? []).compactMap { authors[$0] })
    }
    return part
  }
}
