internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// The conversation with a browser: JSON messages, each ended by a zero octet, over two pipes.
final class DevToolsConnection: Sendable {
  private let channel: any Channel
  private let handler: NIOLoopBound<DevToolsHandler>
  private let lastID = Mutex(0)

  private init(channel: any Channel, handler: NIOLoopBound<DevToolsHandler>) {
    self.channel = channel
    self.handler = handler
  }

  /// Takes over the pipes of a browser.
  static func open(_ process: BrowserProcess, on eventLoop: any EventLoop) async throws
    -> DevToolsConnection
  {
    try await NIOPipeBootstrap(group: eventLoop)
      .takingOwnershipOfDescriptors(input: process.output, output: process.input) { channel in
        channel.eventLoop.makeCompletedFuture {
          let handler = DevToolsHandler()
          try channel.pipeline.syncOperations.addHandler(handler)
          return DevToolsConnection(
            channel: channel, handler: NIOLoopBound(handler, eventLoop: channel.eventLoop))
        }
      }
  }

  var eventLoop: any EventLoop { channel.eventLoop }

  /// Whether the browser still listens.
  var isActive: Bool { channel.isActive }

  /// Ends the conversation; the browser ends itself then.
  func close() { channel.close(promise: nil) }

  /// Sends events to a listener from now on; there is one at a time, none for nil.
  func listen(_ listener: (@Sendable (DevToolsEvent) -> Void)?) async throws {
    try await eventLoop.submit { self.handler.value.listener = listener }.get()
  }

  /// Asks, and awaits the answer.
  @discardableResult
  func ask<Result: Decodable & Sendable>(
    _ method: String, _ parameters: some Encodable & Sendable = Nothing(),
    session: String? = nil, timeout: TimeAmount = .seconds(5), as type: Result.Type = Nothing.self
  ) async throws -> Result {
    let message = try await send(method, parameters, session: session, timeout: timeout).get()
    guard let answer = try? JSONDecoder().decode(DevToolsAnswer<Result>.self, from: Data(message))
    else { throw DevToolsFault.malformed }
    return answer.result
  }

  /// Asks; the future has the whole message that answers.
  @discardableResult
  func send(
    _ method: String, _ parameters: some Encodable & Sendable = Nothing(),
    session: String? = nil, timeout: TimeAmount = .seconds(5)
  ) -> EventLoopFuture<[UInt8]> {
    let id = lastID.withLock { last in
      last += 1
      return last
    }
    let command = DevToolsCommand(
      id: id, method: method, params: parameters, sessionId: session)
    guard var octets = try? Array(JSONEncoder().encode(command)) else {
      return eventLoop.makeFailedFuture(DevToolsFault.malformed)
    }
    octets.append(0)
    let message = ByteBuffer(bytes: octets)
    return eventLoop.flatSubmit {
      let answer = self.handler.value.expect(
        id, method: method, timeout: timeout, on: self.eventLoop)
      self.channel.writeAndFlush(message, promise: nil)
      return answer
    }
  }
}

/// Takes messages apart and gives them to whom they are for; all on the channel's event loop.
final class DevToolsHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  /// The most octets of one message: a page of 8 MiB, each character escaped, or a large picture.
  static let messageLimit = 64 << 20
  /// The most questions that wait for an answer.
  private static let pendingLimit = 256

  private struct Pending {
    var method: String
    var promise: EventLoopPromise<[UInt8]>
    var timer: Scheduled<Void>
  }

  var listener: (@Sendable (DevToolsEvent) -> Void)?
  private var pending: [Int: Pending] = [:]
  private var message: [UInt8] = []
  private var hasEnded = false

  func expect(
    _ id: Int, method: String, timeout: TimeAmount, on eventLoop: any EventLoop
  ) -> EventLoopFuture<[UInt8]> {
    guard !hasEnded, pending.count < Self.pendingLimit else {
      return eventLoop.makeFailedFuture(
        hasEnded ? DevToolsFault.ended : .silent(method: method))
    }
    let promise = eventLoop.makePromise(of: [UInt8].self)
    let timer = eventLoop.assumeIsolated().scheduleTask(in: timeout) {
      guard let late = self.pending.removeValue(forKey: id) else { return }
      late.promise.fail(DevToolsFault.silent(method: method))
    }
    pending[id] = Pending(method: method, promise: promise, timer: timer)
    return promise.futureResult
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let octets = unwrapInboundIn(data).readableBytesView
    var parts = octets.split(separator: 0, omittingEmptySubsequences: false)[...]
    while let part = parts.popFirst() {
      guard message.count + part.count <= Self.messageLimit else {
        fail(DevToolsFault.tooLarge)
        context.close(promise: nil)
        return
      }
      message += part
      guard !parts.isEmpty else { return }
      take(message)
      message.removeAll(keepingCapacity: message.count < 1 << 20)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    fail(.ended)
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func take(_ message: [UInt8]) {
    guard let envelope = try? JSONDecoder().decode(DevToolsEnvelope.self, from: Data(message))
    else { return }
    if let id = envelope.id {
      guard let waiting = pending.removeValue(forKey: id) else { return }
      waiting.timer.cancel()
      if let fault = envelope.error {
        waiting.promise.fail(
          DevToolsFault.refused(method: waiting.method, reason: fault.message))
      } else {
        waiting.promise.succeed(message)
      }
    } else if let method = envelope.method {
      listener?(DevToolsEvent(method: method, session: envelope.sessionId, message: message))
    }
  }

  private func fail(_ fault: DevToolsFault) {
    hasEnded = true
    listener?(DevToolsEvent(method: "Inspector.detached", session: nil, message: []))
    for waiting in pending.values {
      waiting.timer.cancel()
      waiting.promise.fail(fault)
    }
    pending = [:]
  }
}
