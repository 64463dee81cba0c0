internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTP2
internal import NIOPosix
internal import NIOSSL

/// The doors for streams: listeners for DNS over TCP, TLS and HTTPS, and what they share.
struct StreamDoors: Sendable {
  let roll: ConnectionRoll
  let resolutions: Resolutions
  let certificates: CertificateKeeper?
  private let options: AnswerOptions
  private let group: any EventLoopGroup
  private var listeners: [any Channel] = []

  /// How long connections may take to end when the gate does.
  static let grace = TimeAmount.seconds(2)

  init(
    service: QueryService, limits: StreamLimits, certificates: CertificateKeeper?,
    group: any EventLoopGroup
  ) {
    roll = ConnectionRoll(limits: limits)
    resolutions = Resolutions(service: service)
    options = AnswerOptions(idle: limits.idle)
    self.certificates = certificates
    self.group = group
  }

  /// Binds a listener; it takes nobody in before ``run()``.
  ///
  /// - Returns: the port.
  mutating func listen(_ transport: Transport, on wanted: ListenAddress) async throws -> Int {
    let entrance = Entrance(
      transport: transport, roll: roll, resolutions: resolutions, certificates: certificates,
      options: options)
    let listener = try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 1_024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelOption(.autoRead, value: false)
      .childChannelOption(.maxMessagesPerRead, value: 1)
      .childChannelOption(.allowRemoteHalfClosure, value: transport.endsByHalves)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in entrance.admit(channel) }
      .bind(host: wanted.address, port: wanted.port).get()
    listeners.append(listener)
    return listener.localAddress?.port ?? wanted.port
  }

  /// Takes clients in until the task is cancelled; then answers what came, and closes.
  func run() async {
    for listener in listeners {
      listener.setOption(.autoRead, value: true).whenSuccess { listener.read() }
    }
    await withDiscardingTaskGroup { tasks in
      tasks.addTask { [resolutions] in await resolutions.run() }
      if let certificates { tasks.addTask { await certificates.run() } }
      tasks.addTask { [self] in
        await untilCancelled()
        await close()
      }
    }
  }

  private func untilCancelled() async {
    let (never, end) = AsyncStream.makeStream(of: Void.self)
    await withTaskCancellationHandler {
      for await _ in never {}
    } onCancel: {
      end.finish()
    }
  }

  /// Closes the listeners, then the connections: gently, and after a while at once.
  func close() async {
    for listener in listeners { try? await listener.close() }
    roll.endAll(.gently)
    resolutions.finish()
    let end = NIODeadline.now() + Self.grace
    while roll.count > 0, NIODeadline.now() < end {
      try? await group.next().scheduleTask(in: .milliseconds(10)) {}.futureResult.get()
    }
    roll.endAll(.now)
  }
}

extension Transport {
  /// Whether a client may end its side and still wait for answers.
  fileprivate var endsByHalves: Bool {
    switch self {
    case .tcp, .tls: true
    case .udp, .https: false
    }
  }
}

/// What a connection meets when it comes in by a door.
private struct Entrance: Sendable {
  let transport: Transport
  let roll: ConnectionRoll
  let resolutions: Resolutions
  let certificates: CertificateKeeper?
  let options: AnswerOptions

  func admit(_ channel: any Channel) -> EventLoopFuture<Void> {
    channel.eventLoop.makeCompletedFuture {
      guard let connection = StreamConnection(channel, transport: transport, roll: roll) else {
        throw ChannelError.ioOnClosedChannel
      }
      do {
        try furnish(channel, connection)
      } catch {
        connection.closed()
        throw error
      }
    }
  }

  private func furnish(_ channel: any Channel, _ connection: StreamConnection) throws {
    let pipeline = channel.pipeline.syncOperations
    try pipeline.addHandler(ConnectionGuard(connection))
    if let tls = certificates?.context(for: transport) {
      let spoken =
        transport == .https ? TLSIdentity.httpsProtocols : TLSIdentity.tlsProtocols
      try pipeline.addHandler(ProtocolGuard(spoken: spoken))
      try pipeline.addHandler(NIOSSLServerHandler(context: tls))
    }
    switch transport {
    case .udp, .tcp, .tls:
      try pipeline.addHandler(
        StreamHandler(connection, resolutions: resolutions, options: options))
    case .https:
      try furnishHTTP(channel, connection)
    }
  }

  private func furnishHTTP(_ channel: any Channel, _ connection: StreamConnection) throws {
    var http2 = NIOHTTP2Handler.ConnectionConfiguration()
    http2.initialSettings = [
      HTTP2Setting(parameter: .maxConcurrentStreams, value: roll.limits.queriesPerConnection),
      HTTP2Setting(parameter: .maxHeaderListSize, value: 16 << 10),
    ]
    let streams = LastStream()
    let bound = NIOLoopBound(connection, eventLoop: channel.eventLoop)
    _ = channel.configureCommonHTTPServerPipeline(
      connectionConfiguration: http2, streamConfiguration: .init(), streamDelegate: streams,
      h2ConnectionChannelConfigurator: { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            HTTP2Guard(bound.value, streams: streams))
        }
      }
    ) { [resolutions, options] channel in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandler(
          HTTPSHandler(bound.value, resolutions: resolutions, options: options))
      }
    }
  }
}
