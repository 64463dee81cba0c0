internal import NIOCore
internal import NIOHTTP2
internal import Synchronization

/// The last handler of a connection of HTTP/2: tells the client when no more is taken, and ends the
/// connection on any error.
final class HTTP2Guard: ChannelInboundHandler {
  typealias InboundIn = HTTP2Frame
  typealias OutboundOut = HTTP2Frame

  private let connection: StreamConnection
  private let streams: LastStream

  init(_ connection: StreamConnection, streams: LastStream) {
    self.connection = connection
    self.streams = streams
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case ConnectionRoll.Ending.gently = event {
      // A request that crosses this on its way is known to be unanswered (RFC 9113, Section 6.8).
      let frame = HTTP2Frame(
        streamID: .rootStream,
        payload: .goAway(lastStreamID: streams.id, errorCode: .noError, opaqueData: nil))
      context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // Who it was is not kept, so nobody is told.
    connection.cut()
  }
}

/// The last stream that a client of HTTP/2 began.
final class LastStream: NIOHTTP2StreamDelegate {
  private let number = Atomic<Int>(0)

  var id: HTTP2StreamID { HTTP2StreamID(number.load(ordering: .relaxed)) }

  func streamCreated(_ id: HTTP2StreamID, channel: any Channel) {
    number.store(Int(id), ordering: .relaxed)
  }

  func streamClosed(_ id: HTTP2StreamID, channel: any Channel) {}
}
