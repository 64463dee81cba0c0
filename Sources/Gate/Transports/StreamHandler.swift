internal import DNSWire
internal import NIOCore
internal import NIOSSL

/// DNS on a stream, plain or under TLS (RFC 7766, RFC 7858): many queries on one connection, each
/// answered when it is ready.
///
/// It reads no further while a client has as many queries under way as it may, or leaves its answers
/// lie. What was asked before a client ended its side is answered before the connection is closed
/// (RFC 7766, Section 6.2.4).
final class StreamHandler: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let connection: StreamConnection
  private let resolutions: Resolutions
  private let options: AnswerOptions
  private var frames = FrameReader(maximumLength: StreamLimits.queryOctets)
  private var context: ChannelHandlerContext?
  private var readIsHeld = false
  private var isGoingOn = false

  init(_ connection: StreamConnection, resolutions: Resolutions, options: AnswerOptions) {
    self.connection = connection
    self.resolutions = resolutions
    self.options = options
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
  }

  func read(context: ChannelHandlerContext) {
    // What follows the last query is read too, so that the end of a stream is seen.
    if connection.conversation.mayTake() || !connection.conversation.takesQueries {
      context.read()
    } else {
      readIsHeld = true
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard connection.conversation.takesQueries else { return }
    do throws(WireError) {
      try frames.append(unwrapInboundIn(data).readableBytesView)
    } catch {
      connection.stopTaking()
    }
    goOn(context)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case ChannelEvent.inputClosed:
      connection.inputEnded()
      goOn(context)
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A client may end its side of TLS without saying so, as it would with plain TCP.
    if case .uncleanShutdown? = error as? NIOSSLError { return }
    // A handshake that failed, or a network that did: nobody is told, since who it was is not kept.
    connection.cut()
  }

  /// Takes up what was read, as far as may be, and writes the answers that are ready.
  private func goOn(_ context: ChannelHandlerContext) {
    // A write that is done at once calls back while this still goes on.
    guard !isGoingOn else { return }
    isGoingOn = true
    defer { isGoingOn = false }
    var hasMore = true
    while hasMore, connection.conversation.mayTake() {
      var ready = context.channel.allocator.buffer(capacity: 0)
      hasMore = takeAll(into: &ready)
      if ready.readableBytes > 0 { write(ready, context) }
    }
    if readIsHeld, connection.conversation.mayTake() {
      readIsHeld = false
      context.read()
    }
    connection.closeIfOver()
  }

  /// Takes messages while they may be taken; false where no whole one is left.
  private func takeAll(into ready: inout ByteBuffer) -> Bool {
    do throws(WireError) {
      while connection.conversation.mayTake(beside: ready.readableBytes) {
        guard let message = try frames.next() else { return false }
        take(message, into: &ready)
      }
      return true
    } catch {
      // Where the next message begins cannot be known any more.
      connection.stopTaking()
      return false
    }
  }

  private func take(_ message: [UInt8], into ready: inout ByteBuffer) {
    connection.queryCame()
    let bound = NIOLoopBound(self, eventLoop: connection.eventLoop)
    let step = resolutions.answer(message, from: connection.context) { answer in
      bound.eventLoop.execute { bound.value.deliver(answer, to: message) }
    }
    switch step {
    case .waits: break
    case .ignored:
      connection.answered()
      // To answer an answer would make loops, and whoever sends one is no client.
      connection.stopTaking()
    case .answered(let answer):
      connection.answered()
      frame(answer, to: message, into: &ready)
    }
  }

  private func deliver(_ answer: [UInt8], to message: [UInt8]) {
    connection.answered()
    guard let context else { return }
    var buffer = context.channel.allocator.buffer(capacity: answer.count + 2)
    frame(answer, to: message, into: &buffer)
    write(buffer, context)
    goOn(context)
  }

  private func frame(_ answer: [UInt8], to message: [UInt8], into buffer: inout ByteBuffer) {
    let whole = options.complete(answer, to: message, over: connection.context.transport)
    guard let length = UInt16(exactly: whole.count) else { return }
    buffer.writeInteger(length)
    buffer.writeBytes(whole)
  }

  private func write(_ buffer: ByteBuffer, _ context: ChannelHandlerContext) {
    let promise = connection.write(buffer.readableBytes) { [self] in
      if let context = self.context { goOn(context) }
    }
    guard let promise else { return }
    context.writeAndFlush(wrapOutboundOut(buffer), promise: promise)
  }
}
