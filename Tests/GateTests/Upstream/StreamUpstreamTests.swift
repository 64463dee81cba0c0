import DNSWire
import DomainNames
import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Testing

@testable import Gate

/// A DNS server on loopback that is reached by streams, under TLS or not.
private final class StreamServer: Sendable {
  /// What goes back when a message has come.
  typealias Script = @Sendable (Message) -> [Message]

  let port: Int

  /// How many connections were made.
  let connections: Counter

  private init(_ connections: Counter, port: Int) {
    self.connections = connections
    self.port = port
  }

  static func fixture(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/tls/\(name)").path
  }

  static func run<Result: Sendable>(
    certificate: String? = nil, perConnection: Int = .max, isShuffled: Bool = false,
    _ script: @escaping Script,
    use: (StreamServer) async throws -> Result
  ) async throws -> Result {
    let context = try certificate.map { name in
      var configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: try NIOSSLCertificate.fromPEMFile(fixture("\(name).pem"))
          .map { .certificate($0) },
        privateKey: .privateKey(
          try NIOSSLPrivateKey(file: fixture("\(name).key"), format: .pem)))
      configuration.applicationProtocols = ["dot"]
      return try NIOSSLContext(configuration: configuration)
    }
    let connections = Counter()
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        connections.add(1)
        return channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if let context { try pipeline.addHandler(NIOSSLServerHandler(context: context)) }
          try pipeline.addHandlers([
            FrameHandler(),
            ScriptHandler(script, perConnection: perConnection, isShuffled: isShuffled),
          ])
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let server = StreamServer(connections, port: channel.localAddress!.port!)
    do {
      let result = try await use(server)
      try await channel.close()
      return result
    } catch {
      try? await channel.close()
      throw error
    }
  }

  private final class ScriptHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    private let script: Script
    private var left: Int

    /// Whether answers come in another order than their queries.
    private let isShuffled: Bool
    private var random = SeededGenerator(state: 7)

    init(_ script: @escaping Script, perConnection: Int, isShuffled: Bool) {
      self.script = script
      self.isShuffled = isShuffled
      left = perConnection
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      guard left > 0 else { return context.close(promise: nil) }
      left -= 1
      guard let message = try? Message(parsing: Array(unwrapInboundIn(data).readableBytesView))
      else { return }
      let loop = context.eventLoop.assumeIsolated()
      for answer in script(message) {
        let octets = ByteBuffer(bytes: answer.encoded())
        let delay = isShuffled ? Int64.random(in: 0...3_000, using: &random) : 0
        guard delay > 0 else {
          context.writeAndFlush(wrapOutboundOut(octets), promise: nil)
          continue
        }
        _ = loop.scheduleTask(in: .microseconds(delay)) {
          context.writeAndFlush(self.wrapOutboundOut(octets), promise: nil)
        }
      }
    }
  }
}

private func answer(_ query: Message, _ mark: UInt8 = 1) -> Message {
  var answer = Message(answering: query, with: .noError)
  answer.flags.insert(.recursionAvailable)
  answer.answers = [
    Record(owner: query.questions[0].name, ttl: 300, address: [192, 0, 2, mark])!
  ]
  return answer
}

@Suite("Resolvers reached by streams") struct StreamUpstreamTests {
  private static let authority = StreamServer.fixture("authority.pem")

  @Test func `many queries go over few connections, and each gets its own answer`() async throws {
    try await StreamServer.run(
      isShuffled: true,
      { query in
        let digits = query.questions[0].name.description.dropFirst().prefix(while: \.isNumber)
        return [answer(query, UInt8(digits) ?? 0)]
      }
    ) { server in
      let upstream = UpstreamServer("tcp://127.0.0.1:\(server.port)")!
      try await withForwarding(to: [upstream]) { upstream in
        try await withThrowingTaskGroup(of: Void.self) { group in
          for number in 0..<200 {
            group.addTask {
              let octets = try await upstream.exchange(UpstreamQuery("n\(number).example"))
              let message = try Message(parsing: octets)
              #expect(message.answers.map(\.rdata.last) == [UInt8(number)])
            }
          }
          try await group.waitForAll()
        }
        #expect((1...8).contains(upstream.load.sockets))
      }
      #expect((1...8).contains(Int(server.connections.value)))
    }
  }

  @Test func `a connection is used again, and a new one where the server has closed it`()
    async throws
  {
    try await StreamServer.run(perConnection: 3, { [answer($0)] }) { server in
      let upstream = UpstreamServer("tcp://127.0.0.1:\(server.port)")!
      try await withForwarding(to: [upstream]) { upstream in
        for number in 0..<9 {
          _ = try await upstream.exchange(UpstreamQuery("n\(number).example"))
        }
      }
      // Nine answers; each fourth query on a connection is lost with it and sent again.
      #expect(server.connections.value == 3)
    }
  }

  @Test func `a server with the right certificate is asked under TLS`() async throws {
    try await StreamServer.run(certificate: "shop", { [answer($0)] }) { server in
      let upstream = UpstreamServer("tls://127.0.0.1:\(server.port)#shop.example")!
      try await withForwarding(to: [upstream], authorities: Self.authority) { upstream in
        for number in 0..<20 {
          let octets = try await upstream.exchange(UpstreamQuery("n\(number).example"))
          #expect(try Message(parsing: octets).answers.count == 1)
        }
      }
      #expect(server.connections.value == 1)
    }
  }

