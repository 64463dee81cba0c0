import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// An RDAP server on loopback: what it answers is set path by path.
final class RDAPTestServer: Sendable {
  /// An answer.
  struct Answer: Sendable {
    var status = 200
    var fields: [(String, String)] = [("Content-Type", "application/rdap+json")]
    var body = ""
  }

  /// A request as it came.
  struct Request: Sendable, Equatable {
    let path: String
    let accept: String
  }

  private let channel: any Channel
  private let state: State

  /// What the handlers share with the test.
  final class State: Sendable {
    let answers = Mutex<[String: Answer]>([:])
    let requests = Mutex<[Request]>([])
  }

  /// Starts a server on a port of its own.
  static func started() async throws -> RDAPTestServer {
    let state = State()
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.configureHTTPServerPipeline()
          try channel.pipeline.syncOperations.addHandler(Handler(state: state))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    return RDAPTestServer(channel: channel, state: state)
  }

  private init(channel: any Channel, state: State) {
    self.channel = channel
    self.state = state
  }

  /// Its base URL, with a slash at the end.
  var url: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)/" }

  /// What was asked so far.
  var requests: [Request] { state.requests.withLock { $0 } }

  /// Says what a path is answered with; `{base}` stands for the server's own URL.
  func answer(
    _ path: String, _ body: String, status: Int = 200, fields: [(String, String)]? = nil
  ) {
    var answer = Answer(status: status, body: body.replacing("{base}", with: url))
    if let fields { answer.fields = fields }
    state.answers.withLock { [answer] in $0[path] = answer }
  }

  /// Ends the server.
  func stop() async throws { try await channel.close() }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let state: State
    private var request: Request?

    init(state: State) { self.state = state }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      switch unwrapInboundIn(data) {
      case .head(let head):
        request = Request(path: head.uri, accept: head.headers.first(name: "Accept") ?? "")
      case .body: return
      case .end:
        guard let request else { return }
        state.requests.withLock { $0.append(request) }
        let answer =
          state.answers.withLock { $0[request.path] }
          ?? Answer(status: 404, body: #"{"errorCode": 404, "title": "not here"}"#)
        write(answer, context)
      }
    }

    private func write(_ answer: Answer, _ context: ChannelHandlerContext) {
      var headers = HTTPHeaders(answer.fields)
      headers.add(name: "Content-Length", value: String(answer.body.utf8.count))
      let head = HTTPResponseHead(
        version: .http1_1, status: HTTPResponseStatus(statusCode: answer.status), headers: headers)
      context.write(wrapOutboundOut(.head(head)), promise: nil)
      let body = context.channel.allocator.buffer(string: answer.body)
      context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
  }
}
