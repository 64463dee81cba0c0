import DNSWire
import NIOCore
import NIOPosix
import Synchronization

@testable import Gate

/// A DNS server on loopback that does what a test says, by UDP and TCP on one port.
final class ScriptedServer: Sendable {
  /// A query that came in, and how.
  struct Received: Sendable {
    let octets: [UInt8]
    let message: Message
    let transport: OutgoingQuery.Transport
    /// The port it came from.
    let port: Int
    /// Which query it is, from 1.
    let number: Int
  }

  /// Datagrams, or messages on the stream, that go back; none leaves the asker waiting.
  typealias Script = @Sendable (Received) -> [[UInt8]]

  let address: ServerAddress
  private let log: Log
  private let channels: [any Channel]

  /// What all connections of one server write down.
  private final class Log: Sendable {
    let received = Mutex<[Received]>([])
  }

  /// Every query so far.
  var received: [Received] { log.received.withLock { $0 } }

  private init(address: ServerAddress, log: Log, channels: [any Channel]) {
    self.address = address
    self.log = log
    self.channels = channels
  }

  /// Starts a server, lets a test use it and stops it.
  static func run<Result: Sendable>(
    _ script: @escaping Script, use: (ScriptedServer) async throws -> Result
  ) async throws -> Result {
    let server = try await start(script)
    do {
      let result = try await use(server)
      await server.stop()
      return result
    } catch {
      await server.stop()
      throw error
    }
  }

  private static func start(_ script: @escaping Script) async throws -> ScriptedServer {
    let log = Log()
    let group = MultiThreadedEventLoopGroup.singleton
    // The kernel picks the UDP port; another program may have the same one for TCP.
    var lastError: (any Error)?
    for _ in 0..<20 {
      let datagrams = try await DatagramBootstrap(group: group)
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(DatagramScript(log: log, script: script))
          }
        }
        .bind(host: "127.0.0.1", port: 0).get()
      let port = datagrams.localAddress!.port!
      do {
        let streams = try await ServerBootstrap(group: group)
          .childChannelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
              try channel.pipeline.syncOperations.addHandler(StreamScript(log: log, script: script))
            }
          }
          .bind(host: "127.0.0.1", port: port).get()
        return ScriptedServer(
          address: ServerAddress(ip: "127.0.0.1", port: port)!, log: log,
          channels: [datagrams, streams])
      } catch {
        lastError = error
        try await datagrams.close()
      }
    }
    throw lastError!
  }

  private func stop() async {
    for channel in channels { try? await channel.close() }
  }

  private static func take(
    _ octets: [UInt8], by transport: OutgoingQuery.Transport, from sender: SocketAddress?,
    _ log: Log, _ script: Script
  ) -> [[UInt8]] {
    guard let message = try? Message(parsing: octets) else { return [] }
    let received = log.received.withLock { all in
      let one = Received(
        octets: octets, message: message, transport: transport, port: sender?.port ?? 0,
        number: all.count + 1)
      all.append(one)
      return one
    }
    return script(received)
  }

  private final class DatagramScript: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>
    let log: Log
    let script: Script

    init(log: Log, script: @escaping Script) {
      self.log = log
      self.script = script
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let envelope = unwrapInboundIn(data)
      let octets = Array(envelope.data.readableBytesView)
      let replies = take(octets, by: .datagram, from: envelope.remoteAddress, log, script)
      for reply in replies {
        let out = AddressedEnvelope(
          remoteAddress: envelope.remoteAddress, data: ByteBuffer(bytes: reply))
        context.writeAndFlush(wrapOutboundOut(out), promise: nil)
      }
    }
  }

  private final class StreamScript: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    let log: Log
    let script: Script
    var reader = FrameReader()

    init(log: Log, script: @escaping Script) {
      self.log = log
      self.script = script
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      try! reader.append(Array(unwrapInboundIn(data).readableBytesView))
      while let query = try! reader.next() {
        for reply in take(query, by: .stream, from: context.remoteAddress, log, script) {
          let frame = reply.isEmpty ? [] : FrameReader.frame(reply)!
          if frame.isEmpty { return context.close(promise: nil) }
          // In two pieces: a message need not come at once.
          context.write(wrapOutboundOut(ByteBuffer(bytes: frame.prefix(1))), promise: nil)
          context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: frame.dropFirst())), promise: nil)
        }
      }
    }
  }
}

// MARK: - What servers say

extension ScriptedServer.Received {
  /// A good answer with one address.
  func answer(_ address: [UInt8] = [192, 0, 2, 1], ttl: UInt32 = 300) -> Message {
    var answer = reply(.noError)
    answer.answers = [Record(owner: message.questions[0].name, ttl: ttl, address: address)!]
    return answer
  }

  /// An empty answer with a response code.
  func reply(_ code: ResponseCode) -> Message {
    var answer = Message(answering: message, with: code)
    answer.flags.insert(.recursionAvailable)
    if message.edns != nil { answer.edns = EDNS() }
    return answer
  }
}
