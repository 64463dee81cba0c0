internal import DNSWire
public import Enforcement
internal import Foundation
public import Logging
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// The DNS server: answers for blocked names, resolves all others.
///
/// It reads its own clock for every batch of queries, so a rule past its end does not block, even
/// where nothing else of Cordon runs. It counts in totals per order, and keeps no trace of who asked
/// for what.
public final class Gatekeeper: Sendable {
  /// The rules in use.
  public let board: RuleBoard
  /// Where the gate listens, ports as the system gave them.
  public let addresses: [ListenAddress]

  private let sockets: [DatagramSocket]
  private let streams: [StreamListener]
  private let service: QueryService
  private let cache: AnswerCache
  private let stopFlag = StopFlag()
  private let workersEnded = DispatchGroup()
  private let logger: Logger
  private let group: MultiThreadedEventLoopGroup
  private let shutdownUpstream: @Sendable () async -> Void
  private let pending: AsyncStream<PendingQuery>
  private let handOver: AsyncStream<PendingQuery>.Continuation

  /// At most so many queries by UDP wait to be taken up for resolution.
  static let pendingLimit = 4_096

  /// Binds all sockets; nothing is answered before ``run()``.
  ///
  /// - Parameters:
  ///   - configuration: how to listen and resolve.
  ///   - board: the rules.
  ///   - clock: the gate's own clock.
  ///   - logger: where faults are told; never a query.
  /// - Throws: ``GateError``.
  public init(
    _ configuration: GateConfiguration,
    board: RuleBoard,
    clock: @escaping @Sendable () -> Instant,
    logger: Logger
  ) async throws(GateError) {
    self.board = board
    self.logger = logger
    group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
    cache = AnswerCache(AnswerCache.Limits(octets: configuration.cacheOctets))
    let upstream: any Upstream
    (upstream, shutdownUpstream) = try Self.upstream(configuration.upstream, group)
    service = QueryService(
      board: board,
      responder: Responder(blocked: BlockedAnswerWriter(page: configuration.blockPage)),
      resolver: Resolver(upstream: upstream, cache: cache, clock: clock), clock: clock)
    (pending, handOver) = AsyncStream.makeStream(
      of: PendingQuery.self, bufferingPolicy: .bufferingOldest(Self.pendingLimit))
    var bound = Bound()
    do throws(GateError) {
      for listener in configuration.listeners {
        try await bound.listen(
          on: listener, workers: max(1, configuration.workers), service: service, group: group)
      }
    } catch {
      for socket in bound.sockets { socket.close() }
      for stream in bound.streams { try? await stream.server.channel.close() }
      await shutdownUpstream()
      try? await group.shutdownGracefully()
      throw error
    }
    sockets = bound.sockets
    streams = bound.streams
    addresses = bound.addresses
  }

  private static func upstream(
    _ choice: UpstreamChoice, _ group: any EventLoopGroup
  ) throws(GateError) -> (any Upstream, @Sendable () async -> Void) {
    switch choice {
    case .forward(let texts):
      let servers = try texts.map { text throws(GateError) in
        guard let server = ServerAddress(text) else { throw GateError.badAddress(text) }
        return server
      }
      guard !servers.isEmpty else { throw .noUpstream }
      let upstream = ForwardingUpstream(
        ForwardingUpstream.Configuration(servers: servers), group: group)
      return (upstream, { await upstream.shutdown() })
    case .recursive(let recursion):
      do {
        let upstream = try RecursiveUpstream(try .init(recursion))
        return (upstream, { await upstream.shutdown() })
      } catch let error as GateError {
        throw error
      } catch {
        throw .recursion("\(error)")
      }
    }
  }

  /// The addresses of the system's resolvers, from the text of `/etc/resolv.conf`.
  public static func systemUpstreams(resolvConf text: String) -> [String] {
    SystemUpstreams.parse(text).map(\.description)
  }

  /// Forgets all resolved answers.
  public func forgetAnswers() {
    cache.removeAll()
  }
}

