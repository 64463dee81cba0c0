internal import DNSWire
internal import NIOCore

/// Sends one query on a channel that is connected to a server, and keeps the first reply that counts.
///
/// Messages come and go as whole messages; the handler before this one knows the transport. When there
/// is a reply, or none in time, the channel is closed.
final class ReplyHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let query: OutgoingQuery
  private let timeout: TimeAmount
  private let reply: EventLoopPromise<Reply>
  private var isDone = false
  private var timer: Scheduled<Void>?

  /// Prepares an exchange; it starts when the handler is added to an active channel.
  init(_ query: OutgoingQuery, within timeout: TimeAmount, reply: EventLoopPromise<Reply>) {
    self.query = query
    self.timeout = timeout
    self.reply = reply
  }

  func handlerAdded(context: ChannelHandlerContext) {
    let loop = context.eventLoop.assumeIsolated()
    timer = loop.scheduleTask(in: timeout) { self.finish(.late, context: context) }
    let written = context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: query.octets)))
    written.assumeIsolated().whenFailure { self.finish(Reply($0), context: context) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let received = Array(unwrapInboundIn(data).readableBytesView)
    if let reply = query.reply(in: received) { finish(reply, context: context) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    finish(Reply(error), context: context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    finish(.closed, context: context)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    finish(.closed, context: context)
  }

  private func finish(_ outcome: Reply, context: ChannelHandlerContext) {
    guard !isDone else { return }
    isDone = true
    timer?.cancel()
    timer = nil
    reply.succeed(outcome)
    context.close(promise: nil)
  }
}

/// Takes messages out of their datagrams.
///
/// On a connected socket the kernel lets only the server's datagrams through.
final class DatagramHandler: ChannelInboundHandler {
  typealias InboundIn = AddressedEnvelope<ByteBuffer>
  typealias InboundOut = ByteBuffer

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    context.fireChannelRead(wrapInboundOut(unwrapInboundIn(data).data))
  }
}

/// Puts messages on a stream and takes them off it (RFC 1035, Section 4.2.2).
final class FrameHandler: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// The server hung up before it answered.
  struct HungUp: Error {}

  private var reader = FrameReader()

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    do {
      try reader.append(unwrapInboundIn(data).readableBytesView)
      while let message = try reader.next() {
        context.fireChannelRead(wrapInboundOut(ByteBuffer(bytes: message)))
      }
    } catch {
      context.fireErrorCaught(error)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    context.fireErrorCaught(HungUp())
    context.fireChannelInactive()
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let message = Array(unwrapOutboundIn(data).readableBytesView)
    // A query is never longer than a frame can be.
    let frame = FrameReader.frame(message) ?? []
    context.write(wrapOutboundOut(ByteBuffer(bytes: frame)), promise: promise)
  }
}
