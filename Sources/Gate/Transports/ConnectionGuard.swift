internal import NIOCore

/// The first handler of a connection, before TLS: it knows when the connection begins and ends, and
/// can end it without a word to the other side.
final class ConnectionGuard: ChannelInboundHandler {
  typealias InboundIn = NIOAny

  private let connection: StreamConnection

  init(_ connection: StreamConnection) {
    self.connection = connection
  }

  func handlerAdded(context: ChannelHandlerContext) {
    connection.start()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    connection.closed()
  }

  func channelInactive(context: ChannelHandlerContext) {
    connection.closed()
    context.fireChannelInactive()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case ConnectionRoll.Ending.gently:
      context.fireUserInboundEventTriggered(event)
      connection.stopTaking()
    case ConnectionRoll.Ending.now: context.close(promise: nil)
    case ChannelEvent.inputClosed where connection.isEnding:
      // Both sides have ended: nothing is left to wait for.
      context.close(promise: nil)
    default: context.fireUserInboundEventTriggered(event)
    }
  }
}
