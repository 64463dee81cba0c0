import DomainNames
import Enforcement

@testable import Gate

/// The rules in use as a plain list, asked by walking all of it.
struct SlowBoard {
  var protected: [DomainName]
  var orders: [OrderID: OrderRules] = [:]

  /// What is blocked, and by whom it may be.
  struct Block: Equatable {
    /// All orders with the rule that applies; any of them may be named.
    var orders: Set<OrderID>
    var matchedLabels: Int
    var mustExist: Bool
  }

  /// What blocks a name at a moment, or observes it; nil where nothing does.
  func block(
    on name: DomainName, at now: Int64, mode: EnforcementMode = .block
  ) -> Block? {
    guard !protected.contains(where: name.isAtOrBelow) else { return nil }
    var found: [(target: RuleTarget, order: OrderID)] = []
    for rules in orders.values where rules.mode == mode {
      guard rules.notBefore.milliseconds <= now, now < rules.notAfter.milliseconds else { continue }
      for target in rules.targets where target.covers(name) {
        found.append((target, rules.order))
      }
    }
    let rank = { (target: RuleTarget) in
      target.name.labelCount * 2 + (target.scope == .exact ? 1 : 0)
    }
    guard let best = found.map({ rank($0.target) }).max() else { return nil }
    let winners = found.filter { rank($0.target) == best }
    return Block(
      orders: Set(winners.map(\.order)), matchedLabels: winners[0].target.name.labelCount,
      mustExist: winners[0].target.scope == .exact
        || protected.contains { $0 != name && $0.isAtOrBelow(name) })
  }

  /// Whether a rule of some orders is about a name, whenever it applies.
  func hasRules(of orders: Set<OrderID>, about name: DomainName) -> Bool {
    !protected.contains(where: name.isAtOrBelow)
      && orders.contains { self.orders[$0]?.targets.contains { $0.covers(name) } == true }
  }
}

extension RuleTarget {
  fileprivate func covers(_ other: DomainName) -> Bool {
    scope == .exact ? name == other : other.isAtOrBelow(name)
  }
}
