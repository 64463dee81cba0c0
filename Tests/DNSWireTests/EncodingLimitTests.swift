import DNSWire
import DomainNames
import Testing

@Suite("Messages that do not fit")
struct EncodingLimitTests {
  /// The steps by which a message gets shorter, each a message of its own: the definition.
  static func candidates(for message: Message) -> [Message] {
    var steps = [message]
    var shorter = message
    for index in shorter.edns?.options.indices ?? 0..<0
    where shorter.edns?.options[index].code == .extendedError {
      shorter.edns?.options[index].data.removeSubrange(2...)
    }
    steps.append(shorter)
    shorter.edns?.options.removeAll { $0.code == .extendedError }
    steps.append(shorter)
    shorter.answers = []
    shorter.authorities = []
    shorter.additionals = []
    if shorter.flags.contains(.response) { shorter.flags.insert(.truncated) }
    steps.append(shorter)
    shorter.edns?.options = []
    steps.append(shorter)
    return steps
  }

  @Test(arguments: UInt64(0)..<4)
  func `no limit is passed, and no more is left out than has to be`(part: UInt64) throws {
    var generator = SeededGenerator(seed: 300 + part)
    var shortened = 0
    for _ in 0..<300 {
      var message = generator.message(records: 0...40)
      message.questions = [generator.question()]
      let limit = Int.random(in: 512...2_000, using: &generator)
      let octets = message.encoded(limit: limit)
      #expect(octets.count <= limit)
      let read = try Message(parsing: octets)
      #expect(read.questions == message.questions)
      let expected = Self.candidates(for: message).first { $0.encoded().count <= limit }
      #expect(read == expected)
      if read != message { shortened += 1 }
    }
    #expect(shortened > 15)
  }

  @Test func `any limit at all is kept`() throws {
    var generator = SeededGenerator(seed: 6)
    for _ in 0..<300 {
      let message = generator.message()
      for limit in [-1, 0, 12, 13, 40, 100, 299, 70_000] {
        let octets = message.encoded(limit: limit)
        #expect(octets.count <= max(limit, 12))
        #expect(try Message(parsing: octets).id == message.id)
      }
    }
  }

  @Test func `the longest question and its OPT fit from 298 octets on`() throws {
    let wireName = [UInt8](repeating: 1, count: 254) + [0]
    let question = try Question(wireName: wireName, type: .a)
    let options = [EDNSOption(code: .padding, data: [UInt8](repeating: 0, count: 400))]
    let query = Message(id: 1, questions: [question], edns: EDNS(options: options))
    let read = try Message(parsing: query.encoded(limit: 298))
    #expect(read.questions == [question])
    #expect(read.edns == EDNS())
  }

  @Test func `text goes first, then extended errors, then records with TC`() throws {
    let name = try DomainName(presentation: "www.example.test")
    let address = try #require(Record(owner: name, ttl: 1, address: [192, 0, 2, 1]))
    let text = ExtendedError(.censored, extraText: String(repeating: "x", count: 200))
    let padding = EDNSOption(code: .padding, data: [0, 0])
    let answer = Message(
      id: 1, flags: [.response], questions: [Question(name: name, type: .a)],
      answers: [address], edns: EDNS(options: [text.option, padding]))
    let whole = answer.encoded().count
    func shortened(by octets: Int) throws -> Message {
      try Message(parsing: answer.encoded(limit: whole - octets))
    }
    #expect(try shortened(by: 0) == answer)
    let withoutText = try shortened(by: 1)
    #expect(withoutText.edns?.extendedErrors == [ExtendedError(.censored)])
    #expect(withoutText.answers == [address])
    let withoutErrors = try shortened(by: 201)
    #expect(withoutErrors.edns?.options == [padding])
    #expect(withoutErrors.answers == [address] && !withoutErrors.flags.contains(.truncated))
    let cut = try shortened(by: 207)
    #expect(cut.answers.isEmpty && cut.flags.contains(.truncated))
    #expect(cut.questions == answer.questions && cut.edns?.options == [padding])
  }

  @Test func `a query has no TC to set`() throws {
    let name = try DomainName(presentation: "example.test")
    let soa = Record(owner: name, type: .txt, ttl: 0, rdata: [UInt8](repeating: 0, count: 600))
    let query = Message(id: 1, questions: [Question(name: name, type: .ixfr)], authorities: [soa])
    #expect(try Message(parsing: query.encoded(limit: 512)).flags == [])
  }

  @Test func `a record or an option that no message can hold counts as not fitting`() throws {
    let tooLong = [UInt8](repeating: 0, count: 65_536)
    let record = Record(owner: .root, type: .txt, ttl: 0, rdata: tooLong)
    let option = EDNSOption(code: .padding, data: tooLong)
    let question = Question(name: .root, type: .txt)
    let answer = Message(
      id: 1, flags: [.response], questions: [question], answers: [record],
      edns: EDNS(options: [option]))
    let read = try Message(parsing: answer.encoded())
    #expect(read.flags == [.response, .truncated])
    #expect(read.questions == [question] && read.edns == EDNS())
  }

  @Test func `more records than can be counted are not written`() throws {
    let record = Record(owner: .root, type: .txt, ttl: 0, rdata: [])
    let answer = Message(
      id: 1, flags: [.response], answers: Array(repeating: record, count: 70_000))
    #expect(try Message(parsing: answer.encoded()).flags == [.response, .truncated])
  }

  @Test func `a code that needs EDNS becomes SERVFAIL without it`() throws {
    var answer = Message(id: 1, flags: [.response], responseCode: .badVers)
    #expect(try Message(parsing: answer.encoded()).responseCode == .servFail)
    answer.edns = EDNS()
    #expect(try Message(parsing: answer.encoded()).responseCode == .badVers)
    #expect(try Message(parsing: answer.encoded(limit: 12)).responseCode == .servFail)
  }
}
