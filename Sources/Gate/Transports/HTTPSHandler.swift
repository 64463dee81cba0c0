internal import DNSWire
internal import NIOCore
internal import NIOHTTP1

/// DNS over HTTPS (RFC 8484): one request at a time, of a stream of HTTP/2 or a connection of
/// HTTP/1.1.
final class HTTPSHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let connection: StreamConnection
  private let resolutions: Resolutions
  private let options: AnswerOptions
  private var context: ChannelHandlerContext?
  private var state = State.idle
  private var isHead = false
  /// Whether the connection, of HTTP/1.1, ends with this request.
  private var isLast = false

  /// At most so many octets of a refused body are passed over.
  private static let passedOver = 1 << 20

  private enum State {
    case idle
    /// The body comes in.
    case body([UInt8], isKept: Bool)
    /// The message came with the head, and the request ends next.
    case message([UInt8], isKept: Bool)
    /// The query is being answered.
    case waits([UInt8], isKept: Bool)
    /// It was answered before it ended; what is left of it is passed over, so many octets so far.
    case refused(Int)
  }

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

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch (unwrapInboundIn(data), state) {
    case (.head(let head), _): begin(head, context)
    case (.body(let buffer), .body(let octets, let isKept)):
      guard octets.count + buffer.readableBytes <= StreamLimits.queryOctets else {
        return refuse(.tooLarge, isKept: false, context)
      }
      state = .body(octets + buffer.readableBytesView, isKept: isKept)
    case (.end, .body(let octets, let isKept)), (.end, .message(let octets, let isKept)):
      take(octets, isKept: isKept, context)
    case (.body(let buffer), .refused(let octets)):
      // To close while something comes could destroy the answer on its way.
      state = .refused(octets + buffer.readableBytes)
      if octets > Self.passedOver { context.close(promise: nil) }
    case (.end, .refused):
      state = .idle
      endIfDone()
    case (.body, _), (.end, _): break
    }
  }

  private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    isHead = head.method == .HEAD
    let isKept = head.isKeepAlive && connection.conversation.takesQueries
    switch HTTPSRequest(head) {
    case .message(let message): state = .message(message, isKept: isKept)
    case .body: state = .body([], isKept: isKept)
    case .refused(let refusal):
      // A body that nobody asked for may still be on its way, and would be read as the next request.
      let hasBody = head.method != .GET && isHTTP1(context)
      refuse(refusal, isKept: isKept && !hasBody, context)
    }
  }

  private func take(_ message: [UInt8], isKept: Bool, _ context: ChannelHandlerContext) {
    connection.queryCame()
    state = .waits(message, isKept: isKept)
    let bound = NIOLoopBound(self, eventLoop: connection.eventLoop)
    let step = resolutions.answer(message, from: connection.context) { answer in
      bound.eventLoop.execute { bound.value.deliver(answer) }
    }
    switch step {
    case .waits: break
    case .answered(let answer): deliver(answer)
    case .ignored:
      connection.answered()
      state = .idle
      refuse(.badMessage, isKept: isKept, isCounted: true, context)
    }
  }

  /// Sends the answer; its query may have gone with its stream.
  private func deliver(_ answer: [UInt8]) {
    connection.answered()
    guard let context, case .waits(let message, let isKept) = state else { return }
    state = .idle
    let whole = options.complete(answer, to: message, over: connection.context.transport)
    let headers = HTTPHeaders([
      ("content-type", HTTPSRequest.mediaType), ("cache-control", Self.freshness(of: answer)),
    ])
    send(.ok, headers, whole, isKept: isKept, context)
  }

  /// For how long caches may keep an answer (RFC 8484, Section 5.1): as long as the least of its
  /// TTLs says, and so never past the end of a rule that made it.
  static func freshness(of answer: [UInt8]) -> String {
    guard let seconds = (try? TTLMap(answer))?.minimumTTL else { return "no-store" }
    return "max-age=\(seconds)"
  }
}

// MARK: - Answering

extension HTTPSHandler {
  /// Whether the channel is the connection itself; with HTTP/2 it is a stream of it.
  private func isHTTP1(_ context: ChannelHandlerContext) -> Bool {
    context.channel === connection.channel
  }

  private func refuse(
    _ refusal: HTTPSRefusal, isKept: Bool, isCounted: Bool = false,
    _ context: ChannelHandlerContext
  ) {
    if !isCounted {
      connection.queryCame()
      connection.answered()
      state = .refused(0)
    }
    var headers = HTTPHeaders([
      ("content-type", "text/plain; charset=utf-8"), ("cache-control", "no-store"),
    ])
    if refusal == .badMethod { headers.add(name: "allow", value: "GET, POST") }
    send(refusal.status, headers, Array("\(refusal.sentence)\n".utf8), isKept: isKept, context)
  }

  /// Ends the connection where the last request and its answer are through.
  private func endIfDone() {
    guard isLast, case .idle = state, connection.conversation.unsent == 0 else { return }
    connection.end()
  }

  private func send(
    _ status: HTTPResponseStatus, _ headers: HTTPHeaders, _ body: [UInt8], isKept: Bool,
    _ context: ChannelHandlerContext
  ) {
    isLast = isHTTP1(context) && !(isKept && connection.conversation.takesQueries)
    var headers = headers
    headers.add(name: "content-length", value: "\(body.count)")
    if isLast { headers.add(name: "connection", value: "close") }
    let promise = connection.write(body.count) { [self] in
      endIfDone()
      connection.closeIfOver()
    }
    guard let promise else { return }
    let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if !isHead {
      context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil)
    }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: promise)
  }
}
