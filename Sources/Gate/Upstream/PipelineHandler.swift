internal import DNSWire
internal import NIOCore

/// Keeps many queries on one connection, and gives each its own reply, in whatever order they come
/// (RFC 7766, Sections 6.2.1 and 7).
///
/// Messages come and go as whole messages; the handlers before this one know the transport.
final class PipelineHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// What comes of a query; nil where the connection ended before a reply, and another may do better.
  typealias Outcome = Reply?

  private struct Waiting {
    let query: OutgoingQuery
    let ticket: Int
    let sent: NIODeadline
    let reply: EventLoopPromise<Outcome>
    let timer: Scheduled<Void>
  }

  private var context: ChannelHandlerContext?
  /// Queries by id.
  private var waiting: [UInt16: Waiting] = [:]
  private var lastRead = NIODeadline.uptimeNanoseconds(0)
  private var isOver = false

  /// How often another id is drawn where one is taken.
  private static let draws = 8

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
  }

  /// Sends a query; it is made anew where its id is taken.
  ///
  /// Called on the channel's event loop.
  func send(
    _ make: () -> OutgoingQuery, ticket: Int, within timeout: TimeAmount,
    reply: EventLoopPromise<Outcome>
  ) {
    guard let context, !isOver else { return reply.succeed(nil) }
    var query = make()
    for _ in 0..<Self.draws where waiting[query.id] != nil { query = make() }
    guard waiting[query.id] == nil else { return reply.succeed(.exhausted) }
    let id = query.id
    let timer = context.eventLoop.assumeIsolated().scheduleTask(in: timeout) { self.expire(id) }
    waiting[id] = Waiting(
      query: query, ticket: ticket, sent: .now(), reply: reply, timer: timer)
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: query.octets)), promise: nil)
  }

  /// Gives a query up.
  ///
  /// Called on the channel's event loop.
  func cancel(ticket: Int) {
    guard let id = waiting.first(where: { $0.value.ticket == ticket })?.key else { return }
    finish(id, .closed)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    lastRead = .now()
    let received = Array(unwrapInboundIn(data).readableBytesView)
    guard let header = try? Header(parsing: received.span), let found = waiting[header.id],
      let reply = found.query.reply(in: received)
    else { return }
    finish(header.id, reply)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is IdleStateHandler.IdleStateEvent, waiting.isEmpty { context.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    end(context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    end(context)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    end(context)
    self.context = nil
  }

  /// A connection on which nothing at all came for as long as a query waited leads nowhere.
  private func expire(_ id: UInt16) {
    guard let late = waiting[id] else { return }
    finish(id, .late)
    if lastRead < late.sent { context?.close(promise: nil) }
  }

  private func finish(_ id: UInt16, _ outcome: Outcome) {
    guard let done = waiting.removeValue(forKey: id) else { return }
    done.timer.cancel()
    done.reply.succeed(outcome)
  }

  private func end(_ context: ChannelHandlerContext) {
    guard !isOver else { return }
    isOver = true
    for id in Array(waiting.keys) { finish(id, nil) }
    context.close(promise: nil)
  }
}
