import DomainNames
import Enforcement
import Testing

@testable import Records

@Suite("The walk of an order") struct WalkTests {
  @Test func `received, settled, confirmed, in force, suspended, resumed, revoked`() async throws {
    let office = try await Office.open()
    let (journal, clock) = (office.journal, office.clock)
    let id = try await journal.receive(
      try Parcel(
        .sample(), [.target(1, "venue.example"), .target(2, "held.example", .hold, .exact)]))
    #expect(try journal.rules(of: id, version: 1).map(\.name) == [domain("venue.example")])
    clock.set("2018-08-23T13:00:00Z")
    _ = try await journal.record(
      .settleLines(
        id, [LineID(line: 2): ProposedSettlement(outcome: .accepted)], reason: "seen"),
      Office.reviewer)
    #expect(
      Set(try journal.rules(of: id, version: 1).map(\.name))
        == [domain("venue.example"), domain("held.example")])
    _ = try await journal.record(.confirmOrder(id), Office.officer)
    #expect(journal.register.orders[id]?.state == .confirmed)
    #expect(try journal.intervals(of: id).isEmpty)
    clock.set("2018-08-24T00:00:01Z")
    #expect(try journal.catchUp().count == 1)
    #expect(try journal.catchUp().isEmpty)
    clock.set("2018-09-01")
    _ = try await journal.record(.suspendOrder(id, reason: "a court asked"), Office.officer)
    clock.set("2018-09-02")
    _ = try await journal.record(.resumeOrder(id, reason: "it has ruled"), Office.second)
    clock.set("2018-09-03")
    _ = try await journal.record(.revokeOrder(id, reason: "lifted"), Office.officer)
    #expect(
      try journal.intervals(of: id) == [
        RecordedInterval(
          order: id, version: 1, since: instant("2018-08-24"), until: instant("2018-09-01")),
        RecordedInterval(
          order: id, version: 1, since: instant("2018-09-02"), until: instant("2018-09-03")),
      ])
    #expect(
      try journal.lastRuleChange() == journal.size - 1)
    #expect(
      journal.register.orders[id]?.current.settlements[LineID(line: 2)]?.by == Office.reviewer)
    #expect(journal.verify().verified)
  }

  @Test func `what fell due while nothing ran is recorded with its own time, and when it was seen`()
    async throws
  {
    let office = try await Office.open()
    let (journal, clock) = (office.journal, office.clock)
    let id = try await office.orderInForce(
      try Parcel(.sample(effective: "2018-09-01", expires: "2018-10-01")))
    clock.set("2019-01-01T08:00:00Z")
    let caughtUp = try journal.catchUp().map(\.event)
    #expect(
      caughtUp == [
        Event(
          time: clock.now, actor: .system,
          change: .orderInForce(id, version: 1, due: instant("2018-09-01"))),
        Event(
          time: clock.now, actor: .system, change: .orderExpired(id, due: instant("2018-10-01"))),
      ])
    #expect(
      try journal.intervals(of: id) == [
        RecordedInterval(
          order: id, version: 1, since: instant("2018-09-01"), until: instant("2018-10-01"))
      ])
    #expect(journal.verify().verified)
  }

  @Test func `what fell due comes on the record before what is asked for`() async throws {
    let office = try await Office.open()
    let id = try await office.orderInForce(
      try Parcel(.sample(effective: nil, expires: "2018-08-25")))
    office.clock.set("2018-08-25")
    let refusal = try await office.journal.refusal(
      of: .suspendOrder(id, reason: "too late"), Office.officer)
    #expect(refusal?.code == .wrongState)
    let story = try office.journal.history(of: id).suffix(2).map(\.event.change)
    guard case .orderExpired(id, due: instant("2018-08-25")) = story[0],
      case .actionRefused("order.suspend", id, _) = story[1]
    else {
      Issue.record("\(story)")
      return
    }
  }

  @Test func `who is told hears every event once, after it can be read`() async throws {
    let office = try await Office.open()
    let heard = Heard()
    let journal = office.journal
    journal.observe { [weak journal] events in
      for event in events {
        heard.add(event, known: (try? journal?.event(at: event.index)) == event)
      }
    }
    let start = journal.size
    let id = try await office.orderInForce(try Parcel(.sample(effective: nil)))
    office.clock.set("2020-01-01")
    try journal.catchUp()
    #expect(try heard.events == Array(journal.events().suffix(from: Int(start))))
    #expect(heard.allKnown)
    #expect(journal.register.orders[id]?.state == .expired)
  }

  @Test func `an amendment's targets and rules stand beside those of the version before`()
    async throws
  {
    let office = try await Office.open()
    let journal = office.journal
    let id = try await office.orderInForce(try Parcel(.sample(effective: nil)))
    let amendment = try Parcel(
      .sample(effective: nil), [.target(1, "new.example"), .target(2, "venue.example")])
    _ = try await journal.record(
      .amendOrder(id, amendment.submission), Office.clerk, targets: amendment.targets)
    _ = try await journal.record(.confirmOrder(id), Office.officer)
    #expect(try journal.rules(of: id, version: 1).count == 1)
    #expect(try journal.rules(of: id, version: 2).count == 2)
    #expect(
      try journal.rules(covering: domain("www.venue.example")).map(\.version).sorted() == [1, 2])
    #expect(try journal.targets(of: id, version: 2, limit: 1).count == 1)
    #expect(
      try journal.target(of: id, version: 2, line: LineID(line: 2))?.name
        == domain("venue.example"))
    #expect(try journal.target(of: id, version: 3, line: LineID(line: 2)) == nil)
  }
}

