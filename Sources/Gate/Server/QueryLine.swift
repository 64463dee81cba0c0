internal import Synchronization

/// Queries that wait for their resolution: so many at a time, and no more.
///
/// What is being resolved counts as well as what waits to be taken up. Taking up is quicker than
/// resolving, so a bound on the line alone would let tasks without number come to be behind it.
struct QueryLine<Query: Sendable>: Sendable {
  private let limit: Int
  private let line: AsyncStream<Query>
  private let entrance: AsyncStream<Query>.Continuation
  private let load = QueryLoad()

  /// Makes room for a number of queries at a time; for more than an upstream takes, so that those it
  /// refuses can be told.
  init(limit: Int = 8_192) {
    self.limit = limit
    (line, entrance) = AsyncStream.makeStream(
      of: Query.self, bufferingPolicy: .bufferingOldest(limit))
  }

  /// Takes a query; false where too many wait.
  func take(_ query: Query) -> Bool {
    guard load.count.add(1, ordering: .relaxed).newValue <= limit,
      case .enqueued = entrance.yield(query)
    else {
      load.count.subtract(1, ordering: .relaxed)
      return false
    }
    return true
  }

  /// Has each query answered in a task of its own, until ``finish()``, and those taken until then.
  func run(_ answer: @escaping @Sendable (Query) async -> Void) async {
    await withDiscardingTaskGroup { tasks in
      for await query in line {
        tasks.addTask {
          await answer(query)
          load.count.subtract(1, ordering: .relaxed)
        }
      }
    }
  }

  /// Takes no more queries.
  func finish() {
    entrance.finish()
  }
}

/// How many queries a line has, taken up or not.
private final class QueryLoad: Sendable {
  let count = Atomic<Int>(0)
}