  @Test(arguments: [
    ("other", "shop.example"), ("ended", "shop.example"), ("stranger-shop", "shop.example"),
    ("shop", "other.example"), ("shop", "example"), ("shop", ""),
  ])
  func `no query reaches a server whose certificate is wrong, and none goes without TLS`(
    certificate: String, name: String
  ) async throws {
    let asked = Counter()
    try await StreamServer.run(
      certificate: certificate,
      { query in
        asked.add(1)
        return [answer(query)]
      }
    ) { server in
      let text = "tls://127.0.0.1:\(server.port)" + (name.isEmpty ? "" : "#\(name)")
      let upstream = UpstreamServer(text)!
      try await withForwarding(to: [upstream], authorities: Self.authority) { upstream in
        #expect(await upstream.failure(of: UpstreamQuery("www.example")) == .networkError)
      }
    }
    #expect(asked.value == 0)
  }

  @Test func `a server that speaks no TLS is not asked at all`() async throws {
    let asked = Counter()
    try await StreamServer.run({ query in
      asked.add(1)
      return [answer(query)]
    }) { server in
      let upstream = UpstreamServer("tls://127.0.0.1:\(server.port)#shop.example")!
      try await withForwarding(
        to: [upstream], tryTimeout: .milliseconds(300), authorities: Self.authority
      ) { upstream in
        #expect(await upstream.failure(of: UpstreamQuery("www.example")) != nil)
      }
    }
    #expect(asked.value == 0)
  }

  @Test func `another server is asked where the first cannot be reached`() async throws {
    try await StreamServer.run(certificate: "shop", { [answer($0)] }) { server in
      let good = UpstreamServer("tls://127.0.0.1:\(server.port)#shop.example")!
      let bad = UpstreamServer("tls://127.0.0.1:\(server.port)#elsewhere.example")!
      try await withForwarding(to: [bad, good], authorities: Self.authority) { upstream in
        let octets = try await upstream.exchange(UpstreamQuery("www.example"))
        #expect(try Message(parsing: octets).answers.count == 1)
      }
    }
  }

  @Test func `a shutdown ends what is on its way and closes every connection`() async throws {
    let asked = Signal()
    try await StreamServer.run({ _ in
      asked.send()
      return []
    }) { server in
      let upstream = try ForwardingUpstream(
        ForwardingUpstream.Configuration(
          servers: [UpstreamServer("tcp://127.0.0.1:\(server.port)")!],
          tryTimeout: .seconds(600), deadline: .seconds(600)),
        group: MultiThreadedEventLoopGroup.singleton)
      let failure = await withTaskGroup(of: UpstreamFailure?.self) { group in
        group.addTask { await upstream.failure(of: UpstreamQuery("www.example")) }
        await asked.wait()
        await upstream.shutdown()
        return await group.next() ?? nil
      }
      #expect(failure == .cancelled)
      #expect(upstream.load == (0, 0))
    }
  }

  @Test func `a cancelled asker leaves at once, and the connection goes on`() async throws {
    let asked = Signal()
    try await StreamServer.run({ query in
      asked.send()
      return query.questions[0].name == domain("silent.example") ? [] : [answer(query)]
    }) { server in
      let upstream = UpstreamServer("tcp://127.0.0.1:\(server.port)")!
      try await withForwarding(to: [upstream], tryTimeout: .seconds(600)) { upstream in
        let failure = await withTaskGroup(of: UpstreamFailure?.self) { group in
          group.addTask { await upstream.failure(of: UpstreamQuery("silent.example")) }
          await asked.wait()
          group.cancelAll()
          return await group.next() ?? nil
        }
        #expect(failure == .cancelled)
        _ = try await upstream.exchange(UpstreamQuery("www.example"))
      }
      #expect(server.connections.value == 1)
    }
  }
}

@Suite("Where resolvers are") struct UpstreamServerTests {
  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1:53"), ("192.0.2.1:5353", "192.0.2.1:5353"),
    ("[2001:db8::1]:5353", "[2001:db8::1]:5353"), ("tcp://192.0.2.1", "tcp://192.0.2.1:53"),
    ("tls://192.0.2.1", "tls://192.0.2.1:853"),
    ("tls://2001:db8::1", "tls://[2001:db8::1]:853"),
    ("tls://192.0.2.1:8853#dns.example", "tls://192.0.2.1:8853#dns.example"),
    ("tls://[2001:db8::1]#dns.example", "tls://[2001:db8::1]:853#dns.example"),
  ])
  func `are read and written`(text: String, written: String) throws {
    let server = try #require(UpstreamServer(text))
    #expect(server.description == written)
    #expect(UpstreamServer(written) == server)
  }

  @Test(arguments: [
    "", "tls://", "tls://dns.example", "tls://192.0.2.1#", "tls://192.0.2.1#192.0.2.1",
    "tls://192.0.2.1#a b", "192.0.2.1#dns.example", "tcp://192.0.2.1#dns.example",
    "udp://192.0.2.1", "https://192.0.2.1", "tls://192.0.2.1:0#dns.example", "TLS://192.0.2.1",
  ])
  func `are not guessed at`(text: String) {
    #expect(UpstreamServer(text) == nil)
  }
}
