import Enforcement
import Foundation
import GRDB
import Testing
import TransparencyLog

@testable import Records

@Suite("Erasing a party") struct ErasureTests {
  /// Words that must be gone; those of others stay.
  static let secrets = [
    "zoe-key-17", "zoe-handle-17", "filing-of-zoe", "Zoe Trading Ltd", "registration-of-zoe",
    "group-of-zoe", "it was not zoe", "said of zoe", "wallet-of-zoe", "post-7017-id",
    "join the circle of zoe", "permit-of-zoe",
  ]

  /// A party with an account that had an infraction, a sanction and an appeal, all of it over.
  private func storied() async throws -> Office {
    let office = try await Office.ofConduct(
      terms: PlatformTerms(appealDays: 5, reportHours: nil, keepDays: 5))
    let party = PartyEntry(
      name: "Zoe Trading Ltd", kind: .firm, registration: "registration-of-zoe",
      group: "group-of-zoe")
    try await office.conduct(.setParty(nil, party), Office.officer)
    try await office.conduct(
      .registerAccounts(
        platform: Office.meadow,
        [
          AccountEntry(
            identity: AccountIdentity(
              key: "zoe-key-17", handle: "zoe-handle-17", filing: "filing-of-zoe"),
            party: PartyID(count: 1), language: "en")
        ]), Office.officer)
    try await office.conduct(
      .reviewAccount(
        AccountID(count: 1),
        AccountReview(
          reviewer: "rita", at: office.clock.now, category: slug("media"),
          filing: "filing-of-zoe", newsPermit: "permit-of-zoe")), Office.reviewer)
    for number in 0..<2 {
      var report = InfractionReport.sample(
        "zoe-key-17", post: 7_017 + number, at: office.clock.now,
        traits: [Trait(kind: .wallet, value: "wallet-of-zoe")])
      report.account.handle = "zoe-handle-17"
      report.infraction.evidence.pieces = [
        EvidencePiece(
          signal: "solicitation.referral", text: "join the circle of zoe", part: .text, start: 0,
          end: 4, weight: 2)
      ]
      try await office.conduct(
        .reportInfractions(platform: Office.meadow, [report]), .system)
    }
    try await office.post(1, by: "yan")
    try await office.conduct(.recordNoticeDelivery(SanctionID(count: 2)), .system)
    try await office.conduct(.fileAppeal(SanctionID(count: 2), text: "it was not zoe"), .system)
    try await office.conduct(
      .decideAppeal(AppealID(count: 1), .upheld, reason: "said of zoe"), Office.reviewer)
    office.clock.wait(.seconds(8 * 86_400))
    try office.journal.catchUp()
    office.clock.wait(.seconds(8 * 86_400))
    return office
  }

  private func erase(_ office: Office) async throws {
    try await office.conduct(.eraseParty(PartyID(count: 1)), Office.administrator)
  }

  @Test func `nothing of it is left in any file, and what others have stays`() async throws {
    let office = try await storied()
    let path = office.folder.path
    let before = try Self.found(in: path)
    #expect(before == Set(Self.secrets), "the test must see what it looks for")
    try await erase(office)
    #expect(try Self.found(in: path) == [])
    let other = try #require(try office.journal.account(on: Office.meadow, key: "yan"))
    #expect(other.entry.identity.handle == "@yan-handle")
    #expect(try office.journal.account(on: Office.meadow, key: "zoe-key-17") == nil)
  }

  private static func found(in path: String) throws -> Set<String> {
    let files = ["/cordon.db", "/cordon.db-wal"].compactMap {
      FileManager.default.contents(atPath: path + $0)
    }
    return Set(
      secrets.filter { secret in files.contains { $0.range(of: Data(secret.utf8)) != nil } })
  }

  @Test func `the record verifies, and each proof holds as before`() async throws {
    let office = try await storied()
    let journal = office.journal
    let (size, root) = (journal.size, try journal.checkpoint().root)
    let leaves = try (0..<size).map { try journal.prove($0).leaf }
    let early = try journal.checkpoint()
    try await erase(office)
    let report = journal.verify()
    #expect(report.verified, "\(report.fault?.reason ?? "")")
    #expect(try (0..<size).map { try journal.prove($0).leaf } == leaves)
    let newest = try journal.checkpoint()
    try newest.verify(try journal.proveConsistency(from: size), from: early)
    #expect(early.root == root)
    #expect(try journal.rebuildViews())
  }

  @Test func `a register loaded afterwards is the one that was`() async throws {
    var office: Office? = try await storied()
    try await erase(office!)
    let register = office!.journal.register
    #expect(register == ConductHistoryTests.folded(try office!.journal.events()))
    let account = try #require(register.conduct.accounts[AccountID(count: 1)])
    #expect(account.entry.identity == .erased && account.erased != nil)
    #expect(account.review?.isMarked == true && account.review?.reviewer == Erased.text)
    #expect(account.strikes.count == 2 && account.sanctions.count == 2)
    #expect(register.conduct.parties[PartyID(count: 1)]?.entry == nil)
    let (folder, clock) = (office!.folder, office!.clock)
    office = nil
    let journal = try Journal.open(folder, clock)
    #expect(journal.fault == nil && journal.register == register)
    // The same person may come back, as somebody new.
    let again = InfractionReport.sample("zoe-key-17", post: 7_017, at: clock.now)
    _ = try await journal.record(
      .conduct(.reportInfractions(platform: Office.meadow, [again])), .system)
    let known = try #require(try journal.account(on: Office.meadow, key: "zoe-key-17"))
    #expect(known.id == AccountID(count: 3) && journal.verify().verified)
  }

  @Test func `a value that goes missing without an erasure is damage, and one that stays is too`()
    async throws
  {
    let office = try await storied()
    try await erase(office)
    let journal = office.journal
    let other = try #require(try journal.account(on: Office.meadow, key: "yan"))
    let entry = try #require(try journal.history(of: other.id).first).index
    try office.folder.meddle("DELETE FROM sealed_field WHERE entry = \(entry) AND name = 'entry'")
    #expect(journal.verify().fault?.entry == entry)
  }

  @Test func `a fault within an erasure erases nothing`() async throws {
    let office = try await storied()
    let (size, before) = (office.journal.size, office.journal.register)
    try office.folder.meddle(
      """
      CREATE TRIGGER fault BEFORE INSERT ON checkpoint BEGIN SELECT RAISE(ABORT, 'injected'); END
      """)
    await #expect(throws: StoreError.self) { try await erase(office) }
    try office.folder.meddle("DROP TRIGGER fault")
    #expect(office.journal.size == size && office.journal.register == before)
    #expect(try Self.found(in: office.folder.path) == Set(Self.secrets))
    #expect(office.journal.verify().verified)
  }
}
