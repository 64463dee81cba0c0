import DNSWire
import DomainNames
import Enforcement
import Testing

@testable import Gate

@Suite("What the brake counts") struct BallotTests {
  private let rule = OrderMatch(order: OrderID("o-20180824-1")!, name: domain("venue.example"))

  private func client(_ network: UInt32, host: UInt32 = 1) -> ClientAddress {
    ClientAddress(ipv4: 0x0A00_0000 + network << 8 + host)
  }

  @Test func `a network's queries count only a few times, however much it asks`() {
    let ballot = Ballot()
    for host: UInt32 in 0..<200 {
      for _ in 0..<100 { ballot.cast(client(1, host: host)) { rule } }
    }
    let count = ballot.close()
    #expect(count.counted == Int(Ballot.votes))
    #expect(count.matches == [rule: Int(Ballot.votes)])
  }

  @Test func `an IPv6 network is its first 56 bits`() {
    let ballot = Ballot()
    for low: UInt64 in 0..<1_000 {
      ballot.cast(ClientAddress(high: 0x2001_0DB8_0000_0000 | low & 0xFF, low: low)) { nil }
    }
    #expect(ballot.close().counted == Int(Ballot.votes))
  }

  @Test func `many networks outweigh one that floods`() {
    let ballot = Ballot()
    for network: UInt32 in 0..<400 { ballot.cast(client(network)) { nil } }
    for _ in 0..<100_000 { ballot.cast(client(5_000)) { rule } }
    let count = ballot.close()
    // Two networks may share a place; of 400 among 65,536 hardly any do.
    #expect((390...408).contains(count.counted))
    #expect((count.matches[rule] ?? 0) <= Int(Ballot.votes))
  }

  @Test func `each window begins anew`() {
    let ballot = Ballot()
    for _ in 0..<3 {
      for _ in 0..<20 { ballot.cast(client(1)) { rule } }
      #expect(ballot.close().counted == Int(Ballot.votes))
    }
    #expect(ballot.close() == BallotCount(counted: 0, matches: [:]))
  }

  @Test func `the rules that are told apart are bounded`() {
    let ballot = Ballot()
    for number: UInt32 in 0..<6_000 {
      ballot.cast(client(number)) {
        OrderMatch(order: rule.order, name: domain("n\(number).example"))
      }
    }
    let count = ballot.close()
    #expect(count.matches.count == Ballot.ruleLimit && count.counted > 5_500)
  }

  @Test func `a rule is the part of the name that it names, in lower case`() {
    let name = Array("\u{1}x\u{3}WWW\u{5}Venue\u{7}EXAMPLE\u{0}".utf8)
    #expect(OrderMatch(rule.order, lastLabels: 2, of: name.span) == rule)
    #expect(
      OrderMatch(rule.order, lastLabels: 4, of: name.span)?.name == domain("x.www.venue.example"))
    for count in [0, 5, .max] {
      #expect(OrderMatch(rule.order, lastLabels: count, of: name.span) == nil)
    }
  }

  @Test func `the gate counts what is blocked, what is let pass, and where aliases lead`() throws {
    let board = RuleBoard.with(.sample(blocking: [("venue.example", .subtree)]))
    let desk = Desk(board: board)
    _ = desk.ask(query("www.venue.example"))
    _ = desk.ask(query("innocent.test"))
    let first = desk.responder.ballot.close()
    #expect(first == BallotCount(counted: 2, matches: [rule: 1]))

    let asked = query("innocent.test")
    let answer = Message(
      id: 0, flags: [.response, .recursionDesired, .recursionAvailable],
      questions: [Question(name: domain("innocent.test"), type: .a)],
      answers: [
        Record.cname(
          owner: domain("innocent.test"), ttl: 300, target: domain("edge.venue.example")),
        Record(owner: domain("edge.venue.example"), ttl: 300, address: [192, 0, 2, 7])!,
      ])
    let hit = AnswerCache.Hit(answer: try KeptAnswer(answer.encoded()), age: 0)
    for _ in 0..<20 {
      var buffer = AnswerBuffer(capacity: 1_232)
      desk.responder.finish(
        hit, for: QuestionView(of: asked), in: asked.span, from: .sample, rules: board.snapshot,
        now: sampleNow, limit: 1_232, into: &buffer)
    }
    #expect(desk.responder.ballot.close().matches == [rule: Int(Ballot.votes)])
  }
}
