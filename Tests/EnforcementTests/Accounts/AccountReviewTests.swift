import Testing

@testable import Enforcement

@Suite struct `Reviews of accounts` {
  private static let account = AccountID(count: 1)

  /// A platform with one account that it has told of.
  private func registered() throws -> Desk {
    var desk = try Desk.ofConduct()
    try desk.register("alice")
    return desk
  }

  @Test func `say who looked and when, as what the account is filed, and whether it is marked`()
    throws
  {
    var desk = try registered()
    desk.pass(.days(1))
    let claimed = AccountReview(
      reviewer: "somebody else", at: Instant(milliseconds: 0), category: slug("media"),
      filing: "F-1", newsPermit: "N-1")
    try desk.conduct(.reviewAccount(Self.account, claimed), by: Desk.reviewer)
    let account = try desk.account()
    let review = try #require(account.review)
    #expect(review.reviewer == "rita" && review.at == desk.now, "nobody signs for another")
    #expect(account.entry.category == slug("media") && account.entry.identity.filing == "F-1")
    #expect(review.isMarked)
    try desk.conduct(.reviewAccount(Self.account, .sample("shop")), by: Desk.officer)
    #expect(try desk.account().review?.isMarked == false, "without a permit there is no mark")
    #expect(try desk.account().entry.identity.filing == "F-1", "what is not told stays")
  }

  @Test func `of a platform's own people are told by it, of its own accounts, and not ahead`()
    throws
  {
    var desk = try registered()
    desk.pass(.days(9))
    let looked = desk.now + .days(-3)
    let review = AccountReview(reviewer: "Wei of desk 4", at: looked, category: slug("media"))
    try desk.conduct(.reviewAccount(Self.account, review), by: Desk.platform)
    #expect(try desk.account().review == review)
    let entries = desk.events.count
    try desk.conduct(.reviewAccount(Self.account, review), by: Desk.platform)
    #expect(desk.events.count == entries, "the same review twice is one")
    var ahead = review
    ahead.at = desk.now + .milliseconds(1)
    var nobody = review
    nobody.reviewer = " "
    let codes = [ahead, nobody].map { wrong in
      desk.refusal(of: .reviewAccount(Self.account, wrong), by: Desk.platform)?.code
    }
    #expect(codes == [.badField, .missingField])
    #expect(
      desk.refusal(of: .reviewAccount(Self.account, review), by: .named("harbor"))?.code
        == .notAllowed)
  }

  @Test func `that give the filing number of a closed account leave a lead`() throws {
    var desk = try registered()
    try desk.conduct(.reviewAccount(Self.account, .sample(filing: "F-1")), by: Desk.reviewer)
    try desk.close("alice")
    try desk.register("bob")
    #expect(desk.book.leads.isEmpty)
    let events = try desk.conduct(
      .reviewAccount(AccountID(count: 2), .sample(filing: "F-1")), by: Desk.reviewer)
    #expect(events.conductStory.last?.contains("lead") == true, "\(events.conductStory)")
    #expect(desk.book.leads.values.map(\.kind) == [.filing])
  }
}

@Suite struct `Registrants of closed accounts` {
  private static let orchid = PartyEntry(name: "Orchid", kind: .firm, registration: "91-77")

  /// Orchid's account alice was closed.
  private func closed() throws -> Desk {
    var desk = try Desk.ofConduct()
    try desk.conduct(.setParty(nil, Self.orchid), by: Desk.officer)
    try desk.register("alice", party: 1)
    try desk.close("alice")
    return desk
  }

  @Test func `who open another account under the same entry leave a lead, and no more`() throws {
    var desk = try closed()
    let events = try desk.register("bob", party: 1)
    let kinds = desk.book.leads.values.map(\.kind)
    #expect(Set(kinds) == [.party, .registration] && kinds.count == 2)
    #expect(desk.book.leads.values.allSatisfy { $0.account.count == 2 && $0.earlier.count == 1 })
    #expect(events.dropFirst().allSatisfy { $0.actor == .system })
    #expect(try desk.sanctions(of: "bob").isEmpty && desk.points(of: "bob") == 0)
    let shared = try #require(desk.book.leads.values.first { $0.kind == .registration })
    #expect(desk.book.sharedTraits(of: shared).map(\.value) == ["91-77"])
  }

