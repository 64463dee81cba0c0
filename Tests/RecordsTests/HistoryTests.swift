import DomainNames
import Enforcement
import Testing

@testable import Records

@Suite("Random histories") struct HistoryTests {
  @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func `the views always say what the events say`(seed: UInt64) async throws {
    var history = try await History(seed: seed)
    for step in 0..<150 {
      try await history.step()
      guard step % 15 == 14 else { continue }
      try expectSame(history)
      let report = history.office.journal.verify()
      #expect(report.verified, "\(report.fault?.reason ?? "")")
      #expect(report.entries == UInt64(history.events.count))
    }
    #expect(history.events.count > 90)
  }

  private func expectSame(_ history: History) throws {
    let journal = history.office.journal
    let register = history.register
    #expect(journal.register == register)
    for id in register.orders.keys {
      #expect(try journal.history(of: id) == history.history(of: id))
      #expect(try journal.intervals(of: id) == history.intervals(of: id))
      #expect(try journal.entryInForce(of: id) == history.entryInForce(of: id))
      #expect(try journal.pauses(of: id) == history.pauses(of: id))
    }
    for id in register.book.cases.keys {
      #expect(try journal.history(of: id) == history.history(of: id))
      let kept = try journal.deliveries(of: id).map { ($0.place, $0.state) }
      #expect(Dictionary(uniqueKeysWithValues: kept) == history.deliveries(of: id))
      let findings = try journal.findings(of: id).map(\.finding)
      #expect(findings.map(\.evidenceDigest) == register.book[id]?.evidence)
    }
    for key in history.lines.keys {
      #expect(
        Set(try journal.rules(of: key.order, version: key.version)) == history.rules(of: key))
      let kept = try journal.targets(of: key.order, version: key.version)
      #expect(kept.map(\.line) == history.lines[key]?.map(\.source.id))
    }
    for text in [
      "venue.example", "x.www.venue.example", "a.b.venue.example", "test", "y.other.test",
    ] {
      let found = try journal.rules(covering: domain(text))
      #expect(Set(found) == history.rules(covering: domain(text)), "\(text)")
      let depths = found.map(\.name.labelCount)
      #expect(depths == depths.sorted(by: >), "\(text)")
    }
  }

  @Test(arguments: [21, 22, 23] as [UInt64])
  func `a record opened again goes on as if it had never been closed`(seed: UInt64) async throws {
    var history = try await History(seed: seed)
    for _ in 0..<100 { try await history.step() }
    let (folder, clock) = (history.office.folder, history.office.clock)
    let (register, size) = (history.register, history.office.journal.size)
    history = try await History(seed: 0)
    let journal = try Journal.open(folder, clock)
    #expect(journal.register == register)
    #expect(journal.size == size)
    #expect(journal.fault == nil)
    let id = try await journal.receive(
      try Parcel(.sample("R-last", effective: nil, expires: "2099-01-01")))
    #expect(journal.register.orders[id]?.terms.reference == "R-last")
    #expect(journal.verify().verified)
  }

  @Test func `views made again are the views there were`() async throws {
    var history = try await History(seed: 31)
    for _ in 0..<100 { try await history.step() }
    let journal = history.office.journal
    #expect(try journal.rebuildViews())
    try expectSame(history)
    #expect(journal.verify().verified)
  }

  @Test(arguments: Schema.viewTables.filter { !Schema.accountViewTables.contains($0) })
  func `damaged views are found, made again, and the register with them`(table: String) async throws
  {
    var history = try await History(seed: 32)
    repeat { try await history.step() } while try !history.fillsEveryView
    try #require(history.events.count < 1_000)
    let journal = history.office.journal
    try history.office.folder.meddle("DELETE FROM \(table)")
    #expect(journal.verify().fault?.reason.contains(table) == true)
    #expect(try !journal.rebuildViews())
    #expect(journal.verify().verified)
    try expectSame(history)
    try await history.step()
    try expectSame(history)
  }

  @Test func `a record opened on damaged views adds nothing until they are made again`()
    async throws
  {
    var history = try await History(seed: 33)
    for _ in 0..<80 { try await history.step() }
    let (folder, clock) = (history.office.folder, history.office.clock)
    let register = history.register
    history = try await History(seed: 0)
    try folder.meddle("UPDATE view_order SET body = 'no order'")
    let journal = try Journal.open(folder, clock)
    let fault = try #require(journal.fault)
    #expect("\(fault)".contains("record rebuild"))
    await #expect(throws: fault) {
      try await journal.perform(
        .addPerson(person("eve"), .administrator, tokenDigest: Office.digest(of: 66)), by: .system)
    }
    #expect(!journal.verify().verified)
    #expect(try !journal.rebuildViews())
    #expect(journal.fault == nil)
    #expect(journal.register == register)
    #expect(journal.verify().verified)
  }
}
