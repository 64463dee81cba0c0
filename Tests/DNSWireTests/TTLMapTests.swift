import DNSWire
import DomainNames
import Testing

@Suite("Ageing of kept answers")
struct TTLMapTests {
  private let name = try! DomainName(presentation: "www.example.test")

  private func answer(
    _ code: ResponseCode = .noError, to type: RecordType = .a, answers: [Record] = [],
    authorities: [Record] = [], edns: EDNS? = EDNS()
  ) -> Message {
    Message(
      id: 1, flags: [.response], responseCode: code,
      questions: [Question(name: name, type: type)], answers: answers, authorities: authorities,
      edns: edns)
  }

  private func address(ttl: UInt32) throws -> Record {
    try #require(Record(owner: name, ttl: ttl, address: [192, 0, 2, 1]))
  }

  private func soa(ttl: UInt32, minimum: UInt32) -> Record {
    let soa = SOA(
      primary: name, mailbox: name, serial: 1, refresh: 2, retry: 3, expire: 4, minimum: minimum)
    return Record(owner: name, ttl: ttl, soa: soa)
  }

  private func minimum(_ message: Message) throws -> UInt32? {
    try TTLMap(message.encoded()).minimumTTL
  }

  @Test func `the TTLs are those of all records, OPT's apart`() throws {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<1_000 {
      let octets = generator.message().encoded()
      let slow = try #require(SlowMessage(octets))
      #expect(try TTLMap(octets).offsets == slow.sections.joined().map(\.ttlOffset))
    }
  }

  @Test func `ageing takes the seconds from every TTL and touches nothing else`() throws {
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<1_000 {
      var message = generator.message()
      var octets = message.encoded()
      let seconds = UInt32.random(in: 0...(.max), using: &generator) >> 4
      try TTLMap(octets).subtract(seconds: seconds, from: &octets)
      let age = { (record: Record) -> Record in
        var older = record
        let ttl = record.ttl >= 0x8000_0000 ? 0 : record.ttl
        older.ttl = ttl > seconds ? ttl - seconds : 0
        return older
      }
      message.answers = message.answers.map(age)
      message.authorities = message.authorities.map(age)
      message.additionals = message.additionals.map(age)
      #expect(try Message(parsing: octets) == message)
    }
  }

  @Test func `ageing octets shorter than the map's does nothing beyond their end`() throws {
    let octets = answer(answers: [try address(ttl: 9)]).encoded()
    var cut = Array(octets[..<30])
    try TTLMap(octets).subtract(seconds: 1, from: &cut)
    #expect(cut == Array(octets[..<30]))
  }

  @Test func `an answer is kept for its least TTL`() throws {
    let answer = answer(answers: [try address(ttl: 300), try address(ttl: 20)])
    #expect(try minimum(answer) == 20)
  }

  @Test func `a negative answer is kept by its SOA and no longer than the SOA's minimum`() throws {
    #expect(try minimum(answer(.nxDomain, authorities: [soa(ttl: 900, minimum: 60)])) == 60)
    #expect(try minimum(answer(.nxDomain, authorities: [soa(ttl: 30, minimum: 60)])) == 30)
    #expect(try minimum(answer(.noError, authorities: [soa(ttl: 900, minimum: 60)])) == 60)
  }

  @Test func `a negative answer without SOA is not kept`() throws {
    #expect(try minimum(answer(.nxDomain)) == nil)
    #expect(try minimum(answer()) == nil)
    let alias = Record.cname(owner: name, ttl: 300, target: name)
    #expect(try minimum(answer(answers: [alias])) == nil)
    #expect(try minimum(answer(.nxDomain, answers: [alias])) == nil)
  }

  @Test func `an alias that ends in nothing is kept for the least of both`() throws {
    let alias = Record.cname(owner: name, ttl: 10, target: name)
    let answer = answer(.nxDomain, answers: [alias], authorities: [soa(ttl: 900, minimum: 60)])
    #expect(try minimum(answer) == 10)
  }

  @Test func `an alias that was asked for is an answer`() throws {
    let alias = Record.cname(owner: name, ttl: 10, target: name)
    #expect(try minimum(answer(to: .cname, answers: [alias])) == 10)
    #expect(try minimum(answer(to: .any, answers: [alias])) == 10)
  }

  @Test func `a TTL with its highest bit set is none`() throws {
    #expect(try minimum(answer(answers: [try address(ttl: 0x8000_0000)])) == 0)
  }

  @Test(arguments: [.servFail, .refused, .notImp, .badVers] as [ResponseCode])
  func `an error is not kept`(code: ResponseCode) throws {
    #expect(try minimum(answer(code, answers: [try address(ttl: 9)])) == nil)
  }
}
