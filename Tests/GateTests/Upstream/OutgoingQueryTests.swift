import DNSWire
import DomainNames
import Testing

@testable import Gate

@Suite("Outgoing queries")
struct OutgoingQueryTests {
  private func outgoing(
    _ query: UpstreamQuery = UpstreamQuery("www.exchange.example"),
    over transport: OutgoingQuery.Transport = .datagram, usesEDNS: Bool = true, seed: UInt64 = 1
  ) -> OutgoingQuery {
    var random = SeededGenerator(state: seed)
    return OutgoingQuery(query, over: transport, usesEDNS: usesEDNS, random: &random)
  }

  /// A good answer to a query.
  private func answer(to query: OutgoingQuery) -> Message {
    let asked = try! Message(parsing: query.octets)
    var answer = Message(answering: asked, with: .noError)
    answer.answers = [Record(owner: asked.questions[0].name, ttl: 60, address: [192, 0, 2, 1])!]
    return answer
  }

  @Test func `ids and cases differ from query to query, the name does not`() throws {
    let all = try (0..<64).map { try Message(parsing: outgoing(seed: $0).octets) }
    #expect(Set(all.map(\.id)).count > 60)
    #expect(Set(all.map(\.questions[0].wireName)).count > 60)
    #expect(Set(all.map(\.questions[0].name)).count == 1)
  }

  @Test func `padded queries of all names are as long, and say the same`() throws {
    var random = SeededGenerator(state: 3)
    for name in ["a.example", "a-rather-long-label-of-an-exchange.www.venue.example"] {
      let query = UpstreamQuery(name)
      let padded = OutgoingQuery(
        query, over: .stream, usesEDNS: true, isPadded: true, random: &random)
      let message = try Message(parsing: padded.octets)
      #expect(padded.octets.count == OutgoingQuery.block)
      #expect(message.edns?.options.map(\.code) == [.padding])
      #expect(message.questions.map(\.name) == [query.name])
      // Where a server does not understand EDNS there is nowhere to put it.
      let plain = OutgoingQuery(
        query, over: .stream, usesEDNS: false, isPadded: true, random: &random)
      #expect(try Message(parsing: plain.octets).edns == nil)
    }
  }

  @Test func `only letters change their case`() throws {
    let labels = [Array(UInt8(0)...UInt8(62)), Array(UInt8(64)...UInt8(126)), [200, 255, 91, 64]]
    var query = UpstreamQuery("example")
    query.name = try DomainName(labels: labels)
    for seed in 0..<50 {
      let asked = try Message(parsing: outgoing(query, seed: UInt64(seed)).octets)
      #expect(asked.questions[0].name == query.name)
    }
  }

  @Test func `EDNS and DO are as asked`() throws {
    let plain = try Message(parsing: outgoing(usesEDNS: false).octets)
    #expect(plain.edns == nil)
    for wanted in [false, true] {
      let query = UpstreamQuery("example", wantsDNSSEC: wanted, checkingDisabled: wanted)
      let asked = try Message(parsing: outgoing(query).octets)
      #expect(asked.edns == EDNS(udpSize: 1232, dnssecOK: wanted))
      #expect(asked.flags.contains(.checkingDisabled) == wanted)
      #expect(asked.flags.contains(.recursionDesired))
    }
  }

  @Test func `its own answer is taken, with the question in lower case`() {
    let query = outgoing()
    var expected = answer(to: query)
    expected.questions = expected.questions.map {
      Question(name: $0.name, type: $0.type, recordClass: $0.recordClass)
    }
    #expect(query.reply(in: answer(to: query).encoded()) == .answer(expected))
  }

  @Test func `any other id, or a query, is no answer`() {
    let query = outgoing()
    let good = answer(to: query).encoded()
    for bit in 0..<16 {
      var other = good
      other[bit / 8] ^= 1 << (bit % 8)
      #expect(query.reply(in: other) == nil)
    }
    #expect(query.reply(in: query.octets) == nil)
    #expect(query.reply(in: []) == nil)
  }

  @Test func `each changed bit of the question is noticed`() throws {
    let name = "www.exchange.example"
    let end = Header.length + UpstreamQuery(name).name.wire.count + 4
    let datagram = outgoing()
    let stream = outgoing(over: .stream)
    for offset in Header.length..<end {
      for bit in 0..<8 {
        var other = answer(to: datagram).encoded()
        let before = other[offset]
        other[offset] ^= 1 << bit
        let isCase =
          offset < end - 4 && before.asciiLowercased == other[offset].asciiLowercased
        #expect(datagram.reply(in: other) == (isCase ? .needsStream : nil))
        other = answer(to: stream).encoded()
        other[offset] ^= 1 << bit
        let isAnswer = if case .answer = stream.reply(in: other) { true } else { false }
        #expect(isAnswer == isCase)
      }
    }
  }

  @Test func `mutated answers never stop the reader, and are never taken for another question`() {
    var random = SeededGenerator(state: 42)
    let query = outgoing()
    let good = answer(to: query).encoded()
    for _ in 0..<20_000 {
      var octets = good
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        octets[Int.random(in: octets.indices, using: &random)] = .random(
          in: 0...255, using: &random)
      }
      octets = Array(octets.prefix(Int.random(in: 0...octets.count, using: &random)))
      if case .answer(let message) = query.reply(in: octets) {
        #expect(
          message.questions[0].name == (try? DomainName(presentation: "www.exchange.example")))
        #expect(octets.prefix(2) == good.prefix(2))
      }
    }
  }
}

@Suite("The case of a try") struct RandomCaseTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func `does not reach the asker by names that point into the question`(seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    let query = OutgoingQuery(
      UpstreamQuery("www.example", .cname), over: .datagram, usesEDNS: false, random: &random)
    // CNAME target.<www.example>, by a pointer to the question.
    var octets = query.octets
    octets[2] |= 0x80
    octets[7] = 1
    octets += [0xC0, 12, 0, 5, 0, 1, 0, 0, 0, 60, 0, 9, 6] + Array("Target".utf8) + [0xC0, 12]
    guard case .answer(let message) = query.reply(in: octets) else {
      Issue.record("it is an answer")
      return
    }
    let record = try #require(message.answers.first)
    #expect(record.rdata == [6] + Array("Target".utf8) + domain("www.example").wire)
  }
}