// MARK: - Running

extension Gatekeeper {
  /// Serves until the task is cancelled; then stops accepting, lets what is under way end, and
  /// closes.
  public func run() async {
    startWorkers()
    await withTaskCancellationHandler {
      await withDiscardingTaskGroup { tasks in
        for stream in streams {
          tasks.addTask { try? await stream.run() }
        }
        tasks.addTask { await self.resolvePending() }
      }
    } onCancel: {
      stopFlag.set()
      handOver.finish()
    }
    await shutdownUpstream()
    await withCheckedContinuation { continuation in
      workersEnded.notify(queue: .global()) { continuation.resume() }
    }
    for socket in sockets { socket.close() }
    try? await group.shutdownGracefully()
  }

  private func startWorkers() {
    for (number, socket) in sockets.enumerated() {
      let worker = DatagramWorker(
        socket: socket, board: board, responder: service.responder, cache: cache,
        clock: service.clock, isStopping: stopFlag,
        handOver: { [handOver] query in
          switch handOver.yield(query) {
          case .enqueued: true
          case .dropped, .terminated: false
          @unknown default: false
          }
        })
      workersEnded.enter()
      // The hot path blocks in the kernel, which a task must not.
      let thread = Thread { [workersEnded] in
        worker.run()
        workersEnded.leave()
      }
      thread.name = "gate-udp-\(number)"
      thread.start()
    }
  }

  private func resolvePending() async {
    await withDiscardingTaskGroup { tasks in
      for await query in pending {
        tasks.addTask { [service] in
          let answer = await service.resolve(
            query.query, in: query.message, from: query.context, limit: query.limit)
          query.peer.send(answer[...])
        }
      }
    }
  }
}

extension RecursiveUpstream.Configuration {
  fileprivate init(_ recursion: UpstreamChoice.Recursion) throws(GateError) {
    self.init()
    trustAnchorFile = recursion.trustAnchorFile
    rootHintsFile = recursion.rootHintsFile
    for (zone, addresses) in recursion.stubs.sorted(by: { $0.key < $1.key }) {
      for address in addresses {
        guard let server = ServerAddress(address) else { throw .badAddress(address) }
        stubZones.append(Zone(name: zone, server: server))
        if server.isLoopback { asksLocalhost = true }
      }
    }
  }
}

extension ServerAddress {
  fileprivate var isLoopback: Bool {
    let text = socketAddress.ipAddress ?? ""
    return text.hasPrefix("127.") || text == "::1"
  }
}

/// What is bound so far.
private struct Bound {
  var sockets: [DatagramSocket] = []
  var streams: [StreamListener] = []
  var addresses: [ListenAddress] = []

  mutating func listen(
    on wanted: ListenAddress, workers: Int, service: QueryService, group: any EventLoopGroup
  ) async throws(GateError) {
    let stream: StreamListener
    do {
      stream = try await StreamListener(
        address: wanted.address, port: wanted.port, service: service, group: group)
    } catch {
      throw GateError(at: wanted, number: (error as? IOError)?.errnoCode ?? EINVAL)
    }
    streams.append(stream)
    // TCP is bound first: where another resolver has the port, SO_REUSEPORT could let the UDP socket
    // in beside it.
    let port = stream.port ?? wanted.port
    for _ in 0..<workers {
      do {
        sockets.append(try DatagramSocket(address: wanted.address, port: UInt16(port)))
      } catch {
        throw GateError(at: wanted, number: error.number)
      }
    }
    addresses.append(ListenAddress(address: wanted.address, port: port))
  }
}

extension GateError {
  fileprivate init(at address: ListenAddress, number: Int32) {
    let text = address.description
    switch number {
    case EADDRINUSE: self = .portTaken(text)
    case EACCES, EPERM: self = .notAllowed(text)
    case EADDRNOTAVAIL, EINVAL: self = .badAddress(text)
    default: self = .system(address: text, reason: String(cString: strerror(number)))
    }
  }
}
