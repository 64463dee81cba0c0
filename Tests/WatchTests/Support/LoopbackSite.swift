import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A web server on loopback that answers from a table and remembers what it was asked.
final class LoopbackSite: Sendable {
  struct Answer: Sendable {
    var status = 200
    var fields: [(String, String)] = [("content-type", "text/html; charset=utf-8")]
    var body: [UInt8] = []
    /// Whether there is no answer at all.
    var isSilent = false

    static func html(_ text: String) -> Answer { Answer(body: Array(text.utf8)) }

    static func script(_ text: String) -> Answer {
      Answer(fields: [("content-type", "text/javascript")], body: Array(text.utf8))
    }

    static func redirect(_ target: String) -> Answer {
      Answer(status: 302, fields: [("location", target)])
    }

    static let silence = Answer(isSilent: true)
  }

  struct Request: Sendable {
    var path: String
    var fields: HTTPHeaders

    func field(_ name: String) -> String? { fields.first(name: name) }
  }

  /// What was asked, by all connections.
  private final class Memory: Sendable {
    let requests = Mutex<[Request]>([])
  }

  private let channel: any Channel
  private let memory: Memory

  var port: Int { channel.localAddress?.port ?? 0 }
  var requests: [Request] { memory.requests.withLock { $0 } }
  var paths: [String] { requests.map(\.path) }

  init(_ answers: [String: Answer]) async throws {
    let memory = Memory()
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.configureHTTPServerPipeline()
          try channel.pipeline.syncOperations.addHandler(
            Handler(answers: answers, memory: memory))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    self.memory = memory
  }

  func close() async throws { try await channel.close() }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    let answers: [String: Answer]
    let memory: Memory

    init(answers: [String: Answer], memory: Memory) {
      self.answers = answers
      self.memory = memory
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      guard case .head(let head) = unwrapInboundIn(data) else { return }
      memory.requests.withLock { $0.append(Request(path: head.uri, fields: head.headers)) }
      let path = String(head.uri.prefix { $0 != "?" })
      let answer = answers[path] ?? Answer(status: 404)
      guard !answer.isSilent else { return }
      var fields = HTTPHeaders(answer.fields)
      fields.add(name: "content-length", value: "\(answer.body.count)")
      let response = HTTPResponseHead(
        version: .http1_1, status: HTTPResponseStatus(statusCode: answer.status), headers: fields)
      context.write(wrapOutboundOut(.head(response)), promise: nil)
      context.write(
        wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: answer.body)))), promise: nil)
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
  }
}
