import DNSWire
import DomainNames
import NIOCore
import NIOPosix
import Testing

@testable import Gate

@Suite("Slow, greedy and silent clients on streams", .timeLimit(.minutes(2)))
struct SlowClientTests {
  @Test func `one client holds no more connections than it may, until one ends`() async throws {
    try await OpenDoors.open(limits: StreamLimits(connectionsPerClient: 2)) { (open) async throws in
      for _ in 0..<20 {
        try await open.client { (first) async throws in
          try await open.client { (second) async throws in
            await open.untilConnections(2)
            try await open.client { (third) async throws in #expect(try await third.next() == nil) }
            for client in [first, second] { try await client.send(query("venue.example", id: 1)) }
            #expect(try await first.next()?.id == 1)
            #expect(try await second.next()?.id == 1)
          }
        }
        await open.untilConnections(0)
      }
    }
  }

  @Test func `where all places are taken, who has been still for longest makes room`()
    async throws
  {
    try await OpenDoors.open(limits: StreamLimits(connections: 2)) { (open) async throws in
      try await open.client { (first) async throws in
        try await first.send(query("venue.example", id: 1))
        #expect(try await first.next()?.id == 1)
        try await open.client { (second) async throws in
          try await second.send(query("venue.example", id: 2))
          #expect(try await second.next()?.id == 2)
          try await first.send(query("venue.example", id: 3))
          #expect(try await first.next()?.id == 3)
          try await open.client { (third) async throws in
            try await third.send(query("venue.example", id: 4))
            #expect(try await third.next()?.id == 4)
            #expect(try await second.next() == nil)
            try await first.send(query("venue.example", id: 5))
            #expect(try await first.next()?.id == 5)
          }
        }
      }
    }
  }

  @Test func `who waits for an answer of ours is not put out for a newcomer`() async throws {
    try await OpenDoors.open(limits: StreamLimits(connections: 1)) { (open) async throws in
      try await open.client { (first) async throws in
        try await first.send(query("slow.test", id: 1))
        await open.upstream.waitForQueries(1)
        try await open.client { (second) async throws in #expect(try await second.next() == nil) }
        open.upstream.release("slow.test")
        #expect(try await first.next()?.id == 1)
      }
    }
  }

  static let silences: [[UInt8]] = [[], [0, 40, 1, 2]]

  @Test(arguments: [Transport.tcp, .tls, .https], silences)
  func `a connection on which nothing whole comes is closed`(
    by transport: Transport, octets: [UInt8]
  ) async throws {
    let limits = StreamLimits(idle: .milliseconds(50))
    try await OpenDoors.open([transport], limits: limits) { (open) async throws in
      // Also one that never begins its handshake.
      try await StreamClient.connect(to: open.ports[transport]!) { (client) async throws in
        try? await client.send(raw: octets)
        #expect(try await client.next() == nil)
      }
      guard transport == .tls else { return }
      try await open.client(.tls) { (client) async throws in
        try? await client.send(raw: octets)
        #expect(try await client.next() == nil)
      }
    }
  }

  /// Serves one more client; 0 where this machine was so slow that its time was over.
  private func serve(_ open: OpenDoors) async throws -> Int {
    try await open.client { (other) async throws in
      try? await other.send(query("venue.example", id: 1))
      return try await other.next()?.id == 1 ? 1 : 0
    }
  }

  @Test func `a query that comes octet by octet for too long ends its connection alone`()
    async throws
  {
    let limits = StreamLimits(idle: .milliseconds(500))
    try await OpenDoors.open(limits: limits) { (open) async throws in
      var served = 0
      try await open.client { (slow) async throws in
        let octets = FrameReader.frame(query("a-long-name-that-takes-a-while.venue.example"))!
        var sent = 0
        // Each octet goes after another client was served, who was let in after this one.
        repeat {
          served += try await serve(open)
          if sent < octets.count - 1 {
            try? await slow.send(raw: [octets[sent]])
            sent += 1
          }
          while open.doors.roll.count > 1, !Task.isCancelled { await Task.yield() }
        } while open.doors.roll.count > 0 && !Task.isCancelled
        #expect(try await slow.next() == nil)
        served += try await serve(open)
      }
      #expect(served > 1)
    }
  }

  @Test func `a client's queries beyond what it may have under way are read when one is done`()
    async throws
  {
    try await OpenDoors.open(limits: StreamLimits(queriesPerConnection: 2)) { (open) async throws in
      try await open.client { (client) async throws in
        for number in 0..<6 {
          try await client.send(query("n\(number).test", id: UInt16(number)))
        }
        try await client.send(query("venue.example", id: 6))
        await open.upstream.waitForQueries(2)
        for number in 0..<4 {
          #expect(open.upstream.asked.count == number + 2)
          open.upstream.release("n\(number).test")
          #expect(try await client.next()?.id == UInt16(number))
          await open.upstream.waitForQueries(1)
        }
        #expect(open.upstream.asked.count == 6)
        open.upstream.release("n4.test")
        // What stood behind the others is read now, and needs nobody else.
        #expect(try await client.next()?.id == 4)
        #expect(try await client.next()?.id == 6)
        open.upstream.release("n5.test")
        #expect(try await client.next()?.id == 5)
      }
    }
  }

  /// Writes queries without end and reads nothing, until the server ends the connection.
  private func writeUntilClosed(_ port: Int) async throws -> Int {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.autoRead, value: false)
      .connect(host: "127.0.0.1", port: port).get()
    let frame = FrameReader.frame(query("www.venue.example"))!
    let piece = ByteBuffer(bytes: (0..<500).flatMap { _ in frame })
    var written = 0
    while (try? await channel.writeAndFlush(piece)) != nil { written += piece.readableBytes }
    try? await channel.close()
    return written
  }

  @Test func `a client that reads no answers is read no further, then closed; others go on`()
    async throws
  {
    let limits = StreamLimits(idle: .milliseconds(500))
    try await OpenDoors.open(limits: limits) { (open) async throws in
      var served = 0
      let isOver = StopFlag()
      let written = try await withThrowingTaskGroup(of: Int.self) { (group) async throws in
        group.addTask { [self] () async throws in
          defer { isOver.set() }
          return try await writeUntilClosed(open.ports[.tcp]!)
        }
        while !isOver.isSet {
          served += try await serve(open)
          // Beyond what the system buffers, only so much lies with us.
          #expect(open.doors.roll.unsentOctets <= 2 * StreamLimits.fullOctets)
        }
        return try await group.next() ?? 0
      }
      served += try await serve(open)
      #expect(written > 0 && served > 1)
      await open.untilConnections(0)
      #expect(open.doors.roll.unsentOctets == 0)
    }
  }

  @Test func `doors that are closed answer what came, and end all connections`() async throws {
    try await OpenDoors.open([.tcp, .tls]) { (open) async throws in
      try await withThrowingTaskGroup(of: Void.self) { (group) async throws in
        for transport in [Transport.tcp, .tls] {
          group.addTask { () async throws in
            try await open.client(transport) { (client) async throws in
              try await client.send(query("held-\(transport).test", id: 1))
              #expect(try await client.next()?.id == 1)
              #expect(try await client.next() == nil)
            }
          }
        }
        await open.upstream.waitForQueries(2)
        group.addTask { await open.doors.close() }
        open.upstream.open()
        try await group.waitForAll()
      }
      await open.untilConnections(0)
    }
  }
}
