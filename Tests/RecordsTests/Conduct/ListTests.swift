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
          try journal.sanctions(
            in: state, of: ListScope(platform: platform), after: $0, limit: 2)
        }
        #expect(found == expected.sorted { $0.id < $1.id })
      }
    }
    #expect(!book.sanctions.isEmpty && !book.infractions.isEmpty)
  }

  /// Whether a thing of some accounts is in a scope.
  private static func holds(
    _ scope: ListScope, _ accounts: [AccountID?], _ book: ConductBook
  ) -> Bool {
    let known = accounts.compactMap { $0.flatMap { book.accounts[$0] } }
    return (scope.platform == nil || known.contains { $0.platform == scope.platform })
      && (scope.account == nil || known.contains { $0.id == scope.account })
  }

  @Test(arguments: [23] as [UInt64])
  func `a list of one platform or one account has what is theirs, and no more`(seed: UInt64)
    async throws
  {
    var history = try await ConductHistory(seed: seed)
    for _ in 0..<250 { try await history.step() }
    let journal = history.office.journal
    for id in journal.register.conduct.sanctions.keys.sorted() {
      _ = try await journal.perform(.conduct(.fileAppeal(id, text: "No.")), by: .system)
      history.office.clock.wait(.seconds(40_000))
    }
    let book = journal.register.conduct
    let now = history.office.clock.now
    let accounts = [nil] + (1...3).map { AccountID(count: $0) }
    for platform in [nil, Office.meadow, slug("harbor")] {
      for account in accounts {
        let scope = ListScope(platform: platform, account: account)
        for state in [nil] + InfractionState.allCases.map(Optional.some) {
          let expected = book.infractions.values.filter {
            (state == nil || $0.state == state) && Self.holds(scope, [$0.account], book)
          }
          let found = try all { try journal.infractions(in: state, of: scope, after: $0, limit: 2) }
          #expect(found == expected.sorted { $0.id < $1.id })
        }
        #expect(
          try all { try journal.sanctions(of: scope, after: $0, limit: 2) }
            == book.sanctions.values.filter { Self.holds(scope, [$0.account], book) }
            .sorted { $0.id < $1.id })
        for wanted in [AppealsWanted.all, .open, .overdue(at: now)] {
          let expected = book.appeals.values.filter { appeal in
            Self.isWanted(wanted, appeal)
              && Self.holds(scope, [book.sanctions[appeal.sanction]?.account], book)
          }
          #expect(
            try all { try journal.appeals(wanted, of: scope, after: $0, limit: 2) }
              == expected.sorted { $0.id < $1.id })
        }
        for onlyOpen in [true, false] {
          let expected = book.leads.values.filter {
            (!onlyOpen || $0.settled == nil) && Self.holds(scope, [$0.account, $0.earlier], book)
          }
          #expect(
            try all { try journal.leads(onlyOpen: onlyOpen, of: scope, after: $0, limit: 2) }
              == expected.sorted { $0.id < $1.id })
        }
      }
    }
    #expect(book.leads.values.contains { $0.account.count <= 3 })
    #expect(book.appeals.values.contains { $0.isOverdue(at: now) })
    #expect(
      try journal.openAppeals(at: now)
        == (
          book.appeals.values.count { $0.decided == nil },
          book.appeals.values.count { $0.isOverdue(at: now) }
        ))
  }

  private static func isWanted(_ wanted: AppealsWanted, _ appeal: Appeal) -> Bool {
    switch wanted {
    case .all: true
    case .open: appeal.decided == nil
    case .overdue(let moment): appeal.isOverdue(at: moment)
    }
  }

  private static func standing(of account: Account, _ book: ConductBook) -> AccountStanding {
    account.sanctions.compactMap { book.sanctions[$0] }.filter { $0.state == .imposed }
      .map(\.plan.terms.kind).max().map { .under($0) } ?? .clear
  }

  @Test func `what is rare is found by an index of it, not by a look at everything`() async throws {
    let office = try await Office.ofConduct(seed: 1)
    let all = ListScope()
    let meadow = ListScope(platform: Office.meadow)
    let alice = ListScope(account: AccountID(count: 1))
    let rare: [ListQuery] = [
      .accounts(standing: .under(.close)), .accounts(on: Office.meadow),
      .sanctions(in: .declined, of: all), .sanctions(of: meadow), .sanctions(of: alice),
      .infractions(in: .held, of: all), .infractions(in: .dismissed, of: all),
      .infractions(in: .overturned, of: all), .infractions(of: meadow),
      .infractions(of: alice), .appeals(.open, of: all), .appeals(.open, of: meadow),
      .appeals(.all, of: alice), .leads(onlyOpen: true, of: all),
      .leads(onlyOpen: true, of: meadow), .leads(onlyOpen: false, of: alice),
    ]
    for query in rare {
      let plan = try office.journal.read { db in
        try Row.fetchAll(
          db, sql: "EXPLAIN QUERY PLAN \(query.sql)", arguments: query.arguments(after: 0)
        ).map { $0["detail"] as String }
      }
      let looksUp = plan.contains { $0.contains("INDEX view_") }
      let scans = plan.contains { $0.hasPrefix("SCAN") && !$0.contains("INDEX") }
      #expect(looksUp && !scans, "\(query.sql): \(plan)")
    }
  }
}
