import DNSWire
import DomainNames
import Enforcement
import Testing

@testable import Gate

@Suite("Aliases that lead into a blocked name") struct AliasTests {
  /// An answer in which each name is an alias of the next, the last with an address.
  private func chain(_ names: [String], of message: [UInt8]) throws -> AnswerCache.Hit {
    let asked = try Message(parsing: message)
    let wire = names.map { domain($0) }
    let aliases = zip(wire, wire.dropFirst()).map { owner, target in
      Record.cname(owner: owner, ttl: 300, target: target)
    }
    let answer = Message(
      id: 0, flags: [.response, .recursionDesired, .recursionAvailable],
      questions: [Question(name: asked.questions[0].name, type: asked.questions[0].type)],
      answers: aliases + [Record(owner: wire.last!, ttl: 300, address: [192, 0, 2, 7])!])
    return AnswerCache.Hit(answer: try KeptAnswer(answer.encoded()), age: 0)
  }

  private func finish(
    _ names: [String], on board: RuleBoard, edns: EDNS? = EDNS(), now: Int64 = sampleNow,
    limit: Int = 1_232
  ) throws -> Message {
    let message = query(names[0], edns: edns)
    let desk = Desk(board: board)
    var buffer = AnswerBuffer(capacity: 65_535)
    desk.responder.finish(
      try chain(names, of: message), for: QuestionView(of: message), in: message.span,
      from: .sample,
      rules: board.snapshot, now: now, limit: limit, into: &buffer)
    return try Message(parsing: Array(buffer.answer))
  }

  @Test func `the asked name is blocked by the rule of the name it leads to, and not denied`()
    throws
  {
    for kind in BlockedAnswer.allCases {
      let board = RuleBoard.with(.sample(blocking: [("venue.example", .subtree)], answer: kind))
      let answer = try finish(
        ["innocent.test", "edge.test", "www.venue.example", "end.test"], on: board)
      #expect(answer.responseCode == (kind == .refused ? .refused : .noError))
      #expect(answer.edns?.extendedErrors.map(\.infoCode) == [.censored])
      #expect(answer.questions.map(\.name) == [domain("innocent.test")])
      // No record tells where the alias leads.
      #expect(answer.answers.allSatisfy { $0.type == .a && $0.address == [192, 0, 2, 80] })
      if kind == .nxdomain || kind == .nodata {
        #expect(answer.authorities.map(\.owner) == [domain("innocent.test")])
      }
      #expect(board.totals().values.map(\.blocked) == [1])
    }
  }

  @Test func `a chain that meets no rule in force passes`() throws {
    let names = ["innocent.test", "www.venue.example"]
    let boards = [
      RuleBoard.with(.sample(blocking: [("other.example", .subtree)])),
      RuleBoard.with(.sample(blocking: [("venue.example", .exact)])),
      RuleBoard.with(
        .sample(blocking: [("venue.example", .subtree)], until: Instant("2018-08-30")!)),
      RuleBoard.with(.sample(blocking: [("venue.example", .subtree)], mode: .observe)),
      RuleBoard.with(
        .sample(blocking: [("venue.example", .subtree)]), protecting: ["innocent.test"]),
      RuleBoard.with(.sample(blocking: [("venue.example", .subtree)]), protecting: ["test"]),
      RuleBoard.with(
        .sample(blocking: [("venue.example", .subtree)]), protecting: ["www.venue.example"]),
    ]
    for (number, board) in boards.enumerated() {
      let answer = try finish(names, on: board)
      #expect(answer.answers.count == 2, "board \(number)")
      #expect(answer.edns?.extendedErrors == [], "board \(number)")
      #expect(board.totals().values.allSatisfy { $0.blocked == 0 }, "board \(number)")
    }
    #expect(boards[3].totals().values.map(\.observed) == [1])
  }

  @Test func `a protected name below the asked one does not unblock the alias`() throws {
    let board = RuleBoard.with(
      .sample(blocking: [("venue.example", .subtree)]), protecting: ["safe.innocent.test"])
    #expect(try finish(["innocent.test", "venue.example"], on: board).answers.isEmpty)
  }

  @Test func `the root and the longest name can be the asked one`() throws {
    let board = RuleBoard.with(.sample(blocking: [("venue.example", .subtree)]))
    let label = String(repeating: "a", count: 60)
    for name in [".", [label, label, label, label].joined(separator: ".")] {
      let answer = try finish([name, "venue.example"], on: board)
      #expect(answer.authorities.map(\.owner) == [domain(name)])
    }
  }

  @Test func `what does not fit the asker is cut whole, with TC`() throws {
    let board = RuleBoard.with(.sample(blocking: [("other.example", .exact)]))
    let label = String(repeating: "a", count: 60)
    let long = (0..<4).map { "\(label).\(label).\($0)\(label).example" }
    let answer = try finish(["innocent.test"] + long, on: board, limit: 512)
    #expect(answer.flags.contains(.truncated))
    #expect(answer.answers.isEmpty)
    #expect(try finish(["innocent.test"] + long, on: board, limit: 65_535).answers.count == 5)
  }
}
