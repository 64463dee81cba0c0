import DNSWire
import DomainNames

extension SeededGenerator {
  /// A name's octets in mixed case, from few labels, so that names share tails.
  mutating func wireName() -> [UInt8] {
    var labels: [[UInt8]] = []
    for _ in 0..<Int.random(in: 0...4, using: &self) {
      labels.append(pick(["www", "a", "mail", "example", "x-1"]).utf8.map { $0 })
    }
    if chance(20) { labels.append(octets(Int.random(in: 1...63, using: &self))) }
    labels.append(pick([Array("test".utf8), Array("example".utf8)]))
    var wire: [UInt8] = []
    for label in labels {
      wire.append(UInt8(label.count))
      for octet in label {
        let isLetter = (0x61...0x7A).contains(octet)
        wire.append(isLetter && chance(4) ? octet & 0xDF : octet)
      }
    }
    return chance(30) ? [0] : wire + [0]
  }

  mutating func name() -> DomainName {
    try! DomainName(wire: wireName())
  }

  mutating func question() -> Question {
    let type = pick([RecordType.a, .aaaa, .https, .any, RecordType(rawValue: 65_280)])
    return try! Question(wireName: wireName(), type: type)
  }

  mutating func record() -> Record {
    let types: [RecordType] = [
      .a, .aaaa, .ns, .cname, .soa, .mx, .txt, .srv, .naptr, .https, .dname, .rrsig, .nsec, .ptr,
      RecordType(rawValue: 14), RecordType(rawValue: 17), RecordType(rawValue: 24),
      RecordType(rawValue: 26), RecordType(rawValue: 65_280), RecordType(rawValue: 300),
    ]
    let type = pick(types)
    return Record(
      owner: name(), type: type, recordClass: chance(10) ? .chaos : .internet,
      ttl: UInt32.random(in: 0 ... .max, using: &self), rdata: rdata(of: type))
  }

  /// Data which has the form of its type where names may be compressed, else any octets.
  mutating func rdata(of type: RecordType) -> [UInt8] {
    guard !chance(30) else { return [] }
    switch type {
    case .ns, .cname, .ptr: return wireName()
    case .soa: return wireName() + wireName() + octets(20)
    case .mx: return octets(2) + wireName()
    case .srv: return octets(6) + wireName()
    case .naptr: return octets(4) + [1, 0x75, 3] + octets(3) + [0] + wireName()
    case RecordType(rawValue: 14), RecordType(rawValue: 17): return wireName() + wireName()
    case RecordType(rawValue: 24): return octets(18) + wireName() + octets(9)
    case RecordType(rawValue: 26): return octets(2) + wireName() + wireName()
    default: return octets(Int.random(in: 0...60, using: &self))
    }
  }

  mutating func edns() -> EDNS {
    var options: [EDNSOption] = []
    for _ in 0..<Int.random(in: 0...3, using: &self) {
      if chance(2) {
        let text = String(repeating: "order ", count: Int.random(in: 0...60, using: &self))
        options.append(ExtendedError(.censored, extraText: text).option)
      } else {
        let code = EDNSOptionCode(rawValue: pick([3, 10, 12, 65_001]))
        options.append(
          EDNSOption(code: code, data: octets(Int.random(in: 0...40, using: &self))))
      }
    }
    return EDNS(
      udpSize: UInt16.random(in: 0 ... .max, using: &self),
      version: chance(10) ? 1 : 0, dnssecOK: chance(2), options: options)
  }

  mutating func message(records: ClosedRange<Int> = 0...8) -> Message {
    let flags = HeaderFlags(rawValue: UInt16.random(in: 0 ... .max, using: &self) & 0x87B0)
    var message = Message(
      id: UInt16.random(in: 0 ... .max, using: &self), flags: flags,
      questions: chance(20) ? [] : [question()])
    if chance(30) { message.questions.append(question()) }
    if chance(10) { message.opcode = pick([.notify, .update, .status]) }
    for _ in 0..<Int.random(in: records, using: &self) { message.answers.append(record()) }
    for _ in 0..<Int.random(in: 0...2, using: &self) { message.authorities.append(record()) }
    for _ in 0..<Int.random(in: 0...2, using: &self) { message.additionals.append(record()) }
    if !chance(3) { message.edns = edns() }
    let highest: UInt16 = message.edns == nil ? 15 : 4095
    message.responseCode = ResponseCode(rawValue: UInt16.random(in: 0...highest, using: &self))
    return message
  }

  /// A well-formed query with one question, sometimes with records in odd sections.
  mutating func query() -> Message {
    var query = message(records: 0...0)
    query.flags.remove(.response)
    query.opcode = .query
    query.questions = [question()]
    if !chance(8) {
      query.authorities = []
      query.additionals = []
    }
    return query
  }
}
