internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// Takes in one response as it arrives, and stops it at the bounds.
///
/// The client calls it on the connection's event loop; the fetcher reads it once the task is over.
final class ResponseCollector: HTTPClientResponseDelegate, Sendable {
  typealias Response = Void

  /// A bound was reached: what is there is enough, the connection goes.
  struct Enough: Error {}

  /// What has arrived.
  struct Arrived {
    var head: HTTPResponseHead?
    var body: [UInt8] = []
    var bodyLimit = 0
    var truncation: Exchange.Truncation?
    /// When the request went out, or the last part came; nil where neither has happened yet.
    var lastSign: NIODeadline?
  }

  private let policy: FetchPolicy
  private let start = NIODeadline.now()
  private let arrived = Mutex(Arrived())

  init(policy: FetchPolicy) {
    self.policy = policy
  }

  /// All that has arrived so far.
  func collected() -> Arrived { arrived.withLock { $0 } }

  /// When the request went out, or the last part came; nil where neither has happened yet.
  var lastSign: NIODeadline? { arrived.withLock { $0.lastSign } }

  func didSendRequestHead(task: HTTPClient.Task<Void>, _ head: HTTPRequestHead) {
    let now = NIODeadline.now()
    arrived.withLock { $0.lastSign = now }
  }

  func didReceiveHead(
    task: HTTPClient.Task<Void>, _ head: HTTPResponseHead
  ) -> EventLoopFuture<Void> {
    let octets = head.headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
    guard octets <= policy.headLimit, head.headers.count <= policy.fieldLimit else {
      return task.eventLoop.makeFailedFuture(FetchFailure.tooLarge(limit: policy.headLimit))
    }
    let limit =
      Redirect.isRedirect(Int(head.status.code)) ? policy.redirectBodyLimit : policy.bodyLimit
    let announced = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
    let now = NIODeadline.now()
    arrived.withLock { state in
      state.lastSign = now
      state.head = head
      state.bodyLimit = limit
      // What a server announces is believed up to a point only: it may never come.
      state.body.reserveCapacity(min(max(announced, 0), limit, 256 << 10))
    }
    return task.eventLoop.makeSucceededVoidFuture()
  }

  func didReceiveBodyPart(
    task: HTTPClient.Task<Void>, _ buffer: ByteBuffer
  ) -> EventLoopFuture<Void> {
    let now = NIODeadline.now()
    let elapsed = now - start
    let goesOn = arrived.withLock { state in
      state.lastSign = now
      let room = state.bodyLimit - state.body.count
      state.body.append(contentsOf: buffer.readableBytesView.prefix(room))
      if buffer.readableBytes > room {
        state.truncation = .length
      } else if isTooSlow(octets: state.body.count, after: elapsed) {
        state.truncation = .time
      }
      return state.truncation == nil
    }
    return goesOn
      ? task.eventLoop.makeSucceededVoidFuture() : task.eventLoop.makeFailedFuture(Enough())
  }

  func didFinishRequest(task: HTTPClient.Task<Void>) {}

  private func isTooSlow(octets: Int, after elapsed: TimeAmount) -> Bool {
    guard elapsed > TimeAmount(policy.patience) else { return false }
    return Int64(octets) * 1_000_000_000 < Int64(policy.minimumRate) * elapsed.nanoseconds
  }
}
