import DNSWire
import Enforcement
import Logging
import NIOCore
import NIOPosix

@testable import Gate

/// Doors that are open for a test: one blocked subtree, `venue.example`, and an upstream that the
/// test holds.
struct OpenDoors: Sendable {
  let doors: StreamDoors
  let ports: [Transport: Int]
  let upstream: HeldUpstream
  let identity: SampleIdentity

  /// Opens doors, lets a test use them, and closes them.
  static func open<Result: Sendable>(
    _ transports: [Transport] = [.tcp], limits: StreamLimits = StreamLimits(),
    use: @escaping @Sendable (OpenDoors) async throws -> Result
  ) async throws -> Result {
    let open = try await OpenDoors(transports, limits)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await open.doors.run() }
      let result = await Swift.Result { try await use(open) }
      group.cancelAll()
      return try result.get()
    }
  }

  private init(_ transports: [Transport], _ limits: StreamLimits) async throws {
    upstream = HeldUpstream()
    identity = try SampleIdentity()
    let clock: @Sendable () -> Instant = { Instant(milliseconds: sampleNow) }
    let desk = Desk(board: .with(.sample(blocking: [("venue.example", .subtree)])))
    var doors = StreamDoors(
      service: QueryService(
        board: desk.board, responder: desk.responder,
        resolver: Resolver(
          upstream: upstream, cache: AnswerCache(), refresher: Refresher(),
          meter: ResolutionMeter(), clock: clock),
        clock: clock),
      limits: limits,
      certificates: try CertificateKeeper(identity.files, logger: Logger(label: "test")),
      group: MultiThreadedEventLoopGroup.singleton)
    var ports: [Transport: Int] = [:]
    for transport in transports {
      ports[transport] = try await doors.listen(
        transport, on: ListenAddress(address: "127.0.0.1", port: 0))
    }
    self.doors = doors
    self.ports = ports
  }

  /// Connects a client by TCP or TLS.
  func client<Result>(
    _ transport: Transport = .tcp, use: (inout StreamClient) async throws -> Result
  ) async throws -> Result {
    try await StreamClient.connect(
      to: ports[transport]!, tls: transport == .tls ? identity.client(protocols: ["dot"]) : nil,
      use: use)
  }

  /// Waits until so many connections are open, or the test is given up.
  func untilConnections(_ count: Int) async {
    while doors.roll.count != count, !Task.isCancelled { await Task.yield() }
  }
}

extension Result where Failure == any Error {
  /// What an asynchronous body comes to.
  init(_ body: () async throws -> Success) async {
    do {
      self = .success(try await body())
    } catch {
      self = .failure(error)
    }
  }
}
