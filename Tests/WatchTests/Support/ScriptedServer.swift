import NIOCore
import NIOPosix
import Synchronization

/// A web server on loopback that answers with exactly the octets a test gives it.
final class ScriptedServer: Sendable {
  /// A request as it arrived.
  struct Request: Sendable {
    /// The octets of its head.
    var head: String
    /// Path and query.
    var target: String
    /// The number of the connection it came on, from 1.
    var connection: Int

    /// The value of a field, its name in any case.
    func field(_ name: String) -> String? {
      for line in head.split(separator: "\r\n").dropFirst() {
        let parts = line.split(separator: ":", maxSplits: 1)
        if parts.count == 2, parts[0].lowercased() == name {
          return parts[1].drop { $0 == " " }.description
        }
      }
      return nil
    }
  }

  /// What to send, and what to do then.
  struct Reply: Sendable {
    enum End: Sendable {
      /// Wait for the next request.
      case keep
      case close
      /// Send nothing more, and leave the connection open.
      case silence
      /// Send one octet again and again, so often.
      case drip(UInt8, every: TimeAmount)
      /// Send a block again and again until the client goes.
      case flood([UInt8])
    }

    var octets: [UInt8]
    var end: End = .keep

    /// A whole response with its length.
    static func page(
      _ body: [UInt8], status: String = "200 OK", type: String = "text/html; charset=utf-8",
      fields: String = ""
    ) -> Reply {
      Reply(
        octets: Array(
          "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.count)\r\n\(fields)\r\n"
            .utf8) + body)
    }

    static func page(_ text: String, status: String = "200 OK", fields: String = "") -> Reply {
      page(Array(text.utf8), status: status, fields: fields)
    }

    static func redirect(_ location: String, status: String = "302 Found") -> Reply {
      page("gone", status: status, fields: "Location: \(location)\r\n")
    }

    static func raw(_ text: String, then end: End = .close) -> Reply {
      Reply(octets: Array(text.utf8), end: end)
    }
  }

  typealias Script = @Sendable (Request) -> Reply

  let port: Int
  private let channel: any Channel
  private let relay: Relay

  /// Listens on an address of loopback, at any free port or the one given.
  init(address: String = "127.0.0.1", port: Int = 0, script: @escaping Script) async throws {
    let relay = Relay(script: script)
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: 256)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { child in
        child.eventLoop.makeCompletedFuture {
          try child.pipeline.syncOperations.addHandler(ScriptHandler(relay: relay))
        }
      }
      .bind(host: address, port: port).get()
    self.port = channel.localAddress?.port ?? 0
    self.relay = relay
  }

  /// The requests so far.
  var requests: [Request] { relay.requests.withLock { $0 } }

  /// The address of a path, by the server's IP address.
  func url(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }

  func stop() async throws { try await channel.close() }
}

/// What the connections of a server share.
final class Relay: Sendable {
  let script: ScriptedServer.Script
  let requests = Mutex<[ScriptedServer.Request]>([])
  let connections = Mutex(0)

  init(script: @escaping ScriptedServer.Script) {
    self.script = script
  }
}

private final class ScriptHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let relay: Relay
  private var number = 0
  private var pending: [UInt8] = []
  private var isOver = false

  init(relay: Relay) {
    self.relay = relay
  }

  func channelActive(context: ChannelHandlerContext) {
    number = relay.connections.withLock {
      $0 += 1
      return $0
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    pending += unwrapInboundIn(data).readableBytesView
    while !isOver, let end = pending.firstRange(of: Array("\r\n\r\n".utf8)) {
      let head = String(decoding: pending[..<end.upperBound], as: UTF8.self)
      pending.removeFirst(end.upperBound)
      let words = head.split(separator: " ", maxSplits: 2)
      let request = ScriptedServer.Request(
        head: head, target: words.count > 1 ? String(words[1]) : "", connection: number)
      relay.requests.withLock { $0.append(request) }
      send(relay.script(request), context: context)
    }
  }

  private func send(_ reply: ScriptedServer.Reply, context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: reply.octets)), promise: nil)
    switch reply.end {
    case .keep:
      return
    case .close:
      isOver = true
      context.close(promise: nil)
    case .silence:
      isOver = true
    case .drip(let octet, let interval):
      isOver = true
      let channel = context.channel
      context.eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { task in
        guard channel.isActive else { return task.cancel() }
        channel.writeAndFlush(ByteBuffer(bytes: [octet]), promise: nil)
      }
    case .flood(let block):
      isOver = true
      flood(ByteBuffer(bytes: block), over: context.channel)
    }
  }

  /// Writes a block; the next one when it is out, so that memory stays small.
  private func flood(_ block: ByteBuffer, over channel: any Channel) {
    channel.writeAndFlush(block).assumeIsolated().whenSuccess { self.flood(block, over: channel) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
