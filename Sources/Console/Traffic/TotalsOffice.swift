internal import Enforcement
internal import Records
internal import Synchronization

/// The totals of one data directory; opened when they are first asked for.
final class TotalsOffice: Sendable {
  private let journal: Journal
  private let opened = Mutex<TotalsStore?>(nil)

  init(journal: Journal) {
    self.journal = journal
  }

  /// The store.
  func store() throws(StoreError) -> TotalsStore {
    try opened.withLock { opened throws(StoreError) in
      if let opened { return opened }
      let store = try TotalsStore(beside: journal)
      opened = store
      return store
    }
  }

  /// What an order, and a line of it where one is given, matched up to a moment; nil where that
  /// cannot be read: what is blocked is told all the same.
  func hits(
    of order: OrderID, _ line: TotalsStore.LinePlace? = nil, until moment: Instant
  ) -> HitsReply? {
    try? readHits(of: order, line, until: moment)
  }

  private func readHits(
    of order: OrderID, _ line: TotalsStore.LinePlace?, until moment: Instant
  ) throws(StoreError) -> HitsReply {
    let store = try store()
    return HitsReply(
      blocked: try store.total(
        of: TotalsStore.Subject(order: order, kind: .blocked), until: moment),
      observed: try store.total(
        of: TotalsStore.Subject(order: order, kind: .observed), until: moment),
      counted: try line.map { line throws(StoreError) in
        try store.total(
          of: TotalsStore.Subject(order: order, line: line, kind: .counted), until: moment)
      },
      step: TotalsStore.step)
  }
}

/// How often an order matched, in whole steps.
struct HitsReply: Encodable, Sendable, Hashable {
  /// Queries for its names that were blocked.
  let blocked: Int
  /// Queries for its names that were only observed.
  let observed: Int
  /// Counted queries that the rule itself matched.
  let counted: Int?
  /// The step; less than one is not told.
  let step: Int

  /// For people: "1200 blocked under the order, 300 counted for the rule, in steps of 100".
  var phrase: String {
    let what = [(blocked, "blocked"), (observed, "observed")].filter { $0.0 > 0 }
      .map { "\($0.0) \($0.1) under the order" }
    let rule = counted.map { ["\($0) counted for the rule"] } ?? []
    let all = what + rule.filter { !$0.hasPrefix("0 ") }
    return all.isEmpty
      ? "fewer than \(step)" : all.joined(separator: ", ") + ", in steps of \(step)"
  }
}
