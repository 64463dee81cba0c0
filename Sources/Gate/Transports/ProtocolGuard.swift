internal import NIOCore

/// Turns TLS clients away that want to speak other protocols than the door does
/// (RFC 7301, Section 3.2), before anything is agreed with them.
///
/// Without it the connection would be agreed on without a protocol, and a client for something else
/// could be led to talk to a DNS server. Who names no protocol comes in.
final class ProtocolGuard: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let spoken: [String]
  private var received: ByteBuffer?
  private var isDecided = false

  init(spoken: [String]) {
    self.spoken = spoken
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isDecided else { return context.fireChannelRead(data) }
    var next = unwrapInboundIn(data)
    if var before = received {
      before.writeBuffer(&next)
      received = before
    } else {
      received = next
    }
    guard let received else { return }
    switch ClientHello(received) {
    case .unfinished: return
    case .silent: letIn(context)
    case .offers(let names):
      if names.contains(where: spoken.contains) { letIn(context) } else { refuse(context) }
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    // No more comes: what is there is for TLS to judge.
    if !isDecided, event as? ChannelEvent == .inputClosed { letIn(context) }
    context.fireUserInboundEventTriggered(event)
  }

  private func letIn(_ context: ChannelHandlerContext) {
    isDecided = true
    if let received { context.fireChannelRead(wrapInboundOut(received)) }
    received = nil
  }

  private func refuse(_ context: ChannelHandlerContext) {
    isDecided = true
    received = nil
    // A record with a fatal alert: no_application_protocol.
    let alert = ByteBuffer(bytes: [21, 3, 3, 0, 2, 2, 120])
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.writeAndFlush(wrapOutboundOut(alert)).whenComplete { _ in
      bound.value.close(promise: nil)
    }
  }
}
