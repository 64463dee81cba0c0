public import NIOCore
internal import NIOPosix

/// The event loops of a crawl, on which its connections and its workers live side by side.
///
/// A worker mostly waits for its connection. On the loop of that connection it goes on where it stands
/// as soon as the answer is there; on another thread each step from one to the other costs about as
/// much as to judge a small page. What waits for the disk, and pages that take long, go elsewhere.
public final class CrawlLoops: Sendable {
  private let threads: MultiThreadedEventLoopGroup
  private let executors: [LoopExecutor]

  /// Starts half as many loops as there are processors, so that the store, and what else the process
  /// serves, has the others.
  public init() {
    threads = MultiThreadedEventLoopGroup(numberOfThreads: max(1, System.coreCount / 2))
    executors = threads.makeIterator().map { LoopExecutor($0) }
  }

  /// What connections belong to.
  public var group: any EventLoopGroup { threads }

  /// What a worker runs on.
  func executor(of worker: Int) -> any TaskExecutor { executors[worker % executors.count] }

  /// Ends the loops; no crawl and no connection may use them any longer.
  public func shutDown() async { try? await threads.shutdownGracefully() }
}

/// Runs tasks on an event loop, between what the loop does for its connections.
private final class LoopExecutor: TaskExecutor {
  private let loop: any EventLoop

  init(_ loop: any EventLoop) {
    self.loop = loop
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
