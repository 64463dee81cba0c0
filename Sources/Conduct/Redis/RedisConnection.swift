internal import NIOCore
internal import NIOPosix

/// One connection to Redis: a command, then its answer, one after the other.
struct RedisConnection {
  private var answers: NIOAsyncChannelInboundStream<RESPValue>.AsyncIterator
  private let commands: NIOAsyncChannelOutboundWriter<ByteBuffer>

  /// A server that says nothing for so long is taken for gone; it must be longer than any command
  /// is let wait.
  static let silence = TimeAmount.seconds(30)
  private static let connectTimeout = TimeAmount.seconds(5)

  /// Runs a body with a connection that is let in, and closes it.
  static func with<Outcome: Sendable>(
    _ address: RedisAddress, group: any EventLoopGroup,
    _ body: (inout RedisConnection) async throws -> Outcome
  ) async throws -> Outcome {
    let login = try address.login()
    let channel = try await connect(address, group)
    return try await channel.executeThenClose { inbound, outbound in
      var connection = RedisConnection(
        answers: inbound.makeAsyncIterator(), commands: outbound)
      try await connection.enter(login)
      return try await body(&connection)
    }
  }

  private static func connect(
    _ address: RedisAddress, _ group: any EventLoopGroup
  ) async throws(RedisFailure) -> NIOAsyncChannel<RESPValue, ByteBuffer> {
    let secure = try address.tls.map { tls throws(RedisFailure) in
      try RedisTLSHandshake(tls, host: address.host)
    }
    let bootstrap = ClientBootstrap(group: group)
      .connectTimeout(connectTimeout)
      .channelOption(.socketOption(.so_keepalive), value: 1)
      .channelOption(
        .recvAllocator,
        value: AdaptiveRecvByteBufferAllocator(
          minimum: 4_096, initial: 65_536, maximum: 1 << 20))
    let dress: @Sendable (any Channel) -> EventLoopFuture<NIOAsyncChannel<RESPValue, ByteBuffer>> =
      { channel in
        channel.eventLoop.makeCompletedFuture {
          if let secure { try channel.pipeline.syncOperations.addHandler(try secure.handler()) }
          try channel.pipeline.syncOperations.addHandlers([
            IdleStateHandler(readTimeout: silence), SilenceCloser(),
            ByteToMessageHandler(RESPDecoder()),
          ])
          return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
        }
      }
    do {
      return address.host.hasPrefix("/")
        ? try await bootstrap.connect(
          unixDomainSocketPath: address.host, channelInitializer: dress)
        : try await bootstrap.connect(
          host: address.host, port: address.port, channelInitializer: dress)
    } catch {
      throw .unreachable(place: address.place, reason: "\(error)")
    }
  }

  /// Asks for RESP3, and shows who we are; a server that knows RESP2 alone is as good.
  private mutating func enter(_ login: (user: String?, password: String)?) async throws {
    var hello = ["HELLO", "3"]
    if let login { hello += ["AUTH", login.user ?? "default", login.password] }
    do {
      _ = try await send(hello)
    } catch RedisFailure.refused(_, let reason) where reason.hasPrefix("ERR unknown command") {
      guard let login else { return }
      _ = try await send(["AUTH"] + [login.user, login.password].compactMap { $0 })
    }
  }

  /// Sends a command and waits for its answer.
  ///
  /// - Throws: ``RedisFailure``; cancellation closes the connection.
  mutating func send(_ command: [String]) async throws -> RESPValue {
    try await commands.write(Self.encoded(command.map { Array($0.utf8) }))
    return try await answer(to: command.first ?? "")
  }

  /// Sends several commands at once, and waits for all answers.
  mutating func send(all list: [[String]]) async throws -> [RESPValue] {
    var octets = ByteBuffer()
    for command in list {
      octets.writeImmutableBuffer(Self.encoded(command.map { Array($0.utf8) }))
    }
    guard !list.isEmpty else { return [] }
    try await commands.write(octets)
    var values: [RESPValue] = []
    for command in list { values.append(try await answer(to: command.first ?? "")) }
    return values
  }

  private mutating func answer(to command: String) async throws -> RESPValue {
    while true {
      guard let value = try await answers.next() else { throw RedisFailure.closed }
      switch value {
      case .failure(let reason):
        throw RedisFailure.refused(command: command, reason: String(reason.prefix(200)))
      case .push: continue
      case .string, .integer, .double, .boolean, .null, .array, .map: return value
      }
    }
  }

  /// A command as a list of strings, as servers take them in both versions.
  static func encoded(_ command: [[UInt8]]) -> ByteBuffer {
    var buffer = ByteBuffer()
    buffer.writeString("*\(command.count)\r\n")
    for part in command {
      buffer.writeString("$\(part.count)\r\n")
      buffer.writeBytes(part)
      buffer.writeString("\r\n")
    }
    return buffer
  }
}

/// Makes values of what comes in.
private struct RESPDecoder: ByteToMessageDecoder {
  typealias InboundOut = RESPValue

  private var reader = RESPReader()

  mutating func decode(
    context: ChannelHandlerContext, buffer: inout ByteBuffer
  ) throws -> DecodingState {
    guard let value = try reader.next(&buffer) else { return .needMoreData }
    context.fireChannelRead(wrapInboundOut(value))
    return .continue
  }

  mutating func decodeLast(
    context: ChannelHandlerContext, buffer: inout ByteBuffer, seenEOF: Bool
  ) throws -> DecodingState {
    try decode(context: context, buffer: &buffer)
  }
}

/// Closes a connection on which nothing comes any more.
private final class SilenceCloser: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is IdleStateHandler.IdleStateEvent {
      context.close(promise: nil)
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }
}