  @Test func `are known by their number when they come as somebody else`() throws {
    var desk = try closed()
    try desk.conduct(
      .setParty(nil, PartyEntry(name: "Peony", kind: .firm, registration: "91-77")),
      by: Desk.officer)
    try desk.register("bob", party: 2)
    #expect(desk.book.leads.values.map(\.kind) == [.registration])
  }

  @Test func `are known when their number is told later, and on the next account that takes them`()
    throws
  {
    var desk = try closed()
    try desk.conduct(.setParty(nil, PartyEntry(name: "Peony", kind: .firm)), by: Desk.officer)
    try desk.register("bob", party: 2)
    try desk.register("carol")
    #expect(desk.book.leads.isEmpty)
    var peony = PartyEntry(name: "Peony", kind: .firm, registration: "91-77")
    try desk.conduct(.setParty(PartyID(count: 2), peony), by: Desk.officer)
    #expect(desk.book.leads.values.map(\.account.count) == [2])
    try desk.register("carol", party: 1)
    #expect(desk.book.leads.count == 3, "carol: by the party, and by its number")
    peony.registration = "92-00"
    try desk.conduct(.setParty(PartyID(count: 2), peony), by: Desk.officer)
    #expect(desk.book.leads.count == 3)
  }

  @Test func `whose number changes are known by the new one`() throws {
    var desk = try closed()
    var renumbered = Self.orchid
    renumbered.registration = "91-88"
    try desk.conduct(.setParty(PartyID(count: 1), renumbered), by: Desk.officer)
    for (number, key) in [("91-77", "bob"), ("91-88", "carol")] {
      let events = try desk.conduct(
        .setParty(nil, PartyEntry(name: key, kind: .firm, registration: number)), by: Desk.officer)
      #expect(events.count == 1)
      try desk.register(key, party: desk.book.parties.count)
    }
    #expect(try desk.book.leads.values.map(\.account) == [desk.account("carol").id])
  }

  @Test func `whose account was closed wrongly are known no more`() throws {
    var desk = try closed()
    let closing = try #require(desk.sanctions().first { $0.state == .imposed })
    try desk.conduct(.fileAppeal(closing.id, text: "No."), by: .system)
    try desk.conduct(
      .decideAppeal(AppealID(count: 1), .overturned([]), reason: "it was none"),
      by: Desk.secondReviewer)
    try desk.register("bob", party: 1)
    #expect(desk.book.leads.isEmpty)
  }
}

extension AccountReview {
  static func sample(_ category: String = "media", filing: String? = nil) -> AccountReview {
    AccountReview(
      reviewer: "rita", at: Instant(milliseconds: 0), category: slug(category), filing: filing)
  }
}

extension Desk {
  @discardableResult
  fileprivate mutating func register(_ key: String, party: Int? = nil) throws -> [Event] {
    try conduct(
      .registerAccounts(
        platform: Desk.meadow,
        [
          AccountEntry(
            identity: AccountIdentity(key: key), category: slug("business"),
            party: party.map { PartyID(count: $0) })
        ]), by: Desk.officer)
  }

  /// Brings an account to its end, with the officers that this takes.
  fileprivate mutating func close(_ key: String) throws {
    try post(9_000 + events.count, .tokenSale, by: key)
    let account = try account(key)
    let closing = try conduct(
      .proposeSanction(
        account.id, .closing, infractions: account.infractions, clause: "c", reason: "grave"),
      by: Desk.admin)
    guard case .conduct(.sanctionProposed(let id, _, _, _)) = closing.first?.change else {
      Issue.record("\(closing)")
      return
    }
    for officer in [Desk.secondOfficer, Desk.thirdOfficer] {
      try conduct(.approveSanction(id, reason: "seen"), by: officer)
    }
    #expect(book.sanctions[id]?.state == .imposed)
  }
}
