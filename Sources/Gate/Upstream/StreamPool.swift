internal import DNSWire
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

/// Connections to one server, opened when they are needed and closed when nothing goes over them.
///
/// Many queries share a connection; another is opened where the ones there are have much to do.
final class StreamPool: Sendable {
  /// Bounds on what is open.
  struct Limits: Sendable {
    /// Connections at a time.
    var connections = 8
    /// Queries on a connection above which another one is opened.
    var crowd = 32
    /// Queries on a connection at a time.
    var queries = 512
    /// A connection on which nothing happens for so long is closed.
    var idle = TimeAmount.seconds(15)
  }

  /// How connections are made safe.
  struct Security: Sendable {
    let context: NIOSSLContext
    /// The name the certificate must have; the server's address must be in it where there is none.
    let name: String?

    /// Makes the settings of DNS over TLS (RFC 7858, Section 3.2; RFC 8310, Section 8).
    ///
    /// - Parameters:
    ///   - name: the name to check the certificate against.
    ///   - authorities: a file with the certificates to trust; nil for the system's.
    /// - Throws: where the file cannot be read.
    init(name: String?, authorities: String?) throws {
      var configuration = TLSConfiguration.makeClientConfiguration()
      configuration.minimumTLSVersion = .tlsv12
      configuration.applicationProtocols = ["dot"]
      if let authorities { configuration.trustRoots = .file(authorities) }
      context = try NIOSSLContext(configuration: configuration)
      self.name = name
    }
  }

  private struct Connection {
    let number: Int
    let channel: EventLoopFuture<any Channel>
    var queries = 0
  }

  private struct State {
    var isClosed = false
    var nextNumber = 0
    var connections: [Connection] = []
  }

  private let address: ServerAddress
  private let security: Security?
  private let group: any EventLoopGroup
  private let limits: Limits
  private let state = Mutex(State())

  /// Prepares a pool; nothing is opened yet.
  init(
    to address: ServerAddress, security: Security?, group: any EventLoopGroup,
    limits: Limits = Limits()
  ) {
    self.address = address
    self.security = security
    self.group = group
    self.limits = limits
  }

  /// How many connections are open or being opened.
  var count: Int { state.withLock { $0.connections.count } }

  /// Asks, and opens a connection where that is needed.
  ///
  /// A server may close a connection just as it is used again, so a query that a connection took down
  /// with it is sent once more, on another one.
  func ask(
    ticket: Int, within timeout: Duration, _ make: @escaping @Sendable () -> OutgoingQuery
  ) async -> Reply {
    let end = ContinuousClock.now + timeout
    for _ in 0..<2 {
      guard let connection = take(within: timeout) else { return .exhausted }
      defer { giveBack(connection.number) }
      do {
        let channel = try await connection.channel.get()
        if let reply = try await exchange(
          on: channel, ticket: ticket, within: TimeAmount(end - .now), make)
        {
          return reply
        }
        // It is over, whether it is seen to be closed already or not.
        forget(connection.number)
      } catch {
        return Task.isCancelled || isClosed ? .closed : Reply(error)
      }
    }
    return isClosed ? .closed : .unreachable
  }

  /// Closes every connection and lets none be opened.
  func shutdown() async {
    let open = state.withLock { state in
      state.isClosed = true
      return state.connections.map(\.channel)
    }
    for connection in open {
      guard let channel = try? await connection.get() else { continue }
      channel.close(promise: nil)
      try? await channel.closeFuture.get()
    }
  }

  private var isClosed: Bool { state.withLock { $0.isClosed } }

  private func exchange(
    on channel: any Channel, ticket: Int, within timeout: TimeAmount,
    _ make: @escaping @Sendable () -> OutgoingQuery
  ) async throws -> Reply? {
    let reply = channel.eventLoop.makePromise(of: PipelineHandler.Outcome.self)
    return try await withTaskCancellationHandler {
      channel.eventLoop.execute {
        guard
          let handler = try? channel.pipeline.syncOperations.handler(type: PipelineHandler.self)
        else { return reply.succeed(nil) }
        handler.send(make, ticket: ticket, within: timeout, reply: reply)
      }
      return try await reply.futureResult.get()
    } onCancel: {
      channel.eventLoop.execute {
        let handler = try? channel.pipeline.syncOperations.handler(type: PipelineHandler.self)
        handler?.cancel(ticket: ticket)
      }
    }
  }

  // MARK: - Connections

  private func take(within timeout: Duration) -> Connection? {
    state.withLock { state -> Connection? in
      guard !state.isClosed else { return nil }
      let least = state.connections.indices.min { one, other in
        state.connections[one].queries < state.connections[other].queries
      }
      let crowd = state.connections.count < limits.connections ? limits.crowd : limits.queries
      if let least, state.connections[least].queries < crowd {
        state.connections[least].queries += 1
        return state.connections[least]
      }
      guard state.connections.count < limits.connections else { return nil }
      state.nextNumber += 1
      let connection = Connection(
        number: state.nextNumber, channel: open(state.nextNumber, within: timeout), queries: 1)
      state.connections.append(connection)
      return connection
    }
  }

  private func giveBack(_ number: Int) {
    state.withLock { state in
      guard let place = state.connections.firstIndex(where: { $0.number == number }) else { return }
      state.connections[place].queries -= 1
    }
  }

  private func open(_ number: Int, within timeout: Duration) -> EventLoopFuture<any Channel> {
    let opened = ClientBootstrap(group: group)
      .connectTimeout(TimeAmount(timeout))
      .channelInitializer { [security, limits] channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if let security {
            try pipeline.addHandler(
              NIOSSLClientHandler(context: security.context, serverHostname: security.name))
          }
          try pipeline.addHandler(IdleStateHandler(allTimeout: limits.idle))
          try pipeline.addHandlers([FrameHandler(), PipelineHandler()])
        }
      }
      .connect(to: address.socketAddress)
    opened.whenComplete { [weak self] result in
      switch result {
      case .success(let channel):
        channel.closeFuture.whenComplete { [weak self] _ in self?.forget(number) }
      case .failure: self?.forget(number)
      }
    }
    return opened
  }

  private func forget(_ number: Int) {
    state.withLock { state in state.connections.removeAll { $0.number == number } }
  }
}
