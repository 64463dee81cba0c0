import Enforcement

@testable import Records

/// The random life of a platform's accounts.
struct ConductHistory {
  let office: Office
  var random: SeededRandom
  private var posts = 0

  init(seed: UInt64) async throws {
    // Short terms, so that erasures come about.
    office = try await Office.ofConduct(
      seed: seed, terms: PlatformTerms(appealDays: 5, answerDays: 2, reportHours: nil, keepDays: 5))
    random = SeededRandom(seed: seed)
  }

  /// Lets some time pass, and has one thing asked for.
  mutating func step() async throws {
    if random.chance(1, in: 2) {
      office.clock.wait(.seconds(Int64.random(in: 0...400_000, using: &random)))
    }
    let (command, actor) = command()
    _ = try await office.journal.perform(.conduct(command), by: actor)
  }

  var events: [RecordedEvent] { get throws { try office.journal.events() } }

  private mutating func command() -> (ConductCommand, Actor) {
    switch Int.random(in: 0..<32, using: &random) {
    case 30..<32: return (review(), random.pick(Office.reviewers + Office.officers))
    case 0..<9: return (infractions(), .system)
    case 9..<11: return (register(), random.pick(Office.officers))
    case 11: return (.setParty(maybe(any(3)), party()), random.pick(Office.officers))
    case 12:
      return (
        .settleInfraction(
          any(office.book.infractions.count), random.pick(InfractionRuling.allCases),
          reason: "looked at it"), random.pick(Office.reviewers)
      )
    case 13..<25: return sanctionCommand()
    default: return otherCommand()
    }
  }

  private mutating func sanctionCommand() -> (ConductCommand, Actor) {
    let waiting = office.book.sanctions.values.filter { $0.state == .proposed }.map(\.id).sorted()
    let id: SanctionID = waiting.isEmpty ? any(office.book.sanctions.count) : random.pick(waiting)
    let some: SanctionID = any(office.book.sanctions.count)
    let appeal: AppealID = any(office.book.appeals.count)
    let officer = random.pick(Office.officers)
    switch Int.random(in: 0..<13, using: &random) {
    case 0:
      return (
        .proposeSanction(
          any(6), random.pick([.restriction, SanctionTerms(kind: .suspend, days: 9)]),
          infractions: [], clause: "clause that olga wrote", reason: "seen often"), officer
      )
    case 1, 2, 3, 4: return (.approveSanction(id, reason: "agreed"), officer)
    case 5: return (.declineSanction(id, reason: "not yet"), officer)
    case 6: return (.liftSanction(some, reason: "made good"), officer)
    case 7: return (.confirmSanction(some), .system)
    case 8: return (.recordNoticeDelivery(some), .system)
    case 9: return (.fileAppeal(some, text: "it was not me"), .system)
    case 10: return (.answerAppeal(appeal, text: "please look again"), .system)
    default:
      let outcome = random.pick([
        AppealOutcome.upheld, .reduced(SanctionTerms(kind: .warn)),
        .overturned([any(office.book.infractions.count)]),
      ])
      return (
        .decideAppeal(appeal, outcome, reason: "weighed"),
        random.pick(Office.reviewers + Office.officers)
      )
    }
  }

  private mutating func otherCommand() -> (ConductCommand, Actor) {
    let officer = random.pick(Office.officers)
    switch Int.random(in: 0..<12, using: &random) {
    case 0:
      return (.settleLead(any(office.book.leads.count), .same, reason: "one voice"), officer)
    case 1:
      let action = random.pick([
        Batch.Action.lift, .impose(.restriction, clause: "clause of the batch"),
      ])
      return (.proposeBatch(action, [any(6), any(6)], reason: "a wave"), officer)
    case 2, 3:
      let state = random.pick([Batch.State.done, .done, .declined, .undone])
      return (.moveBatch(any(office.book.batches.count), state, reason: "as seen"), officer)
    case 4, 5:
      posts += 1
      let corrects: ReportID? = maybe(any(office.book.reports.count))
      return (
        .makeReport(
          random.pick(Report.Kind.allCases), [any(office.book.sanctions.count)],
          corrects: corrects, content: .numbered(posts), key: "key-\(posts)"), .system
      )
    case 6, 7:
      return (.receiveReport(any(office.book.reports.count), receipt: "receipt 12"), .system)
    case 8:
      let reason: String? = random.chance(1, in: 3) ? "a court asked" : nil
      return (.setHold(any(6), reason: reason), Office.administrator)
    case 9:
      let rule = RuleReference(rule: slug(random.pick(Office.rules)), version: 1)
      return random.chance(1, in: 8)
        ? (.revertRule(rule, reason: "it was wrong"), Office.officer)
        : (.breakRule(RuleReference(rule: slug("no-rule"), version: 1), reason: "no"), .system)
    default: return (.eraseParty(any(3)), Office.administrator)
    }
  }

  private mutating func infractions() -> ConductCommand {
    let now = office.clock.now
    let reports = (0..<Int.random(in: 1...3, using: &random)).map { _ in
      posts += 1
      let wallet = Trait(kind: .wallet, value: "wallet-\(Int.random(in: 1...2, using: &random))")
      return InfractionReport.sample(
        key(), post: posts,
        random.pick([.solicitation, .solicitation, .paymentAcceptance, .tokenSale]), at: now,
        traits: random.chance(1, in: 2) ? [wallet] : [])
    }
    return .reportInfractions(platform: Office.meadow, reports)
  }

  private mutating func register() -> ConductCommand {
    let key = key()
    return .registerAccounts(
      platform: Office.meadow,
      [
        AccountEntry(
          identity: AccountIdentity(
            key: key, handle: "@\(key)-\(Int.random(in: 1...3, using: &random))-handle",
            filing: "filing-of-\(key)"), category: maybe(slug("business")), party: any(3),
          language: "zh-Hans", agreement: "2024-05", opened: instant("2017-01-01"))
      ])
  }

  private mutating func review() -> ConductCommand {
    .reviewAccount(
      any(6),
      AccountReview(
        reviewer: "rita", at: office.clock.now,
        category: random.pick([slug("media"), slug("shop")]),
        filing: maybe("filing-\(Int.random(in: 1...2, using: &random))"),
        newsPermit: maybe("permit-9")))
  }

  private mutating func party() -> PartyEntry {
    PartyEntry(
      name: "Party \(Int.random(in: 1...9, using: &random)) Ltd", kind: .firm,
      registration: "registration-\(Int.random(in: 76...77, using: &random))",
      group: maybe("the-circle"))
  }

  private mutating func key() -> String {
    random.pick(["amy-a", "ben-b", "cleo-c", "dan-d", "eli-e"])
  }

  private mutating func any<Number: RecordNumber>(_ count: Int) -> Number {
    Number(count: Int.random(in: 1...max(1, count), using: &random))
  }

  private mutating func maybe<Value>(_ value: Value) -> Value? {
    random.chance(1, in: 2) ? value : nil
  }
}
