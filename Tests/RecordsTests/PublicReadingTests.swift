import DomainNames
import Enforcement
import Testing

@testable import Records

@Suite("What everyone may read") struct PublicReadingTests {
  @Test(arguments: [21, 22, 23] as [UInt64])
  func `it agrees with the events, through a random life`(seed: UInt64) async throws {
    var history = try await History(seed: seed)
    for _ in 0..<120 { try await history.step() }
    let journal = history.office.journal
    for order in journal.register.orders.values {
      let events = history.history(of: order.id)
      let told = try journal.publicHistory(of: order.id)
      let expected = events.compactMap { recorded in
        PublicEvent.Kind(rawValue: EventCoding.parts(of: recorded.event.change).kind).map { kind in
          (recorded.index, kind, recorded.event.time)
        }
      }
      #expect(told.map(\.index) == expected.map(\.0))
      #expect(told.map(\.kind) == expected.map(\.1))
      #expect(told.map(\.time) == expected.map(\.2))
      let contests = events.count {
        if case .contestReceived = $0.event.change { true } else { false }
      }
      #expect(try journal.contests(of: order.id) == contests)
      for version in order.versions {
        let key = History.VersionKey(order: order.id, version: version.number)
        for limit in [1, 2, 100] {
          var rules: [RecordedRule] = []
          var start: Int? = 0
          while let place = start {
            let page = try journal.rules(
              of: order.id, version: version.number, from: place, limit: limit)
            #expect(page.rules.count <= limit)
            rules += page.rules
            start = page.next
          }
          #expect(rules.map(\.line) == rules.map(\.line).sorted())
          #expect(Set(rules) == history.rules(of: key))
          #expect(rules.count == version.enforcedTargets)
        }
      }
    }
    #expect(journal.verify().verified)
  }

  @Test func `contests are on the record, and leave the rules as they are`() async throws {
    let office = try await Office.open(seed: 9)
    let size = office.journal.size
    let contest = Contest(
      name: domain("shop.venue.example"), statement: "not ours", contact: "me@person.example")
    _ = try await office.journal.perform(.receiveContest(contest), by: .system)
    let recorded = try office.journal.event(at: size)
    #expect(recorded.event.change == .contestReceived(contest))
    #expect(recorded.event.actor == .system)
    #expect(try office.journal.lastRuleChange() == nil)
    let leaf = String(decoding: try office.journal.prove(size).leaf, as: UTF8.self)
    for text in ["not ours", "me@person.example", "shop"] { #expect(!leaf.contains(text)) }
    #expect(office.journal.verify().verified)
    #expect(try office.journal.rebuildViews())
  }
}
