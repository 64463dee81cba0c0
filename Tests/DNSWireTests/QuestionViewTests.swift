import DNSWire
import DomainNames
import Testing

@Suite("The hot path's view of a query")
struct QuestionViewTests {
  /// Reads octets that have to be a query.
  private func view(_ octets: [UInt8]) throws -> QuestionView {
    guard case .query(let view) = QuestionView.parse(octets.span) else {
      throw WireError.truncated(at: 0)
    }
    return view
  }

  private static let example: [UInt8] =
    [0x12, 0x34, 0x01, 0x20, 0, 1, 0, 0, 0, 0, 0, 0]
    + [3, 0x77, 0x57, 0x77, 4, 0x74, 0x65, 0x73, 0x74, 0, 0, 28, 0, 1]
  private static let opt: [UInt8] = [0, 0, 41, 0x04, 0xD0, 0, 0, 0x80, 0, 0, 0]

  /// The example with other counts of records, and octets after the question.
  private func query(
    _ counts: [UInt8] = [0, 0, 0], rest: [UInt8] = []
  ) -> [UInt8] {
    var octets = Self.example + rest
    for (index, count) in counts.enumerated() { octets[7 + 2 * index] = count }
    return octets
  }

  @Test func `a query is found in place, in the asker's case`() throws {
    let octets = query([0, 0, 1], rest: Self.opt)
    let view = try view(octets)
    #expect(view.header.id == 0x1234)
    #expect(view.header.flags == [.recursionDesired, .authenticData])
    #expect(view.name == 12..<22)
    #expect(view.type == .aaaa && view.recordClass == .internet)
    #expect(view.questionEnd == 26)
    #expect(view.edns?.udpSize == 1232 && view.ednsVersion == 0 && view.dnssecOK)
    #expect(view.edns?.options == 37..<37)
    let question = try view.question(in: octets.span)
    #expect(question.wireName == Array(octets[12..<22]))
    #expect(question.name == (try DomainName(presentation: "www.test")))
  }

  @Test(arguments: allExchanges)
  func `what dig asks is seen as the slow reader sees it`(exchange: Exchange) throws {
    for octets in try exchange.queries() + exchange.responses() {
      let outcome = QuestionView.parse(octets.span)
      #expect(SlowMessage.outcome(of: octets).agrees(with: outcome, in: octets))
    }
  }

  @Test(arguments: UInt64(0)..<10)
  func `mutated queries are seen as the slow reader sees them`(part: UInt64) throws {
    var generator = SeededGenerator(seed: 200 + part)
    let originals = (0..<300).map { _ in generator.query().encoded() } + digQueries
    var kinds: Set<String> = []
    for _ in 0..<10_000 {
      let octets = generator.mutation(of: generator.pick(originals))
      let outcome = QuestionView.parse(octets.span)
      #expect(SlowMessage.outcome(of: octets).agrees(with: outcome, in: octets), "\(octets)")
      switch outcome {
      case .query: kinds.insert("query")
      case .drop: kinds.insert("drop")
      case .reject(let code): kinds.insert(code.description)
      }
    }
    #expect(kinds == ["query", "drop", "FORMERR", "NOTIMP"])
  }

  private var digQueries: [[UInt8]] {
    allExchanges.filter { $0.transport == .udp }.map(\.query)
  }

  @Test func `a view of mutated octets agrees with the whole message`() throws {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<20_000 {
      let octets = generator.mutation(of: generator.query().encoded())
      guard case .query(let view) = QuestionView.parse(octets.span) else { continue }
      let message = try Message(parsing: octets)
      #expect(message.questions == [try view.question(in: octets.span)])
      #expect(message.edns?.udpSize == view.edns?.udpSize)
      #expect(message.edns?.version == view.ednsVersion)
      #expect(message.dnssecOK == view.dnssecOK)
      for option in message.edns?.options ?? [] {
        let first = message.edns?.options.first { $0.code == option.code }
        let found = view.option(option.code, in: octets.span)
        #expect(found.map { Array(octets[$0]) } == first?.data)
      }
    }
  }

  @Test(arguments: [0, 1, 11])
  func `what is too short for a header is dropped`(count: Int) {
    let octets = Array(Self.example[..<count])
    #expect(QuestionView.parse(octets.span) == .drop)
  }

  @Test func `an answer is dropped, so that two servers cannot talk for ever`() {
    var octets = query()
    octets[2] |= 0x80
    #expect(QuestionView.parse(octets.span) == .drop)
  }

  @Test(arguments: 1..<16)
  func `other opcodes are not implemented`(opcode: Int) {
    var octets = query()
    octets[2] |= UInt8(opcode) << 3
    #expect(QuestionView.parse(octets.span) == .reject(.notImp))
  }

