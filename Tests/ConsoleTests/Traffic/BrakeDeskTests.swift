import DomainNames
import Enforcement
import Foundation
import Gate
import Logging
import Records
import Testing

@testable import Console

@Suite("The brake at work") struct BrakeDeskTests {
  private static func brakeDesk(
    _ office: DeskOffice, _ keeper: TotalsKeeper, _ brake: Brake = Brake(minimum: 50)
  ) -> BrakeDesk {
    BrakeDesk(
      journal: office.journal, keeper: keeper, brake: brake, window: 60, meter: BrakeMeter(),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  private static func keeper() -> TotalsKeeper {
    TotalsKeeper(board: RuleBoard(key: NameIndex.Key(1, 2)))
  }

  private func count(_ id: String, _ name: String, _ matched: Int) throws -> BallotCount {
    let match = OrderMatch(
      order: try #require(OrderID(id)), name: try DomainName(presentation: name))
    return BallotCount(counted: 100, matches: [match: matched])
  }

  /// An order in force with two names.
  private func inForce(_ office: DeskOffice) async throws -> String {
    let id = try await office.order("venue-one.com\nvenue-two.com\n")
    #expect(await office.ask(.orderConfirm(id: id, reason: nil), as: "olga").code == .done)
    return id
  }

  private func explained(
    _ office: DeskOffice, _ name: String, at time: String? = nil
  ) async throws -> [String: Any] {
    try #require(await office.ask(.explain(name: name, at: time)).lines.first)
  }

  @Test func `pauses the line that matches too much, and everything tells so`() async throws {
    let office = try await DeskOffice.open()
    let id = try await inForce(office)
    let desk = Self.brakeDesk(office, Self.keeper())
    try await desk.take(try count(id, "venue-one.com", 60))
    #expect(desk.meter.pauses.value == 1)

    let paused = try await explained(office, "www.venue-one.com")
    #expect(paused["decision"] as? String == "not-listed")
    let match = try #require((paused["matches"] as? [[String: Any]])?.first)
    #expect(match["is_active"] as? Bool == false)
    let pause = try #require(match["paused"] as? [String: Any])
    #expect(pause["matched"] as? Int == 60 && pause["counted"] as? Int == 100)
    #expect(try await explained(office, "venue-two.com")["decision"] as? String == "blocked")

    let shown = try #require(
      await office.ask(.orderShow(id: id, everyTarget: false)).lines.first)
    let pauses = try #require(shown["pauses"] as? [[String: Any]])
    #expect(pauses.map { $0["line"] as? String } == ["1"])
    #expect(pauses.map { $0["name"] as? String } == ["venue-one.com"])
    let history = try #require(shown["history"] as? [[String: Any]])
    #expect(history.last?["by"] as? String == "system")
    #expect((history.last?["what"] as? String)?.hasPrefix("line 1 paused by the brake") == true)
    let text = await office.ask(.orderShow(id: id, everyTarget: false), json: false).output
    #expect(text.contains("cordon order resume \(id) --line 1"))
    #expect(
      await office.ask(.explain(name: "venue-one.com", at: nil), json: false).output
        .contains("cordon order resume \(id) --line 1"))
    let zone = await office.ask(.zoneExport(format: "json", zone: "policy.cordon"))
    #expect(zone.output.contains("venue-two.com") && !zone.output.contains("venue-one.com"))
    #expect(office.journal.verify().verified)
  }

  @Test func `is undone by an officer, with a reason, and stays undone`() async throws {
    let office = try await DeskOffice.open()
    let id = try await inForce(office)
    let desk = Self.brakeDesk(office, Self.keeper())
    try await desk.take(try count(id, "venue-one.com", 60))
    for (line, who, code) in [
      ("1", "carl", ExitCode.refused), ("2", "olga", .refused), ("x", "olga", .refused),
    ] {
      let task = DeskRequest.Task.orderResume(id: id, reason: "meant", line: line)
      #expect(await office.ask(task, as: who).code == code)
    }
    let bare = await office.ask(.orderResume(id: id, reason: nil, line: "1"), as: "olga")
    #expect(bare.code == .refused)
    let back = await office.ask(.orderResume(id: id, reason: "meant", line: "1"), as: "otto")
    #expect(back.code == .done, "\(back.errors)")
    #expect(try await explained(office, "venue-one.com")["decision"] as? String == "blocked")
    try await desk.take(try count(id, "venue-one.com", 90))
    #expect(desk.meter.pauses.value == 1 && desk.meter.warnings.value == 1)
    #expect(try await explained(office, "venue-one.com")["decision"] as? String == "blocked")
  }

  @Test func `a moment within the pause is explained from the record later on`() async throws {
    let office = try await DeskOffice.open()
    let id = try await inForce(office)
    let desk = Self.brakeDesk(office, Self.keeper())
    office.setClock("2018-08-24T13:00:00Z")
    try await desk.take(try count(id, "venue-one.com", 60))
    office.setClock("2018-08-24T14:00:00Z")
    _ = await office.ask(.orderResume(id: id, reason: "meant", line: "1"), as: "otto")
    office.setClock("2018-09-24T14:00:00Z")
    for (time, decision) in [
      ("2018-08-24T11:59:59Z", "not-listed"), ("2018-08-24T12:30:00Z", "blocked"),
      ("2018-08-24T12:59:59.999Z", "blocked"), ("2018-08-24T13:00:00Z", "not-listed"),
      ("2018-08-24T13:59:59.999Z", "not-listed"), ("2018-08-24T14:00:00Z", "blocked"),
      ("2019-08-23T00:00:00Z", "blocked"), ("2019-08-24T00:00:00Z", "not-listed"),
    ] {
      let said = try await explained(office, "venue-one.com", at: time)
      #expect(said["decision"] as? String == decision, "\(time)")
    }
  }

  @Test func `counts for the line, and lets pass what it does not know`() async throws {
    let office = try await DeskOffice.open()
    let id = try await inForce(office)
    let keeper = Self.keeper()
    let desk = Self.brakeDesk(office, keeper, Brake(percent: 0))
    for _ in 0..<9 {
      try await desk.take(try count(id, "venue-one.com", 30))
      try await desk.take(try count(id, "elsewhere.com", 90))
      try await desk.take(try count("o-19990101-1", "venue-one.com", 90))
    }
    try keeper.write(to: try office.desk.totals.store(), at: office.journal.now)
    let said = try await explained(office, "venue-one.com")
    let hits = try #require(said["hits"] as? [String: Any])
    #expect(hits["counted"] as? Int == 200 && hits["step"] as? Int == 100)
    #expect(
      await office.ask(.explain(name: "venue-one.com", at: nil), json: false).output
        .contains("200 counted for the rule, in steps of 100"))
    let other = try await explained(office, "venue-two.com")
    #expect((other["hits"] as? [String: Any])?["counted"] as? Int == 0)
  }

