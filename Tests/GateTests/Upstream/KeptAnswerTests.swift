import DNSWire
import DomainNames
import Testing

@testable import Gate

@Suite("Kept answers")
struct KeptAnswerTests {
  static let query = UpstreamQuery("www.example")
  static let name = try! DomainName(presentation: "www.example")
  static let soa = SOA(
    primary: name, mailbox: name, serial: 1, refresh: 2, retry: 3, expire: 4, minimum: 60)

  /// An answer to the query as an upstream gives it.
  static func message(
    _ answers: [Record] = [], code: ResponseCode = .noError, soa ttl: UInt32? = nil,
    query: UpstreamQuery = query, errors: [ExtendedError] = []
  ) -> Message {
    Message(
      id: 0, flags: [.response, .recursionDesired, .recursionAvailable, .authenticData],
      responseCode: code, questions: [Question(name: query.name, type: query.type)],
      answers: answers,
      authorities: ttl.map { [Record(owner: name, ttl: $0, soa: soa)] } ?? [],
      edns: errors.isEmpty ? nil : EDNS(options: errors.map(\.option)))
  }

  static func address(ttl: UInt32 = 300) -> Record {
    Record(owner: name, ttl: ttl, address: [192, 0, 2, 1])!
  }

  /// What an asker gets.
  private func written(
    _ kept: KeptAnswer, to datagram: [UInt8], age: UInt32 = 0, room: Int = 1232
  ) -> [UInt8] {
    var buffer = [UInt8](repeating: 0xEE, count: room)
    var span = buffer.mutableSpan
    let count = kept.write(
      for: QuestionView(of: datagram), in: datagram.span, age: age, to: &span)
    #expect(buffer[count...].allSatisfy { $0 == 0xEE } || count == 0, "wrote past the end")
    return Array(buffer[..<count])
  }

  // MARK: - How long

  private static let lifetimes: [(Message, UInt32)] = [
    (message([address(ttl: 300), address(ttl: 30)]), 30),
    (message([address(ttl: 0)]), 0),
    (message([address(ttl: 1 << 20)]), 86_400),
    // RFC 2181, Section 8.
    (message([address(ttl: 1 << 31)]), 0),
    (message(code: .nxDomain, soa: 900), 60),
    (message(code: .nxDomain, soa: 20), 20),
    (message(soa: 900), 60),
    (message(code: .nxDomain), 0),
    (message(), 0),
    (message(code: .servFail), 5),
    (message(code: .refused), 5),
    (message([address()], code: .servFail), 5),
  ]

  @Test(arguments: lifetimes)
  func `an answer is kept as long as it says, within bounds`(_ message: Message, _ seconds: UInt32)
    throws
  {
    #expect(try KeptAnswer(message.encoded()).lifetime == seconds)
  }

  @Test func `a long negative answer is kept for an hour and says so`() throws {
    var message = Self.message(code: .nxDomain)
    var soa = Self.soa
    soa.minimum = 1 << 20
    message.authorities = [Record(owner: Self.name, ttl: 1 << 20, soa: soa)]
    let kept = try KeptAnswer(message.encoded())
    #expect(kept.lifetime == 3600)
    let answer = try Message(parsing: written(kept, to: Self.query.datagram()))
    #expect(answer.authorities.map(\.ttl) == [3600])
  }

  @Test func `a truncated answer is never kept`() throws {
    var message = Self.message([Self.address()])
    message.flags.insert(.truncated)
    #expect(try KeptAnswer(message.encoded()).lifetime == 0)
  }

  @Test func `what is no answer to one question is refused`() {
    var none = Self.message()
    none.questions = []
    var two = Self.message()
    two.questions += two.questions
    for octets in [[], [1, 2, 3], none.encoded(), two.encoded()] {
      #expect(throws: WireError.self) { _ = try KeptAnswer(octets) }
    }
  }

  @Test(arguments: [
    UpstreamFailure.noReachableAuthority, .networkError, .bogus(reason: "no"), .serverFailure,
    .overloaded, .cancelled,
  ])
  func `a failure becomes SERVFAIL that says why`(_ failure: UpstreamFailure) throws {
    let kept = try KeptAnswer(failure, of: Self.query)
    let answer = try Message(parsing: written(kept, to: Self.query.datagram()))
    #expect(answer.responseCode == .servFail)
    #expect(answer.edns?.extendedErrors == [failure.extendedError])
    #expect(!failure.description.isEmpty)
    #expect(kept.lifetime == 5)
  }

  // MARK: - To whom

