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
  let clock: GateClock
  let contestAddress: @Sendable (OrderID) -> String
  let respondent: Respondent
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
    let changed = Set(events.compactMap(\.event.change.order))
    let serial = events.last?.index ?? 0
    for id in changed.sorted() {
      guard let order = register.orders[id], order.isEnforceable else {
        board.withdraw(id)
        continue
      }
      do throws(StoreError) {
        board.enforce(try rules(of: order, serial: serial))
      } catch {
        logger.error(
          "the rules of an order could not be read: they are as before",
          metadata: [
            "order": "\(id)", "reason": "\(error)",
          ])
      }
    }
  }

  private func rules(of order: Order, serial: UInt64) throws(StoreError) -> OrderRules {
    var targets: [RuleTarget] = []
    targets.reserveCapacity(order.current.enforcedTargets)
    try journal.forEachRule(of: order.id, version: order.current.number) { name, scope in
      targets.append(RuleTarget(name: name, scope: scope))
    }
    return OrderRules(
      order: order.id, version: order.current.number, terms: order.terms,
      contestAddress: contestAddress(order.id), respondent: respondent,
      serial: UInt32(truncatingIfNeeded: serial),
      targets: targets)
  }
}
