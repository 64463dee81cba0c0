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

  /// How many commands wait for others.
  private(set) var waitingCount = 0

  /// Commands that came together, and are committed together.
  private struct Ticket {
    let requests: [CommitRequest]
    let answer: @Sendable (Turn) -> Void
  }

  /// What comes of waiting.
  private enum Turn: Sendable {
    /// Another one committed the commands.
    case ended([CommitResult])
    /// It is this one's turn to commit, for all who wait.
    case mayCommit
  }

  /// Adds a command; answers once its transaction ended.
  func submit(
    _ request: CommitRequest,
    commit: @escaping @Sendable ([CommitRequest]) -> [CommitResult]
  ) async throws(StoreError) -> Journal.Outcome {
    let results = try await submit([request], commit: commit)
    return try (results.first ?? .failure(.busy)).get()
  }

  /// Adds commands, at most ``batchLimit``; answers once their transaction ended.
  ///
  /// Whoever finds nobody committing commits. Who wait meanwhile are committed together, by the
  /// first of them: nobody stays longer than for the transaction of its own commands. A cancelled
  /// task waits too, since its commands may be on the disk.
  func submit(
    _ requests: [CommitRequest],
    commit: @escaping @Sendable ([CommitRequest]) -> [CommitResult]
  ) async throws(StoreError) -> [CommitResult] {
    guard waitingCount + requests.count <= Self.limit else { throw .busy }
    if isCommitting {
      let turn: Turn = await withCheckedContinuation { continuation in
        waitingCount += requests.count
        waiting.append(Ticket(requests: requests) { continuation.resume(returning: $0) })
      }
      switch turn {
      case .ended(let results): return results
      case .mayCommit: break
      }
    }
    isCommitting = true
    return await commitWithWaiting(requests, commit)
  }

  /// Commits commands with those that wait, and lets the first of the rest go on.
  private func commitWithWaiting(
    _ requests: [CommitRequest], _ commit: @escaping @Sendable ([CommitRequest]) -> [CommitResult]
  ) async -> [CommitResult] {
    var batch = requests
    let others = waiting.prefix { ticket in
      guard batch.count + ticket.requests.count <= Self.batchLimit else { return false }
      batch += ticket.requests
      return true
    }
    waiting.removeFirst(others.count)
    waitingCount -= batch.count - requests.count
    var results = await run(commit, batch)[...]
    let own = Array(results.prefix(requests.count))
    results = results.dropFirst(requests.count)
    for ticket in others {
      ticket.answer(.ended(Array(results.prefix(ticket.requests.count))))
      results = results.dropFirst(ticket.requests.count)
    }
    if waiting.isEmpty {
      isCommitting = false
    } else {
      let next = waiting.removeFirst()
      waitingCount -= next.requests.count
      next.answer(.mayCommit)
    }
    return own
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
