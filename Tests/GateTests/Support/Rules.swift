import DNSWire
import DomainNames
import Enforcement

@testable import Gate

func domain(_ text: String) -> DomainName { try! DomainName(presentation: text) }

extension OrderRules {
  /// The rules of an order in force from 2018-08-24 until 2019-08-24.
  static func sample(
    _ id: String = "o-20180824-1", version: Int = 1, blocking targets: [(String, Scope)],
    answer: BlockedAnswer = .nxdomain, mode: EnforcementMode = .block,
    origin: OrderOrigin = .authority, reference: String = "IFRR-2018-117",
    authority: String = "Example Supervisor", from: Instant = Instant("2018-08-24")!,
    until: Instant = Instant("2019-08-24")!, serial: UInt32 = 42,
    contest: String? = "https://cordon.example/orders/o-20180824-1"
  ) -> OrderRules {
    OrderRules(
      order: OrderID(id)!, version: version,
      terms: OrderTerms(
        reference: reference, authority: authority, basis: "a law", issued: from, effective: from,
        expires: until, mode: mode, answer: answer, origin: origin),
      contestAddress: contest, serial: serial,
      targets: targets.map { RuleTarget(name: domain($0.0), scope: $0.1) })
  }
}

extension RuleBoard {
  /// A board with orders in use.
  static func with(_ rules: OrderRules..., protecting names: [String] = []) -> RuleBoard {
    let board = RuleBoard(key: NameIndex.Key(1, 2), protectedNames: names.map { domain($0) })
    board.enforce(rules)
    return board
  }
}

extension QueryContext {
  /// A datagram of a client of documentation's network.
  static let sample = QueryContext(
    transport: .udp, client: ClientAddress(ipv4: 0xC000_0207))
}

/// Within the terms of the sample orders.
let sampleNow = Instant("2018-09-01")!.milliseconds

/// A responder with both addresses of a block page.
struct Desk {
  var board: RuleBoard
  var responder = Responder(
    blocked: BlockedAnswerWriter(
      page: BlockPageAddresses(
        ipv4: [192, 0, 2, 80], ipv6: [0x20, 1, 0xD, 0xB8] + [UInt8](repeating: 0, count: 12))))

  enum Outcome {
    case ignored
    case answered([UInt8])
    case resolve
  }

  func ask(_ octets: [UInt8], at now: Int64 = sampleNow) -> Outcome {
    var buffer = AnswerBuffer(capacity: Int(BlockedAnswerWriter.udpSize))
    switch responder.respond(
      to: octets.span, in: .sample, rules: board.snapshot, now: now, into: &buffer)
    {
    case .ignore: return .ignored
    case .answered: return .answered(Array(buffer.answer))
    case .resolve: return .resolve
    }
  }

  /// The answer of a message that the rules alone answer; nil for any other.
  func answer(to octets: [UInt8], at now: Int64 = sampleNow) throws -> Message? {
    guard case .answered(let answer) = ask(octets, at: now) else { return nil }
    return try Message(parsing: answer)
  }

  func answer(
    to name: String, _ type: RecordType = .a, at now: Int64 = sampleNow
  ) throws -> Message? {
    try answer(to: query(name, type), at: now)
  }
}

/// A query by the octets of its name, or its text.
func query(
  _ name: String, _ type: RecordType = .a, id: UInt16 = 0x1234,
  flags: HeaderFlags = .recursionDesired, edns: EDNS? = EDNS()
) -> [UInt8] {
  query(wire: domain(name).wire, type, id: id, flags: flags, edns: edns)
}

func query(
  wire: [UInt8], _ type: RecordType = .a, recordClass: RecordClass = .internet,
  id: UInt16 = 0x1234, flags: HeaderFlags = .recursionDesired, edns: EDNS? = EDNS()
) -> [UInt8] {
  Message(
    id: id, flags: flags,
    questions: [try! Question(wireName: wire, type: type, recordClass: recordClass)], edns: edns
  ).encoded()
}

extension Array where Element == UInt8 {
  /// The same name with some of its letters in upper case.
  func withMixedCase(_ generator: inout SeededGenerator) -> [UInt8] {
    map { octet in
      (0x61...0x7A).contains(octet) && Bool.random(using: &generator) ? octet - 0x20 : octet
    }
  }
}
