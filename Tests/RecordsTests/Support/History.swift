import DomainNames
import Enforcement
import GRDB

@testable import Records

/// A random life of a record, and what it must have come to by slow and simple reckoning.
struct History {
  let office: Office
  var random: SeededRandom
  /// Every event recorded so far.
  private(set) var events: [RecordedEvent]
  /// The targets of each version, as they were brought in.
  private(set) var lines: [VersionKey: [AssessedLine]] = [:]
  private var received = 0

  struct VersionKey: Hashable {
    let order: OrderID
    let version: Int
  }

  init(seed: UInt64) async throws {
    office = try await Office.open(seed: seed)
    random = SeededRandom(seed: seed)
    events = try office.journal.events()
  }

  private static let names = [
    "venue.example", "www.venue.example", "a.b.venue.example", "other.example", "other.test",
    "exchange.test", "b.exchange.test", "xn--fiqs8s", "x.xn--fiqs8s", "example",
  ]

  /// Lets some time pass and has one thing asked for; answers what was recorded.
  mutating func step() async throws {
    office.clock.wait(pause())
    let journal = office.journal
    let size = journal.size
    var brought: [AssessedLine] = []
    if random.chance(2, in: 5) {
      let (command, actor) = caseCommand(on: journal.register)
      _ = try await journal.perform(command, by: actor)
    } else if random.chance(1, in: 8), let id = inForce {
      _ = try await changeLine(of: id)
    } else {
      let (command, targets, lines) = try command(on: journal.register)
      brought = lines
      _ = try await journal.perform(command, by: random.pick(Office.staff).0, targets: targets)
    }
    for index in size..<journal.size {
      let recorded = try journal.event(at: index)
      events.append(recorded)
      if case .orderAssessed(let id, let version, _) = recorded.event.change {
        lines[VersionKey(order: id, version: version)] = brought
      }
    }
  }

  /// An order in force, if there is one.
  private var inForce: OrderID? {
    let orders = office.journal.register.orders.values
    return orders.filter { $0.state == .inForce }.map(\.id).min()
  }

  /// Has the brake pause a line, or an officer put one back.
  private mutating func changeLine(of id: OrderID) async throws -> Journal.Outcome {
    let line = LineID(line: Int.random(in: 1...6, using: &random))
    if random.chance(1, in: 2), let order = office.journal.register.orders[id],
      let paused = order.current.pausedLines.keys.min()
    {
      return try await office.journal.perform(
        .resumeLine(id, paused, reason: "looked at"), by: Office.officer)
    }
    let reading = BrakeReading(matched: 300, counted: 1_000, seconds: 60)
    return try await office.journal.perform(.pauseLine(id, line, reading), by: .system)
  }

  private mutating func pause() -> Duration {
    switch Int.random(in: 0..<10, using: &random) {
    case 0..<5: .zero
    case 5..<9: .seconds(Int64.random(in: 1...500_000, using: &random))
    default: .seconds(Int64.random(in: 1...9_000_000, using: &random))
    }
  }

  private mutating func command(
    on register: Register
  ) throws -> (Command, SealedTargets?, [AssessedLine]) {
    let known = register.orders.keys.sorted()
    let live = known.filter { register.orders[$0]?.state.isFinal == false }
    let id = live.isEmpty ? OrderID("o-19990101-1")! : random.pick(live)
    switch Int.random(in: 0..<16, using: &random) {
    case 0, 1, 2:
      received += 1
      let lines = targets()
      let parcel = try Parcel(claim("R-\(received)"), lines, random: .seeded(random.next()))
      return (.receiveOrder(parcel.submission), parcel.targets, lines)
    case 3, 4:
      let lines = targets()
      let reference = register.orders[id]?.terms.reference ?? "R-none"
      let parcel = try Parcel(claim(reference), lines, random: .seeded(random.next()))
      return (.amendOrder(id, parcel.submission), parcel.targets, lines)
    case 5, 6, 7: return (.settleLines(id, proposals(register.orders[id]), reason: "seen"), nil, [])
    case 8, 9, 10, 11, 12: return (.confirmOrder(id), nil, [])
    case 13: return (.suspendOrder(id, reason: "a court asked"), nil, [])
    case 14: return (.resumeOrder(id, reason: "the court has ruled"), nil, [])
    default:
      if random.chance(1, in: 2) { return (.revokeOrder(id, reason: "withdrawn"), nil, []) }
      let digest = (0..<32).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      return digest[0].isMultiple(of: 2)
        ? (.replaceToken(person("axel"), tokenDigest: digest), nil, [])
        : (.receiveContest(Contest(order: id, statement: "not ours")), nil, [])
    }
  }

  private mutating func claim(_ reference: String) -> OrderClaim {
    let now = office.clock.now
    var claim = OrderClaim.sample(reference)
    claim.issued = now.description
    claim.effective = random.chance(1, in: 2) ? nil : (now + days(-3...20)).description
    claim.expires = (now + days(10...90)).description
    claim.contact = random.chance(1, in: 2) ? "contact@authority.example" : nil
    return claim
  }

  private mutating func days(_ range: ClosedRange<Int64>) -> Duration {
    .seconds(Int64.random(in: range, using: &random) * 86_400)
  }

  private mutating func targets() -> [AssessedLine] {
    (1...Int.random(in: 1...6, using: &random)).map { line in
      .target(
        line, random.pick(Self.names),
        random.pick([.accept, .accept, .accept, .hold, .quarantine, .refuse, .duplicate]),
        random.pick(Scope.allCases))
    }
  }

