internal import DomainNames
internal import Enforcement

/// The work of making a new base: from the names in use and new ones, without those of orders that
/// were withdrawn.
///
/// It streams: besides the new base it takes a few megabytes, whatever the number of names.
struct RuleCompilation {
  /// Orders without those that were withdrawn.
  private(set) var orders: [CompiledOrder?] = []
  private(set) var identities: [String?] = []
  /// The new slot of each old one that is left.
  private(set) var newSlots: [Int: Int] = [:]
  let sets = SetTable()
  private let earlier: RuleSnapshot

  /// Names that are to be added, of one order.
  struct Addition {
    let slot: Int
    let rules: OrderRules
  }

  init(of earlier: RuleSnapshot, identities: [String?]) {
    self.earlier = earlier
    for (slot, order) in earlier.orders.enumerated() {
      guard let order else { continue }
      newSlots[slot] = orders.count
      orders.append(order)
      self.identities.append(identities[slot])
    }
  }

  /// The new number of a set; nil where none of its orders is left.
  func renumbered(_ number: RuleNumber) -> RuleNumber? {
    guard earlier.sets.indices.contains(Int(number)) else { return nil }
    let slots = earlier.sets[Int(number)].compactMap { newSlots[$0] }
    return slots.isEmpty ? nil : sets.number(of: slots)
  }

  /// Makes the base.
  func base<Failure: Error>(
    adding additions: [Addition], protections: String, store: RuleStore?, suffix: String,
    reading: (OrderRules, (RuleTarget) -> Void) throws(Failure) -> Void
  ) throws(Failure) -> (NameIndex, fault: (any Error)?) {
    let expected = additions.reduce(earlier.index.base.count) { $0 + $1.rules.nameCount }
    var spill = store?.spill(suffix: suffix)
    var fault: (any Error)?
    while true {
      var builder = NameIndex.Builder(
        key: earlier.index.base.key, expecting: expected, spill: spill)
      earlier.index.addChanges(to: &builder, renumber: renumbered)
      for addition in additions {
        guard let slot = newSlots[addition.slot] else { continue }
        let number = sets.number(of: [slot])
        try reading(addition.rules) { builder.block($0.name, $0.coverage, rule: number) }
      }
      var plan = NameIndex.Plan(base: earlier.index.base, renumber: renumbered) {
        sets.union($0, $1)
      }
      plan.largestRule = orders.count == 1 ? 1 : RuleNumber(max(16_000, 2 * earlier.sets.count))
      plan.notes = { notes(protections) }
      do {
        guard let store, fault == nil else { return (try builder.build(plan), fault) }
        return (try store.write(builder, plan, suffix: suffix), nil)
      } catch {
        // Without a file all is done in memory; without memory there is nothing to go on with.
        guard fault == nil else { preconditionFailure("the rules cannot be compiled: \(error)") }
        fault = error
        spill = nil
      }
    }
  }

  private func notes(_ protections: String) -> [UInt8] {
    let kept = zip(orders, identities).map { order, identity -> RuleStore.Notes.Kept? in
      guard let order, let identity else { return nil }
      return RuleStore.Notes.Kept(
        order: order.order.text, version: order.version, identity: identity)
    }
    return RuleStore.Notes(orders: kept, sets: sets.all, protections: protections).encoded
  }
}

/// Sets of slots, each with a number.
final class SetTable {
  private(set) var all: [[Int]]
  private(set) var numbers: [[Int]: RuleNumber]
  private var unions: [Pair: RuleNumber] = [:]

  private struct Pair: Hashable {
    let one: RuleNumber
    let other: RuleNumber
  }

  init(_ sets: [[Int]] = [], _ numbers: [[Int]: RuleNumber] = [:]) {
    all = sets
    self.numbers = numbers
  }

  func number(of slots: [Int]) -> RuleNumber {
    if let number = numbers[slots] { return number }
    let number = RuleNumber(all.count)
    all.append(slots)
    numbers[slots] = number
    return number
  }

  /// The set of the slots of both.
  func union(_ one: RuleNumber, _ other: RuleNumber) -> RuleNumber {
    guard one != other else { return one }
    let pair = Pair(one: one, other: other)
    if let known = unions[pair] { return known }
    let slots = all[Int(one)]
    let number = number(of: slots + all[Int(other)].filter { !slots.contains($0) })
    unions[pair] = number
    return number
  }
}
