internal import DomainNames
internal import Enforcement

/// What a ``RuleBoard`` is, as a value: the snapshot in use, and what is needed to make the next.
struct RuleBoardState {
  private(set) var snapshot: RuleSnapshot
  /// Whether someone merges overlays in the background.
  var isMerged = false
  /// Why the file of compiled names could not be used.
  var storeFault: String?

  /// The slots of the orders in use.
  private var slots: [OrderID: Int] = [:]
  /// What tells the names of each slot's wording from others.
  private var identities: [String?] = []
  /// Orders that are not in use, but whose names are compiled.
  private var kept: [OrderID: Kept] = [:]
  private var setNumbers: [[Int]: RuleNumber] = [:]
  private let protections: String
  /// Grows with each new base, so that a merge knows whether its own is still wanted.
  private var epoch = 0

  private struct Kept {
    let slot: Int
    let version: Int
    let identity: String
  }

  /// Names beyond this in one change make a new base, fewer go into the overlay.
  static let overlayLimit = 1_000

  /// Starts with the names in a file, none of which is in use before its order is enforced, or
  /// without any.
  init(key: NameIndex.Key, protections: Protections, store: RuleStore) throws {
    do {
      guard let contents = try store.load() else {
        self.init(key: key, protecting: try protections.names(), as: protections.identity)
        return
      }
      self.init(key: contents.index.key, protecting: [], as: protections.identity)
      try load(contents, protections: protections, store: store)
    } catch {
      self.init(key: key, protecting: try protections.names(), as: protections.identity)
      storeFault = "\(error)"
    }
  }

  /// Starts without names but for protected ones.
  init(key: NameIndex.Key, protecting names: [DomainName], as identity: String = "") {
    protections = identity
    var builder = NameIndex.Builder(key: key)
    for name in names { builder.protect(name, .subtree) }
    snapshot = RuleSnapshot(
      index: LayeredNameIndex(base: builder.build()), orders: [], sets: [])
  }

  private mutating func load(
    _ contents: RuleStore.Contents, protections: Protections, store: RuleStore
  ) throws {
    var base = contents.index
    if contents.notes.protections != protections.identity {
      var builder = NameIndex.Builder(
        key: base.key, expecting: base.count, spill: store.spill(suffix: ".new"))
      for name in try protections.names() { builder.protect(name, .subtree) }
      var notes = contents.notes
      notes.protections = protections.identity
      var plan = NameIndex.Plan(base: base)
      plan.keepsProtections = false
      plan.largestRule = RuleNumber(notes.sets.count)
      plan.notes = { [notes] in notes.encoded }
      base = try store.write(builder, plan, suffix: ".new")
    }
    for (slot, order) in contents.notes.orders.enumerated() {
      guard let order, let id = OrderID(order.order) else { continue }
      kept[id] = Kept(slot: slot, version: order.version, identity: order.identity)
    }
    identities = contents.notes.orders.map { $0?.identity }
    for (number, set) in contents.notes.sets.enumerated() { setNumbers[set] = RuleNumber(number) }
    snapshot = RuleSnapshot(
      index: LayeredNameIndex(base: base),
      orders: Array(repeating: nil, count: contents.notes.orders.count), sets: contents.notes.sets)
  }

  /// Whether the overlay, or the number of withdrawn orders, has grown so far that a merge is due.
  var needsMerge: Bool {
    snapshot.index.changedNames > Self.overlayLimit || isCrowded
  }

  private var isCrowded: Bool {
    snapshot.orders.count > 2 * slots.count + kept.count + 256
  }
}

// MARK: - Changes

extension RuleBoardState {
  /// Takes an order out of use.
  mutating func withdraw(_ order: OrderID) {
    guard let slot = slots.removeValue(forKey: order) else { return }
    var orders = snapshot.orders
    if let identity = identities[slot], let version = orders[slot]?.version {
      kept[order] = Kept(slot: slot, version: version, identity: identity)
    }
    orders[slot] = nil
    snapshot = RuleSnapshot(index: snapshot.index, orders: orders, sets: snapshot.sets)
  }

  /// Puts orders in use.
  mutating func enforce<Failure: Error>(
    _ batch: [OrderRules], store: RuleStore?,
    reading: (OrderRules, (RuleTarget) -> Void) throws(Failure) -> Void
  ) throws(Failure) {
    var orders = snapshot.orders
    var additions: [RuleCompilation.Addition] = []
    for rules in batch {
      let slot = slots[rules.order]
      let counter = slot.flatMap { orders[$0]?.counter } ?? OrderCounter()
      let compiled = CompiledOrder(rules, counter: counter)
      if let slot, orders[slot]?.version == rules.version {
        orders[slot] = compiled
      } else if let known = reusable(rules) {
        if let slot { orders[slot] = nil }
        orders[known] = compiled
        slots[rules.order] = known
      } else {
        if let slot { orders[slot] = nil }
        slots[rules.order] = orders.count
        additions.append(RuleCompilation.Addition(slot: orders.count, rules: rules))
        orders.append(compiled)
        identities.append(rules.identity)
      }
    }
    snapshot = RuleSnapshot(index: snapshot.index, orders: orders, sets: snapshot.sets)
    let names = additions.reduce(0) { $0 + $1.rules.nameCount }
    // What is merged in the background may pile up for as long as a merge takes.
    let room = isMerged ? 8 * Self.overlayLimit : Self.overlayLimit
    let isTooCrowded = isCrowded && !isMerged
    if names <= Self.overlayLimit, names + snapshot.index.changedNames <= room, !isTooCrowded {
      try overlay(additions, reading: reading)
    } else {
      try rebuild(additions, store: store, reading: reading)
    }
  }

