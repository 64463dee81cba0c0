import DNSWire
import DomainNames
import Enforcement
import Testing

@testable import Gate

@Suite("Blocked answers") struct BlockedAnswerTests {
  static let types: [RecordType] = [
    .a, .aaaa, .any, .cname, .ds, .dnskey, .https, .mx, .ns, .soa, .svcb, .txt,
    RecordType(rawValue: 65_280),
  ]
  static let sizes: [EDNS?] = [
    nil, EDNS(udpSize: 0), EDNS(udpSize: 512), EDNS(udpSize: 4_096, dnssecOK: true),
    EDNS(options: [EDNSOption(code: .cookie, data: [UInt8](repeating: 7, count: 24))]),
  ]
  static let flags: [HeaderFlags] = [
    [], .recursionDesired, [.recursionDesired, .checkingDisabled, .authenticData],
  ]

  /// What each answer must be, whatever was asked.
  private func check(
    _ answer: [UInt8], to message: [UInt8], _ rules: OrderRules, owner: DomainName, now: Int64
  ) throws {
    let asked = try Message(parsing: message)
    let answered = try Message(parsing: answer)
    #expect(answered.id == asked.id)
    #expect(answered.questions.map(\.wireName) == asked.questions.map(\.wireName))
    #expect(answered.questions == asked.questions)
    #expect(
      answered.flags
        == asked.flags.intersection([.recursionDesired, .checkingDisabled])
        .union([.response, .recursionAvailable]))
    let limit = QuestionView(of: message).datagramLimit(atMost: Int(BlockedAnswerWriter.udpSize))
    #expect(answer.count <= limit)
    #expect(answered.additionals.isEmpty)
    let left = (rules.notAfter.milliseconds - now) / 1_000
    for record in answered.answers + answered.authorities {
      #expect(record.ttl <= 60)
      #expect(Int64(record.ttl) <= left)
    }
    if let soa = answered.authorities.first {
      #expect(answered.authorities.count == 1)
      #expect(soa.owner == owner)
      #expect(soa.soa?.serial == rules.serial)
      #expect(soa.soa?.minimum == soa.ttl)
    }
    #expect((answered.edns == nil) == (asked.edns == nil))
    guard let edns = answered.edns else { return }
    #expect(edns.dnssecOK == asked.dnssecOK)
    #expect(edns.version == 0)
    #expect(edns.options.count == 1)
    #expect(
      edns.extendedErrors.first?.infoCode == (rules.origin == .authority ? .censored : .blocked))
  }

  @Test(arguments: BlockedAnswer.allCases, types)
  func `every kind of answer is well formed for every type, size and flag`(
    kind: BlockedAnswer, type: RecordType
  ) throws {
    var random = SeededGenerator(state: UInt64(type.rawValue))
    let rules = OrderRules.sample(blocking: [("Venue.example", .subtree)], answer: kind)
    let desk = Desk(board: .with(rules))
    for edns in Self.sizes {
      for flags in Self.flags {
        for name in ["venue.example", "www.venue.example", "a.b.c.d.venue.example"] {
          let message = query(
            wire: domain(name).wire.withMixedCase(&random), type,
            id: UInt16.random(in: 0...UInt16.max, using: &random), flags: flags, edns: edns)
          guard case .answered(let answer) = desk.ask(message) else {
            Issue.record("\(name) is not blocked")
            return
          }
          try check(answer, to: message, rules, owner: domain("venue.example"), now: sampleNow)
          try checkKind(try Message(parsing: answer), kind, type)
        }
      }
    }
  }

  private func checkKind(_ answer: Message, _ kind: BlockedAnswer, _ type: RecordType) throws {
    switch kind {
    case .nxdomain:
      #expect(answer.responseCode == .nxDomain)
      #expect(answer.answers.isEmpty && answer.authorities.count == 1)
    case .nodata:
      #expect(answer.responseCode == .noError)
      #expect(answer.answers.isEmpty && answer.authorities.count == 1)
    case .refused:
      #expect(answer.responseCode == .refused)
      #expect(answer.answers.isEmpty && answer.authorities.isEmpty)
    case .address:
      #expect(answer.responseCode == .noError)
      let hasAddress = type == .a || type == .aaaa
      #expect(answer.answers.count == (hasAddress ? 1 : 0))
      #expect(answer.authorities.count == (hasAddress ? 0 : 1))
      #expect(answer.answers.allSatisfy { $0.type == type && $0.address != nil })
      #expect(answer.answers.allSatisfy { $0.owner == answer.questions[0].name })
    }
  }

  @Test func `without a block page an order answered with an address has no data`() throws {
    let desk = Desk(
      board: .with(.sample(blocking: [("venue.example", .exact)], answer: .address)),
      responder: Responder(
        blocked: BlockedAnswerWriter(page: BlockPageAddresses()), clients: .everyone))
    for type in [RecordType.a, .aaaa] {
      let answer = try #require(try desk.answer(to: "venue.example", type))
      #expect(answer.responseCode == .noError)
      #expect(answer.answers.isEmpty && answer.authorities.count == 1)
    }
  }

  // MARK: Time

  /// Milliseconds that an order still has, and the seconds that an answer may be kept.
  static let remainders: [(Int64, UInt32)] = [
    (1, 0), (999, 0), (1_000, 1), (1_999, 1), (59_999, 59), (60_000, 60), (60_001, 60),
    (1 << 50, 60),
  ]

  @Test(arguments: remainders, BlockedAnswer.allCases)
  func `an answer is never kept longer than a minute, nor beyond the order's end`(
    remainder: (Int64, UInt32), kind: BlockedAnswer
  ) throws {
    let begin = Instant("2018-08-24")!
    let rules = OrderRules.sample(
      blocking: [("venue.example", .subtree)], answer: kind, from: begin,
      until: Instant(milliseconds: begin.milliseconds + remainder.0))
    let answer = try #require(
      try Desk(board: .with(rules)).answer(to: "venue.example", at: begin.milliseconds))
    for record in answer.answers + answer.authorities { #expect(record.ttl == remainder.1) }
  }

  @Test func `a rule holds from its first millisecond to the last before its end`() throws {
    let rules = OrderRules.sample(blocking: [("venue.example", .subtree)])
    let desk = Desk(board: .with(rules))
    let (first, end) = (rules.notBefore.milliseconds, rules.notAfter.milliseconds)
    #expect(try desk.answer(to: "venue.example", at: first - 1) == nil)
    #expect(try desk.answer(to: "venue.example", at: first) != nil)
    #expect(try desk.answer(to: "venue.example", at: end - 1) != nil)
    #expect(try desk.answer(to: "venue.example", at: end) == nil)
    for extreme in [Int64.min, 0, Int64.max] {
      #expect(try desk.answer(to: "venue.example", at: extreme) == nil)
    }
  }

  @Test func `an order without end in either direction is answered at any moment`() throws {
    let rules = OrderRules.sample(
      blocking: [("venue.example", .subtree)], from: Instant(milliseconds: 0),
      until: Instant(milliseconds: .max))
    let desk = Desk(board: .with(rules))
    for now in [0, 1, Int64.max - 1] {
      let answer = try #require(try desk.answer(to: "venue.example", at: now))
      #expect(answer.authorities[0].ttl <= 60)
    }
  }

  // MARK: NODATA in place of NXDOMAIN (RFC 8020)

  @Test func `a rule on a name alone does not deny what is below it`() throws {
    let desk = Desk(board: .with(.sample(blocking: [("venue.example", .exact)])))
    let answer = try #require(try desk.answer(to: "venue.example"))
    #expect(answer.responseCode == .noError)
    #expect(answer.authorities.map(\.owner) == [domain("venue.example")])
    #expect(try desk.answer(to: "www.venue.example") == nil)
  }

  @Test func `above a protected name a block does not deny that names exist`() throws {
    let desk = Desk(
      board: .with(
        .sample(blocking: [("venue.example", .subtree)]), protecting: ["safe.mail.venue.example"]))
    for name in ["venue.example", "mail.venue.example"] {
      #expect(try desk.answer(to: name)?.responseCode == .noError, "\(name)")
    }
    #expect(try desk.answer(to: "www.venue.example")?.responseCode == .nxDomain)
    for name in ["safe.mail.venue.example", "x.safe.mail.venue.example"] {
      #expect(try desk.answer(to: name) == nil, "\(name)")
    }
  }

  @Test func `a protected name above makes every rule below it void`() throws {
    let desk = Desk(
      board: .with(.sample(blocking: [("a.safe.example", .exact)]), protecting: ["safe.example"]))
    #expect(try desk.answer(to: "a.safe.example") == nil)
  }

  @Test func `the root and a name of 255 octets can be blocked`() throws {
    let long = [UInt8](repeating: 0x61, count: 63)
    let wire = ([63] + long) + ([63] + long) + ([63] + long) + ([61] + long.prefix(61)) + [0]
    #expect(wire.count == 255)
    let longest = try DomainName(wire: wire)
    var rules = OrderRules.sample(blocking: [])
    for (name, owner) in [(DomainName.root, DomainName.root), (longest, longest)] {
      rules.targets = [RuleTarget(name: owner, scope: .exact)]
      for edns in Self.sizes {
        let message = query(wire: name.wire, edns: edns)
        guard case .answered(let answer) = Desk(board: .with(rules)).ask(message) else {
          Issue.record("\(name) is not blocked")
          return
        }
        try check(answer, to: message, rules, owner: owner, now: sampleNow)
      }
    }
  }
}

