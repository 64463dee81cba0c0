import DomainNames
import Testing

@testable import Enforcement

@Suite struct `Contests` {
  @Test func `the system hands in what the public sends, and it changes no order`() throws {
    var desk = Desk()
    let id = try desk.receive()
    try desk.perform(.confirmOrder(id), by: Desk.officer)
    let before = desk.register
    let contest = Contest(order: id, statement: " wrong \n", contact: " me@person.example ")
    let events = try desk.perform(.receiveContest(contest), by: .system)
    #expect(
      events.map(\.change) == [
        .contestReceived(
          Contest(order: id, statement: "wrong", contact: "me@person.example"))
      ])
    #expect(events.first?.change.order == nil)
    #expect(desk.register.orders == before.orders)
  }

  @Test func `those who receive orders hand in what came by letter, others do not`() throws {
    var desk = Desk()
    let command = Command.receiveContest(Contest(statement: "wrong"))
    for actor in [Desk.clerk, Desk.officer, Desk.admin] {
      try desk.perform(command, by: actor)
    }
    for actor in [Desk.auditor, Desk.reviewer] {
      #expect(desk.refusal(of: command, by: actor)?.code == .notAllowed)
    }
    #expect(desk.refusal(of: command, by: .named("nobody"))?.code == .unknownPerson)
  }

  @Test func `only public orders can be named, ended ones too`() throws {
    var desk = Desk()
    let id = try desk.receive()
    let contest = Command.receiveContest(Contest(order: id, statement: "wrong"))
    #expect(desk.refusal(of: contest, by: .system)?.code == .unknownOrder)
    try desk.perform(.confirmOrder(id), by: Desk.officer)
    #expect(desk.refusal(of: contest, by: .system) == nil)
    try desk.perform(.revokeOrder(id, reason: "r"), by: Desk.officer)
    #expect(desk.refusal(of: contest, by: .system) == nil)
  }

  @Test func `a statement has 1 to 4,000 characters`() throws {
    let desk = Desk()
    func refusal(_ statement: String) -> Refusal.Code? {
      desk.refusal(of: .receiveContest(Contest(statement: statement)), by: .system)?.code
    }
    #expect(refusal("") == .missingField)
    #expect(refusal(" \n\t") == .missingField)
    #expect(refusal("x") == nil)
    #expect(refusal(String(repeating: "有", count: 4_000)) == nil)
    #expect(refusal(String(repeating: "x", count: 4_001)) == .badField)
  }

  @Test func `a contact is an e-mail address, or none`() throws {
    let desk = Desk()
    func refusal(_ contact: String) -> Refusal.Code? {
      desk.refusal(
        of: .receiveContest(Contest(statement: "x", contact: contact)), by: .system)?.code
    }
    for good in ["", " ", "a@b.example", "\"a@b\"@c.example", "名@例子.example"] {
      #expect(refusal(good) == nil, "\(good)")
    }
    for bad in [
      "a", "@b.example", "a@", "a@b", "a@.b", "a@b.", "a b@c.example",
      "a@b.example\nBcc: c@d.example",
      "a\u{202E}@b.example", String(repeating: "a", count: 250) + "@b.example",
    ] {
      #expect(refusal(bad) == .badField, "\(bad)")
    }
  }
}