  /// The slot of an order that was in use, or is in the file, with these very names.
  private mutating func reusable(_ rules: OrderRules) -> Int? {
    guard let known = kept.removeValue(forKey: rules.order), known.version == rules.version,
      known.identity == rules.identity
    else { return nil }
    return known.slot
  }

  private mutating func overlay<Failure: Error>(
    _ additions: [RuleCompilation.Addition],
    reading: (OrderRules, (RuleTarget) -> Void) throws(Failure) -> Void
  ) throws(Failure) {
    guard !additions.isEmpty else { return }
    let table = SetTable(snapshot.sets, setNumbers)
    let dormant = Set(kept.values.map(\.slot))
    var index = snapshot.index
    var pending: [RuleTarget: RuleNumber] = [:]
    for addition in additions {
      try reading(addition.rules) { target in
        let known = pending[target] ?? Self.rule(at: target, in: index)
        let members = known.map { table.all[Int($0)] } ?? []
        let others = members.filter {
          $0 != addition.slot && (snapshot.orders[$0] != nil || dormant.contains($0))
        }
        pending[target] = table.number(of: others + [addition.slot])
      }
    }
    index.apply(
      pending.map { LayeredNameIndex.Change.block($0.key.name, $0.key.coverage, rule: $0.value) })
    setNumbers = table.numbers
    snapshot = RuleSnapshot(index: index, orders: snapshot.orders, sets: table.all)
  }

  /// Takes names of an order in use out of use, or puts them back.
  mutating func set(_ targets: [RuleTarget], of order: OrderID, paused: Bool) {
    guard let slot = slots[order] else { return }
    let table = SetTable(snapshot.sets, setNumbers)
    var index = snapshot.index
    let changes = targets.map { target in
      let known = Self.rule(at: target, in: index).map { table.all[Int($0)] } ?? []
      let others = known.filter { $0 != slot }
      return LayeredNameIndex.Change.block(
        target.name, target.coverage, rule: table.number(of: paused ? others : others + [slot]))
    }
    index.apply(changes)
    setNumbers = table.numbers
    snapshot = RuleSnapshot(index: index, orders: snapshot.orders, sets: table.all)
  }

  private static func rule(at target: RuleTarget, in index: LayeredNameIndex) -> RuleNumber? {
    for match in index.matches(target.name)
    where match.name == target.name && match.coverage == target.coverage {
      if case .rule(let rule) = match.effect { return rule }
    }
    return nil
  }

  private mutating func rebuild<Failure: Error>(
    _ additions: [RuleCompilation.Addition], store: RuleStore?,
    reading: (OrderRules, (RuleTarget) -> Void) throws(Failure) -> Void
  ) throws(Failure) {
    let (compilation, base, fault) = try compiled(
      adding: additions, store: store, suffix: ".new", reading: reading)
    adopt(base, of: compilation, madeFrom: self, isOwn: true, fault: fault)
    releaseFreeMemory()
  }
}

// MARK: - New bases

extension RuleBoardState {
  /// Makes a new base of the names in use and others, without those of withdrawn orders.
  func compiled<Failure: Error>(
    adding additions: [RuleCompilation.Addition], store: RuleStore?, suffix: String,
    reading: (OrderRules, (RuleTarget) -> Void) throws(Failure) -> Void
  ) throws(Failure) -> (RuleCompilation, NameIndex, (any Error)?) {
    let compilation = RuleCompilation(of: snapshot, identities: identities)
    let (base, fault) = try givingWay { () throws(Failure) in
      try compilation.base(
        adding: additions, protections: protections, store: store, suffix: suffix,
        reading: reading)
    }
    return (compilation, base, fault)
  }

  /// Puts a new base in use, and on it all that changed since the state that it was made from.
  ///
  /// A base that was overtaken by another is dropped.
  ///
  /// - Parameters:
  ///   - base: the new base.
  ///   - compilation: what it was made by.
  ///   - start: the state that it was made from.
  ///   - isOwn: whether that is this state: then nothing changed since, and the base has more names.
  ///   - fault: why it is not in the file.
  mutating func adopt(
    _ base: NameIndex, of compilation: RuleCompilation, madeFrom start: RuleBoardState,
    isOwn: Bool = false, fault: (any Error)?
  ) {
    if let fault { storeFault = "\(fault)" }
    guard epoch == start.epoch else { return }
    epoch += 1
    let before = start.snapshot.orders.count
    let shift = compilation.orders.count - before
    func newSlot(_ slot: Int) -> Int? {
      slot < before ? compilation.newSlots[slot] : slot + shift
    }
    var orders = [CompiledOrder?](repeating: nil, count: snapshot.orders.count + shift)
    var identities = [String?](repeating: nil, count: orders.count)
    for slot in snapshot.orders.indices {
      guard let new = newSlot(slot) else { continue }
      orders[new] = snapshot.orders[slot]
      identities[new] = self.identities[slot]
    }
    let sets = snapshot.sets
    let index =
      isOwn
      ? LayeredNameIndex(base: base)
      : snapshot.index.rebased(onto: base, madeFrom: start.snapshot.index) { number in
        let slots = sets[Int(number)].compactMap(newSlot)
        return slots.isEmpty ? nil : compilation.sets.number(of: slots)
      }
    slots = slots.compactMapValues(newSlot)
    kept = kept.compactMapValues { known in
      newSlot(known.slot).map {
        Kept(slot: $0, version: known.version, identity: known.identity)
      }
    }
    self.identities = identities
    setNumbers = compilation.sets.numbers
    snapshot = RuleSnapshot(index: index, orders: orders, sets: compilation.sets.all)
  }
}