  @Test(arguments: [[0, 0], [0, 2], [1, 0], [255, 255]] as [[UInt8]])
  func `there is one question, neither none nor more`(count: [UInt8]) {
    var octets = query()
    octets.replaceSubrange(4..<6, with: count)
    #expect(QuestionView.parse(octets.span) == .reject(.formErr))
  }

  @Test func `a compressed question is malformed`() {
    var octets = query()
    octets.replaceSubrange(12..<22, with: [0xC0, 0x0C])
    #expect(QuestionView.parse(octets.span) == .reject(.formErr))
    octets.replaceSubrange(12..<14, with: [0xC0, 0x04])
    #expect(QuestionView.parse(octets.span) == .reject(.formErr))
  }

  @Test func `a name has at most 255 octets`() throws {
    func query(_ last: Int) -> [UInt8] {
      let labels = [63, 63, 63, last].flatMap { [UInt8($0)] + [UInt8](repeating: 0x61, count: $0) }
      return Array(Self.example[..<12]) + labels + [0, 0, 1, 0, 1]
    }
    #expect(try view(query(61)).name == 12..<267)
    #expect(QuestionView.parse(query(62).span) == .reject(.formErr))
  }

  static let malformed: [(String, [UInt8], [UInt8])] = [
    ("two OPT records", [0, 0, 2], opt + opt),
    ("an OPT record that is not at the root", [0, 0, 1], [1, 0x61] + opt),
    (
      "an OPT record that reaches the root by a pointer", [0, 0, 1], [0xC0, 0x15] + opt.dropFirst()
    ),
    ("an OPT record among the answers", [1, 0, 0], opt),
    ("an OPT record among the authorities", [0, 1, 0], opt),
    ("an option longer than its record", [0, 0, 1], opt.dropLast() + [4, 0, 10, 0, 1]),
    (
      "an option that reaches into the next record", [0, 0, 2],
      Array(opt[..<10]) + [4, 0, 10, 0, 1] + [0, 0, 16, 0, 1, 0, 0, 0, 0, 0, 0]
    ),
    ("an option cut short", [0, 0, 1], opt.dropLast() + [3, 0, 10, 0]),
    ("octets after the end", [0, 0, 1], opt + [0]),
    ("octets after the question", [0, 0, 0], opt),
    ("a record that is not there", [0, 0, 1], []),
    ("data longer than the message", [0, 0, 1], opt.dropLast() + [1]),
    ("more records than there are", [255, 255, 255], opt),
  ]

  @Test(arguments: malformed)
  func `it is malformed`(what: String, counts: [UInt8], rest: [UInt8]) {
    #expect(QuestionView.parse(query(counts, rest: rest).span) == .reject(.formErr), "\(what)")
  }

  @Test func `a later version of EDNS is shown, not refused`() throws {
    var opt = Self.opt
    opt[6] = 1
    #expect(try view(query([0, 0, 1], rest: opt)).ednsVersion == 1)
  }

  @Test func `records before and after OPT are walked over`() throws {
    let soa: [UInt8] =
      [0xC0, 12, 0, 6, 0, 1, 0, 0, 0, 9, 0, 24, 0xC0, 12, 0xC0, 16]
      + [UInt8](repeating: 7, count: 20)
    let tsig: [UInt8] = [0xC0, 12, 0, 250, 0, 255, 0, 0, 0, 0, 0, 2, 9, 9]
    let view = try view(query([0, 1, 2], rest: soa + Self.opt + tsig))
    #expect(view.edns?.udpSize == 1232)
  }

  @Test(
    arguments: [
      (nil, 1232, 512), (0, 1232, 512), (511, 1232, 512), (900, 1232, 900), (4096, 1232, 1232),
      (65_535, 100, 512),
    ] as [(UInt16?, Int, Int)])
  func `a datagram has at least 512 octets and no more than both sides want`(
    udpSize: UInt16?, most: Int, limit: Int
  ) throws {
    let name = try DomainName(presentation: "www.test")
    let query = Message(
      id: 1, questions: [Question(name: name, type: .a)], edns: udpSize.map { EDNS(udpSize: $0) })
    #expect(try view(query.encoded()).datagramLimit(atMost: most) == limit)
  }

  @Test func `mutated queries of the usual form are judged as the slow reader does`() {
    var generator = SeededGenerator(seed: 9)
    let option: [UInt8] = [0, 10, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0, 3, 0, 0]
    let originals = [
      query(), query([0, 0, 1], rest: Self.opt),
      query([0, 0, 1], rest: Array(Self.opt.dropLast()) + [UInt8(option.count)] + option),
    ]
    var accepted = 0
    for original in originals {
      for _ in 0..<20_000 {
        let octets = generator.mutation(of: original)
        let outcome = QuestionView.parse(octets.span)
        if case .query = outcome { accepted += 1 }
        #expect(SlowMessage.outcome(of: octets).agrees(with: outcome, in: octets), "\(octets)")
      }
    }
    #expect(accepted > 1_000 && accepted < 59_000)
  }
}
