import DNSWire
import DomainNames
import Enforcement
import Testing

@testable import Gate

@Suite("What is answered without anybody else") struct ResponderTests {
  let desk = Desk(board: .with(.sample(blocking: [("venue.example", .subtree)])))

  @Test func `an allowed name goes on`() {
    guard case .resolve = desk.ask(query("allowed.example")) else {
      Issue.record("it does not go on")
      return
    }
  }

  @Test func `what is itself an answer, or no message, gets none`() {
    var answer = query("venue.example")
    answer[2] |= 0x80
    for octets in [answer, [], [UInt8](repeating: 0, count: 11)] {
      guard case .ignored = desk.ask(octets) else {
        Issue.record("\(octets.count) octets were answered")
        return
      }
    }
  }

  @Test func `another opcode is not implemented, and comes back with the answer`() throws {
    for opcode in 1...15 {
      var message = query("venue.example")
      message[2] = message[2] & 0x87 | UInt8(opcode) << 3
      let answer = try #require(try desk.answer(to: message))
      #expect(answer.responseCode == .notImp)
      #expect(Int(answer.opcode.rawValue) == opcode)
      #expect(answer.id == 0x1234)
      #expect(answer.questions.isEmpty)
    }
  }

  @Test func `no question, two questions and a cut message are malformed`() throws {
    var none = query("venue.example", edns: nil)
    none[5] = 0
    var two = query("venue.example", edns: nil)
    two[5] = 2
    for message in [none, two, Array(query("venue.example").dropLast(3))] {
      let answer = try #require(try desk.answer(to: message))
      #expect(answer.responseCode == .formErr)
      #expect(answer.flags == [.response, .recursionDesired])
    }
  }

  @Test func `a version of EDNS above 0 is told so, before any rule`() throws {
    let answer = try #require(
      try desk.answer(to: query("venue.example", edns: EDNS(version: 1, dnssecOK: true))))
    #expect(answer.responseCode == .badVers)
    #expect(answer.edns?.version == 0)
    #expect(answer.questions.count == 1)
  }

  @Test func `zone transfers and other classes are refused`() throws {
    for type in [RecordType.axfr, .ixfr] {
      #expect(try desk.answer(to: "allowed.example", type)?.responseCode == .refused)
    }
    for number: UInt16 in [0, 3, 4, 254, 255] {
      let message = query(
        wire: domain("allowed.example").wire, recordClass: RecordClass(rawValue: number))
      #expect(try desk.answer(to: message)?.responseCode == .refused)
    }
  }

  @Test func `ANY gets a small honest answer (RFC 8482)`() throws {
    for edns in [nil, EDNS(), EDNS(udpSize: 512, dnssecOK: true)] {
      let answer = try #require(try desk.answer(to: query("allowed.example", .any, edns: edns)))
      #expect(answer.responseCode == .noError)
      #expect(
        answer.answers == [.hinfo(owner: domain("allowed.example"), ttl: 3_600, cpu: "RFC8482")])
      #expect((answer.edns == nil) == (edns == nil))
      #expect(answer.edns?.dnssecOK == edns?.dnssecOK)
    }
  }

  @Test func `a plain answer carries its explanation to who has EDNS`() throws {
    let message = query("allowed.example", flags: [.recursionDesired, .checkingDisabled])
    var buffer = AnswerBuffer(capacity: 1_232)
    PlainAnswerWriter.write(
      .servFail, to: QuestionView(of: message), from: message.span,
      explanation: ExtendedError(.other, extraText: "too many queries wait"), into: &buffer)
    let answer = try Message(parsing: Array(buffer.answer))
    #expect(answer.responseCode == .servFail)
    #expect(answer.flags == [.response, .recursionAvailable, .recursionDesired, .checkingDisabled])
    #expect(
      answer.edns?.extendedErrors == [ExtendedError(.other, extraText: "too many queries wait")])
  }

  // MARK: Malformed input

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `whatever comes in, what goes out is a well-formed answer to it or nothing`(
    seed: UInt64
  ) throws {
    var random = SeededGenerator(state: seed)
    let seeds = [
      query("www.venue.example"), query("allowed.example", .any), query("venue.example", edns: nil),
      query("a.b.c.venue.example", edns: EDNS(version: 3, options: [])),
      query(
        "venue.example",
        edns: EDNS(options: [EDNSOption(code: .cookie, data: [1, 2, 3, 4, 5, 6, 7, 8])])),
    ]
    for _ in 0..<4_000 {
      var message = seeds.randomElement(using: &random)!
      Self.mutate(&message, &random)
      let isAnswer = message.count > 2 && message[2] & 0x80 != 0
      switch desk.ask(message) {
      case .ignored: #expect(message.count < 12 || isAnswer)
      case .resolve: #expect(message.count >= 12 && !isAnswer)
      case .answered(let octets):
        #expect(message.count >= 12 && !isAnswer)
        let answer = try Message(parsing: octets)
        #expect(answer.isResponse)
        #expect(answer.id == UInt16(message[0]) << 8 | UInt16(message[1]))
        #expect(octets.count <= 1_232)
        #expect(!answer.flags.contains(.authenticData))
        #expect(answer.questions.allSatisfy { octets.count >= 12 + $0.wireName.count + 4 })
      }
    }
  }

  private static func mutate(_ message: inout [UInt8], _ random: inout SeededGenerator) {
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      switch Int.random(in: 0..<6, using: &random) {
      case 0 where !message.isEmpty:
        message.removeLast(Int.random(in: 1...message.count, using: &random))
      case 1:
        message += (0..<Int.random(in: 1...40, using: &random)).map { _ in
          UInt8.random(in: 0...255, using: &random)
        }
      case 2 where message.count > 12:
        // Pointers, long labels and the end of the name, where the name is.
        message[Int.random(in: 12..<message.count, using: &random)] =
          [0, 1, 63, 64, 0x80, 0xC0, 0xFF].randomElement(using: &random)!
      case 3 where message.count > 11:
        message[Int.random(in: 4..<12, using: &random)] = UInt8.random(in: 0...3, using: &random)
      default:
        guard !message.isEmpty else { continue }
        message[Int.random(in: message.indices, using: &random)] ^=
          1 << UInt8.random(in: 0...7, using: &random)
      }
    }
  }

  @Test func `a buffer is written to its end and never past it`() {
    var buffer = AnswerBuffer(capacity: 8)
    buffer.append32(0x0102_0304)
    buffer.append([5, 6, 7, 8, 9])
    #expect(Array(buffer.answer) == [1, 2, 3, 4])
    buffer.append([5, 6, 7, 8])
    buffer.append(9)
    buffer.append16(0x0A0B)
    #expect(Array(buffer.answer) == [1, 2, 3, 4, 5, 6, 7, 8])
    buffer.set(0xFF, at: 8)
    buffer.set(0xFF, at: 0)
    #expect(buffer.answer.first == 0xFF)
    buffer.replace(with: [UInt8](repeating: 1, count: 9))
    #expect(buffer.answer.isEmpty)
    buffer.fill(upTo: 100) { room in room.count }
    #expect(buffer.length == 8)
    buffer.fill(upTo: 3) { room in room.count }
    #expect(buffer.length == 3)
  }
}
