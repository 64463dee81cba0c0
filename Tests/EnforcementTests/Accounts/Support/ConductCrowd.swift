@testable import Enforcement

/// Asks for everything about platforms, rules and accounts, sensible and not, as anyone.
struct ConductCrowd {
  var random: SeededRandom
  private var newestPost = 0

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  private static let officers = ["olga", "otto", "oren", "ada"].map { Actor.named($0) }
  private static let all =
    officers + ["rita", "rosa", "carl", "axel", "meadow", "harbor", "nobody"].map { .named($0) }
  private static let accounts = ["alice", "bob", "carol", "dave"]
  private static let reasons = ["as agreed", "a court asked", "looked at it", " "]
  private static let ruleNames = [
    "no-solicitation", "no-promotion", "no-token-sale", "business-only", "ask-first",
  ]

  mutating func actor() -> Actor {
    if random.chance(1, in: 12) { return .system }
    if random.chance(1, in: 6) { return random.pick([.named("rita"), .named("rosa")]) }
    return random.pick(random.chance(2, in: 3) ? Self.officers : Self.all)
  }

  mutating func pause() -> Duration {
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<8: .zero
    case 8..<17: .milliseconds(Int64.random(in: 1...86_400_000, using: &random))
    case 17..<19: .days(Int.random(in: 1...20, using: &random))
    default: .days(Int.random(in: 20...200, using: &random))
    }
  }

  mutating func command(on book: ConductBook, at now: Instant) -> (ConductCommand, Actor) {
    let actor = actor()
    let first = Int.random(in: 0..<100, using: &random)
    switch first {
    case 0..<30:
      let teller: Actor = random.chance(1, in: 8) ? .named("meadow") : .system
      return (.reportInfractions(platform: Desk.meadow, posts(at: now)), teller)
    case 30..<45: return (.approveSanction(waiting(book), reason: reason()), actor)
    case 45..<48: return (.declineSanction(waiting(book), reason: reason()), actor)
    case 48..<53: return (proposal(on: book), actor)
    case 53..<56: return (.liftSanction(sanction(of: book), reason: reason()), actor)
    case 56..<60: return (.confirmSanction(sanction(of: book)), teller())
    case 60..<64: return (.recordNoticeDelivery(sanction(of: book)), teller())
    case 64..<68: return (.fileAppeal(sanction(of: book), text: reason()), .system)
    case 68..<69: return (.answerAppeal(appeal(of: book), text: reason()), actor)
    case 69..<75: return (.decideAppeal(appeal(of: book), outcome(book), reason: reason()), actor)
    case 75..<78: return (settlement(of: book), actor)
    case 78..<82: return (batch(on: book), actor)
    case 82..<86: return (move(of: book), actor)
    case 86..<91: return (aboutRules(book), actor)
    case 91..<95: return (aboutReports(book), random.chance(1, in: 9) ? actor : .system)
    case 95..<99: return (aboutAccounts(book), actor)
    default: return (aboutPlatform(book), actor)
    }
  }

  private mutating func teller() -> Actor {
    random.pick([.system, .named("meadow"), .named("harbor")])
  }

  private mutating func reason() -> String { random.pick(Self.reasons) }

  // MARK: Posts

  private mutating func posts(at now: Instant) -> [InfractionReport] {
    (0..<random.pick([1, 1, 1, 2, 5])).map { _ in
      if !random.chance(1, in: 10) { newestPost += 1 }
      let category =
        random.pick([.solicitation, .paymentAcceptance, .tokenSale, .solicitation, .venue])
        as FindingCategory
      let age = Int64.random(in: 0...7_200_000, using: &random)
      let trait = Enforcement.Trait(
        kind: random.pick(Enforcement.Trait.Kind.allCases), value: random.pick(["x", "y", "z"]))
      return InfractionReport.sample(
        random.pick(Self.accounts), post: newestPost, category,
        score: random.pick([0.5, 0.8, 0.99]), at: now + .milliseconds(-age),
        seen: Int.random(in: 1...40, using: &random),
        traits: random.chance(1, in: 3) ? [trait] : [], cites: rule())
    }
  }

  private mutating func rule() -> RuleReference {
    .sample(random.pick(Self.ruleNames), Int.random(in: 1...3, using: &random))
  }

  // MARK: Sanctions

  private mutating func waiting(_ book: ConductBook) -> SanctionID {
    let waiting = book.sanctions.values.filter { $0.state == .proposed }.map(\.id).sorted()
    return waiting.isEmpty || random.chance(1, in: 8) ? sanction(of: book) : random.pick(waiting)
  }

  private mutating func sanction(of book: ConductBook) -> SanctionID {
    SanctionID(count: Int.random(in: 1...(book.sanctions.count + 1), using: &random))
  }

  private mutating func account(of book: ConductBook) -> AccountID {
    AccountID(count: Int.random(in: 1...(book.accounts.count + 1), using: &random))
  }

  private mutating func appeal(of book: ConductBook) -> AppealID {
    let open = book.appeals.values.filter { $0.outcome == nil }.map(\.id).sorted()
    if !open.isEmpty, random.chance(7, in: 8) { return random.pick(open) }
    return AppealID(count: Int.random(in: 1...(book.appeals.count + 1), using: &random))
  }

  private mutating func terms() -> SanctionTerms {
    switch Int.random(in: 0..<9, using: &random) {
    case 0: .warning
    case 1, 2: .restriction(days: Int.random(in: 1...60, using: &random))
    case 3: SanctionTerms(kind: .restrict, restrictions: [.links, .posting], days: 9)
    case 4, 5, 6: .suspension(days: Int.random(in: 1...90, using: &random))
    case 7: .closing
    default: SanctionTerms(kind: .warn, days: 3)
    }
  }

  private mutating func proposal(on book: ConductBook) -> ConductCommand {
    let id = account(of: book)
    let known = book.accounts[id]?.infractions ?? []
    let named = known.filter { _ in random.chance(1, in: 2) }
    return .proposeSanction(
      id, terms(), infractions: named, clause: "Terms, section 4", reason: reason())
  }

  private mutating func outcome(_ book: ConductBook) -> AppealOutcome {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return .upheld
    case 1: return .reduced(terms())
    case 2: return .overturned([])
    default:
      return .overturned([
        InfractionID(count: Int.random(in: 1...(book.infractions.count + 1), using: &random))
      ])
    }
  }

  // MARK: Others

  private mutating func settlement(of book: ConductBook) -> ConductCommand {
    let held = book.infractions.values.filter { $0.state == .held }.map(\.id).sorted()
    let count = Int.random(in: 1...(book.infractions.count + 1), using: &random)
    let id =
      held.isEmpty || random.chance(1, in: 4) ? InfractionID(count: count) : random.pick(held)
    return .settleInfraction(id, random.pick(InfractionRuling.allCases), reason: reason())
  }

  private mutating func batch(on book: ConductBook) -> ConductCommand {
    let accounts = (1...(book.accounts.count + 1)).map { AccountID(count: $0) }
      .filter { _ in random.chance(2, in: 3) }
    let known = random.chance(1, in: 6) ? accounts : accounts.filter { book.accounts[$0] != nil }
    let action: Batch.Action =
      random.chance(1, in: 3) ? .lift : .impose(terms(), clause: "Terms, section 5")
    return .proposeBatch(action, known, reason: reason())
  }

  private mutating func move(of book: ConductBook) -> ConductCommand {
    let open = book.batches.values.filter { $0.state == .proposed }.map(\.id).sorted()
    let done = book.batches.values.filter { $0.state == .done }.map(\.id).sorted()
    if !done.isEmpty, random.chance(1, in: 6) {
      return .moveBatch(random.pick(done), .undone, reason: reason())
    }
    let any = BatchID(count: Int.random(in: 1...(book.batches.count + 1), using: &random))
    let id = open.isEmpty || random.chance(1, in: 3) ? any : random.pick(open)
    let state: Batch.State =
      random.chance(3, in: 5) ? .done : random.pick(Batch.State.allCases)
    return .moveBatch(id, state, reason: reason())
  }

  private mutating func aboutRules(_ book: ConductBook) -> ConductCommand {
    let known = book.rules.keys.sorted { ($0.rule, $0.version) < ($1.rule, $1.version) }
    let id = known.isEmpty || random.chance(1, in: 9) ? rule() : random.pick(known)
    switch Int.random(in: 0..<14, using: &random) {
    case 0: return .revertRule(id, reason: reason())
    case 1: return .breakRule(id, reason: reason())
    case 2, 3, 4:
      let name = random.pick(Self.ruleNames)
      return .writeRule(
        .sample(
          name, name == "no-promotion" ? .paymentAcceptance : .solicitation,
          kind: random.pick(["solicitation", "promotion", "unheard-of"]),
          accounts: name == "business-only" ? ["business"] : [], asksPerson: name == "ask-first"))
    default:
      let stage = random.pick(
        [
          .tested(trial: .sample(1)), .shadow, .share(500), .live, .live, .stopped,
        ] as [RuleStage])
      return .stageRule(id, stage, reason: reason())
    }
  }

  private mutating func aboutReports(_ book: ConductBook) -> ConductCommand {
    let report = ReportID(count: Int.random(in: 1...(book.reports.count + 1), using: &random))
    if random.chance(1, in: 2) { return .receiveReport(report, receipt: "R-1") }
    let due = book.reportsDue(at: .distantFuture).first?.sanctions ?? []
    let sanctions = random.chance(1, in: 3) ? [sanction(of: book)] : Array(due.prefix(3))
    let corrects = random.chance(1, in: 2) ? book.reportsToCorrect.first : nil
    return .makeReport(
      random.pick(Report.Kind.allCases), corrects?.sanctions ?? sanctions,
      corrects: corrects?.report, content: .sample(1),
      key: "k\(Int.random(in: 1...60, using: &random))")
  }

  private mutating func aboutAccounts(_ book: ConductBook) -> ConductCommand {
    let party = PartyID(count: Int.random(in: 1...(book.parties.count + 1), using: &random))
    switch Int.random(in: 0..<7, using: &random) {
    case 0:
      return .setParty(
        random.chance(1, in: 2) ? nil : party,
        PartyEntry(
          name: "Orchid Ltd", kind: .firm, registration: random.pick([nil, "R-1", "R-2"])))
    case 6:
      return .reviewAccount(
        account(of: book),
        AccountReview(
          reviewer: random.pick(["Wei", " "]), at: Instant(milliseconds: 1_000),
          category: random.pick([slug("business"), slug("media")]),
          filing: random.pick([nil, "F-1", "F-2"]), newsPermit: random.pick([nil, "N-1"])))
    case 1: return .setHold(account(of: book), reason: random.pick([nil, reason()]))
    case 2: return .eraseParty(party)
    case 3:
      return .settleLead(
        LeadID(count: Int.random(in: 1...(book.leads.count + 1), using: &random)),
        random.pick(Lead.Settled.allCases), reason: reason())
    default:
      let identity = AccountIdentity(
        key: random.pick(Self.accounts), handle: random.pick([nil, "@new", "@newer"]),
        filing: random.pick([nil, "F-1", "F-2"]))
      let entry = AccountEntry(
        identity: identity, category: random.pick([nil, slug("business"), slug("personal")]),
        party: random.chance(2, in: 3) ? PartyID(count: random.pick([1, 2])) : nil)
      return .registerAccounts(platform: Desk.meadow, [entry])
    }
  }

  private mutating func aboutPlatform(_ book: ConductBook) -> ConductCommand {
    if random.chance(1, in: 2) {
      var platform = Platform.sample(random.pick(["meadow", "harbor"]))
      platform.postsArePublic = !random.chance(1, in: 4)
      platform.terms.appealDays = random.pick([0, 30, 184])
      platform.terms.keepDays = 184
      return .setPlatform(platform)
    }
    var ladder = Ladder.sample(version: Int.random(in: 1...9, using: &random))
    ladder.rungs[1].points = random.pick([4, 5, 6, 11])
    ladder.rungs[2].approvals = random.pick([0, 1, 2])
    ladder.infractions[0].points = random.pick([1, 2])
    return .adoptLadder(platform: slug(random.pick(["meadow", "harbor"])), ladder)
  }
}
