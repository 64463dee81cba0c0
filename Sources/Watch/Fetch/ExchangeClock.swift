internal import AsyncHTTPClient
internal import NIOCore
internal import Synchronization

/// Ends exchanges that are past their end, and those whose server has fallen silent.
///
/// It looks at all of them now and then. Timers of each, set anew for every part that arrives, would
/// cost several times as much; an exchange may last longer by the time between two looks.
final class ExchangeClock: Sendable {
  private struct Entry {
    let task: HTTPClient.Task<Void>
    let collector: ResponseCollector
    let end: NIODeadline
  }

  private struct State {
    var entries: [UInt64: Entry] = [:]
    var count: UInt64 = 0
    var isRunning = false
  }

  private let state = Mutex(State())
  private let loop: any EventLoop
  private let silence: TimeAmount
  private let pace: TimeAmount

  /// Takes the loop to work on, and how long a server may be silent.
  init(on loop: any EventLoop, policy: FetchPolicy) {
    self.loop = loop
    silence = TimeAmount(policy.silence)
    let shortest = min(silence, TimeAmount(policy.exchangeTime), TimeAmount(policy.fetchTime))
    pace = .nanoseconds(min(max(shortest.nanoseconds / 20, 1_000_000), 1_000_000_000))
  }

  /// Watches over an exchange that has just begun; answers the number by which to take it out.
  func add(
    _ task: HTTPClient.Task<Void>, _ collector: ResponseCollector, end: NIODeadline
  ) -> UInt64 {
    state.withLock { state in
      state.count += 1
      state.entries[state.count] = Entry(task: task, collector: collector, end: end)
      if !state.isRunning {
        state.isRunning = true
        loop.scheduleRepeatedTask(initialDelay: pace, delay: pace) { self.look($0) }
      }
      return state.count
    }
  }

  /// Takes an exchange out that is over.
  func remove(_ number: UInt64) {
    _ = state.withLock { $0.entries.removeValue(forKey: number) }
  }

  /// Looks at all exchanges, or stops looking where there are none.
  private func look(_ repeated: RepeatedTask) {
    let now = NIODeadline.now()
    let overdue = state.withLock { state -> [(HTTPClient.Task<Void>, HTTPClientError)] in
      guard !state.entries.isEmpty else {
        state.isRunning = false
        repeated.cancel()
        return []
      }
      return state.entries.values.compactMap { entry in
        if now >= entry.end { return (entry.task, .deadlineExceeded) }
        guard let heard = entry.collector.lastSign, now - heard >= silence else { return nil }
        return (entry.task, .readTimeout)
      }
    }
    for (task, error) in overdue { task.fail(reason: error) }
  }
}
