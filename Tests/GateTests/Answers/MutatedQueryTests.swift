import DNSWire
import DomainNames
import Enforcement
import Testing

@testable import Gate

@Suite("Damaged queries") struct MutatedQueryTests {
  /// Real queries of many kinds, to be damaged.
  private static let originals: [[UInt8]] = {
    let cookie = EDNSOption.cookie([UInt8](repeating: 7, count: 8))
    let options: [[EDNSOption]] = [
      [], [cookie], [EDNSOption(code: .structuredError, data: [])],
      [
        EDNSOption(code: .nsid, data: []), .cookie([UInt8](repeating: 9, count: 24)),
        EDNSOption(code: .clientSubnet, data: [0, 1, 24, 0, 192, 0, 2]),
        EDNSOption(code: .padding, data: [UInt8](repeating: 0, count: 60)),
      ],
    ]
    var made = [Message(id: 1, questions: [], edns: .with(cookie)).encoded()]
    for name in ["venue.example", "a.b.address.example", "allowed.example"] {
      made.append(query(name, edns: nil))
      for type in [RecordType.a, .aaaa, .https, .any, .axfr] {
        for list in options {
          made.append(query(name, type, edns: EDNS(udpSize: 512, options: list)))
        }
      }
    }
    return made
  }()

  private static func damage(_ octets: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var octets = octets
    for _ in 0..<Int.random(in: 1...4, using: &random) where !octets.isEmpty {
      let at = Int.random(in: 0..<octets.count, using: &random)
      switch Int.random(in: 0..<7, using: &random) {
      case 0: octets[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1: octets[at] = UInt8.random(in: 0...255, using: &random)
      case 2: octets.insert(UInt8.random(in: 0...255, using: &random), at: at)
      case 3: octets.removeSubrange(at..<min(octets.count, at + 3))
      case 4: octets.removeLast(Int.random(in: 0...min(30, octets.count), using: &random))
      case 5: octets[at] = [0x00, 0x3F, 0x40, 0xC0, 0xFF].randomElement(using: &random) ?? 0
      default:
        let end = min(octets.count, at + Int.random(in: 1...40, using: &random))
        octets.insert(contentsOf: octets[at..<end], at: end)
      }
    }
    return octets
  }

  @Test(arguments: Transport.allCases)
  func `of a hundred thousand each is answered whole, within bounds, or not at all`(
    transport: Transport
  ) throws {
    let board = RuleBoard.with(
      .sample(blocking: [("venue.example", .subtree)]),
      .sample("o-20180824-2", blocking: [("address.example", .subtree)], answer: .address))
    let desk = try ClientDesk(
      ClientConfiguration(
        allowed: [AddressPrefix("192.0.2.0/24")!], limit: .init(answers: 200),
        identifier: "gate"), board: board)
    let clients = [ClientAddress.sample, ClientAddress("198.51.100.1")]
    var random = SeededGenerator(state: 31)
    var answered = 0
    for number in 0..<25_000 {
      let original = try #require(Self.originals.randomElement(using: &random))
      let message = Self.damage(original, &random)
      let client = clients[number % 8 == 0 ? 1 : 0]
      let now = sampleNow + Int64(number)
      guard let octets = desk.octets(to: message, from: client, by: transport, at: now) else {
        continue
      }
      answered += 1
      let answer = try Message(parsing: octets)
      #expect(answer.flags.contains(.response))
      #expect([UInt8](octets.prefix(2)) == [UInt8](message.prefix(2)))
      #expect(octets.count <= 1_232)
      if transport == .udp, case .query(let query) = QuestionView.parse(message.span) {
        #expect(octets.count <= query.datagramLimit(atMost: 1_232))
      }
      if answer.edns == nil { #expect(answer.responseCode.fitsHeader) }
    }
    #expect(answered > 2_500)
  }
}
