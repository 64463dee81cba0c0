internal import Synchronization

/// Queries on their way: counted, bounded, and those that are the same asked only once.
///
/// Who asks first leads: it does the work in its own task. Who asks the same meanwhile follows and gets
/// the leader's result. A leader that is cancelled hands its place to a follower, so no task is needed
/// that nobody owns.
final class SharedExchanges: Sendable {
  /// What comes of an exchange.
  typealias Outcome = Result<[UInt8], UpstreamFailure>

  /// What someone who waits is told.
  private enum Turn: Sendable {
    case lead
    case take(Outcome)
  }

  private struct Follower {
    let ticket: Int
    let continuation: CheckedContinuation<Turn, Never>
  }

  private struct State {
    var isClosed = false
    /// Callers inside, leaders and followers alike.
    var count = 0
    var nextTicket = 0
    /// A key for each exchange on its way, with those who follow it.
    var followers: [UpstreamQuery: [Follower]] = [:]
    var awaitingIdle: [CheckedContinuation<Void, Never>] = []
  }

  private let limit: Int
  private let state = Mutex(State())

  /// Makes room for a number of callers at a time.
  init(limit: Int) {
    self.limit = limit
  }

  /// How many callers wait for an answer.
  var count: Int { state.withLock { $0.count } }

  /// Answers a query by `exchange`, or by one for the same query that is on its way.
  func answer(
    _ query: UpstreamQuery, by exchange: () async throws(UpstreamFailure) -> [UInt8]
  ) async throws(UpstreamFailure) -> [UInt8] {
    let ticket = try enter()
    defer { leave() }
    switch await turn(for: query, ticket: ticket) {
    case .take(let outcome):
      return try outcome.get()
    case .lead:
      do throws(UpstreamFailure) {
        let answer = try await exchange()
        settle(query, with: .success(answer))
        return answer
      } catch {
        if error == .cancelled && Task.isCancelled {
          abdicate(query)
        } else {
          settle(query, with: .failure(error))
        }
        throw error
      }
    }
  }

  /// Lets nobody in any more.
  func close() {
    state.withLock { $0.isClosed = true }
  }

  /// Waits until nobody is inside.
  func waitUntilIdle() async {
    await withCheckedContinuation { continuation in
      let isIdle = state.withLock { state in
        if state.count > 0 { state.awaitingIdle.append(continuation) }
        return state.count == 0
      }
      if isIdle { continuation.resume() }
    }
  }

  private func enter() throws(UpstreamFailure) -> Int {
    try state.withLock { state throws(UpstreamFailure) in
      guard !state.isClosed else { throw .cancelled }
      guard state.count < limit else { throw .overloaded }
      state.count += 1
      state.nextTicket += 1
      return state.nextTicket
    }
  }

  private func leave() {
    let idle = state.withLock { state in
      state.count -= 1
      guard state.count == 0 else { return [CheckedContinuation<Void, Never>]() }
      defer { state.awaitingIdle = [] }
      return state.awaitingIdle
    }
    for continuation in idle { continuation.resume() }
  }

  private func turn(for query: UpstreamQuery, ticket: Int) async -> Turn {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let turn: Turn? = state.withLock { state in
          // Asked under the lock, so that the handler below either sees this follower or comes first.
          guard !Task.isCancelled else { return .take(.failure(.cancelled)) }
          guard state.followers[query] != nil else {
            state.followers[query] = []
            return .lead
          }
          state.followers[query]?.append(Follower(ticket: ticket, continuation: continuation))
          return nil
        }
        if let turn { continuation.resume(returning: turn) }
      }
    } onCancel: {
      let follower = state.withLock { state -> Follower? in
        guard let place = state.followers[query]?.firstIndex(where: { $0.ticket == ticket })
        else { return nil }
        return state.followers[query]?.remove(at: place)
      }
      follower?.continuation.resume(returning: .take(.failure(.cancelled)))
    }
  }

  private func settle(_ query: UpstreamQuery, with outcome: Outcome) {
    let followers = state.withLock { $0.followers.removeValue(forKey: query) ?? [] }
    for follower in followers { follower.continuation.resume(returning: .take(outcome)) }
  }

  /// Makes the follower who came first the leader.
  private func abdicate(_ query: UpstreamQuery) {
    let heir = state.withLock { state -> Follower? in
      guard let followers = state.followers[query], let first = followers.first else {
        state.followers[query] = nil
        return nil
      }
      state.followers[query]?.removeFirst()
      return first
    }
    heir?.continuation.resume(returning: .lead)
  }
}
