import DNSWire
import DomainNames
import Testing

@Suite("Messages (RFC 1035, Section 4)")
struct MessageTests {
  @Test func `what is written is read back the same`() throws {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<3_000 {
      let message = generator.message()
      let octets = message.encoded()
      #expect(try Message(parsing: octets) == message)
      #expect(SlowMessage(octets)?.agrees(with: message) == true)
    }
  }

  @Test(arguments: allExchanges)
  func `what real servers send is read, written and read the same`(exchange: Exchange) throws {
    for octets in try exchange.queries() + exchange.responses() {
      let message = try Message(parsing: octets)
      let slow = try #require(SlowMessage(octets))
      #expect(slow.agrees(with: message))
      #expect(try Message(parsing: message.encoded()) == message)
    }
  }

  @Test(arguments: allExchanges)
  func `answers of real servers belong to their queries`(exchange: Exchange) throws {
    let query = try Message(parsing: exchange.queries()[0])
    for octets in try exchange.responses() {
      let response = try Message(parsing: octets)
      #expect(response.isResponse && response.id == query.id)
      if !response.questions.isEmpty { #expect(response.questions == query.questions) }
    }
  }

  @Test func `compression makes answers as short as servers do, within a fiftieth`() throws {
    var ours = 0
    var theirs = 0
    for exchange in allExchanges where exchange.question.hasSuffix(" A") {
      for octets in try exchange.responses() {
        ours += try Message(parsing: octets).encoded().count
        theirs += octets.count
      }
    }
    #expect(ours * 50 <= theirs * 51, "\(ours) octets where servers need \(theirs)")
    #expect(theirs > 1_000)
  }

  @Test func `every message cut short is refused`() throws {
    for exchange in bindExchanges where exchange.response.count < 2_000 {
      let octets = try exchange.responses()[0]
      for length in 0..<octets.count {
        #expect(throws: WireError.self) { try Message(parsing: Array(octets[..<length])) }
      }
    }
  }

  @Test func `octets after the message are refused`() throws {
    let octets = Message(id: 1).encoded()
    #expect(throws: WireError.trailingOctets(1)) { try Message(parsing: octets + [0]) }
  }

  @Test func `the data of unknown types passes untouched, even where it looks like a pointer`()
    throws
  {
    let owner = try DomainName(presentation: "unknown.example.test")
    let data: [UInt8] = [0xC0, 0x0C, 0xC0, 0xFF, 3, 0x77, 0x57, 0x77, 0]
    var answer = Message(id: 1, questions: [Question(name: owner, type: .init(rawValue: 65_280))])
    answer.answers = [
      Record(owner: owner, type: .init(rawValue: 65_280), ttl: 1, rdata: data),
      Record(owner: owner, type: .https, ttl: 1, rdata: [0, 1] + data),
    ]
    let read = try Message(parsing: answer.encoded())
    #expect(read.answers.map(\.rdata) == [data, [0, 1] + data])
  }

  @Test func `an answer repeats the id, the opcode, RD, CD and the question in its case`() throws {
    let question = try Question(wireName: [3, 0x77, 0x57, 0x57, 0], type: .aaaa)
    let query = Message(
      id: 0xBEEF, flags: [.recursionDesired, .checkingDisabled, .authenticData, .truncated],
      questions: [question], edns: EDNS())
    let answer = Message(answering: query, with: .refused)
    #expect(answer.id == 0xBEEF)
    #expect(answer.flags == [.response, .recursionDesired, .checkingDisabled])
    #expect(answer.questions == [question])
    #expect(answer.responseCode == .refused)
    #expect(answer.edns == nil)
    let octets = query.encoded()
    guard case .query(let view) = QuestionView.parse(octets.span) else {
      Issue.record("not a query")
      return
    }
    #expect(try Message(answering: view, in: octets.span, with: .refused) == answer)
  }

  @Test func `a transaction's signature stays the last record, after OPT`() throws {
    let key = try DomainName(presentation: "key.example.test")
    let signature = Record(owner: key, type: .tsig, recordClass: .any, ttl: 0, rdata: [1, 2, 3])
    let address = try #require(Record(owner: key, ttl: 1, address: [192, 0, 2, 1]))
    let message = Message(id: 1, additionals: [address, signature], edns: EDNS())
    let octets = message.encoded()
    #expect(octets.suffix(3) == [1, 2, 3])
    #expect(try Message(parsing: octets) == message)
  }
}