@Suite("The reason in a blocked answer (RFC 8914)") struct BlockExplanationTests {
  private func text(_ rules: OrderRules) throws -> String {
    let answer = try #require(try Desk(board: .with(rules)).answer(to: "venue.example"))
    return try #require(answer.edns?.extendedErrors.first?.extraText)
  }

  @Test func `it names order, authority, end and the address to contest it`() throws {
    #expect(
      try text(.sample(blocking: [("venue.example", .exact)]))
        == "Order IFRR-2018-117 of Example Supervisor, until 2019-08-24. "
        + "Read and contest: https://cordon.example/orders/o-20180824-1")
    #expect(
      try text(.sample(blocking: [("venue.example", .exact)], contest: nil))
        == "Order IFRR-2018-117 of Example Supervisor, until 2019-08-24.")
  }

  @Test func `an operator's own rule has another code than an authority's order`() throws {
    for (origin, code) in [
      (OrderOrigin.authority, ExtendedError.InfoCode.censored), (.operator, .blocked),
    ] {
      let rules = OrderRules.sample(blocking: [("venue.example", .exact)], origin: origin)
      let answer = try #require(try Desk(board: .with(rules)).answer(to: "venue.example"))
      #expect(answer.edns?.extendedErrors.map(\.infoCode) == [code])
    }
  }

  static let characters = ["x", "é", "界", "🙂", "👩‍👩‍👧‍👦"]

  @Test(arguments: characters, [1, 40, 120])
  func `however long the names, the reference and the address stay whole`(
    character: String, length: Int
  ) throws {
    let reference = String(repeating: character, count: min(length, 640 / character.utf8.count))
    let rules = OrderRules.sample(
      blocking: [("venue.example", .exact)], reference: reference,
      authority: String(repeating: character, count: 200))
    let text = try text(rules)
    #expect(text.hasPrefix("Order \(reference)"))
    #expect(
      text.hasSuffix(
        ", until 2019-08-24. Read and contest: https://cordon.example/orders/o-20180824-1"))
    #expect(text.utf8.count <= BlockExplanation.maximumText)
    #expect(!text.contains("\u{FFFD}"))
    let bare = reference.utf8.count + 7 + 82
    #expect(text.utf8.count <= max(BlockExplanation.preferredText, bare))
  }

  @Test func `no text is ever longer than an answer can carry`() throws {
    let rules = OrderRules.sample(
      blocking: [("venue.example", .exact)], reference: String(repeating: "👩‍👩‍👧‍👦", count: 120),
      contest: "https://" + String(repeating: "a", count: 3_000))
    #expect(try text(rules).utf8.count <= BlockExplanation.maximumText)
  }

  @Test func `who takes little gets the code without the text, never too long an answer`() throws {
    let name = (0..<4).map { _ in String(repeating: "a", count: 55) }.joined(separator: ".")
    let rules = OrderRules.sample(
      blocking: [(name, .exact)], reference: String(repeating: "界", count: 120))
    let desk = Desk(board: .with(rules))
    for size: UInt16 in [0, 512, 600, 700, 1_231, 1_232, 65_535] {
      let message = query(name, edns: EDNS(udpSize: size))
      guard case .answered(let answer) = desk.ask(message) else {
        Issue.record("it is not blocked")
        return
      }
      #expect(answer.count <= max(512, min(Int(size), 1_232)))
      let reason = try #require(try Message(parsing: answer).edns?.extendedErrors.first)
      #expect(reason.infoCode == .censored)
      #expect(reason.extraText.isEmpty == (size < 1_231))
    }
  }
}
