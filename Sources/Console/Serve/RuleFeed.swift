internal import Enforcement
internal import Gate
internal import Logging
internal import Records
internal import TransparencyLog

/// Brings what is on the record into effect at the gate, event by event.
///
/// It runs between the commit and the answer to whoever asked: when a verb returns, the next query
/// finds the change.
struct RuleFeed: Sendable {
  let journal: Journal
  let board: RuleBoard
  let gatekeeper: Gatekeeper
  let keeper: TotalsKeeper
  let clock: GateClock
  let contestAddress: @Sendable (OrderID) -> String
  let respondent: Respondent
  let liftings: LiftingMeter
  let logger: Logger

  /// Puts all orders in effect that the record has in force or confirmed.
  func start() throws(StoreError) {
    let enforceable = journal.register.orders.values.filter(\.isEnforceable)
    let serial = try journal.lastRuleChange() ?? 0
    try enforce(enforceable.sorted { $0.id < $1.id }, serial: serial)
    for order in enforceable { try setPaused(order) }
    journal.observe { events in apply(events) }
  }

  private func apply(_ events: [RecordedEvent]) {
    let register = journal.register
    liftings.note(events)
    clock.follow(register.lastEvent)
    // An order's counter goes with the order.
    keeper.sample()
    refreshing(Set(events.compactMap(\.event.change.orderThatTouchesRules))) {
      enforce(events, register)
    }
  }

  private func enforce(_ events: [RecordedEvent], _ register: Register) {
    let changed = Set(events.compactMap(\.event.change.orderInWhole))
    let serial = events.last?.index ?? 0
    for id in changed.sorted() {
      guard let order = register.orders[id], order.isEnforceable else {
        board.withdraw(id)
        continue
      }
      telling(of: id) { () throws(StoreError) in
        try enforce([order], serial: serial)
        try setPaused(order)
      }
    }
    for event in events {
      guard case .lineChanged(let id, let version, let line, let change) = event.event.change else {
        continue
      }
      telling(of: id) { () throws(StoreError) in try set(line, version, of: id, change) }
    }
  }

  private func telling(of order: OrderID, _ body: () throws(StoreError) -> Void) {
    do throws(StoreError) {
      try body()
    } catch {
      logger.error(
        "the rules of an order could not be read: they are as before",
        metadata: ["order": "\(order)", "reason": "\(error)"])
    }
  }

  /// Takes the names of lines that the brake paused out of use, and puts back those that an officer
  /// did: the board takes in all names of an order alike.
  private func setPaused(_ order: Order) throws(StoreError) {
    for (line, pause) in order.current.pauses ?? [:] {
      let number = order.current.number
      guard let rule = try journal.rule(of: order.id, version: number, line: line) else { continue }
      let target = RuleTarget(name: rule.name, scope: rule.scope)
      board.set([target], of: order.id, paused: pause.lifted == nil)
    }
  }

  /// Takes the name of a line out of use, or puts it back.
  private func set(
    _ line: LineID, _ version: Int, of order: OrderID, _ change: LineChange
  ) throws(StoreError) {
    guard let rule = try journal.rule(of: order, version: version, line: line) else { return }
    let target = RuleTarget(name: rule.name, scope: rule.scope)
    switch change {
    case .paused: board.set([target], of: order, paused: true)
    case .resumed: board.set([target], of: order, paused: false)
    }
    gatekeeper.forgetAnswers(about: [rule.name])
  }

  /// Names that are compiled already are not read again.
  private func enforce(_ orders: [Order], serial: UInt64) throws(StoreError) {
    try board.enforce(orders.map { rules(of: $0, serial: serial) }) {
      rules, body throws(StoreError) in
      try journal.forEachRule(of: rules.order, version: rules.version) { name, scope in
        body(RuleTarget(name: name, scope: scope))
      }
    }
    if let fault = board.takeStoreFault() {
      logger.warning(
        "the file of compiled names could not be used; all orders are in effect without it",
        metadata: ["reason": "\(fault)"])
    }
  }

  private func rules(of order: Order, serial: UInt64) -> OrderRules {
    var rules = OrderRules(
      order: order.id, version: order.current.number, terms: order.terms,
      contestAddress: contestAddress(order.id), respondent: respondent,
      serial: UInt32(truncatingIfNeeded: serial), targets: [])
    rules.nameCount = order.current.enforcedTargets
    rules.identity = order.current.namesDigest
    return rules
  }
}

extension OrderVersion {
  /// A digest of what the names of this wording rest on: the root over its sealed targets, and how
  /// its open lines were settled.
  fileprivate var namesDigest: String {
    let settled = settlements.map { line, settlement in
      switch settlement.outcome {
      case .accepted: "\(line) accepted"
      case .dropped: "\(line) dropped"
      case .read(let name, let scope): "\(line) \(name) \(scope.rawValue)"
      }
    }
    let text = ([targetsRoot] + settled.sorted()).joined(separator: "\n")
    return TreeHash.leaf(Array(text.utf8)).hex
  }
}
