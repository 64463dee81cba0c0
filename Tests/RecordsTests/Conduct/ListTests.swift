import Enforcement
import GRDB
import Testing

@testable import Records

@Suite("Lists in pieces") struct ListTests {
  /// All that the pieces hold, and that none but the last is short.
  private func all<Thing, Number: RecordNumber>(
    _ piece: (Number?) throws -> NumberedPage<Thing, Number>
  ) throws -> [Thing] {
    var things: [Thing] = []
    var last: Number?
    repeat {
      let page = try piece(last)
      #expect(page.things.count == 2 || page.next == nil)
      things += page.things
      last = page.next
    } while last != nil
    return things
  }

  @Test(arguments: [21, 22] as [UInt64])
  func `piece by piece, a list has what a look at everything finds`(seed: UInt64) async throws {
    var history = try await ConductHistory(seed: seed)
    for _ in 0..<250 { try await history.step() }
    let journal = history.office.journal
    let book = journal.register.conduct
    for platform in [nil, Office.meadow] {
      for standing in [nil, .clear] + SanctionKind.allCases.map(AccountStanding.under) {
        let expected = book.accounts.values.filter { account in
          (platform == nil || account.platform == platform)
            && (standing == nil || Self.standing(of: account, book) == standing)
        }
        let found = try all {
          try journal.accounts(on: platform, standing: standing, after: $0, limit: 2)
        }
        #expect(found == expected.sorted { $0.id < $1.id })
      }
      for state in [nil] + SanctionState.allCases.map(Optional.some) {
        let expected = book.sanctions.values.filter { state == nil || $0.state == state }
        let found = try all {
          try journal.sanctions(in: state, on: platform, after: $0, limit: 2)
        }
        #expect(found == expected.sorted { $0.id < $1.id })
      }
    }
    for state in [nil] + InfractionState.allCases.map(Optional.some) {
      let expected = book.infractions.values.filter { state == nil || $0.state == state }
      let found = try all { try journal.infractions(in: state, after: $0, limit: 2) }
      #expect(found == expected.sorted { $0.id < $1.id })
    }
    for onlyOpen in [true, false] {
      #expect(
        try all { try journal.appeals(onlyOpen: onlyOpen, after: $0, limit: 2) }
          == book.appeals.values.filter { !onlyOpen || $0.decided == nil }
          .sorted { $0.id < $1.id })
      #expect(
        try all { try journal.leads(onlyOpen: onlyOpen, after: $0, limit: 2) }
          == book.leads.values.filter { !onlyOpen || $0.settled == nil }
          .sorted { $0.id < $1.id })
    }
    #expect(!book.sanctions.isEmpty && !book.infractions.isEmpty)
  }

  private static func standing(of account: Account, _ book: ConductBook) -> AccountStanding {
    account.sanctions.compactMap { book.sanctions[$0] }.filter { $0.state == .imposed }
      .map(\.plan.terms.kind).max().map { .under($0) } ?? .clear
  }

  @Test func `what is rare is found by an index of it, not by a look at everything`() async throws {
    let office = try await Office.ofConduct(seed: 1)
    let rare = [
      ListQuery.accounts(standing: .under(.close)), ListQuery.accounts(hasPlatform: true),
      ListQuery.sanctions(in: .declined), ListQuery.sanctions(hasPlatform: true),
      ListQuery.infractions(in: .held), ListQuery.infractions(in: .dismissed),
      ListQuery.infractions(in: .overturned), ListQuery.appeals(onlyOpen: true),
      ListQuery.leads(onlyOpen: true),
    ]
    for query in rare {
      let plan = try office.journal.read { db in
        try Row.fetchAll(
          db, sql: "EXPLAIN QUERY PLAN \(query)",
          arguments: StatementArguments(query.contains("?2") ? [0, "meadow"] : [0])
        ).map { $0["detail"] as String }
      }
      #expect(plan.first?.contains("INDEX view_") == true, "\(query): \(plan)")
    }
  }
}