  @Test func `what would be left without the order is told`() async throws {
    let office = try await DeskOffice.open()
    let wide = try await office.order("com.venue-one.com\nvenue-one.com\n", reference: "A")
    let narrow = try await office.order("www.venue-one.com\n", reference: "B")
    let watching = try await office.order(
      "venue-nine.com\n", reference: "C", terms: ["mode": "observe"])
    let blocking = try await office.order("venue-nine.com\n", reference: "D")
    for id in [wide, narrow, watching, blocking] {
      #expect(await office.ask(.orderConfirm(id: id, reason: "seen"), as: "olga").code == .done)
    }
    for (name, order, decision, left) in [
      ("www.venue-one.com", narrow, "blocked", wide), ("venue-one.com", wide, "not-listed", nil),
      ("venue-nine.com", blocking, "observed", watching),
    ] as [(String, String, String, String?)] {
      let said = try await explained(office, name)
      #expect((said["order"] as? [String: Any])?["id"] as? String == order)
      let lifted = try #require(said["if_lifted"] as? [String: Any])
      #expect(lifted["decision"] as? String == decision, "\(name)")
      #expect(lifted["order"] as? String == left, "\(name)")
    }
    #expect(try await explained(office, "free.com")["if_lifted"] == nil)
  }
}

@Suite("Totals") struct TotalsTests {
  @Test func `less than a step is never written, and nothing is lost between steps`() async throws {
    let office = try await DeskOffice.open(staffed: false)
    let store = try office.desk.totals.store()
    let keeper = TotalsKeeper(board: RuleBoard(key: NameIndex.Key(1, 2)))
    let order = try #require(OrderID("o-20180824-1"))
    let line = TotalsStore.LinePlace(version: 1, line: LineID(line: 3))
    let subject = TotalsStore.Subject(order: order, line: line, kind: .counted)
    var sum = 0
    for count in [99, 1, 250, 49, 1, 0, 900] {
      keeper.count(count, of: line, in: order)
      try keeper.write(to: store, at: office.journal.now)
      sum += count
      #expect(try store.total(of: subject, until: office.journal.now) == sum / 100 * 100)
    }
  }

  @Test func `totals are kept by the hour, over a restart, and end with the hour asked for`()
    async throws
  {
    let office = try await DeskOffice.open(staffed: false)
    let order = try #require(OrderID("o-20180824-1"))
    let blocked = TotalsStore.Subject(order: order, kind: .blocked)
    let first = try #require(Instant("2018-08-24T12:00:00Z"))
    do {
      let store = try TotalsStore(beside: office.journal)
      try store.add([blocked: 3], at: first)
      try store.add([blocked: 2], at: first + .seconds(3_599))
      try store.add([blocked: 4], at: first + .seconds(3_600))
    }
    let store = try TotalsStore(beside: office.journal)
    #expect(try store.total(of: blocked, until: first + .seconds(-1)) == 0)
    #expect(try store.total(of: blocked, until: first) == 500)
    #expect(try store.total(of: blocked, until: first + .seconds(3_600)) == 900)
    #expect(
      try store.total(of: TotalsStore.Subject(order: order, kind: .observed), until: first) == 0)
    // What is long past is let go with the next write.
    let later = first + .seconds(500 * 86_400)
    try store.add([blocked: 1], at: later)
    #expect(try store.total(of: blocked, until: later) == 100)
  }
}

@Suite("Metrics") struct MetricsTests {
  @Test func `a histogram's buckets add up, and end with all`() {
    var text = MetricsText()
    text.histogram(
      "x_seconds", "How long.",
      GateMetrics.Histogram(bounds: [0.001, 0.5], counts: [3, 4, 5], sum: 7.25))
    #expect(
      text.text == """
        # HELP x_seconds How long.
        # TYPE x_seconds histogram
        x_seconds_bucket{le="0.001"} 3
        x_seconds_bucket{le="0.5"} 7
        x_seconds_bucket{le="+Inf"} 12
        x_seconds_sum 7.25
        x_seconds_count 12

        """)
  }
}