  @Test func `the answer has the asker's id, case and flags`() throws {
    let kept = try KeptAnswer(Self.message([Self.address()]).encoded())
    let wireName = Array("\u{3}WwW\u{7}eXaMpLe\u{0}".utf8)
    for flags in [[], .recursionDesired, [.recursionDesired, .checkingDisabled]] as [HeaderFlags] {
      let datagram = Self.query.datagram(id: 0x1234, wireName: wireName, flags: flags)
      let answer = try Message(parsing: written(kept, to: datagram))
      #expect(answer.id == 0x1234)
      #expect(answer.questions[0].wireName == wireName)
      #expect(answer.flags == flags.union([.response, .recursionAvailable]))
      #expect(answer.answers == [Self.address()])
    }
  }

  @Test func `AD is for those who say that they understand it`() throws {
    let kept = try KeptAnswer(Self.message([Self.address()]).encoded())
    var dnssec = Self.query
    dnssec.wantsDNSSEC = true
    let askers: [([UInt8], Bool)] = [
      (Self.query.datagram(), false), (Self.query.datagram(flags: .authenticData), true),
      (dnssec.datagram(), true),
    ]
    for (datagram, understands) in askers {
      let answer = try Message(parsing: written(kept, to: datagram))
      #expect(answer.flags.contains(.authenticData) == understands)
    }
  }

  @Test func `OPT is for those who have it, with the extended errors`() throws {
    let error = ExtendedError(.dnssecBogus, extraText: "expired")
    let kept = try KeptAnswer(Self.message(code: .servFail, errors: [error]).encoded())
    let plain = try Message(parsing: written(kept, to: Self.query.datagram(edns: false)))
    #expect(plain.edns == nil)
    var asker = Self.query
    for wantsDNSSEC in [false, true] {
      asker.wantsDNSSEC = wantsDNSSEC
      let extended = try Message(parsing: written(kept, to: asker.datagram()))
      #expect(extended.edns == EDNS(dnssecOK: wantsDNSSEC, options: [error.option]))
    }
  }

  @Test func `TTLs shrink with age and stop at zero`() throws {
    let kept = try KeptAnswer(
      Self.message([Self.address(ttl: 300), Self.address(ttl: 100)]).encoded())
    for (age, ttls) in [(0, [300, 100]), (40, [260, 60]), (200, [100, 0])] as [(UInt32, [UInt32])] {
      let answer = try Message(parsing: written(kept, to: Self.query.datagram(), age: age))
      #expect(answer.answers.map(\.ttl) == ttls)
    }
  }

  @Test func `a query for another name is not answered`() throws {
    let kept = try KeptAnswer(Self.message([Self.address()]).encoded())
    #expect(written(kept, to: UpstreamQuery("wwx.example").datagram()).isEmpty)
    #expect(written(kept, to: UpstreamQuery("www.longer.example").datagram()).isEmpty)
  }

  // MARK: - How much

  @Test func `in any room the answer fits, and loses errors first, then records`() throws {
    let error = ExtendedError(.other, extraText: String(repeating: "e", count: 100))
    let kept = try KeptAnswer(
      Self.message((0..<20).map { _ in Self.address() }, errors: [error]).encoded())
    let datagram = Self.query.datagram()
    let whole = written(kept, to: datagram).count
    var seen = Set<[Int]>()
    for room in 0...(whole + 2) {
      let octets = written(kept, to: datagram, room: room)
      #expect(octets.count <= room)
      guard !octets.isEmpty else { continue }
      let answer = try Message(parsing: octets)
      #expect(answer.flags.contains(.truncated) == answer.answers.isEmpty)
      #expect(answer.questions.count == 1)
      let errors = try #require(answer.edns).extendedErrors
      seen.insert([answer.answers.count, errors.count])
      #expect(room >= whole || errors.isEmpty)
    }
    #expect(seen == [[0, 0], [20, 0], [20, 1]])
  }

  // MARK: - Where it leads

  @Test func `the targets are the names that aliases lead to`() throws {
    let hop = try DomainName(presentation: "Hop.Example")
    let end = try DomainName(presentation: "end.other")
    var last = Self.address()
    last.owner = end
    let kept = try KeptAnswer(
      Self.message([
        .cname(owner: hop, ttl: 60, target: end), .cname(owner: Self.name, ttl: 60, target: hop),
        last,
      ]).encoded())
    #expect(kept.targets == hop.wire + end.wire)
    var seen: [[UInt8]] = []
    #expect(
      kept.firstTarget { target in
        seen.append(target.indices.map { target[$0] })
        return false
      } == nil)
    #expect(seen == [hop.wire, end.wire])
    #expect(
      kept.firstTarget { $0.count == end.wire.count } == 0 || hop.wire.count != end.wire.count)
    #expect(kept.firstTarget { $0[1] == UInt8(ascii: "e") } == 1)
    #expect(kept.firstTarget { _ in true } == 0)
    #expect(try KeptAnswer(Self.message([Self.address()]).encoded()).targets.isEmpty)
  }
}
