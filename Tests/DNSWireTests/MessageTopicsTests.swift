import DNSWire
import DomainNames
import Testing

private func name(_ text: String) -> DomainName {
  try! DomainName(presentation: text)
}

@Suite("DNSSEC records for askers without DO (RFC 4035, Section 3.2.1)")
struct DNSSECRemovalTests {
  private static let types: [RecordType] = [.rrsig, .nsec, .nsec3, .dnskey, .ds]

  private func answer(to asked: RecordType) -> Message {
    let records = ([.a, .nsec3param] + Self.types).map {
      Record(owner: .root, type: $0, ttl: 1, rdata: [])
    }
    return Message(
      id: 1, flags: [.response], questions: [Question(name: .root, type: asked)],
      answers: records, authorities: records, additionals: records)
  }

  @Test func `they go from every section and the others stay`() {
    let left = answer(to: .a).removingDNSSECRecords()
    for section in [left.answers, left.authorities, left.additionals] {
      #expect(section.map(\.type) == [.a, .nsec3param])
    }
  }

  @Test(arguments: types)
  func `what was asked for stays`(type: RecordType) {
    let left = answer(to: type).removingDNSSECRecords()
    #expect(Set(left.answers.map(\.type)) == [.a, .nsec3param, type])
  }

  @Test func `an answer to ANY keeps its answer section`() {
    let whole = answer(to: .any)
    let left = whole.removingDNSSECRecords()
    #expect(left.answers == whole.answers)
    #expect(left.authorities.map(\.type) == [.a, .nsec3param])
  }

  @Test func `the type can be given`() {
    let left = answer(to: .a).removingDNSSECRecords(unlessAsked: .ds)
    #expect(left.answers.map(\.type) == [.a, .nsec3param, .ds])
  }

  @Test func `servers without DO send what is left of their answer with DO`() throws {
    for exchanges in [bindExchanges, knotExchanges] {
      for (plain, signed) in [("one.example.test A", "one.example.test AAAA +dnssec")] {
        let asked = exchanges.first { $0.question == signed }
        let answer = try Message(parsing: try #require(asked).response)
        let other = exchanges.first { $0.question == plain }
        let expected = try Message(parsing: try #require(other).response)
        let left = answer.removingDNSSECRecords()
        #expect(answer.answers.contains { $0.type == .rrsig })
        #expect(
          left.answers.filter { $0.type == .cname }
            == expected.answers.filter { $0.type == .cname })
        #expect(
          !(left.answers + left.authorities + left.additionals).contains { $0.type == .rrsig })
      }
    }
  }
}

@Suite("The names an answer leads through")
struct ChainTests {
  private func answer(_ asked: String, _ records: [Record], type: RecordType = .a) -> Message {
    Message(
      id: 1, flags: [.response], questions: [Question(name: name(asked), type: type)],
      answers: records)
  }

  private func cname(_ owner: String, _ target: String) -> Record {
    .cname(owner: name(owner), ttl: 1, target: name(target))
  }

  private func dname(_ owner: String, _ target: String) -> Record {
    Record(owner: name(owner), type: .dname, ttl: 1, rdata: name(target).wire)
  }

  private func chain(_ message: Message) -> [String] {
    message.cnameChain.map(\.description)
  }

  @Test func `it starts with the name that was asked for`() {
    #expect(chain(answer("a.test", [])) == ["a.test"])
    #expect(Message(id: 1).cnameChain.isEmpty)
  }

  @Test func `it follows aliases in order, whatever the order of the records`() {
    let records = [cname("b.test", "c.test"), cname("x.test", "y.test"), cname("a.test", "b.test")]
    #expect(chain(answer("A.test", records)) == ["a.test", "b.test", "c.test"])
  }

  @Test func `a loop ends it`() {
    let records = [cname("a.test", "b.test"), cname("b.test", "a.test")]
    #expect(chain(answer("a.test", records)) == ["a.test", "b.test"])
    #expect(chain(answer("a.test", [cname("a.test", "a.test")])) == ["a.test"])
  }

  @Test func `it has at most 32 names`() {
    let records = (0..<50).map { cname("n\($0).test", "n\($0 + 1).test") }
    let names = (0..<32).map { "n\($0).test" }
    #expect(chain(answer("n0.test", records)) == names)
    #expect(chain(answer("n0.test", records.reversed())) == names)
    let fan = (0..<50).map { cname("a.test", "n\($0).test") }
    #expect(chain(answer("a.test", fan)).count == 32)
  }

  @Test func `a DNAME leads the names below it, not its own`() {
    let records = [dname("old.test", "new.test"), cname("x.new.test", "y.test")]
    #expect(chain(answer("x.old.test", records)) == ["x.old.test", "x.new.test", "y.test"])
    #expect(chain(answer("old.test", records)) == ["old.test"])
    #expect(chain(answer("xold.test", records)) == ["xold.test"])
  }

  @Test func `a DNAME whose result is too long leads nowhere`() {
    let label = String(repeating: "x", count: 63)
    let asked = "\(label).\(label).\(label).old.test"
    let records = [dname("old.test", "\(label).test")]
    #expect(chain(answer(asked, records)) == [asked])
  }

  @Test func `a DNAME that grows for ever is bounded`() {
    #expect(chain(answer("a.test", [dname("test", "b.test")])).count == 32)
  }

  @Test func `HTTPS and SVCB lead on in AliasMode alone`() {
    let alias = Record(
      owner: name("a.test"), type: .https, ttl: 1, rdata: [0, 0] + name("b.test").wire)
    #expect(chain(answer("a.test", [alias], type: .https)) == ["a.test", "b.test"])
    var service = alias
    service.rdata[1] = 1
    #expect(chain(answer("a.test", [service], type: .https)) == ["a.test"])
    var none = alias
    none.rdata = [0, 0, 0]
    #expect(chain(answer("a.test", [none], type: .https)) == ["a.test"])
    var svcb = alias
    svcb.type = .svcb
    svcb.rdata += [0, 1, 0, 0]
    #expect(chain(answer("a.test", [svcb], type: .svcb)) == ["a.test", "b.test"])
  }

  @Test(arguments: [[], [0], [0, 0], [0, 0, 1], [0, 0, 0xC0, 2], [0, 0, 64]] as [[UInt8]])
  func `data that is no alias leads nowhere`(data: [UInt8]) {
    for type in [RecordType.cname, .dname, .https, .svcb] {
      let record = Record(owner: name("a.test"), type: type, ttl: 1, rdata: data)
      let expected = type == .cname && data == [0] ? ["a.test", "."] : ["a.test"]
      #expect(chain(answer("a.test", [record])) == expected)
    }
  }

  @Test func `it is found in what servers send`() throws {
    for exchanges in [bindExchanges, knotExchanges, unboundExchanges] {
      func names(_ question: String) throws -> [String] {
        let exchange = exchanges.first { $0.question == question }
        return chain(try Message(parsing: try #require(exchange).response))
      }
      #expect(
        try names("one.example.test A")
          == ["one", "two", "three", "www"].map { "\($0).example.test" })
      #expect(
        try names("www.moved.example.test A")
          == ["www.moved.example.test", "www.new.example.test"])
      #expect(try names("example.test HTTPS") == ["example.test", "www.example.test"])
      #expect(try names("www.example.test HTTPS") == ["www.example.test"])
    }
  }
}
