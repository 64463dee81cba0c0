/// Has answers asked for again in the background: those of hot names before they end, and those that
/// an upstream is slow to give.
///
/// What does not fit its bounds is let go: the next query for the name asks again.
struct Refresher: Sendable {
  /// The most questions that wait.
  static let waitingLimit = 256
  /// The most questions that are being asked.
  static let underWayLimit = 32

  private let questions: AsyncStream<UpstreamQuery>
  private let asked: AsyncStream<UpstreamQuery>.Continuation
  private let requestCount = Counter()

  init() {
    (questions, asked) = AsyncStream.makeStream(
      of: UpstreamQuery.self, bufferingPolicy: .bufferingOldest(Self.waitingLimit))
  }

  /// How many questions were taken.
  var count: UInt64 { requestCount.value }

  /// Takes a question, if there is room.
  func request(_ question: UpstreamQuery) {
    if case .enqueued = asked.yield(question) { requestCount.add(1) }
  }

  /// Takes no more questions.
  func finish() {
    asked.finish()
  }

  /// Has questions answered until ``finish()`` is called, or the task is cancelled.
  func run(_ refresh: @escaping @Sendable (UpstreamQuery) async -> Void) async {
    await withTaskGroup(of: Void.self) { tasks in
      var underWay = 0
      for await question in questions {
        if underWay == Self.underWayLimit {
          await tasks.next()
          underWay -= 1
        }
        tasks.addTask { await refresh(question) }
        underWay += 1
      }
      tasks.cancelAll()
    }
  }
}
