internal import DomainNames
internal import Enforcement

/// The names that rules of some orders were about at one moment, with those below them where the rules
/// say so; protected names are none of them.
///
/// It holds all rules of that moment, and is to be kept no longer than it is needed.
public struct RuleCover: Sendable {
  private let rules: RuleSnapshot
  /// By rule number: whether one of the orders has it.
  private let isMeant: [Bool]

  init(_ rules: RuleSnapshot, of orders: Set<OrderID>) {
    self.rules = rules
    let isOrderMeant = rules.orders.map { $0.map { orders.contains($0.order) } ?? false }
    isMeant = rules.sets.map { slots in slots.contains { isOrderMeant[$0] } }
  }

  /// Whether no rule of the orders was in use.
  public var isEmpty: Bool { !isMeant.contains(true) }

  /// Whether a name in wire form is one of them.
  func covers(_ name: Span<UInt8>) -> Bool {
    rules.index.lookup(name) { isMeant[Int($0)] }.rule != nil
  }
}
