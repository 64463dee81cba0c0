internal import DNSWire
internal import DomainNames
internal import Enforcement

/// How often an order's rules matched: totals, and nothing about who asked.
final class OrderCounter: Sendable {
  let blocked = StripedCounter()
  let observed = StripedCounter()
}

/// An order as the hot path reads it.
final class CompiledOrder: Sendable {
  let order: OrderID
  let version: Int
  let notBefore: Int64
  let notAfter: Int64
  let mode: EnforcementMode
  let answer: BlockedAnswer
  let serial: UInt32
  /// The SOA record of a denial, ready to be copied; see ``BlockedAnswerWriter/denial(serial:)``.
  let denial: [UInt8]
  /// The OPT records that explain the block.
  let explanation: BlockExplanation
  let counter: OrderCounter
  /// Where a block is counted, in ``counter``.
  let blocked: StripedCounter.Tally

  init(_ rules: OrderRules, counter: OrderCounter) {
    order = rules.order
    version = rules.version
    notBefore = rules.notBefore.milliseconds
    notAfter = rules.notAfter.milliseconds
    mode = rules.mode
    answer = rules.answer
    serial = rules.serial
    denial = BlockedAnswerWriter.denial(serial: rules.serial)
    explanation = BlockExplanation(rules)
    self.counter = counter
    blocked = counter.blocked.tally
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
  /// Where the orders of each set begin in ``members``; one more at the end.
  private let starts: [Int]
  /// What the hot path asks of each order of each set, without touching a reference count.
  private let members: [Terms]

  private struct Terms {
    let handle: OrderHandle?
    let notBefore: Int64
    let notAfter: Int64
    let mode: EnforcementMode

    /// No moment lies within the terms of an order that was withdrawn.
    init(_ order: CompiledOrder?) {
      handle = order.map { OrderHandle($0) }
      notBefore = order?.notBefore ?? .max
      notAfter = order?.notAfter ?? .min
      mode = order?.mode ?? .observe
    }
  }

  init(index: LayeredNameIndex, orders: [CompiledOrder?], sets: [[Int]]) {
    self.index = index
    self.orders = orders
    self.sets = sets
    self.hasObservers = orders.contains { $0?.mode == .observe }
    self.starts = sets.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) }
    let terms = orders.map(Terms.init)
    // Of several orders about a name the one with the least number is named, as `explain` does.
    self.members = sets.flatMap { slots in
      let named = slots.count < 2 ? slots : slots.sorted { Self.precedes(orders[$0], orders[$1]) }
      return named.map { terms[$0] }
    }
  }

  private static func precedes(_ one: CompiledOrder?, _ other: CompiledOrder?) -> Bool {
    guard let one, let other else { return one != nil }
    return one.order < other.order
  }

  static let empty = RuleSnapshot(index: LayeredNameIndex(base: NameIndex()), orders: [], sets: [])

  /// The order of a set that applies now, in a mode.
  @inline(__always)
  private func activeOrder(
    of rule: RuleNumber, mode: EnforcementMode, at now: Int64
  ) -> OrderHandle? {
    let set = Int(rule)
    guard set + 1 < starts.count else { return nil }
    for place in starts[set]..<starts[set + 1] {
      let terms = members[place]
      if terms.mode == mode, now >= terms.notBefore, now < terms.notAfter { return terms.handle }
    }
    return nil
  }

  /// What the rules say of a name; it counts nothing.
  ///
  /// The probe is that of the same name in ``index``, or of nothing.
  func verdict(
    on name: Span<UInt8>, at now: Int64, probed probe: NameProbe = NameProbe()
  ) -> Verdict {
    // The order of the rule that was asked about last: mostly the only one, and the one that applies.
    var last: (rule: RuleNumber, order: OrderHandle?)?
    let found = index.lookup(name, probed: probe) { rule in
      let order = activeOrder(of: rule, mode: .block, at: now)
      last = (rule, order)
      return order != nil
    }
    guard !found.isProtected, let rule = found.rule else { return .allowed }
    let applying =
      last?.rule == rule ? last?.order : activeOrder(of: rule, mode: .block, at: now)
    guard let order = applying else { return .allowed }
    return .blocked(
      Block(
        handle: order, matchedLabels: found.matchedLabels, matchedOctets: found.matchedOctets,
        mustExist: found.hasProtectedBelow || found.coverage == .exact))
  }

  /// Counts an allowed name for the order that observes it, if one does.
  func countObserved(_ name: Span<UInt8>, at now: Int64) {
    guard hasObservers else { return }
    let found = index.lookup(name) { activeOrder(of: $0, mode: .observe, at: now) != nil }
    guard !found.isProtected, let rule = found.rule,
      let order = activeOrder(of: rule, mode: .observe, at: now)
    else { return }
    order.read { $0.counter.observed.add(1) }
  }

  enum Verdict {
    case allowed
    case blocked(Block)
  }

  /// A name that is blocked, and what its answer rests on.
  struct Block {
    let handle: OrderHandle
    /// Labels of the name that the rule names.
    let matchedLabels: Int
    /// The octets of the rule's name.
    let matchedOctets: Int
    /// The name must not be denied to exist: names below it may be reachable, and a resolver that
    /// hears NXDOMAIN may cut them off (RFC 8020).
    ///
    /// So for a rule on the name alone, and above a
    /// protected name.
    let mustExist: Bool

    /// The order, to be kept.
    var order: CompiledOrder { handle.order }
  }
}
