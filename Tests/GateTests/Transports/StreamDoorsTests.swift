import DNSWire
import DomainNames
import NIOCore
import Testing

@testable import Gate

@Suite("DNS on streams (RFC 7766, RFC 7858)", .timeLimit(.minutes(2))) struct StreamDoorsTests {
  static let streams: [Transport] = [.tcp, .tls]

  @Test(arguments: streams)
  func `queries sent together are all answered, however the octets arrive`(
    by transport: Transport
  ) async throws {
    try await OpenDoors.open([transport]) { (open) async throws in
      try await open.client(transport) { (client) async throws in
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

  @Test(arguments: streams)
  func `each answer comes when it is ready, not in the order of the queries`(
    by transport: Transport
  ) async throws {
    try await OpenDoors.open([transport]) { (open) async throws in
      try await open.client(transport) { (client) async throws in
        try await client.send(
          query("slow.test", id: 1), query("slower.test", id: 2), query("venue.example", id: 3))
        #expect(try await client.next()?.id == 3)
        await open.upstream.waitForQueries(2)
        open.upstream.release("slower.test")
        #expect(try await client.next()?.id == 2)
        open.upstream.release("slow.test")
        let last = try #require(try await client.next())
        #expect(last.id == 1)
        #expect(last.answers.map(\.address) == [[192, 0, 2, 1]])
      }
    }
  }

  @Test(arguments: streams)
  func `a client that ends its side gets all its answers before the connection ends`(
    by transport: Transport
  ) async throws {
    try await OpenDoors.open([transport]) { (open) async throws in
      try await open.client(transport) { (client) async throws in
        try await client.send(query("slow.test", id: 1), query("slower.test", id: 2))
        client.endSending()
        await open.upstream.waitForQueries(2)
        open.upstream.release("slower.test")
        #expect(try await client.next()?.id == 2)
        open.upstream.release("slow.test")
        #expect(try await client.next()?.id == 1)
        #expect(try await client.next() == nil)
      }
      await open.untilConnections(0)
    }
  }

  @Test(arguments: streams)
  func `all that came before a client ended its side is taken up, however much waits`(
    by transport: Transport
  ) async throws {
    let limits = StreamLimits(queriesPerConnection: 3)
    try await OpenDoors.open([transport], limits: limits) { (open) async throws in
      try await open.client(transport) { (client) async throws in
        let numbers = 1...40
        let queries = numbers.map { query("n\($0).test", id: UInt16($0)) }
        try await client.send(raw: queries.flatMap { FrameReader.frame($0)! })
        client.endSending()
        await open.upstream.waitForQueries(3)
        open.upstream.open()
        var ids: [Int] = []
        while let answer = try await client.next() { ids.append(Int(answer.id)) }
        #expect(ids.sorted() == Array(numbers))
      }
      await open.untilConnections(0)
    }
  }

  /// Octets after which a stream cannot be read any further.
  static let garbage: [[UInt8]] = [
    [0, 0], [0, 11] + [UInt8](repeating: 0, count: 11), [0xFF, 0xFF, 1, 2, 3],
    [0x10, 0x01], Array("GET / HTTP/1.1\r\n\r\n".utf8),
  ]

  @Test(arguments: streams, garbage)
  func `garbage ends its connection and no other`(
    by transport: Transport, octets: [UInt8]
  ) async throws {
    try await OpenDoors.open([transport]) { (open) async throws in
      try await open.client(transport) { (other) async throws in
        try await open.client(transport) { (client) async throws in
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

  @Test func `what was asked before the garbage is answered still`() async throws {
    try await OpenDoors.open { (open) async throws in
      try await open.client { (client) async throws in
        try await client.send(query("slow.test", id: 1))
        await open.upstream.waitForQueries(1)
        try await client.send(raw: [0, 0])
        open.upstream.release("slow.test")
        #expect(try await client.next()?.id == 1)
        #expect(try await client.next() == nil)
      }
    }
  }

  @Test func `an answer sent as a query ends the connection`() async throws {
    try await OpenDoors.open { (open) async throws in
      try await open.client { (client) async throws in
        var answer = query("venue.example")
        answer[2] |= 0x80
        try await client.send(answer)
        #expect(try await client.next() == nil)
      }
    }
  }

  @Test func `a malformed message is answered, and the connection goes on`() async throws {
    try await OpenDoors.open { (open) async throws in
      try await open.client { (client) async throws in
        var malformed = query("venue.example", id: 5)
        malformed[5] = 9
        try await client.send(malformed, query("venue.example", id: 6))
        #expect(try await client.next()?.responseCode == .formErr)
        #expect(try await client.next()?.id == 6)
      }
    }
  }

  @Test(arguments: streams)
  func `a thousand mutated messages disturb nobody`(by transport: Transport) async throws {
    try await OpenDoors.open([transport]) { (open) async throws in
      open.upstream.open()
      var random = SeededGenerator(state: 77)
      let good = query("www.venue.example", id: 1, edns: EDNS(options: [.padding(9)]))
      for round in 0..<20 {
        try await open.client(transport) { (client) async throws in
          var sent: [[UInt8]] = []
          for _ in 0..<50 { sent.append(random.mutation(of: good)) }
          for message in sent where message.count <= StreamLimits.queryOctets {
            try? await client.send(message)
          }
          client.endSending()
          while try await client.next() != nil {}
        }
        try await open.client(transport) { (client) async throws in
          try await client.send(query("venue.example", id: UInt16(round)))
          #expect(try await client.next()?.id == UInt16(round))
        }
      }
      await open.untilConnections(0)
    }
  }

  @Test func `a thousand streams of noise instead of a handshake disturb nobody`() async throws {
    try await OpenDoors.open([.tls, .https]) { (open) async throws in
      var random = SeededGenerator(state: 5)
      for round in 0..<1_000 {
        let port = open.ports[round % 2 == 0 ? .tls : .https]!
        try await StreamClient.connect(to: port) { (client) async throws in
          // The head of a handshake, now and then, so that what follows is read as one.
          var noise: [UInt8] = round % 3 == 0 ? [0x16, 3, 1, 0, 60, 1, 0, 0, 56, 3, 3] : []
          for _ in 0..<Int.random(in: 1...200, using: &random) {
            noise.append(.random(in: 0...255, using: &random))
          }
          try? await client.send(raw: noise)
          client.endSending()
        }
      }
      await open.untilConnections(0)
      try await open.client(.tls) { (client) async throws in
        try await client.send(query("venue.example", id: 3))
        #expect(try await client.next()?.id == 3)
      }
    }
  }
}

extension EDNSOption {
  static func padding(_ count: Int) -> EDNSOption {
    EDNSOption(code: .padding, data: [UInt8](repeating: 0, count: count))
  }
}
