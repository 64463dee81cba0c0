internal import DNSWire
internal import Enforcement
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// DNS over TCP (RFC 7766): many queries on one connection, answered as each is ready.
struct StreamListener: Sendable {
  /// Bounds on what clients may hold open.
  struct Limits: Sendable {
    /// Connections at a time.
    var connections = 1_024
    /// Connections of one address at a time.
    var connectionsPerClient = 64
    /// Queries of one connection that are being resolved at a time.
    var queriesPerConnection = 64
    /// A connection without traffic for so long is closed (RFC 7766, Section 6.2.3).
    var idle = TimeAmount.seconds(20)
    /// The longest query that is read; longer ones end the connection.
    var queryOctets = 4_096
  }

  typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

  let server: NIOAsyncChannel<Connection, Never>
  let service: QueryService
  let limits: Limits
  private let census = ClientCensus()
  private let untaken = UntakenConnections()

  init(
    address: String, port: Int, service: QueryService, limits: Limits = Limits(),
    group: any EventLoopGroup
  ) async throws {
    self.service = service
    self.limits = limits
    let untaken = untaken
    server = try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 1_024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .bind(host: address, port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(IdleStateHandler(allTimeout: limits.idle))
          try channel.pipeline.syncOperations.addHandler(CloseWhenIdle())
          let connection = try Connection(wrappingChannelSynchronously: channel)
          untaken.add(connection)
          return connection
        }
      }
  }

  var port: Int? { server.channel.localAddress?.port }

  /// Serves connections until the listener is closed.
  func run() async throws {
    do {
      try await server.executeThenClose { connections in await take(connections) }
    } catch {
      await untaken.closeAll()
      throw error
    }
    await untaken.closeAll()
  }

  private func take(_ connections: NIOAsyncChannelInboundStream<Connection>) async {
    await withDiscardingTaskGroup { group in
      do {
        for try await connection in connections {
          untaken.remove(connection)
          let client = ClientAddress(connection.channel.remoteAddress)
          let place = client.flatMap { census.enter($0, limits) }
          group.addTask {
            guard let place else {
              try? await connection.executeThenClose { _, _ in }
              return
            }
            try? await serve(connection, QueryContext(transport: .tcp, client: place))
            census.leave(place)
          }
        }
      } catch {
        // The listener was closed.
      }
      group.cancelAll()
    }
  }

  private func serve(_ connection: Connection, _ context: QueryContext) async throws {
    try await connection.executeThenClose { inbound, outbound in
      var frames = FrameReader(maximumLength: limits.queryOctets)
      try await withThrowingDiscardingTaskGroup { group in
        let waiting = WaitingCount()
        for try await var received in inbound {
          try frames.append(received.readBytes(length: received.readableBytes) ?? [])
          while let message = try frames.next() {
            switch service.answerAtOnce(message, from: context) {
            case .ignore: return
            case .answered(let answer): try await outbound.write(Self.framed(answer))
            case .resolve(let query):
              guard waiting.enter(atMost: limits.queriesPerConnection) else { return }
              group.addTask {
                let answer = await service.resolve(
                  query, in: message, from: context, limit: Message.maximumLength)
                try? await outbound.write(Self.framed(answer))
                waiting.leave()
              }
            }
          }
        }
      }
    }
  }

  private static func framed(_ answer: [UInt8]) -> ByteBuffer {
    ByteBuffer(bytes: FrameReader.frame(answer) ?? [])
  }
}

/// Connections that were accepted, and that nobody has taken up yet.
///
/// They are held here, because a connection that is dropped without being closed ends the program;
/// a listener that stops closes them.
private final class UntakenConnections: Sendable {
  private let connections = Mutex<[ObjectIdentifier: StreamListener.Connection]>([:])

  func add(_ connection: StreamListener.Connection) {
    connections.withLock { $0[ObjectIdentifier(connection.channel)] = connection }
  }

  func remove(_ connection: StreamListener.Connection) {
    connections.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(connection.channel)) }
  }

  func closeAll() async {
    let left = connections.withLock { connections in
      defer { connections = [:] }
      return Array(connections.values)
    }
    for connection in left { try? await connection.executeThenClose { _, _ in } }
  }
}

/// How many queries of a connection wait.
final class WaitingCount: Sendable {
  private let count = Mutex(0)

  func enter(atMost limit: Int) -> Bool {
    count.withLock { count in
      guard count < limit else { return false }
      count += 1
      return true
    }
  }

  func leave() {
    count.withLock { $0 -= 1 }
  }
}

/// How many connections there are, by address.
///
/// It is kept for as long as they are open, and nowhere else.
private final class ClientCensus: Sendable {
  private struct State {
    var total = 0
    var byClient: [ClientAddress: Int] = [:]
  }

  private let state = Mutex(State())

  /// A place for a connection; nil where there is none left.
  func enter(_ client: ClientAddress, _ limits: StreamListener.Limits) -> ClientAddress? {
    state.withLock { state in
      guard state.total < limits.connections,
        state.byClient[client, default: 0] < limits.connectionsPerClient
      else { return nil }
      state.total += 1
      state.byClient[client, default: 0] += 1
      return client
    }
  }

  func leave(_ client: ClientAddress) {
    state.withLock { state in
      state.total -= 1
      let left = state.byClient[client, default: 1] - 1
      state.byClient[client] = left > 0 ? left : nil
    }
  }
}

/// Closes a connection on which nothing happens.
private final class CloseWhenIdle: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard event is IdleStateHandler.IdleStateEvent else {
      context.fireUserInboundEventTriggered(event)
      return
    }
    context.close(promise: nil)
  }
}
