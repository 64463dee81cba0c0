import DNSWire
import DomainNames
import Testing

@Suite("Records, their types and codes")
struct RecordTests {
  private let owner = try! DomainName(presentation: "example.test")

  @Test func `a SOA's data is read as it was built`() throws {
    let soa = SOA(
      primary: owner, mailbox: try owner.prepending(label: Array("a.b".utf8)), serial: 0x0102_0304,
      refresh: 5, retry: 6, expire: 7, minimum: 0xFFFF_FFFF)
    #expect(Record(owner: owner, ttl: 1, soa: soa).soa == soa)
    #expect(try SOA(rdata: soa.rdata) == soa)
    #expect(throws: WireError.self) { try SOA(rdata: soa.rdata + [0]) }
    for length in 0..<soa.rdata.count {
      #expect(throws: WireError.self) { try SOA(rdata: Array(soa.rdata[..<length])) }
    }
  }

  @Test func `a SOA's data is not compressed`() throws {
    // The pointer leads to `owner` inside `primary`, at the first octet that is no header's.
    let primary = try owner.prepending(label: Array("abcdefghijk".utf8)).wire
    let data = primary + [0xC0, 12] + [UInt8](repeating: 0, count: 20)
    #expect(throws: WireError.compressedName(at: primary.count)) { try SOA(rdata: data) }
  }

  @Test func `a captured SOA says what its zone does`() throws {
    for exchanges in [bindExchanges, unboundExchanges] {
      let exchange = try #require(exchanges.first { $0.question == "example.test SOA" })
      let soa = try #require(try Message(parsing: exchange.response).answers.first?.soa)
      #expect(soa.primary.description == "ns1.example.test")
      #expect(soa.mailbox.description == "hostmaster.example.test")
      #expect([soa.refresh, soa.retry, soa.expire, soa.minimum] == [7200, 900, 1_209_600, 60])
    }
  }

  @Test func `a typed view of another type's data is nil`() {
    let txt = Record(owner: owner, type: .txt, ttl: 1, rdata: owner.wire)
    #expect(txt.cnameTarget == nil && txt.dnameTarget == nil && txt.aliasTarget == nil)
    #expect(txt.soa == nil && txt.address == nil)
    let alias = Record.cname(owner: owner, ttl: 1, target: owner)
    #expect(alias.cnameTarget == owner && alias.dnameTarget == nil)
  }

  @Test func `an address has four or sixteen octets`() throws {
    for count in 0...20 {
      let octets = [UInt8](repeating: 1, count: count)
      let record = Record(owner: owner, ttl: 1, address: octets)
      switch count {
      case 4: #expect(record?.type == .a && record?.address == octets)
      case 16: #expect(record?.type == .aaaa && record?.address == octets)
      default: #expect(record == nil)
      }
    }
    #expect(Record(owner: owner, type: .a, ttl: 1, rdata: [1, 2, 3]).address == nil)
  }

  @Test func `the short answer to ANY is a HINFO record (RFC 8482)`() {
    let record = Record.hinfo(owner: owner, ttl: 3600, cpu: "RFC8482")
    #expect(record.rdata == [7] + Array("RFC8482".utf8) + [0])
    let long = Record.hinfo(owner: owner, ttl: 1, cpu: String(repeating: "x", count: 300))
    #expect(long.rdata.count == 257 && long.rdata.first == 255)
  }

  @Test func `types are written and read as text`() {
    for number in UInt16.min...UInt16.max {
      let type = RecordType(rawValue: number)
      #expect(RecordType(type.description) == type)
      #expect(RecordType("type\(number)") == type)
    }
    #expect(RecordType.https.description == "HTTPS" && RecordType("https") == .https)
    #expect(RecordType(rawValue: 65_280).description == "TYPE65280")
    for text in ["", "TYPE", "TYPE65536", "TYPE-1", "TYPE+1", "TYPE 1", "NOPE", " A"] {
      #expect(RecordType(text) == nil)
    }
  }

  @Test func `classes are written and read as text`() {
    for number in UInt16.min...UInt16.max {
      let recordClass = RecordClass(rawValue: number)
      #expect(RecordClass(recordClass.description) == recordClass)
      #expect(RecordClass("class\(number)") == recordClass)
    }
    #expect(RecordClass("in") == .internet && RecordClass("CLASSX") == nil)
  }

  @Test func `codes and opcodes have their names`() {
    #expect(ResponseCode.nxDomain.description == "NXDOMAIN")
    #expect(ResponseCode.badVers.description == "BADVERS")
    #expect(ResponseCode(rawValue: 77).description == "RCODE77")
    #expect(ResponseCode(rawValue: 0xFFFF).rawValue == 4095)
    #expect(Opcode.notify.description == "NOTIFY" && Opcode(rawValue: 0xF3).rawValue == 3)
    #expect(Opcode(rawValue: 9).description == "OPCODE9")
  }

  @Test func `records and questions have a line of text`() throws {
    let record = Record(owner: owner, type: .init(rawValue: 65_280), ttl: 300, rdata: [0xAB, 1])
    #expect(record.description == "example.test. 300 IN TYPE65280 \\# 2 ab01")
    #expect(Question(name: .root, type: .ns).description == ". IN NS")
    #expect(Question(name: owner, type: .ns).description == "example.test. IN NS")
  }

  @Test func `a question's octets are one uncompressed name`() {
    #expect(throws: WireError.self) { try Question(wireName: [], type: .a) }
    #expect(throws: WireError.self) { try Question(wireName: [1, 0x61], type: .a) }
    #expect(throws: WireError.trailingOctets(1)) { try Question(wireName: [0, 0], type: .a) }
    #expect(throws: WireError.compressedName(at: 0)) {
      try Question(wireName: [0xC0, 0], type: .a)
    }
  }
}
