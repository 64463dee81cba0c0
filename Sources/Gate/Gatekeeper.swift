internal import DNSWire
public import DomainNames
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
  /// Where it listens for DNS over TLS.
  public let tlsAddresses: [ListenAddress]
  /// Where it listens for DNS over HTTPS.
  public let httpsAddresses: [ListenAddress]

  private let sockets: [DatagramSocket]
  private let doors: StreamDoors
  private let service: QueryService
  private let cache: AnswerCache
  private let cookies: CookieKeeper?
  private let limit: ClientConfiguration.Limit
  private let stopFlag = StopFlag()
  private let pinsWorkers: Bool
  private let workersEnded = DispatchGroup()
  private let logger: Logger
  private let group: MultiThreadedEventLoopGroup
  private let shutdownUpstream: @Sendable () async -> Void
  private let pending = QueryLine<PendingQuery>()

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
    pinsWorkers = configuration.pinsWorkers
    self.logger = logger
    group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
    cache = AnswerCache(
      AnswerCache.Limits(
        octets: configuration.cacheOctets, staleSeconds: configuration.staleSeconds))
    let clients = configuration.clients
    cookies =
      clients.cookies.isEnabled
      ? try CookieKeeper(file: clients.cookies.secretsFile, at: clock().seconds) : nil
    limit = clients.limit
    let upstream: any Upstream
    (upstream, shutdownUpstream) = try Self.upstream(configuration.upstream, group)
    service = QueryService(
      board: board,
      responder: Responder(
        blocked: BlockedAnswerWriter(page: configuration.blockPage),
        clients: ClientRules(clients, cookies: cookies)),
      resolver: Resolver(
        upstream: upstream, cache: cache, refresher: Refresher(), meter: ResolutionMeter(),
        clock: clock),
      clock: clock)
    do throws(GateError) {
      var bound = Bound(
        doors: StreamDoors(
          service: service, limits: Self.limits(configuration.streams, logger),
          certificates: try Self.certificates(configuration.encryption, logger), group: group))
      do throws(GateError) {
        try await bound.listen(by: configuration)
      } catch {
        await bound.close()
        throw error
      }
      doors = bound.doors
      sockets = bound.sockets
      addresses = bound.addresses
      tlsAddresses = bound.tls
      httpsAddresses = bound.https
    } catch {
      await shutdownUpstream()
      try? await group.shutdownGracefully()
      throw error
    }
  }

  private static func upstream(
    _ choice: UpstreamChoice, _ group: any EventLoopGroup
  ) throws(GateError) -> (any Upstream, @Sendable () async -> Void) {
    switch choice {
    case .forward(let texts, let authorities):
      let servers = try texts.map { text throws(GateError) in
        guard let server = UpstreamServer(text) else { throw GateError.badUpstream(text) }
        return server
      }
      guard !servers.isEmpty else { throw .noUpstream }
      do {
        let upstream = try ForwardingUpstream(
          ForwardingUpstream.Configuration(servers: servers, authorities: authorities),
          group: group)
        return (upstream, { await upstream.shutdown() })
      } catch {
        throw .authorities(authorities ?? "the system's certificates", reason: "\(error)")
      }
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

  private static func limits(_ wanted: StreamLimits, _ logger: Logger) -> StreamLimits {
    let limits = wanted.within(openFiles: OpenFileLimit.raise())
    if limits.connections < wanted.connections {
      logger.warning(
        "only \(limits.connections) connections are taken, for want of open files: raise the limit")
    }
    return limits
  }

  private static func certificates(
    _ encryption: EncryptedDoors?, _ logger: Logger
  ) throws(GateError) -> CertificateKeeper? {
    guard let encryption else { return nil }
    do throws(TLSIdentity.Fault) {
      return try CertificateKeeper(encryption.files, logger: logger)
    } catch {
      throw .certificate(error.description)
    }
  }

  /// The addresses of the system's resolvers, from the text of `/etc/resolv.conf`.
  public static func systemUpstreams(resolvConf text: String) -> [String] {
    SystemUpstreams.parse(text).map(\.description)
  }

  /// Forgets all resolved answers about names or names below them: their rules changed, and the next
  /// answer is to be fresh.
  public func forgetAnswers(about names: some Sequence<DomainName>) {
    cache.purge(NamePurge(names))
  }

  /// Forgets all resolved answers about names that some rules cover.
  public func forgetAnswers(under cover: RuleCover) {
    cache.purge(cover)
  }

  /// What the gate did since its start.
  public var metrics: GateMetrics {
    var metrics = GateMetrics()
    let traffic = service.responder.traffic
    metrics.queries = traffic.queries.value
    metrics.cacheHits = traffic.hits.value
    metrics.staleAnswers = traffic.stale.value
    metrics.refreshes = service.resolver.refresher.count
    (metrics.cacheEntries, metrics.cacheOctets) = cache.usage
    (metrics.upstreamSeconds, metrics.upstreamFailures) = service.resolver.meter.reading
    (metrics.names, metrics.nameOctets) = board.size
    return metrics
  }

  /// Ends the brake's window, answers what was counted in it, and begins the next.
  public func closeWindow() -> BallotCount {
    service.responder.ballot.close()
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
        tasks.addTask { [doors] in await doors.run() }
        tasks.addTask { await self.resolvePending() }
        tasks.addTask { await self.board.keepMerged() }
        tasks.addTask { await self.keepSecretsFresh() }
        tasks.addTask { [resolver = service.resolver] in
          await resolver.refresher.run { await resolver.refresh($0) }
        }
      }
    } onCancel: {
      stopFlag.set()
      pending.finish()
      service.resolver.refresher.finish()
    }
    await shutdownUpstream()
    await withCheckedContinuation { continuation in
      workersEnded.notify(queue: .global()) { continuation.resume() }
    }
    for socket in sockets { socket.close() }
    try? await group.shutdownGracefully()
  }

  private func startWorkers() {
    let workersOfAddress = max(1, sockets.count / max(1, addresses.count))
    for (number, socket) in sockets.enumerated() {
      let worker = DatagramWorker(
        socket: socket, board: board, responder: service.responder, cache: cache,
        refresher: service.resolver.refresher, clock: service.clock, isStopping: stopFlag,
        limit: limit, handOver: { [pending] in pending.take($0) },
        number: number + 1, place: pinsWorkers ? number % workersOfAddress : nil)
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

  private func keepSecretsFresh() async {
    guard let cookies else { return }
    while (try? await Task.sleep(for: .seconds(5))) != nil {
      cookies.refresh(at: service.clock().seconds, logger)
    }
  }

  private func resolvePending() async {
    await pending.run { [service] query in
      let answer = await service.resolve(
        query.query, in: query.message, from: query.context, limit: query.limit)
      query.peer.send(answer[...])
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
        guard let server = ServerAddress(address) else {
          throw .badAddress(address, key: "gate.recursion.stubs")
        }
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
  var doors: StreamDoors
  var sockets: [DatagramSocket] = []
  var addresses: [ListenAddress] = []
  var tls: [ListenAddress] = []
  var https: [ListenAddress] = []

  init(doors: StreamDoors) {
    self.doors = doors
  }

  /// Binds all that a configuration names.
  mutating func listen(by configuration: GateConfiguration) async throws(GateError) {
    for address in configuration.listeners {
      // TCP is bound first: where another resolver has the port, SO_REUSEPORT could let the UDP
      // socket in beside it.
      let bound = try await listen(.tcp, on: address, key: "gate.listen")
      let workers = max(1, configuration.workers)
      for _ in 0..<workers {
        do {
          sockets.append(
            try DatagramSocket(address: bound.address, port: UInt16(bound.port)))
        } catch {
          throw GateError(at: address, key: "gate.listen", number: error.number)
        }
      }
      if configuration.pinsWorkers { sockets.last?.steer(to: workers) }
      addresses.append(bound)
    }
    for address in configuration.encryption?.tls ?? [] {
      tls.append(try await listen(.tls, on: address, key: "gate.tls.listen"))
    }
    for address in configuration.encryption?.https ?? [] {
      https.append(try await listen(.https, on: address, key: "gate.https.listen"))
    }
  }

  private mutating func listen(
    _ transport: Transport, on wanted: ListenAddress, key: String
  ) async throws(GateError) -> ListenAddress {
    do {
      let port = try await doors.listen(transport, on: wanted)
      return ListenAddress(address: wanted.address, port: port)
    } catch {
      throw GateError(at: wanted, key: key, number: (error as? IOError)?.errnoCode ?? EINVAL)
    }
  }

  func close() async {
    for socket in sockets { socket.close() }
    await doors.close()
  }
}

extension GateError {
  fileprivate init(at address: ListenAddress, key: String, number: Int32) {
    let text = address.description
    switch number {
    case EADDRINUSE: self = .portTaken(text, key: key)
    case EACCES, EPERM: self = .notAllowed(text)
    case EADDRNOTAVAIL, EINVAL: self = .badAddress(text, key: key)
    default: self = .system(address: text, reason: String(cString: strerror(number)))
    }
  }
}
