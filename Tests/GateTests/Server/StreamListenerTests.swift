import DNSWire
import DomainNames
import Enforcement
import NIOCore
import NIOPosix
import Testing

@testable import Gate

@Suite("DNS over TCP (RFC 7766)", .timeLimit(.minutes(2))) struct StreamListenerTests {
  /// Runs a listener with one blocked subtree, lets a test use it and stops it.
  private func withListener<Result: Sendable>(
    _ limits: StreamListener.Limits = StreamListener.Limits(),
    use: @Sendable (Int, HeldUpstream) async throws -> Result
  ) async throws -> Result {
    let upstream = HeldUpstream()
    let clock: @Sendable () -> Instant = { Instant(milliseconds: sampleNow) }
    let desk = Desk(board: .with(.sample(blocking: [("venue.example", .subtree)])))
    let listener = try await StreamListener(
      address: "127.0.0.1", port: 0,
      service: QueryService(
        board: desk.board, responder: desk.responder,
        resolver: Resolver(
          upstream: upstream, cache: AnswerCache(), refresher: Refresher(),
          meter: ResolutionMeter(), clock: clock),
        clock: clock),
      limits: limits, group: MultiThreadedEventLoopGroup.singleton)
    let port = try #require(listener.port)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try? await listener.run() }
      let result = await Swift.Result { try await use(port, upstream) }
      group.cancelAll()
      return try result.get()
    }
  }

  @Test func `queries sent together are all answered, however the octets arrive`() async throws {
    try await withListener { (port, _) async throws in
      try await StreamClient.connect(to: port) { (client) async throws in
        let queries = (0..<50).map { query("h\($0).venue.example", id: UInt16($0)) }
        var octets = queries.flatMap { FrameReader.frame($0)! }
        var random = SeededGenerator(state: 4)
        while !octets.isEmpty {
          let piece = octets.prefix(Int.random(in: 1...200, using: &random))
          try await client.send(raw: Array(piece))
          octets.removeFirst(piece.count)
        }
        var ids: Set<UInt16> = []
        for _ in queries {
          let answer = try #require(try await client.next())
          #expect(answer.responseCode == .nxDomain)
          ids.insert(answer.id)
        }
        #expect(ids == Set((0..<50).map { UInt16($0) }))
      }
    }
  }

  @Test func `each answer comes when it is ready, not in the order of the queries`() async throws {
    try await withListener { (port, upstream) async throws in
      try await StreamClient.connect(to: port) { (client) async throws in
        try await client.send(
          query("slow.test", id: 1), query("slower.test", id: 2), query("venue.example", id: 3))
        #expect(try await client.next()?.id == 3)
        await upstream.waitForQueries(2)
        upstream.release("slower.test")
        #expect(try await client.next()?.id == 2)
        upstream.release("slow.test")
        let last = try #require(try await client.next())
        #expect(last.id == 1)
        #expect(last.answers.map(\.address) == [[192, 0, 2, 1]])
      }
    }
  }

  /// Octets after which a stream cannot be read any further.
  static let garbage: [[UInt8]] = [
    [0, 0], [0, 11] + [UInt8](repeating: 0, count: 11), [0xFF, 0xFF, 1, 2, 3],
    [0x10, 0x01], Array("GET / HTTP/1.1\r\n\r\n".utf8),
  ]

  @Test(arguments: garbage)
  func `garbage ends its connection and no other`(octets: [UInt8]) async throws {
    try await withListener { (port, _) async throws in
      try await StreamClient.connect(to: port) { (other) async throws in
        try await StreamClient.connect(to: port) { (client) async throws in
          try await client.send(query("venue.example", id: 7))
          #expect(try await client.next()?.id == 7)
          try await client.send(raw: octets)
          #expect(try await client.next() == nil)
        }
        try await other.send(query("venue.example", id: 8))
        #expect(try await other.next()?.id == 8)
      }
    }
  }

  @Test func `an answer sent as a query ends the connection`() async throws {
    try await withListener { (port, _) async throws in
      try await StreamClient.connect(to: port) { (client) async throws in
        var answer = query("venue.example")
        answer[2] |= 0x80
        try await client.send(answer)
        #expect(try await client.next() == nil)
      }
    }
  }

  @Test func `a malformed message is answered, and the connection goes on`() async throws {
    try await withListener { (port, _) async throws in
      try await StreamClient.connect(to: port) { (client) async throws in
        var malformed = query("venue.example", id: 5)
        malformed[5] = 9
        try await client.send(malformed, query("venue.example", id: 6))
        #expect(try await client.next()?.responseCode == .formErr)
        #expect(try await client.next()?.id == 6)
      }
    }
  }

  @Test func `one client holds no more connections than it may, until one ends`() async throws {
    var limits = StreamListener.Limits()
    limits.connectionsPerClient = 2
    try await withListener(limits) { (port, _) async throws in
      for round in 0..<20 {
        try await StreamClient.connect(to: port) { (first) async throws in
          try await first.send(query("venue.example", id: 1))
          // The place of a connection of the round before is free once its end was seen.
          #expect(try await first.next()?.id == 1, "round \(round)")
          try await StreamClient.connect(to: port) { (second) async throws in
            try await second.send(query("venue.example", id: 2))
            #expect(try await second.next()?.id == 2)
            try await StreamClient.connect(to: port) { (third) async throws in
              #expect(try await third.next() == nil)
            }
          }
        }
        try await StreamClient.untilPlaces(2, free: port)
      }
    }
  }

  @Test func `no more connections are held in all than may be`() async throws {
    var limits = StreamListener.Limits()
    limits.connections = 1
    try await withListener(limits) { (port, _) async throws in
      try await StreamClient.connect(to: port) { (first) async throws in
        try await first.send(query("venue.example", id: 1))
        #expect(try await first.next()?.id == 1)
        for _ in 0..<30 {
          try await StreamClient.connect(to: port) { (other) async throws in
            #expect(try await other.next() == nil)
          }
        }
        try await first.send(query("venue.example", id: 2))
        #expect(try await first.next()?.id == 2)
      }
    }
  }

  @Test func `a connection on which nothing happens is closed`() async throws {
    var limits = StreamListener.Limits()
    limits.idle = .milliseconds(30)
    try await withListener(limits) { (port, _) async throws in
      try await StreamClient.connect(to: port) { (client) async throws in
        #expect(try await client.next() == nil)
      }
      try await StreamClient.connect(to: port) { (client) async throws in
        // Half a message is no reason to wait for ever.
        try? await client.send(raw: [0, 40, 1, 2])
        #expect(try await client.next() == nil)
      }
    }
  }

  @Test func `no more queries of a connection wait than may`() {
    let waiting = WaitingCount()
    #expect(waiting.enter(atMost: 2))
    #expect(waiting.enter(atMost: 2))
    #expect(!waiting.enter(atMost: 2))
    waiting.leave()
    #expect(waiting.enter(atMost: 2))
    #expect(!waiting.enter(atMost: 2))
  }

  @Test func `a listener that is stopped ends its connections, also those that wait`() async throws
  {
    let (port, upstream) = (Signal(), Signal())
    try await withListener { (listening, held) async throws in
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<5 {
          group.addTask {
            try await StreamClient.connect(to: listening) { (client) async throws in
              try await client.send(query("h\(number).test", id: UInt16(number)))
              // Answered or closed: either is an end.
              upstream.send()
              return true
            }
          }
        }
        await upstream.wait(times: 5)
        group.cancelAll()
        port.finish()
        for try await ended in group { #expect(ended) }
      }
      // Stopped with queries that nobody answers.
      _ = held
    }
  }

  @Test func `connections that nobody has taken up yet are closed at the stop`() async throws {
    for _ in 0..<10 {
      let ended = Signal()
      try await withListener { (port, _) async throws in
        await withTaskGroup { group in
          for _ in 0..<20 {
            group.addTask {
              _ = try? await StreamClient.connect(to: port) { (client) async throws in
                try await client.send(query("venue.example"))
              }
              ended.send()
            }
          }
          await ended.wait(times: 5)
        }
      }
    }
  }
}

extension StreamClient {
  /// Connects until so many connections at a time are served: the server sees an end when it does.
  fileprivate static func untilPlaces(_ count: Int, free port: Int) async throws {
    guard count > 0 else { return }
    while true {
      let isServed = try await connect(to: port) { (client) async throws in
        try? await client.send(query("venue.example", id: 9))
        guard try await client.next()?.id == 9 else { return false }
        try await untilPlaces(count - 1, free: port)
        return true
      }
      if isServed { return }
      await Task.yield()
    }
  }
}

extension Result where Failure == any Error {
  /// What an asynchronous body comes to.
  fileprivate init(_ body: () async throws -> Success) async {
    do {
      self = .success(try await body())
    } catch {
      self = .failure(error)
    }
  }
}
