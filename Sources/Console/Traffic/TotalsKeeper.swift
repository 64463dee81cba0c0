internal import Enforcement
internal import Gate
internal import Records
internal import Synchronization

/// Takes the gate's counters now and then, and hands on whole steps to the store.
///
/// What is short of a step waits here, and is lost with the process.
final class TotalsKeeper: Sendable {
  private struct State {
    /// The counters when they were last taken.
    var seen: [OrderID: (blocked: UInt64, observed: UInt64)] = [:]
    /// What is not written down yet.
    var waiting: [TotalsStore.Subject: Int] = [:]
    var blocked: UInt64 = 0
    var observed: UInt64 = 0
  }

  /// The most numbers that wait; more are let go.
  private static let limit = 100_000

  private let board: RuleBoard
  private let state = Mutex(State())

  init(board: RuleBoard) {
    self.board = board
  }

  /// Takes the counters; to be called before an order goes, for its counter goes with it.
  func sample() {
    let now = board.totals()
    state.withLock { state in
      for (order, totals) in now {
        let seen = state.seen[order] ?? (0, 0)
        // A counter that is behind what was seen is a new one.
        let isNew = totals.blocked < seen.blocked || totals.observed < seen.observed
        let base = isNew ? (blocked: 0, observed: 0) : seen
        let (blocked, observed) = (
          totals.blocked - base.blocked, totals.observed - base.observed
        )
        state.blocked += blocked
        state.observed += observed
        Self.add(Int(blocked), to: TotalsStore.Subject(order: order, kind: .blocked), &state)
        Self.add(Int(observed), to: TotalsStore.Subject(order: order, kind: .observed), &state)
      }
      state.seen = now
    }
  }

  /// Takes what was counted of a line.
  func count(_ matched: Int, of line: TotalsStore.LinePlace, in order: OrderID) {
    state.withLock { state in
      Self.add(
        matched, to: TotalsStore.Subject(order: order, line: line, kind: .counted), &state)
    }
  }

  /// Writes whole steps down; the rest waits.
  func write(to store: TotalsStore, at moment: Instant) throws(StoreError) {
    let steps = state.withLock { state in
      let steps = state.waiting.compactMapValues { count in
        count >= TotalsStore.step ? count / TotalsStore.step : nil
      }
      for (subject, count) in steps {
        state.waiting[subject, default: 0] -= count * TotalsStore.step
      }
      return steps
    }
    guard !steps.isEmpty else { return }
    do throws(StoreError) {
      try store.add(steps, at: moment)
    } catch {
      state.withLock { state in
        for (subject, count) in steps {
          Self.add(count * TotalsStore.step, to: subject, &state)
        }
      }
      throw error
    }
  }

  /// Queries blocked and observed since the start, whatever became of their orders.
  var sums: (blocked: UInt64, observed: UInt64) {
    sample()
    return state.withLock { ($0.blocked, $0.observed) }
  }

  private static func add(_ count: Int, to subject: TotalsStore.Subject, _ state: inout State) {
    guard count > 0, state.waiting[subject] != nil || state.waiting.count < limit else { return }
    state.waiting[subject, default: 0] += count
  }
}
