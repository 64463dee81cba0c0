@testable import Enforcement

/// What people and the system ask about sites and cases, sensible and not.
extension Crowd {
  mutating func caseCommand(on register: Register, at now: Instant) -> Command {
    let id = caseID(of: register)
    let known = register.book[id]
    switch Int.random(in: 0..<24, using: &random) {
    case 0: return .watchSites([site(), site()], reason: reason())
    case 1: return .dropSites([site()], reason: reason())
    case 2, 3, 4, 5: return .reportFinding(finding(at: now))
    case 6, 7, 8, 9:
      let evidence = random.chance(1, in: 12) ? .sample(99) : known?.newestEvidence ?? .sample(1)
      return .reviewCase(id, evidence: evidence, remark: reason())
    case 10, 11, 12: return .prepareNotice(id, notice(of: known, at: now))
    case 13, 14, 15:
      let place = DeliveryPlace(
        notice: known?.notices.count ?? 1, recipient: Int.random(in: 1...3, using: &random))
      return .recordDelivery(
        id, place, random.chance(1, in: 3) ? .failed(reason: "550 no") : .sent(reply: "250 OK"))
    case 16, 17, 18, 19, 20:
      let outcome = random.pick([RecheckOutcome.gone, .gone, .gone, .gone, .present, .unreachable])
      let earlier = Duration.seconds(random.chance(1, in: 5) ? -90_000 : 0)
      return .recordRecheck(id, Recheck(outcome: outcome, seen: now + earlier, detail: "seen"))
    case 21: return .closeCase(id, as: random.pick(CaseClosing.allCases), reason: reason())
    case 22: return .referCase(id, reason: reason())
    default: return .closeCase(id, as: .dismissed, reason: reason())
    }
  }

  /// Few sites and few digests, so that findings meet their like.
  private mutating func site() -> Site { .sample(Int.random(in: 0..<4, using: &random)) }

  private mutating func finding(at now: Instant) -> Finding {
    .sample(
      site(), random.pick([.venue, .tokenSale]), evidence: Int.random(in: 1...5, using: &random),
      seen: now, score: Double.random(in: 0...1, using: &random))
  }

  private mutating func notice(of known: CaseFile?, at now: Instant) -> Enforcement.Notice {
    let number = (known?.notices.count ?? 0) + (random.chance(1, in: 10) ? 2 : 1)
    return .sample(
      number: number, at: now, days: random.pick([0, 1, 2, 2, 3, 14, 90, 91]),
      recipients: random.pick([0, 1, 1, 2, 2, 3]))
  }

  /// Mostly a case that something can still happen to, the due ones first.
  private mutating func caseID(of register: Register) -> CaseID {
    let known = register.book.cases.keys.sorted()
    let due = register.book.dueNow.sorted()
    if !due.isEmpty, random.chance(1, in: 2) { return random.pick(due) }
    let live = known.filter { register.book[$0]?.state.isFinal == false }
    if !live.isEmpty, random.chance(14, in: 15) { return random.pick(live) }
    return known.isEmpty || random.chance(1, in: 2) ? CaseID("c-19990101-1")! : random.pick(known)
  }
}