  private mutating func proposals(_ order: Order?) -> [LineID: ProposedSettlement] {
    var proposals: [LineID: ProposedSettlement] = [:]
    for (line, decision) in (order?.unconfirmed?.openLines ?? [:]).sorted(by: { $0.key < $1.key }) {
      switch Int.random(in: 0..<4, using: &random) {
      case 0: proposals[line] = ProposedSettlement(outcome: .dropped)
      case 1 where decision == .hold: proposals[line] = ProposedSettlement(outcome: .accepted)
      case 2:
        let name = domain(random.pick(Self.names))
        proposals[line] = ProposedSettlement(
          outcome: .read(as: name, scope: .exact),
          assessed: AssessedLine(
            source: SourceLine(id: line, input: "?", reading: .name(name, .plain)),
            decision: .accept, name: name, scope: .exact))
      default: continue
      }
    }
    return proposals
  }
}

// MARK: - The slow reckoning

extension History {
  /// Whether enough has happened for each view to have something to lose; sooner or later it has.
  ///
  /// Those of accounts apart, which have histories of their own.
  var fillsEveryView: Bool {
    get throws {
      if events.count >= 1_000 { return true }
      return try office.journal.read { db in
        try Schema.viewTables.filter { !Schema.accountViewTables.contains($0) }.allSatisfy {
          table in
          try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM \(table))") == true
        }
      }
    }
  }

  /// The register by folding every event.
  var register: Register {
    var register = Register()
    for recorded in events { register.apply(recorded.event) }
    return register
  }

  /// The entries that are about an order, refused attempts included.
  func history(of id: OrderID) -> [RecordedEvent] {
    events.filter { recorded in
      if case .actionRefused(_, let refused, _) = recorded.event.change { return refused == id }
      if case .contestReceived(let contest) = recorded.event.change { return contest.order == id }
      return recorded.event.change.order == id
    }
  }

  /// What a version enforces: accepted targets, and what people said of the others.
  func rules(of key: VersionKey) -> Set<RecordedRule> {
    var rules: Set<RecordedRule> = []
    func add(_ line: LineID, _ name: DomainName?, _ scope: Scope?) {
      guard let name, let scope else { return }
      rules.insert(
        RecordedRule(
          order: key.order, version: key.version, name: name, scope: scope, line: line))
    }
    let targets = lines[key] ?? []
    for target in targets where target.decision == .accept {
      add(target.source.id, target.name, target.scope)
    }
    for recorded in events {
      guard
        case .lineSettled(key.order, key.version, let line, let settlement) =
          recorded.event.change
      else { continue }
      switch settlement.outcome {
      case .dropped: break
      case .accepted:
        let target = targets.first { $0.source.id == line }
        add(line, target?.name, target?.scope)
      case .read(let name, let scope): add(line, name, scope)
      }
    }
    return rules
  }

  /// All rules of all versions that cover a name.
  func rules(covering name: DomainName) -> Set<RecordedRule> {
    lines.keys.reduce(into: []) { found, key in
      found.formUnion(
        rules(of: key).filter { rule in
          rule.scope == .exact ? rule.name == name : name.isAtOrBelow(rule.name)
        })
    }
  }

  /// When each version of an order was in force.
  func intervals(of id: OrderID) -> [RecordedInterval] {
    var intervals: [RecordedInterval] = []
    func close(_ moment: Instant) {
      guard let last = intervals.indices.last, intervals[last].until == nil else { return }
      intervals[last].until = max(intervals[last].since, moment)
    }
    for recorded in history(of: id) {
      switch recorded.event.change {
      case .orderInForce(_, let version, let due):
        close(due)
        intervals.append(RecordedInterval(order: id, version: version, since: due, until: nil))
      case .orderSuspended, .orderRevoked: close(recorded.event.time)
      case .orderExpired(_, let due): close(due)
      case .recordOpened, .personAdded, .tokenReplaced, .orderReceived, .orderAmended,
        .orderAssessed, .lineSettled, .orderConfirmed, .orderResumed, .lineChanged, .actionRefused,
        .clockCorrected, .contestReceived, .siteWatched, .siteDropped, .caseChanged, .conduct:
        break
      }
    }
    return intervals
  }

  /// When lines of an order were paused.
  func pauses(of id: OrderID) -> [RecordedPause] {
    var pauses: [RecordedPause] = []
    for recorded in history(of: id) {
      guard case .lineChanged(_, let version, let line, let change) = recorded.event.change else {
        continue
      }
      switch change {
      case .paused:
        pauses.append(
          RecordedPause(
            order: id, version: version, line: line, entry: recorded.index,
            since: recorded.event.time))
      case .resumed:
        let last = pauses.lastIndex { $0.version == version && $0.line == line }
        if let last { pauses[last].until = recorded.event.time }
      }
    }
    return pauses
  }

  /// The entry that put an order in force last, or confirmed it last where it never was.
  func entryInForce(of id: OrderID) -> UInt64? {
    let story = history(of: id)
    let inForce = story.last {
      if case .orderInForce = $0.event.change { true } else { false }
    }
    let confirmed = story.last {
      if case .orderConfirmed = $0.event.change { true } else { false }
    }
    return (inForce ?? confirmed)?.index
  }
}
