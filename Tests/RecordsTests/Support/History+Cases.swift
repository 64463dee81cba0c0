import Enforcement

@testable import Records

/// The random life of sites and cases.
extension History {
  /// What is asked about sites and cases, and by whom.
  mutating func caseCommand(on register: Register) -> (Command, Actor) {
    let now = office.clock.now
    let known = register.book.cases.keys.sorted()
    let due = register.book.dueNow.sorted()
    let live = known.filter { register.book[$0]?.state.isFinal == false }
    let choices = due.isEmpty || random.chance(1, in: 2) ? live : due
    let id = choices.isEmpty ? CaseID("c-19990101-1")! : random.pick(choices)
    let found = register.book[id]
    let person = random.pick(Office.staff).0
    switch Int.random(in: 0..<16, using: &random) {
    case 0: return (.watchSites([site()], reason: "a tip"), person)
    case 1: return (.dropSites([site()], reason: "closed"), person)
    case 2, 3, 4: return (.reportFinding(finding(at: now)), .system)
    case 5, 6, 7:
      let evidence = found?.newestEvidence ?? .sample("aa")
      return (.reviewCase(id, evidence: evidence, remark: "looked at"), person)
    case 8, 9:
      let letters = ["abuse@host.example", "desk@registrar.example"].map {
        NoticeLetter.sample(id.text, to: $0)
      }
      let days = Int64.random(in: 1...20, using: &random)
      let notice = Enforcement.Notice.sample(
        number: (found?.notices.count ?? 0) + 1, deadline: now + .seconds(days * 86_400),
        letters: letters)
      return (.prepareNotice(id, notice), person)
    case 10, 11:
      let place = DeliveryPlace(
        notice: found?.notices.count ?? 1, recipient: Int.random(in: 1...2, using: &random))
      let result = random.pick([DeliveryResult.sent(reply: "250 OK"), .failed(reason: "550 no")])
      return (.recordDelivery(id, place, result), .system)
    case 12, 13:
      let outcome = random.pick([RecheckOutcome.gone, .gone, .present, .unreachable])
      return (
        .recordRecheck(id, Recheck(outcome: outcome, seen: now, capture: .sample, detail: "200")),
        .system
      )
    case 14: return (.closeCase(id, as: random.pick(CaseClosing.allCases), reason: "done"), person)
    default: return (.referCase(id, reason: "it goes on"), person)
    }
  }

  private mutating func site() -> Site { Site(random.pick(["a.example", "b.example:8080/x/"]))! }

  private mutating func finding(at now: Instant) -> Finding {
    .sample(
      site().description, random.pick([.venue, .tokenSale]),
      evidence: random.pick(["a1", "a2", "a3", "a4"]), seen: now)
  }

  /// The entries that are about a case.
  func history(of id: CaseID) -> [RecordedEvent] {
    events.filter { recorded in
      guard case .caseChanged(id, _) = recorded.event.change else { return false }
      return true
    }
  }

  /// What has become of each letter of a case, by slow and simple reckoning.
  func deliveries(of id: CaseID) -> [DeliveryPlace: Delivery.State] {
    var states: [DeliveryPlace: Delivery.State] = [:]
    for recorded in history(of: id) {
      guard case .caseChanged(_, let change) = recorded.event.change else { continue }
      switch change {
      case .noticePrepared(let notice):
        for recipient in 1...notice.letters.count {
          states[DeliveryPlace(notice: notice.number, recipient: recipient)] = .pending
        }
      case .noticeSent(let place, _): states[place] = .sent
      case .noticeFailed(let place, _): states[place] = .failed
      case .resolved, .dismissed:
        for (place, state) in states where state == .pending { states[place] = .withdrawn }
      case .found, .reviewed, .due, .rechecked, .referred: break
      }
    }
    return states
  }
}
