internal import Enforcement
internal import Gate
internal import Logging
internal import Records

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
  let logger: Logger

  /// Puts all orders in effect that the record has in force or confirmed.
  func start() throws(StoreError) {
    let enforceable = journal.register.orders.values.filter(\.isEnforceable)
    let serial = try journal.lastRuleChange() ?? 0
    board.enforce(
      try enforceable.sorted { $0.id < $1.id }.map { order throws(StoreError) in
        try rules(of: order, serial: serial)
      })
    journal.observe { events in apply(events) }
  }

  private func apply(_ events: [RecordedEvent]) {
    let register = journal.register
    clock.follow(register.lastEvent)
    // An order's counter goes with the order.
    keeper.sample()
    let changed = Set(events.compactMap(\.event.change.orderInWhole))
    let serial = events.last?.index ?? 0
    for id in changed.sorted() {
      guard let order = register.orders[id], order.isEnforceable else {
        board.withdraw(id)
        continue
      }
      telling(of: id) { () throws(StoreError) in
        board.enforce(try rules(of: order, serial: serial))
      }
    }
    for event in events {
      guard case .lineChanged(let id, let version, let line, let change) = event.event.change else {
        continue
      }
      telling(of: id) { () throws(StoreError) in try set(line, version, of: id, change) }
    }
    freshen(events.map(\.event.change), register)
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

  private func rules(of order: Order, serial: UInt64) throws(StoreError) -> OrderRules {
    var targets: [RuleTarget] = []
    targets.reserveCapacity(order.current.enforcedTargets)
    try journal.forEachRule(of: order.id, version: order.current.number) { name, scope in
      targets.append(RuleTarget(name: name, scope: scope))
    }
    return OrderRules(
      order: order.id, version: order.current.number, terms: order.terms,
      contestAddress: contestAddress(order.id), serial: UInt32(truncatingIfNeeded: serial),
      targets: targets)
  }
}
