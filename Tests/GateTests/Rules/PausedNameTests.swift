import DNSWire
import Enforcement
import Testing

@testable import Gate

@Suite("Names out of use for a while") struct PausedNameTests {
  private func target(_ name: String, _ scope: Scope = .subtree) -> RuleTarget {
    RuleTarget(name: domain(name), scope: scope)
  }

  private func isBlocked(_ name: String, _ board: RuleBoard) throws -> Bool {
    try Desk(board: board).answer(to: name) != nil
  }

  @Test func `one name of an order goes and comes back, the others stay`() throws {
    let rules = OrderRules.sample(blocking: [
      ("venue.example", .subtree), ("other.example", .exact), ("www.venue.example", .exact),
    ])
    let board = RuleBoard.with(rules)
    board.set([target("venue.example")], of: rules.order, paused: true)
    #expect(try !isBlocked("venue.example", board))
    #expect(try !isBlocked("x.venue.example", board))
    #expect(try isBlocked("www.venue.example", board))
    #expect(try isBlocked("other.example", board))
    board.set([target("venue.example")], of: rules.order, paused: false)
    for name in ["venue.example", "x.venue.example", "www.venue.example", "other.example"] {
      #expect(try isBlocked(name, board))
    }
  }

  @Test func `another order's rule on the same name goes on`() throws {
    let one = OrderRules.sample("o-20180824-1", blocking: [("venue.example", .subtree)])
    let other = OrderRules.sample("o-20180824-2", blocking: [("venue.example", .subtree)])
    let board = RuleBoard.with(one, other)
    board.set([target("venue.example")], of: one.order, paused: true)
    #expect(try isBlocked("venue.example", board))
    board.set([target("venue.example")], of: other.order, paused: true)
    #expect(try !isBlocked("venue.example", board))
    board.set([target("venue.example")], of: one.order, paused: false)
    #expect(try isBlocked("venue.example", board))
    board.withdraw(one.order)
    #expect(try !isBlocked("venue.example", board))
  }

  @Test func `a name stays out of use through changes to other orders, large ones too`() throws {
    let rules = OrderRules.sample(
      "o-20180824-1", blocking: [("venue.example", .subtree), ("kept.example", .subtree)])
    let board = RuleBoard.with(rules)
    board.set([target("venue.example")], of: rules.order, paused: true)
    board.enforce(
      .sample(
        "o-20180824-2", blocking: (0..<1_500).map { ("n\($0).test", Scope.subtree) }))
    #expect(try !isBlocked("venue.example", board))
    #expect(try isBlocked("kept.example", board) && isBlocked("n7.test", board))
    board.enforce(rules)
    #expect(try !isBlocked("venue.example", board), "the same wording again changes no name")
    board.set([target("venue.example")], of: rules.order, paused: false)
    #expect(try isBlocked("venue.example", board))
  }

  @Test func `an order that is not there changes nothing`() throws {
    let rules = OrderRules.sample(blocking: [("venue.example", .subtree)])
    let board = RuleBoard.with(rules)
    board.set([target("venue.example")], of: OrderID("o-19990101-1")!, paused: true)
    #expect(try isBlocked("venue.example", board))
  }
}