@Suite("Refusals") struct RefusalTests {
  @Test func `an attempt that the law forbids is on the record, a slip is not`() async throws {
    let office = try await Office.open()
    let journal = office.journal
    let id = try await journal.receive(try Parcel(), by: Office.officer)
    let cases: [(Command, Actor, Refusal.Code)] = [
      (.confirmOrder(id), Office.officer, .sameOfficer),
      (.confirmOrder(id), Office.auditor, .notAllowed),
      (.resumeOrder(id, reason: "x"), Office.second, .wrongState),
      (.suspendOrder(id, reason: ""), Office.second, .wrongState),
      (.confirmOrder(OrderID("o-1")!), Office.second, .unknownOrder),
      (.revokeOrder(id, reason: " "), Office.second, .missingReason),
      (.replaceToken(person("nobody"), tokenDigest: []), Office.administrator, .unknownPerson),
      (.confirmOrder(id), .person(person("stranger")), .unknownPerson),
    ]
    for (command, actor, code) in cases {
      let size = journal.size
      let refusal = try await journal.refusal(of: command, actor)
      #expect(refusal?.code == code)
      #expect(journal.size == size + (code.isRecorded ? 1 : 0), "\(code)")
      guard code.isRecorded else { continue }
      let attempt = try journal.event(at: size).event
      #expect(attempt.actor == actor)
      guard case .actionRefused(command.action, command.order, let kept) = attempt.change else {
        Issue.record("\(attempt)")
        return
      }
      #expect(kept.code == code)
      #expect(kept.text == refusal?.text)
    }
    #expect(journal.verify().verified)
  }

  @Test func `terms of more octets than an entry holds are refused, and the record goes on`()
    async throws
  {
    let office = try await Office.open()
    let journal = office.journal
    let size = journal.size
    var claim = OrderClaim.sample()
    // One character to the eye, and to the bound of the field.
    claim.basis = "e" + String(repeating: "\u{301}", count: 40_000)
    let parcel = try Parcel(claim)
    let outcome = try await journal.perform(
      .receiveOrder(parcel.submission), by: Office.clerk, targets: parcel.targets)
    guard case .refused(let refusal) = outcome else {
      Issue.record("it was recorded")
      return
    }
    #expect(refusal.code == .badField)
    #expect(journal.size == size)
    _ = try await journal.receive(try Parcel())
    #expect(journal.verify().verified)
  }

  @Test func `the longest terms that are allowed fit an entry`() async throws {
    let journal = try await Office.open().journal
    // Each becomes six octets in JSON, the most that an octet can become.
    var claim = OrderClaim.sample(String(repeating: "\u{22}", count: 120))
    claim.authority = String(repeating: "界", count: 200)
    claim.basis = String(repeating: "\\", count: 500)
    claim.note = String(repeating: "界", count: 2000)
    let id = try await journal.receive(try Parcel(claim))
    let largest = try journal.history(of: id).map { try journal.prove($0.index).leaf.count }.max()
    #expect(try #require(largest) <= Entry.maximumLeaf)
    #expect(journal.verify().verified)
  }
}
