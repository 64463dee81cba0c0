import DNSWire
import NIOCore
import NIOPosix
import NIOSSL

/// A connection to a DNS server by TCP, or by TLS.
struct StreamClient {
  private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
  private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
  private var frames = FrameReader()

  /// Connects, lets a test use the connection, and closes it.
  static func connect<Result>(
    to port: Int, tls: TLSConfiguration? = nil,
    use: (inout StreamClient) async throws -> Result
  ) async throws -> Result {
    let context = try tls.map { try NIOSSLContext(configuration: $0) }
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          if let context {
            try channel.pipeline.syncOperations.addHandler(
              NIOSSLClientHandler(context: context, serverHostname: nil))
          }
          return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
            wrappingChannelSynchronously: channel,
            configuration: .init(isOutboundHalfClosureEnabled: true))
        }
      }
    return try await channel.executeThenClose { inbound, outbound in
      var client = StreamClient(outbound: outbound, inbound: inbound.makeAsyncIterator())
      return try await use(&client)
    }
  }

  private init(
    outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>,
    inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
  ) {
    self.outbound = outbound
    self.inbound = inbound
  }

  /// Sends octets as they are.
  func send(raw octets: [UInt8]) async throws {
    try await outbound.write(ByteBuffer(bytes: octets))
  }

  /// Sends messages, one after the other in one go.
  func send(_ messages: [UInt8]...) async throws {
    try await send(raw: messages.flatMap { FrameReader.frame($0)! })
  }

  /// Ends the client's side; the server's stays open.
  func endSending() {
    outbound.finish()
  }

  /// The next message; nil where the server closed the connection.
  mutating func next() async throws -> Message? {
    while true {
      if let octets = try frames.next() { return try Message(parsing: octets) }
      let received: ByteBuffer?
      do {
        received = try await inbound.next()
      } catch is IOError {
        // A reset is an end too.
        return nil
      } catch is NIOSSLError {
        return nil
      }
      guard let received else { return nil }
      try frames.append(received.readableBytesView)
    }
  }
}
