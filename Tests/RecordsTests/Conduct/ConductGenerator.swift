import Enforcement

@testable import Records

/// Makes every change that conduct knows, with any values; words that tell of a person bear a canary.
struct ConductGenerator {
  var random: SeededRandom
  private var canaries = 0

  /// What stands in every personal text, and must stand in no leaf.
  static let canary = "canary"

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  /// One change of each kind.
  mutating func allChanges() -> [ConductChange] {
    platformChanges() + accountChanges() + sanctionChanges() + otherChanges()
  }

  private mutating func platformChanges() -> [ConductChange] {
    [
      .platformSet(platform()), .ladderAdopted(platform: slug(), ladder()),
      .ruleWritten(rule()), .ruleStaged(reference(), stage(), reason: secret()),
      .ruleReverted(reference(), reason: secret()),
    ]
  }

  private mutating func accountChanges() -> [ConductChange] {
    let infraction = InfractionID(count: count())
    return [
      .partySet(PartyID(count: count()), party()),
      .accountOpened(AccountID(count: count()), platform: slug(), account()),
      .accountChanged(AccountID(count: count()), account()),
      .accountReviewed(AccountID(count: count()), review()),
      .infractionFound(
        infraction, AccountID(count: count()), self.infraction(), maybe(strike(infraction))),
      .infractionSettled(
        infraction, random.pick(InfractionRuling.allCases), maybe(strike(infraction)),
        reason: secret()),
      .holdSet(AccountID(count: count()), reason: maybe(secret())),
      .partyErased(PartyID(count: count()), accounts: numbers(0...3)),
      .partyErased(PartyID(count: count()), accounts: numbers(1_001...1_200)),
    ]
  }

  private mutating func sanctionChanges() -> [ConductChange] {
    let id = SanctionID(count: count())
    let account = AccountID(count: count())
    let plan = self.plan()
    return [
      .sanctionProposed(id, account, plan, reason: secret()),
      .sanctionApproved(id, reason: secret()), .sanctionDeclined(id, reason: secret()),
      .sanctionImposed(id, account, plan, notice(of: plan)),
      .sanctionImposed(id, account, plan, notice(of: self.plan())),
      .sanctionConfirmed(id), .noticeDelivered(id),
      .sanctionReduced(id, terms(), until: maybe(moment()), random.pick(LiftingCause.allCases)),
      .sanctionLifted(
        id, random.pick(LiftingCause.allCases), due: maybe(moment()), reason: secret()),
    ]
  }

  private mutating func otherChanges() -> [ConductChange] {
    let appeal = AppealID(count: count())
    let outcomes: [AppealOutcome] = [.upheld, .reduced(terms()), .overturned(numbers(0...4))]
    let batch = BatchID(count: count())
    return [
      .appealFiled(appeal, SanctionID(count: count()), text: secret()),
      .appealMessage(appeal, text: secret()),
      .appealDecided(appeal, random.pick(outcomes), reason: secret()),
      .leadNoted(
        Lead(
          id: LeadID(count: count()), account: AccountID(count: count()),
          earlier: AccountID(count: count()), kind: random.pick(Trait.Kind.allCases))),
      .leadSettled(
        LeadID(count: count()), random.pick(Lead.Settled.allCases), reason: secret()),
      .batchProposed(
        Batch(
          id: batch, action: random.pick([.lift, .impose(terms(), clause: secret())]),
          accounts: numbers(1...20), by: actor()), reason: secret()),
      .batchApproved(batch, reason: secret()),
      .batchMoved(batch, random.pick(Batch.State.allCases), reason: secret()),
      .reportMade(
        Report(
          id: ReportID(count: count()), kind: random.pick(Report.Kind.allCases),
          sanctions: numbers(1...30), corrects: maybe(ReportID(count: count())),
          content: digest(), made: moment(), key: "CDN-\(count())")),
      .reportReceived(ReportID(count: count()), receipt: secret()),
    ]
  }

  // MARK: Values

  mutating func count() -> Int { Int.random(in: 1...99_999, using: &random) }

  mutating func secret() -> String {
    canaries += 1
    return "\(Self.canary)-\(canaries) \"有\"\n\u{1F600}\\"
  }

  mutating func maybe<Value>(_ value: Value) -> Value? { random.chance(1, in: 2) ? value : nil }

  mutating func moment() -> Instant {
    Instant(milliseconds: Int64.random(in: 0...4_000_000_000_000, using: &random))
  }

  mutating func slug() -> Slug { Slug(text: "s-\(count())")! }

  mutating func reference() -> RuleReference { RuleReference(rule: slug(), version: count()) }

  mutating func digest() -> ContentDigest {
    let digits = "0123456789abcdef".map { $0 }
    return ContentDigest(hex: String((0..<64).map { _ in random.pick(digits) }))!
  }

  mutating func actor() -> Actor { .person(person("\(Self.canary).\(count())")) }

  mutating func numbers<Number: RecordNumber>(_ range: ClosedRange<Int>) -> [Number] {
    (0..<Int.random(in: range, using: &random)).map { _ in Number(count: count()) }
  }

