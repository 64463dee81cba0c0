import DNSWire
import DomainNames
import Enforcement
import Testing

@testable import Gate

@Suite("Who may ask") struct AdmissionTests {
  static let stranger = ClientAddress("198.51.100.7")

  private func strict(_ others: ClientConfiguration.Others) -> ClientConfiguration {
    ClientConfiguration(allowed: [AddressPrefix("192.0.2.0/24")!], others: others)
  }

  @Test(arguments: Transport.allCases)
  func `who may not ask is refused with a reason, on every way`(transport: Transport) throws {
    let desk = try ClientDesk(strict(.refuse))
    for name in ["venue.example", "allowed.example"] {
      let answer = try #require(
        try desk.answer(to: query(name), from: Self.stranger, by: transport))
      #expect(answer.responseCode == .refused)
      #expect(answer.edns?.extendedErrors.map(\.infoCode) == [.prohibited])
      #expect(answer.answers.isEmpty && answer.authorities.isEmpty)
    }
    #expect(try desk.answer(to: query("venue.example"))?.responseCode == .nxDomain)
  }

  @Test(arguments: Transport.allCases)
  func `or gets nothing at all`(transport: Transport) throws {
    let desk = try ClientDesk(strict(.drop))
    for message in [query("venue.example"), [0, 1] + [UInt8](repeating: 9, count: 30)] {
      #expect(desk.octets(to: message, from: Self.stranger, by: transport) == nil)
    }
    #expect(try desk.answer(to: query("venue.example"), by: transport) != nil)
  }

  @Test func `a refusal by UDP is given five times a second, and is no larger than it need be`()
    throws
  {
    let desk = try ClientDesk(strict(.refuse))
    let message = query("venue.example", edns: nil)
    let answers = (0..<100).compactMap { _ in desk.octets(to: message, from: Self.stranger) }
    #expect(answers.count == 5)
    #expect(answers.allSatisfy { $0.count == message.count })
    #expect(desk.octets(to: message, from: Self.stranger, at: sampleNow + 200) != nil)
    for _ in 0..<20 {
      #expect(desk.octets(to: message, from: Self.stranger, by: .tcp) != nil)
    }
  }

  @Test func `nonsense of a stranger is refused, and answers of anyone are passed over`() throws {
    let desk = try ClientDesk(strict(.refuse))
    let nonsense = [UInt8](repeating: 0, count: 12)
    #expect(try desk.answer(to: nonsense, from: Self.stranger)?.responseCode == .refused)
    var answer = query("venue.example")
    answer[2] |= 0x80
    #expect(desk.octets(to: answer, from: Self.stranger) == nil)
    #expect(desk.octets(to: answer) == nil)
  }

  // MARK: The limit

  private func limited(
    _ answers: Int, _ requirement: ClientConfiguration.Requirement = .pressure, slip: Int = 1,
    exempt: [String] = []
  ) -> ClientConfiguration {
    ClientConfiguration(
      allowed: everywhere, cookies: .init(requirement: requirement),
      limit: .init(answers: answers, slip: slip, exempt: exempt.map { AddressPrefix($0)! }))
  }

  @Test func `over the limit an answer is cut, so that the client asks by TCP`() throws {
    let desk = try ClientDesk(limited(2))
    let message = query("venue.example")
    for _ in 0..<2 { #expect(try desk.answer(to: message)?.responseCode == .nxDomain) }
    let cut = try #require(desk.octets(to: message))
    #expect(cut.count <= message.count)
    let answer = try Message(parsing: cut)
    #expect(answer.flags.contains(.truncated) && answer.responseCode == .noError)
    #expect(answer.answers.isEmpty && answer.authorities.isEmpty)
    for transport in [Transport.tcp, .tls, .https] {
      for _ in 0..<10 {
        #expect(try desk.answer(to: message, by: transport)?.responseCode == .nxDomain)
      }
    }
  }

  @Test func `names that are resolved count as well`() throws {
    let desk = try ClientDesk(limited(1, slip: 0))
    let message = query("allowed.example")
    var buffer = AnswerBuffer(capacity: 1_232)
    let context = QueryContext(transport: .udp, client: .sample)
    var resolved = 0
    for _ in 0..<10 {
      let step = desk.responder.respond(
        to: message.span, in: context, rules: desk.board.snapshot, now: sampleNow,
        limiter: &desk.limiter, into: &buffer)
      if case .resolve = step { resolved += 1 }
    }
    #expect(resolved == 1)
  }

  @Test func `a valid cookie is served over any limit, a wrong one is not`() throws {
    let desk = try ClientDesk(limited(1, slip: 0))
    let client: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]
    let asking = query("venue.example", edns: .with(.cookie(client)))
    let cookie = try #require(try desk.answer(to: asking)?.edns?.data(.cookie))
    #expect(cookie.count == 24 && cookie.starts(with: client))
    let returning = query("venue.example", edns: .with(.cookie(cookie)))
    for _ in 0..<20 {
      #expect(try desk.answer(to: returning)?.responseCode == .nxDomain)
    }
    var wrong = cookie
    wrong[23] ^= 1
    for data in [client, wrong] {
      #expect(desk.octets(to: query("venue.example", edns: .with(.cookie(data)))) == nil)
    }
    #expect(desk.octets(to: returning, from: ClientAddress("192.0.2.8")) == nil)
  }

  @Test func `over the limit a client that knows cookies is sent its cookie`() throws {
    for (requirement, code, isCut) in [
      (ClientConfiguration.Requirement.pressure, ResponseCode.badCookie, false),
      (.never, .noError, true),
    ] {
      let desk = try ClientDesk(limited(1, requirement))
      let asking = query("venue.example", edns: .with(.cookie([UInt8](repeating: 9, count: 8))))
      #expect(try desk.answer(to: asking)?.responseCode == .nxDomain)
      let answer = try #require(try desk.answer(to: asking))
      #expect(answer.responseCode == code)
      #expect(answer.flags.contains(.truncated) == isCut)
      #expect(answer.edns?.data(.cookie)?.count == 24)
    }
  }

  @Test func `where cookies are always required, others are sent to TCP`() throws {
    let desk = try ClientDesk(limited(0, .always, exempt: ["10.0.0.0/8"]))
    let asking = query("venue.example", edns: .with(.cookie([UInt8](repeating: 9, count: 8))))
    let answer = try #require(try desk.answer(to: asking))
    #expect(answer.responseCode == .badCookie && answer.questions.count == 1)
    let cookie = try #require(answer.edns?.data(.cookie))
    let returning = query("venue.example", edns: .with(.cookie(cookie)))
    #expect(try desk.answer(to: returning)?.responseCode == .nxDomain)
    for message in [query("venue.example"), query("venue.example", edns: nil)] {
      let cut = try #require(try desk.answer(to: message))
      #expect(cut.flags.contains(.truncated) && cut.answers.isEmpty && cut.authorities.isEmpty)
      #expect(try desk.answer(to: message, by: .tcp)?.responseCode == .nxDomain)
      #expect(
        try desk.answer(to: message, from: ClientAddress("10.1.1.1"))?.responseCode == .nxDomain)
    }
  }

  // MARK: Cookies and identifiers in answers

  @Test(arguments: Transport.allCases)
  func `every kind of answer brings the cookie along`(transport: Transport) throws {
    let board = RuleBoard.with(.sample(blocking: [("venue.example", .subtree)]))
    let desk = try ClientDesk(
      ClientConfiguration(allowed: everywhere, identifier: "gate-1"), board: board)
    let options = [
      EDNSOption.cookie([UInt8](repeating: 3, count: 8)), EDNSOption(code: .nsid, data: []),
    ]
    for (name, type) in [
      ("venue.example", RecordType.a), ("allowed.example", .any), ("allowed.example", .axfr),
    ] {
      for size: UInt16 in [512, 1_232] {
        let message = query(name, type, edns: EDNS(udpSize: size, options: options))
        let octets = try #require(desk.octets(to: message, by: transport))
        #expect(octets.count <= size)
        let edns = try #require(try Message(parsing: octets).edns)
        #expect(edns.data(.cookie)?.count == 24)
        #expect(edns.data(.nsid) == Array("gate-1".utf8))
      }
    }
    let silent = try #require(try desk.answer(to: query("venue.example")))
    #expect(silent.edns?.options.map(\.code) == [.extendedError])
  }

  @Test func `a resolved answer brings the cookie along, within its size`() throws {
    let desk = try ClientDesk()
    let edns = EDNS(udpSize: 512, options: [.cookie([UInt8](repeating: 3, count: 8))])
    for count in [1, 27, 28, 29, 60] {
      let message = query("allowed.example", edns: edns)
      var answer = try Message(parsing: message)
      answer.flags.insert(.response)
      answer.edns = nil
      answer.answers = (0..<count).map { number in
        Record(
          owner: domain("allowed.example"), type: .a, ttl: 60, rdata: [10, 0, 0, UInt8(number)])
      }
      var buffer = AnswerBuffer(capacity: 1_232)
      desk.responder.finish(
        AnswerCache.Hit(answer: try KeptAnswer(answer.encoded()), age: 0),
        for: QuestionView(of: message), in: message.span,
        from: QueryContext(transport: .udp, client: .sample), rules: desk.board.snapshot,
        now: sampleNow, limit: 512, into: &buffer)
      let answered = try Message(parsing: Array(buffer.answer))
      #expect(buffer.answer.count <= 512)
      #expect(answered.edns?.data(.cookie)?.count == 24)
      #expect(answered.flags.contains(.truncated) == answered.answers.isEmpty)
      #expect(answered.answers.isEmpty == (count >= 28), "\(count) records")
    }
  }

  @Test(arguments: [0, 1, 7, 9, 15, 41, 60])
  func `a cookie of an impossible length is malformed`(length: Int) throws {
    let desk = try ClientDesk()
    let message = query(
      "venue.example", edns: .with(.cookie([UInt8](repeating: 1, count: length))))
    let answer = try #require(try desk.answer(to: message))
    #expect(answer.responseCode == .formErr && answer.edns != nil)
    #expect(answer.edns?.data(.cookie) == nil)
  }

  @Test func `without cookies the option is passed over`() throws {
    let desk = try ClientDesk(
      ClientConfiguration(allowed: everywhere, cookies: .init(isEnabled: false)))
    for length in [3, 8, 24] {
      let message = query(
        "venue.example", edns: .with(.cookie([UInt8](repeating: 1, count: length))))
      let answer = try #require(try desk.answer(to: message))
      #expect(answer.responseCode == .nxDomain && answer.edns?.data(.cookie) == nil)
    }
  }

  @Test func `a cookie can be asked for without a question (RFC 7873, Section 5.4)`() throws {
    let desk = try ClientDesk()
    func ask(_ data: [UInt8]) throws -> Message {
      let message = Message(id: 7, questions: [], edns: .with(.cookie(data))).encoded()
      return try #require(try desk.answer(to: message))
    }
    let fresh = try ask([UInt8](repeating: 5, count: 8))
    #expect(fresh.responseCode == .noError && fresh.questions.isEmpty && fresh.id == 7)
    let cookie = try #require(fresh.edns?.data(.cookie))
    #expect(cookie.count == 24)
    #expect(try ask(cookie).responseCode == .noError)
    var wrong = cookie
    wrong[20] ^= 4
    let renewed = try ask(wrong)
    #expect(renewed.responseCode == .badCookie)
    #expect(renewed.edns?.data(.cookie)?.starts(with: cookie.prefix(8)) == true)
    #expect(try ask([1, 2, 3]).responseCode == .formErr)
  }

  @Test func `ports at which something answers whatever comes are known`() {
    let shut = (0...UInt16.max).filter { !ReflectingPorts.isFree($0) }
    #expect(shut == [0, 7, 13, 17, 19, 37])
  }
}
