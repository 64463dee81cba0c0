public import DomainNames
public import Enforcement
internal import Synchronization

/// The rules in use: changed by one writer at a time, read by every worker without a lock.
///
/// A change builds the next ``RuleSnapshot`` and swaps it in whole. An order is withdrawn at once by
/// emptying its slot; its names are swept out with the next rebuild.
public final class RuleBoard: Sendable {
  /// What the writer works on; held for as long as a change takes.
  private let state: Mutex<State>
  /// What readers take; held for an assignment alone, so that a long change keeps nobody waiting.
  private let published: Mutex<RuleSnapshot>
  /// Grows with each change, so that a worker knows when to fetch the snapshot again.
  private let generation = Atomic<UInt64>(0)
  private let key: NameIndex.Key

  private struct State {
    var snapshot = RuleSnapshot.empty
    var slots: [OrderID: Int] = [:]
    var setNumbers: [[Int]: RuleNumber] = [:]
    var protected: [DomainName] = []
  }

  /// An empty board.
  ///
  /// - Parameters:
  ///   - key: random; it keeps askers from choosing names that hash alike.
  ///   - protectedNames: names that no rule blocks, with all below them.
  public init(key: NameIndex.Key, protectedNames: [DomainName] = []) {
    self.key = key
    var builder = NameIndex.Builder()
    for name in protectedNames { builder.protect(name, .subtree) }
    var state = State()
    state.protected = protectedNames
    state.snapshot = RuleSnapshot(
      index: LayeredNameIndex(base: builder.build(key: key)), orders: [], sets: [])
    published = Mutex(state.snapshot)
    self.state = Mutex(state)
  }

  var currentGeneration: UInt64 { generation.load(ordering: .acquiring) }

  var snapshot: RuleSnapshot { published.withLock { $0 } }

  /// The number of names with a rule or a protection, and the octets they take.
  public var size: (names: Int, bytes: Int) {
    let snapshot = snapshot
    return (snapshot.index.count, snapshot.index.memoryFootprint)
  }

  /// Puts an order's rules in use, in place of any earlier wording of it.
  public func enforce(_ rules: OrderRules) {
    enforce([rules])
  }

  /// Puts several orders' rules in use in one step.
  public func enforce(_ batch: [OrderRules]) {
    change { state in
      var orders = state.snapshot.orders
      var additions: [(slot: Int, targets: [RuleTarget])] = []
      for rules in batch {
        let known = state.slots[rules.order]
        let counter = known.flatMap { orders[$0]?.counter } ?? OrderCounter()
        if let known, let compiled = orders[known], compiled.version == rules.version {
          orders[known] = CompiledOrder(rules, counter: counter)
          continue
        }
        if let known { orders[known] = nil }
        state.slots[rules.order] = orders.count
        additions.append((orders.count, rules.targets))
        orders.append(CompiledOrder(rules, counter: counter))
      }
      add(additions, orders: orders, to: &state)
    }
  }

  /// Takes an order's rules out of use; the next query for its names goes on.
  public func withdraw(_ order: OrderID) {
    change { state in
      guard let slot = state.slots.removeValue(forKey: order) else { return }
      var orders = state.snapshot.orders
      orders[slot] = nil
      state.snapshot = RuleSnapshot(
        index: state.snapshot.index, orders: orders, sets: state.snapshot.sets)
    }
  }

  /// Takes single names of an order out of use, or puts them back; its others stay in use.
  public func set(_ targets: [RuleTarget], of order: OrderID, paused: Bool) {
    change { state in
      guard let slot = state.slots[order] else { return }
      var sets = state.snapshot.sets
      var index = state.snapshot.index
      let changes = targets.map { target in
        let known = Self.rule(at: target, in: index).map { sets[Int($0)] } ?? []
        let others = known.filter { state.snapshot.orders[$0] != nil && $0 != slot }
        let members = paused ? others : others + [slot]
        return LayeredNameIndex.Change.block(
          target.name, target.coverage, rule: Self.number(of: members, &sets, &state.setNumbers))
      }
      index.apply(changes)
      state.snapshot = RuleSnapshot(index: index, orders: state.snapshot.orders, sets: sets)
    }
  }

  /// How often each order's rules matched since the start.
  public func totals() -> [OrderID: (blocked: UInt64, observed: UInt64)] {
    var totals: [OrderID: (blocked: UInt64, observed: UInt64)] = [:]
    for order in snapshot.orders.compactMap(\.self) {
      totals[order.order] = (
        order.counter.blocked.load(ordering: .relaxed),
        order.counter.observed.load(ordering: .relaxed)
      )
    }
    return totals
  }

