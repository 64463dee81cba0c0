import DNSWire
import DomainNames
import Testing

@Suite("Names and compression (RFC 1035, Section 4.1.4)")
struct CompressionTests {
  /// A header's worth of octets with others behind it.
  private func message(_ octets: [UInt8]) -> [UInt8] {
    [UInt8](repeating: 0, count: 12) + octets
  }

  private func name(in octets: [UInt8], at offset: Int) throws(WireError) -> DomainName {
    try DomainName(in: message(octets).span, at: offset)
  }

  @Test func `a pointer leads to an earlier name`() throws {
    let octets: [UInt8] = [1, 0x61, 1, 0x42, 0, 1, 0x63, 0xC0, 14]
    #expect(try name(in: octets, at: 17).description == "c.b")
  }

  @Test func `pointers may lead to pointers`() throws {
    let octets: [UInt8] = [1, 0x61, 0, 0xC0, 12, 0xC0, 15, 1, 0x62, 0xC0, 17]
    #expect(try name(in: octets, at: 19).description == "b.a")
  }

  static let refused: [(String, [UInt8], Int, WireError)] = [
    ("to itself", [0xC0, 12], 12, .pointer(at: 12, target: 12)),
    ("forward", [0xC0, 15, 0, 1, 0x61, 0], 12, .pointer(at: 12, target: 15)),
    ("to its own name's start", [1, 0x61, 0xC0, 12], 12, .pointer(at: 14, target: 12)),
    ("into its own name", [1, 0x61, 1, 0x62, 0xC0, 14], 12, .pointer(at: 16, target: 14)),
    ("into the header", [0xC0, 4], 12, .pointer(at: 12, target: 4)),
    ("beyond the message", [0xFF, 0xFF], 12, .pointer(at: 12, target: 0x3FFF)),
    ("of one octet", [1, 0x61, 0xC0], 12, .truncated(at: 15)),
    ("back to a pointer forward", [0xC0, 14, 0xC0, 12], 14, .pointer(at: 12, target: 14)),
  ]

  @Test(arguments: refused)
  func `a pointer is refused`(where: String, octets: [UInt8], at: Int, error: WireError) {
    #expect(throws: error, "\(`where`)") { try name(in: octets, at: at) }
  }

  @Test(arguments: [0x40, 0x7F, 0x80, 0xBF] as [UInt8])
  func `a label of another kind is refused`(first: UInt8) {
    #expect(throws: WireError.labelType(at: 12)) { try name(in: [first, 0, 0], at: 12) }
  }

  @Test func `a name that does not end is refused`() {
    #expect(throws: WireError.truncated(at: 14)) { try name(in: [1, 0x61], at: 12) }
    #expect(throws: WireError.truncated(at: 14)) { try name(in: [5, 0x61], at: 12) }
    #expect(throws: WireError.truncated(at: 12)) { try name(in: [], at: 12) }
    #expect(throws: WireError.truncated(at: -1)) { try name(in: [], at: -1) }
  }

  @Test func `a name has at most 255 octets, also through pointers`() throws {
    let label = [63] + [UInt8](repeating: 0x61, count: 63)
    let most = label + label + label + [61] + [UInt8](repeating: 0x61, count: 61) + [0]
    #expect(try name(in: most, at: 12).wire.count == 255)
    let more = label + label + label + [62] + [UInt8](repeating: 0x61, count: 62) + [0]
    #expect(throws: WireError.nameTooLong(at: 12)) { try name(in: more, at: 12) }
    let start = 12 + most.count
    #expect(throws: WireError.nameTooLong(at: start)) {
      try name(in: most + [1, 0x62, 0xC0, 12], at: start)
    }
  }

  @Test func `a name follows at most as many pointers as a name has labels`() throws {
    var long: [UInt8] = [0]
    var target = 12
    for _ in 0..<128 {
      let here = 12 + long.count
      long += [0xC0 | UInt8(target >> 8), UInt8(target & 255)]
      target = here
    }
    #expect(try name(in: long, at: target - 2).isRoot)
    #expect(throws: WireError.tooManyPointers(at: target)) { try name(in: long, at: target) }
  }

  @Test func `owners are compressed whatever their case, and the question keeps the asker's`()
    throws
  {
    let question = try Question(wireName: [1, 0x41, 4, 0x54, 0x45, 0x73, 0x74, 0], type: .a)
    let owner = question.name
    let answer = Message(
      id: 1, flags: [.response], questions: [question],
      answers: [try #require(Record(owner: owner, ttl: 1, address: [1, 2, 3, 4]))])
    let octets = answer.encoded()
    #expect(Array(octets[12..<20]) == question.wireName)
    #expect(Array(octets[24..<26]) == [0xC0, 12])
    #expect(try Message(parsing: octets) == answer)
  }

  @Test func `every name that comes again is two octets, among many too`() throws {
    let parent = try DomainName(presentation: "example.test")
    let owners = try (0..<200).map { try parent.prepending(label: Array("n\($0)".utf8)) }
    let answers = (owners + owners).map { Record(owner: $0, type: .txt, ttl: 1, rdata: []) }
    let answer = Message(
      id: 1, questions: [Question(name: parent, type: .txt)], answers: answers)
    let labels = owners.map { Int($0.wire[0]) + 1 }.reduce(0, +)
    let pointers = 2 * answers.count
    let question = parent.wire.count + 4
    #expect(answer.encoded().count == 12 + question + labels + pointers + 10 * answers.count)
  }

  @Test func `names in data are compressed only where their case stays`() throws {
    let owner = try DomainName(presentation: "a.test")
    func length(_ target: [UInt8]) throws -> Int {
      let answer = Message(
        id: 1, answers: [Record(owner: owner, type: .cname, ttl: 1, rdata: target)])
      #expect(try Message(parsing: answer.encoded()) == answer)
      return answer.encoded().count
    }
    let same = try length([1, 0x62, 4, 0x74, 0x65, 0x73, 0x74, 0])
    let other = try length([1, 0x62, 4, 0x54, 0x65, 0x73, 0x74, 0])
    #expect(other == same + 4)
  }

  @Test func `names in the data of newer types are written whole`() throws {
    let owner = try DomainName(presentation: "test")
    let srv = Record(owner: owner, type: .srv, ttl: 1, rdata: [0, 0, 0, 0, 0, 1] + owner.wire)
    let octets = Message(id: 1, answers: [srv]).encoded()
    #expect(octets.suffix(6) == owner.wire[...])
  }

  @Test func `names are no longer pointed at where a pointer does not reach`() throws {
    let filler = [UInt8](repeating: 0, count: 16_500)
    let far = try DomainName(presentation: "far.test")
    let answer = Message(
      id: 1,
      answers: [
        Record(owner: .root, type: .txt, ttl: 1, rdata: filler),
        Record(owner: far, type: .txt, ttl: 1, rdata: []),
        Record(owner: far, type: .txt, ttl: 1, rdata: []),
      ])
    #expect(try Message(parsing: answer.encoded()) == answer)
  }

  @Test func `data that only looks like its type's is written as it is`() throws {
    let soa = Record(owner: .root, type: .soa, ttl: 1, rdata: [0xC0])
    let octets = Message(id: 1, answers: [soa]).encoded()
    #expect(octets.suffix(3) == [0, 1, 0xC0])
  }
}
