internal import DNSWire
internal import DomainNames
internal import Enforcement
internal import Synchronization

/// How often an order's rules matched: totals, and nothing about who asked.
final class OrderCounter: Sendable {
  let blocked = Atomic<UInt64>(0)
  let observed = Atomic<UInt64>(0)
}

/// An order as the hot path reads it.
struct CompiledOrder: Sendable {
  let order: OrderID
  let version: Int
  let notBefore: Int64
  let notAfter: Int64
  let mode: EnforcementMode
  let answer: BlockedAnswer
  let serial: UInt32
  /// The whole EDNS option that explains the block (RFC 8914), code and length included.
  let explanation: [UInt8]
  let counter: OrderCounter

  init(_ rules: OrderRules, counter: OrderCounter) {
    order = rules.order
    version = rules.version
    notBefore = rules.notBefore.milliseconds
    notAfter = rules.notAfter.milliseconds
    mode = rules.mode
    answer = rules.answer
    serial = rules.serial
    explanation = BlockExplanation(rules).encodedOption
    self.counter = counter
  }

  func isActive(at now: Int64) -> Bool {
    now >= notBefore && now < notAfter
  }
}

/// All rules at one moment; never changed once published.
///
/// A rule number of the index is a set of orders: names are often ordered blocked by several
/// authorities, and the block lasts while any of them is active.
final class RuleSnapshot: Sendable {
  let index: LayeredNameIndex
  /// The orders by slot; nil where an order was withdrawn and its names are not swept out yet.
  let orders: [CompiledOrder?]
  /// The slots of each set, by rule number.
  let sets: [[Int]]
  let hasObservers: Bool

  init(index: LayeredNameIndex, orders: [CompiledOrder?], sets: [[Int]]) {
    self.index = index
    self.orders = orders
    self.sets = sets
    self.hasObservers = orders.contains { $0?.mode == .observe }
  }

  static let empty = RuleSnapshot(index: LayeredNameIndex(base: NameIndex()), orders: [], sets: [])

  /// The order of a set that applies now, in a mode.
  func activeOrder(of rule: RuleNumber, mode: EnforcementMode, at now: Int64) -> CompiledOrder? {
    guard sets.indices.contains(Int(rule)) else { return nil }
    for slot in sets[Int(rule)] {
      if let order = orders[slot], order.mode == mode, order.isActive(at: now) { return order }
    }
    return nil
  }

  /// What the rules say of a name.
  func verdict(on name: Span<UInt8>, at now: Int64) -> Verdict {
    let found = index.lookup(name) { activeOrder(of: $0, mode: .block, at: now) != nil }
    if found.isProtected { return .allowed }
    guard let rule = found.rule, let order = activeOrder(of: rule, mode: .block, at: now) else {
      if hasObservers { countObserved(name, at: now) }
      return .allowed
    }
    return .blocked(
      Block(
        order: order, matchedLabels: found.matchedLabels,
        mustExist: found.hasProtectedBelow || found.coverage == .exact))
  }

  private func countObserved(_ name: Span<UInt8>, at now: Int64) {
    let found = index.lookup(name) { activeOrder(of: $0, mode: .observe, at: now) != nil }
    guard !found.isProtected, let rule = found.rule,
      let order = activeOrder(of: rule, mode: .observe, at: now)
    else { return }
    order.counter.observed.add(1, ordering: .relaxed)
  }

  enum Verdict {
    case allowed
    case blocked(Block)
  }

  /// A name that is blocked, and what its answer rests on.
  struct Block {
    let order: CompiledOrder
    /// Labels of the name that the rule names.
    let matchedLabels: Int
    /// The name must not be denied to exist: names below it may be reachable, and a resolver that
    /// hears NXDOMAIN may cut them off (RFC 8020).
    ///
    /// So for a rule on the name alone, and above a
    /// protected name.
    let mustExist: Bool
  }
}
