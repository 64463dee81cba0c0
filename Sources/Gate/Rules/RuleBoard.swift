internal import Dispatch
public import DomainNames
public import Enforcement
internal import Synchronization

/// The rules in use: changed by one writer at a time, read by every worker without a lock.
///
/// A change builds the next ``RuleSnapshot`` and swaps it in whole. An order is withdrawn at once by
/// emptying its slot; its names are swept out with the next rebuild. Few new names go into a small
/// overlay, which is merged in the background; many make a new base.
public final class RuleBoard: Sendable {
  /// What the writer works on; held for as long as a change takes.
  private let state: Mutex<RuleBoardState>
  /// What readers take; held for an assignment alone, so that a long change keeps nobody waiting.
  private let published: Mutex<RuleSnapshot>
  /// Grows with each change, so that a worker knows when to fetch the snapshot again.
  private let generation = Atomic<UInt64>(0)
  private let store: RuleStore?
  private let mergeDue: AsyncStream<Void>
  private let askForMerge: AsyncStream<Void>.Continuation

  /// An empty board.
  ///
  /// - Parameters:
  ///   - key: random; it keeps askers from choosing names that hash alike.
  ///   - protectedNames: names that no rule blocks, with all below them.
  public convenience init(key: NameIndex.Key, protectedNames: [DomainName] = []) {
    self.init(RuleBoardState(key: key, protecting: protectedNames), store: nil)
  }

  /// A board whose names wait in a file for their orders to be enforced; an empty one where there is
  /// no such file.
  ///
  /// - Parameters:
  ///   - key: random; names from the file keep the key that they were written with.
  ///   - protections: what no rule blocks.
  ///   - store: where compiled names are kept over a restart.
  /// - Throws: why the protected names cannot be told.
  public convenience init(
    key: NameIndex.Key, protections: Protections, store: RuleStore
  ) throws {
    self.init(
      try RuleBoardState(key: key, protections: protections, store: store), store: store)
  }

  private init(_ state: RuleBoardState, store: RuleStore?) {
    self.store = store
    published = Mutex(state.snapshot)
    self.state = Mutex(state)
    (mergeDue, askForMerge) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  var currentGeneration: UInt64 { generation.load(ordering: .acquiring) }

  var snapshot: RuleSnapshot { published.withLock { $0 } }

  /// The number of names with a rule or a protection, and the octets they take.
  public var size: (names: Int, bytes: Int) {
    let snapshot = snapshot
    return (snapshot.index.count, snapshot.index.memoryFootprint)
  }

  /// Why the file of compiled names could not be read or written since this was asked last; all is
  /// enforced nevertheless.
  public func takeStoreFault() -> String? {
    state.withLock { state in
      defer { state.storeFault = nil }
      return state.storeFault
    }
  }

  /// Puts an order's rules in use, in place of any earlier wording of it.
  public func enforce(_ rules: OrderRules) {
    enforce([rules])
  }

  /// Puts several orders' rules in use in one step.
  public func enforce(_ batch: [OrderRules]) {
    enforce(batch) { rules, body in rules.targets.forEach(body) }
  }

  /// Puts several orders' rules in use in one step, and reads their names where they are not compiled
  /// yet.
  ///
  /// - Parameters:
  ///   - batch: the orders.
  ///   - reading: hands all names of an order to a body; perhaps more than once.
  /// - Throws: what `reading` throws; then all is as it was.
  public func enforce<Failure: Error>(
    _ batch: [OrderRules],
    reading: (OrderRules, (RuleTarget) -> Void) throws(Failure) -> Void
  ) throws(Failure) {
    try change { state throws(Failure) in
      try state.enforce(batch, store: store, reading: reading)
    }
  }

  /// Takes an order's rules out of use; the next query for its names goes on.
  public func withdraw(_ order: OrderID) {
    change { $0.withdraw(order) }
  }

  /// Takes single names of an order out of use, or puts them back; its others stay in use.
  public func set(_ targets: [RuleTarget], of order: OrderID, paused: Bool) {
    change { $0.set(targets, of: order, paused: paused) }
  }

  /// What the rules of some orders are about as they are now.
  public func cover(of orders: Set<OrderID>) -> RuleCover { RuleCover(snapshot, of: orders) }

  /// How often each order's rules matched since the start.
  public func totals() -> [OrderID: (blocked: UInt64, observed: UInt64)] {
    var totals: [OrderID: (blocked: UInt64, observed: UInt64)] = [:]
    for order in snapshot.orders.compactMap(\.self) {
      totals[order.order] = (
        order.counter.blocked.value, order.counter.observed.value
      )
    }
    return totals
  }

  private func change<Failure: Error>(
    _ body: (inout RuleBoardState) throws(Failure) -> Void
  ) throws(Failure) {
    let (isCrowded, last) = try state.withLock { state throws(Failure) in
      // The body works on a copy: where it throws, nothing has changed.
      var next = state
      try body(&next)
      state = next
      return (next.needsMerge, publish(next.snapshot))
    }
    generation.add(1, ordering: .releasing)
    // A worker at rest keeps the old names for a moment: they need not be in memory beside the new.
    if !last.isSame(as: snapshot.index.base) { last.leaveMemory() }
    if isCrowded { askForMerge.yield() }
  }

  /// Gives a snapshot to the readers; answers the base that they had.
  private func publish(_ snapshot: RuleSnapshot) -> NameIndex {
    published.withLock { published in
      defer { published = snapshot }
      return published.index.base
    }
  }
}

// MARK: - Merging

extension RuleBoard {
  /// Merges overlays into new bases as they grow, until the task is cancelled.
  ///
  /// Queries are answered and rules are changed meanwhile.
  public func keepMerged() async {
    state.withLock { $0.isMerged = true }
    for await _ in mergeDue { await Self.offload { self.merge() } }
    state.withLock { $0.isMerged = false }
  }

  /// Merges the overlay into a new base, and sweeps out names of withdrawn orders.
  ///
  /// The board can be changed meanwhile: such changes go onto the new base when it is ready.
  func merge() {
    let start = state.withLock { $0 }
    let (compilation, base, fault) = start.compiled(
      adding: [], store: store, suffix: ".merged"
    ) { _, _ in }
    change { $0.adopt(base, of: compilation, madeFrom: start, fault: fault) }
    releaseFreeMemory()
  }

  /// Runs long work outside of the threads that tasks share.
  private static func offload(_ work: @escaping @Sendable () -> Void) async {
    await withCheckedContinuation { continuation in
      DispatchQueue.global(qos: .utility).async {
        work()
        continuation.resume()
      }
    }
  }
}

/// Names that no rule blocks, with all below them.
public struct Protections: Sendable {
  /// What tells these names from others, such as a digest of the lists they are in: names from a file
  /// with the same identity are not asked for again.
  public let identity: String
  /// The names.
  let names: @Sendable () throws -> [DomainName]

  /// Takes an identity, and how to get the names.
  public init(identity: String, names: @escaping @Sendable () throws -> [DomainName]) {
    self.identity = identity
    self.names = names
  }
}
