import Foundation
import Testing

@testable import Enforcement

/// Histories of people, platforms and the system who ask for everything, while time passes.
@Suite struct `Conduct over random histories` {
  @Test(arguments: 0..<8 as Range<UInt64>)
  func `four eyes and separation of duties hold on every path`(seed: UInt64) throws {
    var history = try ConductHistory(seed: seed)
    for _ in 0..<500 { try history.step() }
    try history.checkWhole()
    #expect(history.decided > 100)
  }

  @Test func `reach every end of a sanction, and every refusal`() throws {
    var happened: Set<String> = []
    var refusals: Set<Refusal.Code> = []
    var holds: Set<Infraction.Hold> = []
    for seed in 100..<112 as Range<UInt64> {
      var history = try ConductHistory(seed: seed)
      for _ in 0..<500 { try history.step() }
      happened.formUnion(history.audit.happened)
      refusals.formUnion(history.refusals)
      holds.formUnion(history.desk.book.infractions.values.compactMap(\.infraction.held))
    }
    let ends = LiftingCause.allCases.map { "lifted \($0.rawValue)" }
    let kinds = SanctionKind.allCases.map { "imposed \($0.rawValue)" }
    let others: [String] = [
      "infraction count", "infraction dismiss", "infraction overturn", "reduced appeal",
      "reduced relief", "appeal decided", "batch done", "batch declined", "batch undone", "lead",
      "erased", "corrected", "rule reverted", "imposed in a batch",
    ]
    for expected in ends + kinds + others { #expect(happened.contains(expected), "\(expected)") }
    let expected: Set<Refusal.Code> = [
      .notAllowed, .sameOfficer, .tookPart, .wrongState, .missingReason, .missingField, .badField,
      .unknownNumber, .unknownRule, .unknownPlatform, .unknownPerson, .nothingToEnforce, .mustKeep,
      .tooLate,
    ]
    #expect(refusals.isSuperset(of: expected), "\(expected.subtracting(refusals))")
    #expect(holds.isSuperset(of: [.unknownCategory, .ruleStopped, .ruleAsks]))
  }
}

/// A desk, a crowd that asks, and an audit that looks on.
private struct ConductHistory {
  var desk: Desk
  var crowd: ConductCrowd
  var audit = ConductAudit()
  var refusals: Set<Refusal.Code> = []
  var decided = 0

  init(seed: UInt64) throws {
    desk = try Desk.ofConduct()
    crowd = ConductCrowd(seed: seed)
    try desk.enforce(
      .sample("business-only", .venue, kind: "promotion", accounts: ["business"]))
    try desk.enforce(.sample("ask-first", .venue, kind: "unheard-of", asksPerson: true))
    try desk.conduct(.setParty(nil, PartyEntry(name: "Orchid Ltd", kind: .firm)), by: Desk.officer)
    try audit.check(desk.events)
  }

  mutating func step() throws {
    desk.wait(until: desk.now + crowd.pause(), catchingUp: false)
    try audit.check(desk.catchUp())
    #expect(desk.register.dueEvents(at: desk.now).isEmpty)
    let (command, actor) = crowd.command(on: desk.book, at: desk.now)
    let asked = Command.conduct(command)
    if let refusal = desk.refusal(of: asked, by: actor) {
      refusals.insert(refusal.code)
      #expect(refusal.text.count > 15 && !refusal.text.contains("Optional("))
      #expect(refusal.text.trimmingWhitespace == refusal.text)
      return
    }
    let new = try desk.register.decide(asked, by: actor, at: desk.now)
    #expect(new.allSatisfy { $0.time == desk.now && ($0.actor == actor || $0.actor == .system) })
    desk.record(new)
    try audit.check(new)
    decided += new.isEmpty ? 0 : 1
    for account in desk.book.accounts.values {
      #expect(account.points(at: desk.now) == audit.points(of: account.id, at: desk.now))
    }
  }

  /// Folding the events again gives the same register, each rung is decided as it was then, and what
  /// a store keeps gives the same book.
  func checkWhole() throws {
    var folded = Register()
    var replayed = 0
    var newest: (infraction: InfractionID, account: AccountID)?
    for event in desk.events {
      if case .conduct(let change) = event.change {
        switch change {
        case .infractionFound(let id, let account, _, .some): newest = (id, account)
        case .infractionSettled(let id, .count, .some, _):
          newest = folded.conduct.infractions[id].map { (id, $0.account) }
        case .infractionFound, .infractionSettled: newest = nil
        case .sanctionProposed(_, let account, let plan, _),
          .sanctionImposed(_, let account, let plan, _):
          if plan.ground.ladder != nil, let trigger = newest, trigger.account == account,
            plan.ground.infractions.last == trigger.infraction
          {
            let again = folded.conduct.plan(
              for: account, after: trigger.infraction, at: event.time)
            #expect(again == plan)
            replayed += 1
            newest = nil
          }
        case .platformSet, .ladderAdopted, .ruleWritten, .ruleStaged, .ruleReverted, .partySet,
          .accountOpened, .accountChanged, .accountReviewed, .sanctionApproved, .sanctionDeclined,
          .sanctionConfirmed, .noticeDelivered, .sanctionReduced, .sanctionLifted, .appealFiled,
          .appealMessage, .appealDecided, .leadNoted, .leadSettled, .batchProposed,
          .batchApproved, .batchMoved, .reportMade, .reportReceived, .holdSet, .partyErased:
          break
        }
      }
      folded.apply(event)
    }
    #expect(folded == desk.register)
    #expect(replayed > 5)
    try checkKept()
  }

  private func checkKept() throws {
    let book = desk.book
    var kept = KeptConduct()
    kept.platforms = try again(Array(book.platforms.values))
    kept.ladders = book.ladders
    kept.rules = try again(Array(book.rules.values))
    kept.parties = try again(Array(book.parties.values))
    kept.accounts = try again(Array(book.accounts.values))
    kept.infractions = try again(Array(book.infractions.values))
    kept.sanctions = try again(Array(book.sanctions.values))
    kept.appeals = try again(Array(book.appeals.values))
    kept.leads = try again(Array(book.leads.values))
    kept.batches = try again(Array(book.batches.values))
    kept.reports = try again(Array(book.reports.values))
    let back = ConductBook(kept: kept)
    #expect(back.accounts == book.accounts && back.sanctions == book.sanctions)
    #expect(back.keys == book.keys && back.posts == book.posts && back.holdings == book.holdings)
    #expect(back.traits == book.traits && back.noted == book.noted)
    #expect(back.ending == book.ending && back.unreported == book.unreported)
    #expect(back.correcting == book.correcting && back.reportKeys == book.reportKeys)
    #expect(back == book)
  }

  private func again<Value: Codable>(_ values: [Value]) throws -> [Value] {
    try JSONDecoder().decode([Value].self, from: JSONEncoder().encode(values))
  }
}
