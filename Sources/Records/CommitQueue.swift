internal import Enforcement

/// A command on its way to the disk.
struct CommitRequest: Sendable {
  let command: Command
  let actor: Actor
  let targets: SealedTargets?
}

/// Commands that wait for the disk; those that wait together are committed together.
actor CommitQueue {
  /// More than this many may not wait.
  static let limit = 4_096
  /// At most this many go into one transaction.
  static let batchLimit = 256

  typealias CommitResult = Result<Journal.Outcome, StoreError>

  private var waiting: [Ticket] = []
  private var isCommitting = false

  private struct Ticket {
    let request: CommitRequest
    let answer: @Sendable (CommitResult) -> Void
  }

  /// Adds a command; answers once its transaction ended.
  ///
  /// Whoever finds nobody committing commits, for all that come meanwhile too.
  func submit(
    _ request: CommitRequest,
    commit: @escaping @Sendable ([CommitRequest]) -> [CommitResult]
  ) async throws(StoreError) -> Journal.Outcome {
    guard waiting.count < Self.limit else { throw .busy }
    guard isCommitting else {
      isCommitting = true
      let own = await Self.run(commit, [request]).first ?? .failure(.busy)
      await commitWaiting(commit)
      isCommitting = false
      return try own.get()
    }
    let result: CommitResult = await withCheckedContinuation { continuation in
      waiting.append(Ticket(request: request) { continuation.resume(returning: $0) })
    }
    return try result.get()
  }

  private func commitWaiting(_ commit: @escaping @Sendable ([CommitRequest]) -> [CommitResult])
    async
  {
    while !waiting.isEmpty {
      let batch = Array(waiting.prefix(Self.batchLimit))
      waiting.removeFirst(batch.count)
      let results = await Self.run(commit, batch.map(\.request))
      for (ticket, result) in zip(batch, results) { ticket.answer(result) }
    }
  }

  /// Leaves the actor for the time of the write, so that others can join the queue.
  @concurrent
  private static func run(
    _ commit: @Sendable ([CommitRequest]) -> [CommitResult], _ batch: [CommitRequest]
  ) async -> [CommitResult] {
    commit(batch)
  }
}
