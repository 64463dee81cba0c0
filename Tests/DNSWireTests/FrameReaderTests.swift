import DNSWire
import Testing

@Suite("Messages on a stream (RFC 1035, Section 4.2.2)")
struct FrameReaderTests {
  @Test func `messages come out whole, however the stream is cut`() throws {
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<200 {
      let messages = (0..<8).map { _ in generator.message().encoded() }
      let stream = try messages.flatMap { try #require(FrameReader.frame($0)) }
      var reader = FrameReader()
      var read: [[UInt8]] = []
      var left = stream[...]
      while !left.isEmpty {
        let piece = left.prefix(Int.random(in: 1...300, using: &generator))
        left = left.dropFirst(piece.count)
        try reader.append(piece)
        while let message = try reader.next() { read.append(message) }
      }
      #expect(read == messages)
      #expect(reader.waitingCount == 0)
    }
  }

  @Test func `a transfer from a real server is read message by message`() throws {
    for exchanges in [bindExchanges, knotExchanges] {
      let transfer = try #require(exchanges.first { $0.question == "example.test AXFR" })
      let records = try transfer.responses().flatMap { try Message(parsing: $0).answers }
      #expect(records.count > 100)
      #expect(records.first == records.last && records.first?.type == .soa)
    }
  }

  @Test func `a frame shorter than a header closes the stream`() throws {
    for length in 0..<12 {
      var reader = FrameReader()
      try reader.append([0, UInt8(length)])
      #expect(throws: WireError.frameTooShort(octets: length)) { try reader.next() }
    }
  }

  @Test func `a frame longer than allowed is refused before it has come`() throws {
    var reader = FrameReader(maximumLength: 512)
    try reader.append([2, 1])
    #expect(throws: WireError.frameTooLong(octets: 513, limit: 512)) { try reader.next() }
  }

  @Test func `octets wait within a bound`() throws {
    var reader = FrameReader(maximumLength: 100, maximumWaiting: 200)
    try reader.append([UInt8](repeating: 0, count: 200))
    #expect(throws: WireError.tooManyWaiting(octets: 201, limit: 200)) { try reader.append([0]) }
    #expect(reader.waitingCount == 200)
    var small = FrameReader(maximumLength: 100, maximumWaiting: 0)
    try small.append([0, 100] + [UInt8](repeating: 0, count: 100))
    #expect(try small.next()?.count == 100)
  }

  @Test func `half a frame is not given out`() throws {
    var reader = FrameReader()
    try reader.append([0])
    #expect(try reader.next() == nil)
    try reader.append([12] + [UInt8](repeating: 7, count: 11))
    #expect(try reader.next() == nil)
    try reader.append([7])
    #expect(try reader.next() == [UInt8](repeating: 7, count: 12))
    #expect(try reader.next() == nil)
  }

  @Test func `the longest message fits a frame and a longer one does not`() throws {
    let longest = [UInt8](repeating: 1, count: 65_535)
    var reader = FrameReader()
    try reader.append(try #require(FrameReader.frame(longest)))
    #expect(try reader.next() == longest)
    #expect(FrameReader.frame(longest + [1]) == nil)
  }
}
