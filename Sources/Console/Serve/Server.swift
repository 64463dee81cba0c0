internal import Conduct
internal import DomainNames
internal import Enforcement
internal import Foundation
internal import Gate
internal import Logging
internal import NIOPosix
internal import Records
internal import ServiceLifecycle
internal import UnixSignals
internal import Watch

/// The whole system in one process: the record, the gate, the console, and the local socket.
public struct Server: Sendable {
  let journal: Journal
  let desk: Desk
  let gatekeeper: Gatekeeper
  let control: ControlServer
  let web: WebService
  let traffic: TrafficService
  let reports: ReportService
  let configuration: CordonConfiguration
  let runsJobs: Bool
  let logger: Logger

  /// Opens the record, binds every address, and puts the orders in force into effect.
  ///
  /// Nothing is answered before ``run()``.
  ///
  /// - Parameters:
  ///   - directory: the data directory.
  ///   - configuration: the settings.
  ///   - runsJobs: whether time is recorded as it passes; without it the gate still reads its clock.
  /// - Throws: what keeps the system from starting, as a sentence.
  public init(
    directory: String, configuration: CordonConfiguration, runsJobs: Bool = true
  ) async throws {
    self.runsJobs = runsJobs
    var logger = Logger(label: "cordon") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = .notice
    self.logger = logger
    journal = try Journal(
      directory: directory, origin: configuration.origin, clock: SystemClock.now)
    // A gate that knows no orders because the record is damaged would lift every block in silence.
    if let fault = journal.fault { throw fault }
    let listener = try await WebListener(configuration.console, logger: logger)
    do {
      self.configuration = configuration.listening(on: listener.address)
      desk = Desk(journal: journal, configuration: self.configuration)
      if runsJobs { try journal.catchUp() }
      let desk = desk
      let board = try RuleBoard(
        key: NameIndex.Key(.random(in: .min ... .max), .random(in: .min ... .max)),
        protections: Protections(identity: try desk.grounds.protectionsDigest()) {
          try desk.grounds.protectedAtGate()
        },
        store: RuleStore(path: directory + "/gate.index"))
      let clock = GateClock(notBefore: journal.register.lastEvent)
      gatekeeper = try await Gatekeeper(
        try Self.gate(configuration), board: board, clock: { clock.now }, logger: logger)
      let keeper = TotalsKeeper(board: board)
      let liftings = LiftingMeter()
      try RuleFeed(
        journal: journal, board: board, gatekeeper: gatekeeper, keeper: keeper, clock: clock,
        contestAddress: { desk.contestAddress(of: $0) }, respondent: configuration.respondent,
        liftings: liftings, logger: logger
      ).start()
      let brake = BrakeDesk(
        journal: journal, keeper: keeper, brake: Brake(configuration.brake),
        window: configuration.brake.windowSeconds, meter: BrakeMeter(), logger: logger)
      reports = try desk.conduct.reporting(logger)
      traffic = TrafficService(
        journal: journal, gatekeeper: gatekeeper, keeper: keeper, totals: desk.totals,
        brake: brake, liftings: liftings, reports: reports, logger: logger)
      web = try WebService(
        listener, desk: desk, metrics: traffic.metrics, logger: logger)
      control = try await ControlServer(
        desk: desk, directory: directory, group: MultiThreadedEventLoopGroup.singleton)
    } catch {
      await listener.close()
      throw error
    }
  }

  private static func gate(_ configuration: CordonConfiguration) throws -> GateConfiguration {
    let upstream: UpstreamChoice
    switch configuration.upstream {
    case .chosen(let choice): upstream = choice
    case .system:
      let text = (try? String(contentsOfFile: "/etc/resolv.conf", encoding: .utf8)) ?? ""
      upstream = .forward(Gatekeeper.systemUpstreams(resolvConf: text))
    }
    var gate = GateConfiguration(
      listeners: configuration.listeners, workers: configuration.workers, upstream: upstream,
      blockPage: configuration.blockPage, cacheOctets: configuration.cacheOctets,
      clients: configuration.clients, staleSeconds: UInt32(configuration.staleHours) * 3_600,
      streams: configuration.doors.limits, encryption: configuration.doors.encryption)
    gate.pinsWorkers = configuration.pinsWorkers
    return gate
  }

  /// The addresses on which DNS is answered.
  public var gateAddresses: [String] { gatekeeper.addresses.map(\.description) }

  /// Where the console is reached.
  public var consoleURL: String { configuration.consoleURL }

  /// Serves until the process is told to stop; then stops accepting, drains, and closes.
  public func run() async throws {
    // Totals are kept and the brake watches whenever the gate answers: they guard its answers.
    var services: [any Service] = [GateService(gatekeeper: gatekeeper), traffic, web, control]
    if runsJobs {
      services.append(TimeService(journal: journal, logger: logger))
      services.append(
        OutboxService(
          journal: journal, carrier: MailCarrier(server: configuration.notices.server),
          logger: logger))
    }
    if runsJobs {
      services.append(ConductEffectService(effects: try desk.conduct.effects(logger)))
      services.append(ConductReportService(reports: reports))
      if let stream = desk.conduct.stream(logger) {
        services.append(ConductStreamService(stream: stream))
      }
    }
    if runsJobs, configuration.watch.isEnabled {
      services.append(WatchService(office: desk.watch, logger: logger))
    }
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: services.map { ServiceGroupConfiguration.ServiceConfiguration(named: $0) },
        gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    try await group.run()
  }
}

extension ServiceGroupConfiguration.ServiceConfiguration {
  /// Names a service by its type in the log: without a name, all that it holds would be written out,
  /// keys and addresses, too, and a third of the start be spent on that.
  fileprivate init(named service: any Service) {
    self.init(service: service, serviceName: "\(type(of: service))")
  }
}
