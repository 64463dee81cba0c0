import Enforcement
import Testing

@testable import Records

@Suite("The outbox") struct OutboxTests {
  @Test func `letters wait from the moment their notice is on the record`() async throws {
    let office = try await Office.open()
    #expect(try office.journal.pendingDeliveries().isEmpty)
    #expect(try office.journal.nextDelivery() == nil)
    let id = try await office.noticed(to: ["a@host.example", "b@host.example"])
    let pending = try office.journal.pendingDeliveries()
    #expect(pending.map(\.id) == [id, id])
    #expect(pending.map(\.letter.recipient.address) == ["a@host.example", "b@host.example"])
    #expect(pending.allSatisfy { $0.letter.message.hasSuffix("Please act.\r\n") })
    #expect(pending.allSatisfy { $0.attempts == 0 && $0.since == office.clock.now })
    #expect(try office.journal.nextDelivery() == office.clock.now)
    #expect(try office.journal.pendingDeliveries(limit: 1).count == 1)
  }

  @Test func `a letter that could not be sent waits for its next try`() async throws {
    let office = try await Office.open()
    let id = try await office.noticed()
    let place = DeliveryPlace(notice: 1, recipient: 1)
    let later = office.clock.now + .seconds(60)
    try office.journal.noteFailedAttempt(of: id, place, error: "451 busy", nextTry: later)
    #expect(try office.journal.pendingDeliveries().isEmpty)
    #expect(try office.journal.nextDelivery() == later)
    office.clock.wait(.seconds(60))
    #expect(try office.journal.pendingDeliveries().first?.attempts == 1)
    let delivery = try #require(try office.journal.deliveries(of: id).first)
    #expect(delivery.state == .pending && delivery.lastError == "451 busy")
    #expect(delivery.nextTry == later)
  }

  @Test func `what was sent or failed for good is on the record, and not sent again`() async throws
  {
    let office = try await Office.open()
    let id = try await office.noticed(to: ["a@host.example", "b@host.example"])
    let size = office.journal.size
    for _ in 0..<2 {
      _ = try await office.journal.perform(
        .recordDelivery(id, DeliveryPlace(notice: 1, recipient: 1), .sent(reply: "250 OK")),
        by: .system)
      _ = try await office.journal.perform(
        .recordDelivery(id, DeliveryPlace(notice: 1, recipient: 2), .failed(reason: "550 no")),
        by: .system)
    }
    #expect(office.journal.size == size + 2)
    #expect(try office.journal.pendingDeliveries().isEmpty)
    #expect(try office.journal.deliveries(of: id).map(\.state) == [.sent, .failed])
    #expect(try office.journal.deliveries(of: id).map(\.lastError) == [nil, "550 no"])
    #expect(office.journal.register.book[id]?.state == .waiting)
  }

  @Test func `letters of a case that has ended are not sent`() async throws {
    let office = try await Office.open()
    let id = try await office.noticed()
    _ = try await office.journal.perform(
      .closeCase(id, as: .dismissed, reason: "licensed since May"), by: Office.clerk)
    #expect(try office.journal.pendingDeliveries().isEmpty)
    #expect(try office.journal.deliveries(of: id).map(\.state) == [.withdrawn])
  }

  @Test func `letters are still there after a restart and after views are made again`() async throws
  {
    var office: Office? = try await Office.open()
    let id = try await office!.noticed()
    try office!.journal.noteFailedAttempt(
      of: id, DeliveryPlace(notice: 1, recipient: 1), error: "451", nextTry: office!.clock.now)
    let (folder, clock) = (office!.folder, office!.clock)
    let register = office!.journal.register
    office = nil
    let journal = try Journal.open(folder, clock)
    #expect(journal.register == register)
    #expect(try journal.rebuildViews())
    #expect(try journal.pendingDeliveries().map(\.attempts) == [1])
  }

  @Test func `a record made before there were cases takes them up`() async throws {
    var office: Office? = try await Office.open()
    let (folder, clock) = (office!.folder, office!.clock)
    office = nil
    let tables = Schema.caseViewTables + ["outbox"]
    try folder.meddle(
      tables.map { "DROP TABLE \($0);" }.joined()
        + "DELETE FROM grdb_migrations WHERE identifier = '2-cases'")
    let journal = try Journal.open(folder, clock)
    #expect(journal.fault == nil && journal.verify().verified)
    guard case .recorded = try await journal.perform(.reportFinding(.sample()), by: .system) else {
      Issue.record("the finding was refused")
      return
    }
    #expect(journal.verify().verified)
  }

  @Test func `the digest of a finding is that of its material`() throws {
    let made = try Finding.made(
      on: Site("a.example")!, url: "https://a.example/", category: .venue, score: 0.5,
      language: nil, evidence: EvidencePiece.samples, packs: [], capture: nil,
      seen: instant("2018-08-23"))
    // printf 'venue\nvenue.order-form\x1f买入 btc\n' | sha256sum
    #expect(
      made.evidenceDigest.hex == "566c83baacb95c3c914a8118b2c837fc469cbeca8ef1fd05b90bba29569a119d")
  }
}
