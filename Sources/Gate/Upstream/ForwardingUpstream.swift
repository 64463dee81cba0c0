internal import DNSWire
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// Asks other resolvers, the quickest first, until one answers.
///
/// Each try by datagram has a socket of its own, connected to the server: the kernel picks a random
/// port, lets only the server's datagrams in and reports what ICMP says. Servers that are reached by
/// streams alone have a ``StreamPool`` each.
final class ForwardingUpstream: Upstream {
  /// Whom to ask, and how long to wait.
  struct Configuration: Sendable {
    /// The servers, the preferred one first.
    var servers: [UpstreamServer]
    /// A file with the certificates to trust for TLS; nil for the system's.
    var authorities: String?
    /// The longest wait for one reply of one server.
    var tryTimeout: Duration = .milliseconds(1500)
    /// The longest wait for an answer, over all tries.
    var deadline: Duration = .seconds(5)
    /// The most callers that wait at a time.
    var maximumInFlight = 4096
    /// Whether a server's word that data is authentic (AD) is passed on.
    ///
    /// Only for servers that verify, reached over a path nobody can write to (RFC 4035, Section 4.9.3).
    var trustsValidation = false
  }

  private let configuration: Configuration
  private let group: any EventLoopGroup
  private let shared: SharedExchanges
  private let order: Mutex<ServerOrder>
  private let sockets = OpenSockets()
  /// The pools of servers that are reached by streams alone, by place.
  private let pools: [Int: StreamPool]

  /// Makes an upstream whose sockets live on `group`, which the caller keeps running.
  ///
  /// - Throws: where the certificates to trust cannot be read.
  init(_ configuration: Configuration, group: any EventLoopGroup) throws {
    var pools: [Int: StreamPool] = [:]
    for (place, server) in configuration.servers.enumerated() {
      switch server.way {
      case .datagrams: break
      case .streams: pools[place] = StreamPool(to: server.address, security: nil, group: group)
      case .tls(let name):
        let security = try StreamPool.Security(
          name: name, authorities: configuration.authorities)
        pools[place] = StreamPool(to: server.address, security: security, group: group)
      }
    }
    self.pools = pools
    self.configuration = configuration
    self.group = group
    shared = SharedExchanges(limit: configuration.maximumInFlight)
    order = Mutex(ServerOrder(count: configuration.servers.count))
  }

  func exchange(_ query: UpstreamQuery) async throws(UpstreamFailure) -> [UInt8] {
    try await shared.answer(query) { () async throws(UpstreamFailure) in
      try await resolve(query)
    }
  }

  /// Ends every exchange and waits until all sockets are closed; later ones are refused.
  func shutdown() async {
    shared.close()
    sockets.closeAll()
    for pool in pools.values { await pool.shutdown() }
    await shared.waitUntilIdle()
  }

  /// How many callers wait for an answer, and how many sockets are open.
  var load: (callers: Int, sockets: Int) {
    (shared.count, sockets.count + pools.values.reduce(0) { $0 + $1.count })
  }

  private func resolve(_ query: UpstreamQuery) async throws(UpstreamFailure) -> [UInt8] {
    let start = ContinuousClock.now
    var failover = Failover(
      servers: order.withLock { $0.servers(at: start) },
      tryTimeout: configuration.tryTimeout, deadline: configuration.deadline)
    while true {
      switch failover.next(elapsed: ContinuousClock.now - start) {
      case .ask(let attempt, let timeout):
        let begin = ContinuousClock.now
        let reply = await ask(attempt, query, within: timeout)
        let now = ContinuousClock.now
        order.withLock { $0.note(reply, from: attempt.server, after: now - begin, at: now) }
        failover.note(reply, to: attempt)
      case .answer(let message):
        let isAuthentic =
          configuration.trustsValidation && message.flags.contains(.authenticData)
        return message.relayed(for: query, isAuthentic: isAuthentic)
      case .fail(let failure):
        throw failure
      }
    }
  }

  // MARK: - One try

  private func ask(
    _ attempt: Failover.Attempt, _ query: UpstreamQuery, within timeout: Duration
  ) async -> Reply {
    if let pool = pools[attempt.server] {
      let ticket = sockets.takeTicket()
      defer { sockets.giveBack(ticket) }
      let isPadded = configuration.servers[attempt.server].way.isEncrypted
      let reply = await pool.ask(ticket: ticket, within: timeout) {
        var random = SystemRandomNumberGenerator()
        return OutgoingQuery(
          query, over: .stream, usesEDNS: attempt.usesEDNS, isPadded: isPadded, random: &random)
      }
      return reply.showsLife || !isGivenUp ? reply : .closed
    }
    var random = SystemRandomNumberGenerator()
    let outgoing = OutgoingQuery(
      query, over: attempt.transport, usesEDNS: attempt.usesEDNS, random: &random)
    let end = ContinuousClock.now + timeout
    let ticket = sockets.takeTicket()
    defer { sockets.giveBack(ticket) }
    return await withTaskCancellationHandler {
      do {
        let channel = try await connect(
          to: configuration.servers[attempt.server].address, over: attempt.transport,
          within: timeout,
          ticket: ticket)
        let reply = await ReplyHandler.ask(outgoing, on: channel, within: TimeAmount(end - .now))
        channel.close(promise: nil)
        try await channel.closeFuture.get()
        return reply.showsLife || !isGivenUp ? reply : .closed
      } catch {
        return isGivenUp ? .closed : Reply(error)
      }
    } onCancel: {
      sockets.cancel(ticket)
    }
  }

  /// Whether nobody waits for this task's answer any more, so that its socket was closed from outside.
  private var isGivenUp: Bool { sockets.isClosed || Task.isCancelled }

  private func connect(
    to server: ServerAddress, over transport: OutgoingQuery.Transport, within timeout: Duration,
    ticket: Int
  ) async throws -> any Channel {
    switch transport {
    case .datagram:
      try await DatagramBootstrap(group: group)
        // Larger than the size we announce: some servers do not keep to it.
        .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 4096))
        .channelInitializer { [sockets] channel in
          channel.eventLoop.makeCompletedFuture {
            try sockets.register(channel, ticket)
            try channel.pipeline.syncOperations.addHandler(DatagramHandler())
          }
        }
        .connect(to: server.socketAddress).get()
    case .stream:
      try await ClientBootstrap(group: group)
        .connectTimeout(TimeAmount(timeout))
        .channelInitializer { [sockets] channel in
          channel.eventLoop.makeCompletedFuture {
            try sockets.register(channel, ticket)
            try channel.pipeline.syncOperations.addHandler(FrameHandler())
          }
        }
        .connect(to: server.socketAddress).get()
    }
  }
}

extension ReplyHandler {
  /// Asks on a connected channel; the reply always comes, if only that the time is over.
  static func ask(
    _ query: OutgoingQuery, on channel: any Channel, within timeout: TimeAmount
  ) async -> Reply {
    let reply = channel.eventLoop.makePromise(of: Reply.self)
    channel.eventLoop.execute {
      do {
        let handler = ReplyHandler(query, within: timeout, reply: reply)
        try channel.pipeline.syncOperations.addHandler(handler)
      } catch {
        reply.succeed(.closed)
      }
    }
    do {
      return try await reply.futureResult.get()
    } catch {
      return Reply(error)
    }
  }
}
