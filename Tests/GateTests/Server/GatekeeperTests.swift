import DNSWire
import DomainNames
import Enforcement
import Foundation
import Logging
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import Gate

@Suite("The gate as a whole", .timeLimit(.minutes(2))) struct GatekeeperTests {
  /// A clock that a test moves.
  final class Clock: Sendable {
    private let moment = Mutex(Instant(milliseconds: sampleNow))

    var now: Instant { moment.withLock { $0 } }
    func set(_ text: String) { moment.withLock { $0 = Instant(text)! } }
  }

  private static func gatekeeper(
    _ board: RuleBoard, upstream: [String], clock: Clock = Clock(),
    listeners: [ListenAddress] = [ListenAddress(address: "127.0.0.1", port: 0)]
  ) async throws(GateError) -> Gatekeeper {
    try await Gatekeeper(
      GateConfiguration(listeners: listeners, workers: 2, upstream: .forward(upstream)),
      board: board, clock: { clock.now }, logger: Logger(label: "test"))
  }

  /// Runs a gate before a server that answers every name, lets a test use it, and stops it.
  private func withGate(
    _ board: RuleBoard, clock: Clock = Clock(), use: (Int, Gatekeeper) async throws -> Void
  ) async throws {
    try await ScriptedServer.run({ [$0.answer().encoded()] }) { server in
      let gate = try await Self.gatekeeper(
        board, upstream: [server.address.description], clock: clock)
      let port = gate.addresses[0].port
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await gate.run() }
        do {
          try await use(port, gate)
        } catch {
          group.cancelAll()
          throw error
        }
        group.cancelAll()
      }
    }
  }

  @Test func `UDP and TCP give the same answers on the port the system chose`() async throws {
    let board = RuleBoard.with(.sample(blocking: [("venue.example", .subtree)]))
    try await withGate(board) { (port, gate) async throws in
      #expect(gate.addresses == [ListenAddress(address: "127.0.0.1", port: port)])
      #expect(port > 0)
      for name in ["www.venue.example", "allowed.test"] {
        for edns in [nil, EDNS()] {
          let message = query(name, id: 77, edns: edns)
          let byUDP = try await DatagramClient.ask(message, port: port)
          let byTCP = try await StreamClient.connect(to: port) { client in
            try await client.send(message)
            return try await client.next()
          }
          #expect(byUDP == byTCP)
          #expect(byUDP.responseCode == (name == "allowed.test" ? .noError : .nxDomain))
        }
      }
      #expect(board.totals().values.map(\.blocked) == [4])
    }
  }

  @Test func `the gate's own clock ends a rule, though nobody withdraws it`() async throws {
    let clock = Clock()
    let board = RuleBoard.with(.sample(blocking: [("venue.example", .subtree)]))
    try await withGate(board, clock: clock) { (port, _) async throws in
      let message = query("venue.example")
      clock.set("2018-08-23T23:59:59.999Z")
      #expect(try await DatagramClient.ask(message, port: port).responseCode == .noError)
      clock.set("2018-08-24")
      #expect(try await DatagramClient.ask(message, port: port).responseCode == .nxDomain)
      clock.set("2019-08-23T23:59:59.999Z")
      #expect(try await DatagramClient.ask(message, port: port).responseCode == .nxDomain)
      clock.set("2019-08-24")
      let answer = try await DatagramClient.ask(message, port: port)
      #expect(answer.responseCode == .noError)
      #expect(answer.answers.count == 1)
    }
  }

  @Test func `a rule that comes or goes holds from the next query on, also before the cache`()
    async throws
  {
    let board = RuleBoard.with()
    try await withGate(board) { (port, gate) async throws in
      let message = query("venue.example")
      let order = OrderID("o-20180824-1")!
      for version in 1...3 {
        #expect(try await DatagramClient.ask(message, port: port).answers.count == 1)
        board.enforce(.sample(version: version, blocking: [("venue.example", .subtree)]))
        #expect(try await DatagramClient.ask(message, port: port).responseCode == .nxDomain)
        let cover = board.cover(of: [order])
        board.withdraw(order)
        gate.forgetAnswers(under: cover)
        #expect(gate.metrics.cacheEntries == 0)
      }
      #expect(try await DatagramClient.ask(message, port: port).answers.count == 1)
    }
  }

  @Test func `an observed name is resolved and counted once, from upstream and from the cache`()
    async throws
  {
    let board = RuleBoard.with(.sample(blocking: [("seen.test", .subtree)], mode: .observe))
    try await withGate(board) { (port, _) async throws in
      for asked in 1...3 as ClosedRange<UInt64> {
        #expect(try await DatagramClient.ask(query("seen.test"), port: port).answers.count == 1)
        #expect(board.totals().values.map(\.observed) == [asked])
      }
    }
  }

  @Test func `datagrams that are no queries are not answered, and disturb nobody`() async throws {
    let board = RuleBoard.with(.sample(blocking: [("venue.example", .subtree)]))
    try await withGate(board) { (port, _) async throws in
      var answer = query("venue.example")
      answer[2] |= 0x80
      for octets in [[], [1, 2, 3], answer, [UInt8](repeating: 0xFF, count: 9_000)] {
        let next = query("venue.example", id: 4_242)
        let received = try await DatagramClient.ask(octets, then: next, port: port)
        // The long one is cut where the gate reads no further, and is an answer too.
        #expect(received.id == 4_242)
      }
    }
  }

  @Test func `a gate that is stopped frees its port`() async throws {
    var port = 0
    try await withGate(.with()) { (used, _) async throws in port = used }
    let again = try await Self.gatekeeper(
      .with(), upstream: ["127.0.0.1:1"],
      listeners: [ListenAddress(address: "127.0.0.1", port: port)])
    await Self.stop(again)
  }

  @Test func `a port that another one has is told, and nothing stays bound`() async throws {
    try await withGate(.with()) { (port, _) async throws in
      let taken = ListenAddress(address: "127.0.0.1", port: port)
      let free = ListenAddress(address: "127.0.0.2", port: port)
      await #expect(throws: GateError.portTaken("127.0.0.1:\(port)", key: "gate.listen")) {
        try await Self.gatekeeper(.with(), upstream: ["127.0.0.1:1"], listeners: [free, taken])
      }
      let other = try await Self.gatekeeper(
        .with(), upstream: ["127.0.0.1:1"], listeners: [free])
      await Self.stop(other)
    }
  }

  @Test func `an address of another machine, and no upstream, are told`() async throws {
    let listener = ListenAddress(address: "192.0.2.77", port: 5_353)
    await #expect(throws: GateError.badAddress("192.0.2.77:5353", key: "gate.listen")) {
      try await Self.gatekeeper(.with(), upstream: ["127.0.0.1:1"], listeners: [listener])
    }
    await #expect(throws: GateError.noUpstream) {
      try await Self.gatekeeper(.with(), upstream: [])
    }
    await #expect(throws: GateError.badUpstream("nobody")) {
      try await Self.gatekeeper(.with(), upstream: ["nobody"])
    }
  }

  /// Runs a gate and stops it at once.
  private static func stop(_ gate: Gatekeeper) async {
    await withTaskGroup { group in
      group.addTask { await gate.run() }
      group.cancelAll()
    }
  }

  static let addresses: [(String, String?)] = [
    ("127.0.0.1:5300", "127.0.0.1:5300"), ("[::1]:5300", "[::1]:5300"),
    ("127.0.0.1:0", "127.0.0.1:0"), ("[::]:0", "[::]:0"), ("localhost:53", nil), ("", nil),
    (":53", nil), ("127.0.0.1:65536", nil), ("127.0.0.1:-1", nil), ("256.0.0.1:53", nil),
    ("::1:5300:zz", nil),
  ]

  @Test(arguments: addresses)
  func `an address to listen on is read and written alike`(text: String, expected: String?) {
    #expect(ListenAddress(text)?.description == expected)
  }

  @Test func `addresses of the block page are read by their family`() {
    #expect(BlockPageAddresses.octets(of: "192.0.2.1") == [192, 0, 2, 1])
    #expect(BlockPageAddresses.octets(of: "2001:db8::1")?.count == 16)
    for text in ["", "192.0.2", "192.0.2.256", "::g", "localhost", "192.0.2.1 "] {
      #expect(BlockPageAddresses.octets(of: text) == nil, "\(text)")
    }
  }
}

/// Asks by UDP.
enum DatagramClient {
  typealias Envelope = AddressedEnvelope<ByteBuffer>

  static func ask(_ message: [UInt8], port: Int) async throws -> Message {
    try await ask(nil, then: message, port: port)
  }

  /// Sends octets, and a query after them; answers what comes back first.
  static func ask(_ octets: [UInt8]?, then message: [UInt8], port: Int) async throws -> Message {
    let gate = try SocketAddress(ipAddress: "127.0.0.1", port: port)
    let channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .bind(host: "127.0.0.1", port: 0) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<Envelope, Envelope>(wrappingChannelSynchronously: channel)
        }
      }
    return try await channel.executeThenClose { inbound, outbound in
      for octets in [octets, message].compactMap(\.self) {
        try await outbound.write(Envelope(remoteAddress: gate, data: ByteBuffer(bytes: octets)))
      }
      for try await envelope in inbound {
        return try Message(parsing: Array(envelope.data.readableBytesView))
      }
      throw ChannelError.eof
    }
  }
}