  private func change(_ body: (inout State) -> Void) {
    state.withLock { state in
      body(&state)
      let snapshot = state.snapshot
      published.withLock { $0 = snapshot }
    }
    generation.add(1, ordering: .releasing)
  }
}

// MARK: - Building

extension RuleBoard {
  /// More names than this in one change are built into a new base, fewer go into the overlay.
  private static let overlayLimit = 1_000

  private func add(
    _ additions: [(slot: Int, targets: [RuleTarget])],
    orders: [CompiledOrder?],
    to state: inout State
  ) {
    let names = additions.reduce(0) { $0 + $1.targets.count }
    let crowded = orders.count > 2 * state.slots.count + 256
    if !crowded, names + state.snapshot.index.changedNames <= Self.overlayLimit {
      overlay(additions, orders: orders, on: &state)
    } else {
      rebuild(with: additions, orders: orders, in: &state)
    }
  }

  private func overlay(
    _ additions: [(slot: Int, targets: [RuleTarget])],
    orders: [CompiledOrder?],
    on state: inout State
  ) {
    var index = state.snapshot.index
    var sets = state.snapshot.sets
    var pending: [RuleTarget: RuleNumber] = [:]
    for (slot, targets) in additions {
      for target in targets {
        let known = pending[target] ?? Self.rule(at: target, in: index)
        let members = (known.map { sets[Int($0)] } ?? []).filter { orders[$0] != nil && $0 != slot }
        pending[target] = Self.number(of: members + [slot], &sets, &state.setNumbers)
      }
    }
    index.apply(
      pending.map { LayeredNameIndex.Change.block($0.key.name, $0.key.coverage, rule: $0.value) })
    state.snapshot = RuleSnapshot(index: index, orders: orders, sets: sets)
  }

  /// Builds a new base from the names in use and the new ones; names of withdrawn orders go.
  private func rebuild(
    with additions: [(slot: Int, targets: [RuleTarget])],
    orders: [CompiledOrder?],
    in state: inout State
  ) {
    let compaction = SlotCompaction(orders)
    for (order, slot) in state.slots { state.slots[order] = compaction.newSlot[slot] }
    var members: [RuleTarget: [Int]] = [:]
    for entry in state.snapshot.index.entries {
      for (rule, scope) in [(entry.exactRule, Scope.exact), (entry.subtreeRule, .subtree)] {
        guard let rule else { continue }
        let slots = compaction.remap(state.snapshot.sets[Int(rule)])
        if !slots.isEmpty { members[RuleTarget(name: entry.name, scope: scope)] = slots }
      }
    }
    for (slot, targets) in additions {
      guard let slot = compaction.newSlot[slot] else { continue }
      for target in targets where members[target]?.contains(slot) != true {
        members[target, default: []].append(slot)
      }
    }
    var sets: [[Int]] = []
    state.setNumbers = [:]
    var builder = NameIndex.Builder()
    builder.reserve(members.count)
    for (target, slots) in members {
      let number = Self.number(of: slots, &sets, &state.setNumbers)
      builder.block(target.name, target.coverage, rule: number)
    }
    for name in state.protected { builder.protect(name, .subtree) }
    state.snapshot = RuleSnapshot(
      index: LayeredNameIndex(base: builder.build(key: key)), orders: compaction.orders, sets: sets)
  }

  private static func rule(at target: RuleTarget, in index: LayeredNameIndex) -> RuleNumber? {
    for match in index.matches(target.name)
    where match.name == target.name && match.coverage == target.coverage {
      if case .rule(let rule) = match.effect { return rule }
    }
    return nil
  }

  private static func number(
    of slots: [Int], _ sets: inout [[Int]], _ numbers: inout [[Int]: RuleNumber]
  ) -> RuleNumber {
    if let number = numbers[slots] { return number }
    let number = RuleNumber(sets.count)
    sets.append(slots)
    numbers[slots] = number
    return number
  }
}

/// Slots without those of withdrawn orders.
private struct SlotCompaction {
  private(set) var orders: [CompiledOrder?] = []
  private(set) var newSlot: [Int: Int] = [:]

  init(_ old: [CompiledOrder?]) {
    for (slot, order) in old.enumerated() {
      guard let order else { continue }
      newSlot[slot] = orders.count
      orders.append(order)
    }
  }

  func remap(_ slots: [Int]) -> [Int] {
    slots.compactMap { newSlot[$0] }
  }
}