  private mutating func platform() -> Platform {
    Platform(
      id: slug(), name: "Chat 有", language: "zh-Hans", territory: ["DE", "FR"],
      terms: PlatformTerms(
        appealDays: count(), answerDays: maybe(count()), reportHours: maybe(count()),
        keepDays: count()),
      appealAddress: "https://cordon.example", webhook: maybe("https://x.example/\(secret())"),
      postsArePublic: random.chance(1, in: 2))
  }

  private mutating func ladder() -> Ladder {
    let weights = (0..<3).map { _ in
      Ladder.Weight(
        kind: slug(), points: count(), gravity: random.pick(Gravity.allCases),
        decayDays: maybe(count()))
    }
    let rungs = (0..<4).map { _ in
      Ladder.Rung(
        points: count(), sanction: terms(), needsWarning: random.chance(1, in: 2),
        unlessGravity: maybe(random.pick(Gravity.allCases)), leastShare: count(),
        approvals: maybe(count()))
    }
    return Ladder(
      name: slug(), version: count(), infractions: weights, rungs: rungs, windowDays: count())
  }

  private mutating func rule() -> ConductRule {
    ConductRule(
      reference: reference(), category: random.pick(FindingCategory.allCases),
      leastScore: Double.random(in: 0...1, using: &random), platforms: [slug()], accounts: [],
      kind: slug(), clause: "art. 6 (7) 有", asksPerson: random.chance(1, in: 2),
      breaker: ConductRule.Breaker(share: count(), window: count(), least: count()),
      stage: stage(), author: actor())
  }

  private mutating func stage() -> RuleStage {
    random.pick([
      .draft, .tested(trial: digest()), .shadow, .share(count()), .live, .stopped,
    ])
  }

  private mutating func party() -> PartyEntry {
    PartyEntry(
      name: secret(), kind: random.pick(PartyEntry.Kind.allCases), registration: maybe(secret()),
      group: maybe(secret()))
  }

  private mutating func account() -> AccountEntry {
    AccountEntry(
      identity: AccountIdentity(key: secret(), handle: maybe(secret()), filing: maybe(secret())),
      category: maybe(slug()), party: maybe(PartyID(count: count())), language: maybe("zh-Hant"),
      agreement: maybe(secret()), opened: maybe(moment()))
  }

  private mutating func review() -> AccountReview {
    AccountReview(
      reviewer: secret(), at: moment(), category: slug(), filing: maybe(secret()),
      newsPermit: maybe(secret()))
  }

  mutating func infraction() -> Infraction {
    let pieces = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      EvidencePiece(
        signal: "venue.order-form", text: secret(), part: random.pick([.text, .url]), start: 3,
        end: 9, weight: Double.random(in: -3...3, using: &random))
    }
    let traits = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      Trait(kind: random.pick(Trait.Kind.allCases), value: secret())
    }
    return Infraction(
      category: random.pick(FindingCategory.allCases),
      score: Double.random(in: 0...1, using: &random), rule: reference(), kind: slug(),
      also: random.chance(1, in: 3) ? [reference(), reference()] : [], post: digest(),
      content: digest(), published: moment(), postsSeen: count(), packs: ["crypto-trading@1"],
      held: maybe(random.pick(Infraction.Hold.allCases)),
      evidence: InfractionEvidence(
        post: secret(), language: maybe("en"), pieces: pieces, traits: traits))
  }

  private mutating func strike(_ id: InfractionID) -> Strike {
    var strike = Strike(
      infraction: id, at: moment(), points: count(), gravity: random.pick(Gravity.allCases),
      expires: maybe(moment()))
    strike.overturned = random.chance(1, in: 4) ? moment() : nil
    return strike
  }

  mutating func terms() -> SanctionTerms {
    SanctionTerms(
      kind: random.pick(SanctionKind.allCases),
      restrictions: random.chance(1, in: 2) ? [.posting, random.pick(Restriction.allCases)] : [],
      days: maybe(count()))
  }

  private mutating func ground() -> SanctionGround {
    SanctionGround(
      infractions: numbers(0...300), points: count(), rungPoints: count(),
      ladder: maybe(LadderReference(name: slug(), version: count())),
      clauses: [secret(), secret()], share: count(),
      gravity: maybe(random.pick(Gravity.allCases)), warned: random.chance(1, in: 2),
      reached: count(),
      setAside: [
        SanctionGround.SetAside(
          kind: random.pick(SanctionKind.allCases),
          why: random.pick(SanctionGround.SetAside.Why.allCases))
      ])
  }

  private mutating func automation() -> SanctionPlan.Automation {
    SanctionPlan.Automation(
      detection: random.chance(1, in: 2), decision: random.chance(1, in: 2))
  }

  mutating func plan() -> SanctionPlan {
    SanctionPlan(
      terms: terms(), ground: ground(), approvals: count(), automation: automation(),
      batch: maybe(BatchID(count: count())))
  }

  /// The notice of a plan repeats it.
  private mutating func notice(of plan: SanctionPlan) -> SanctionNotice {
    SanctionNotice(
      language: "zh-Hans", terms: plan.terms, until: maybe(moment()), territory: ["DE"],
      ground: plan.ground, automation: plan.automation, appealAddress: secret(),
      appealDays: count())
  }
}
