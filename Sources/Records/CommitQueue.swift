internal import Dispatch
internal import Enforcement
internal import Synchronization

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

  private let disk = DispatchQueue(label: "cordon.records.commit")
  private var waiting: [Ticket] = []
  private var isCommitting = false

  /// How many wait for others.
  var waitingCount: Int { waiting.count }

  private struct Ticket {
    let request: CommitRequest
    let answer: @Sendable (Turn) -> Void
  }

  /// What comes of waiting.
  private enum Turn: Sendable {
    /// Another one committed the command.
    case ended(CommitResult)
    /// It is this one's turn to commit, for all who wait.
    case mayCommit
  }

  /// Adds a command; answers once its transaction ended.
  ///
  /// Whoever finds nobody committing commits. Who wait meanwhile are committed together, by the
  /// first of them: nobody stays longer than for the transaction of its own command. A cancelled
  /// task waits too, since its command may be on the disk.
  func submit(
    _ request: CommitRequest,
    commit: @escaping @Sendable ([CommitRequest]) -> [CommitResult]
  ) async throws(StoreError) -> Journal.Outcome {
    guard waiting.count < Self.limit else { throw .busy }
    if isCommitting {
      let turn: Turn = await withCheckedContinuation { continuation in
        waiting.append(Ticket(request: request) { continuation.resume(returning: $0) })
      }
      switch turn {
      case .ended(let result): return try result.get()
      case .mayCommit: break
      }
    }
    isCommitting = true
    return try await commitWithWaiting(request, commit).get()
  }

  /// Commits a command with those that wait, and lets the first of the rest go on.
  private func commitWithWaiting(
    _ request: CommitRequest, _ commit: @escaping @Sendable ([CommitRequest]) -> [CommitResult]
  ) async -> CommitResult {
    let others = Array(waiting.prefix(Self.batchLimit - 1))
    waiting.removeFirst(others.count)
    let results = await run(commit, [request] + others.map(\.request))
    for (ticket, result) in zip(others, results.dropFirst()) { ticket.answer(.ended(result)) }
    if waiting.isEmpty {
      isCommitting = false
    } else {
      waiting.removeFirst().answer(.mayCommit)
    }
    return results.first ?? .failure(.busy)
  }

  /// Leaves the actor for the time of the write, so that others can join the queue.
  ///
  /// The write waits
  /// for the disk, which must not keep one of the few threads that run tasks.
  private func run(
    _ commit: @escaping @Sendable ([CommitRequest]) -> [CommitResult], _ batch: [CommitRequest]
  ) async -> [CommitResult] {
    let work = OneCommit(commit)
    return await withCheckedContinuation { continuation in
      disk.async { continuation.resume(returning: work.run(batch)) }
    }
  }
}

/// A commit that lets go of what it holds once it was run.
///
/// Who is answered may close the record and open it again at once, before the queue has let go of
/// its work.
private final class OneCommit: Sendable {
  typealias Body = @Sendable ([CommitRequest]) -> [CommitQueue.CommitResult]

  private let body: Mutex<Body?>

  init(_ body: @escaping Body) { self.body = Mutex(body) }

  func run(_ batch: [CommitRequest]) -> [CommitQueue.CommitResult] {
    body.withLock { $0.take() }?(batch) ?? []
  }
}
