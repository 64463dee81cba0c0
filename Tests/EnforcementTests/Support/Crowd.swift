import DomainNames

@testable import Enforcement

/// Asks a register for random things, sensible and not, as people of every role.
struct Crowd {
  var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  private static let names = [
    "ada", "olga", "otto", "carl", "rita", "axel", "nobody",
  ].map { person($0) }
  private static let reasons = ["because", " a court asked ", "überprüft 🙂", "as agreed", " \n"]
  private static let lines = (1...4).map { LineID(line: $0) } + [LineID(line: 2, part: 3)]

  mutating func actor() -> Actor {
    if random.chance(1, in: 40) { return .system }
    let deciders = Self.names.prefix(3)
    return .person(random.pick(random.chance(1, in: 2) ? Array(deciders) : Self.names))
  }

  /// Mostly the system for what is the system's own.
  mutating func actor(for command: Command) -> Actor {
    if case .pauseLine = command, !random.chance(1, in: 5) { return .system }
    return actor()
  }

  mutating func command(on register: Register, at now: Instant) -> Command {
    if random.chance(1, in: 3) { return caseCommand(on: register, at: now) }
    let id = order(of: register)
    if random.chance(1, in: 10) { return lineCommand(id, register.orders[id]) }
    switch Int.random(in: 0..<24, using: &random) {
    case 0: return .addPerson(random.pick(Self.names), random.pick(Role.allCases), tokenDigest: [1])
    case 1: return .replaceToken(random.pick(Self.names), tokenDigest: [2])
    case 2, 3, 4: return .receiveOrder(submission(at: now))
    case 5, 6, 7: return .amendOrder(id, amendment(of: register.orders[id], at: now))
    case 8, 9, 10, 11: return .settleLines(id, proposals(register.orders[id]), reason: reason())
    case 12, 13, 14, 15, 16, 17: return .confirmOrder(id)
    case 18, 19: return .suspendOrder(id, reason: reason())
    case 20, 21: return .resumeOrder(id, reason: reason())
    case 22: return .revokeOrder(id, reason: reason())
    default: return random.chance(1, in: 9) ? .correctClock(reason: reason()) : .confirmOrder(id)
    }
  }

  private mutating func lineCommand(_ id: OrderID, _ order: Order?) -> Command {
    let line = random.pick(Self.lines)
    if let paused = order?.current.pausedLines.keys.min(), random.chance(2, in: 3) {
      return .resumeLine(id, paused, reason: reason())
    }
    if random.chance(1, in: 4) { return .resumeLine(id, line, reason: reason()) }
    return .pauseLine(id, line, BrakeReading(matched: 300, counted: 1_000, seconds: 60))
  }

  /// Mostly an order that something can still happen to, now and then one that is over or unknown.
  private mutating func order(of register: Register) -> OrderID {
    let known = register.orders.keys.sorted()
    let live = known.filter { !register.orders[$0]!.state.isFinal }
    if !live.isEmpty, random.chance(14, in: 15) { return random.pick(live) }
    return known.isEmpty || random.chance(1, in: 2) ? OrderID("o-19990101-1")! : random.pick(known)
  }

  /// A step of time: often none, mostly minutes to weeks, now and then months of downtime.
  mutating func pause() -> Duration {
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<45: .zero
    case 45..<85: .milliseconds(Int64.random(in: 1...7_200_000, using: &random))
    case 85..<99: .seconds(Int64.random(in: 1...432_000, using: &random))
    default: .seconds(Int64.random(in: 1...17_280_000, using: &random))
    }
  }

  mutating func reason() -> String { random.pick(Self.reasons) }

  private mutating func submission(at now: Instant) -> Submission {
    claimed(reference: "R\(Int.random(in: 0..<400, using: &random))", at: now)
  }

  private mutating func amendment(of order: Order?, at now: Instant) -> Submission {
    let keeps = order != nil && !random.chance(1, in: 8)
    var amendment = claimed(reference: keeps ? order!.terms.reference : "R-other", at: now)
    if let order, random.chance(1, in: 3) {
      // A renewal from the moment the order ends, or a change some time after it begins.
      let begin = random.pick([order.terms.expires, order.terms.effective + .seconds(3600)])
      amendment.claim.effective = begin.description
      amendment.claim.expires = (begin + .seconds(864_000)).description
    }
    return amendment
  }

  private mutating func claimed(reference: String, at now: Instant) -> Submission {
    var claim = OrderClaim.sample(reference: reference)
    claim.issued = (now + days(-60...1)).description
    claim.effective = random.chance(1, in: 3) ? nil : (now + days(-5...40)).description
    claim.expires = random.chance(1, in: 15) ? nil : (now + days(-2...120)).description
    if random.chance(1, in: 15) { claim.basis = random.pick([nil, "", "\u{7}"]) }
    var open: [LineID: Decision] = [:]
    for line in Self.lines where random.chance(1, in: 7) {
      open[line] = random.pick([.hold, .quarantine])
    }
    return .sample(claim, accept: Int.random(in: 0...2, using: &random), open: open)
  }

  private mutating func days(_ range: ClosedRange<Int>) -> Duration {
    // Whole days now and then, so that two orders fall due at one moment.
    let whole = Int64(Int.random(in: range, using: &random)) * 86_400_000
    return .milliseconds(
      random.chance(1, in: 2) ? whole : whole + Int64.random(in: 0..<86_400_000, using: &random))
  }

  private mutating func proposals(_ order: Order?) -> [LineID: ProposedSettlement] {
    var lines = order?.unconfirmed?.openLines.keys.sorted() ?? []
    if lines.isEmpty || random.chance(1, in: 10) { lines.append(random.pick(Self.lines)) }
    var proposals: [LineID: ProposedSettlement] = [:]
    for line in lines where !random.chance(1, in: 4) { proposals[line] = proposal(for: line) }
    return proposals
  }

  private mutating func proposal(for line: LineID) -> ProposedSettlement {
    let meaning = domain(random.pick(["venue.example", "other.example", "com"]))
    switch Int.random(in: 0..<5, using: &random) {
    case 0, 1: return ProposedSettlement(outcome: .accepted)
    case 2: return ProposedSettlement(outcome: .dropped)
    default:
      let assessed = AssessedLine(
        source: SourceLine(id: line, input: "?", reading: .name(meaning, .plain)),
        decision: random.pick([.accept, .accept, .hold, .refuse]),
        name: random.chance(1, in: 8) ? nil : meaning, scope: .subtree)
      return ProposedSettlement(
        outcome: .read(as: meaning, scope: random.chance(1, in: 8) ? .exact : .subtree),
        assessed: random.chance(1, in: 8) ? nil : assessed)
    }
  }
}
