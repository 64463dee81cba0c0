internal import Conduct
internal import Enforcement
internal import Foundation
internal import Records

// MARK: - Accounts and parties

extension Desk {
  func accountDetail(_ account: Account) throws -> AccountDetail {
    let book = conductBook
    let leaning = account.sanctions.suffix(2).compactMap { book.sanctions[$0] }
      .flatMap(\.plan.ground.infractions)
    return AccountDetail(
      account, book, evidence: try evidence(of: leaning), at: journal.now)
  }

  func accounts(
    platform: String?, standing: String?, isUnreviewed: Bool = false, after: AccountID?,
    limit: Int
  ) throws -> RecordPage<AccountLine> {
    let wanted = try platform.map { try self.platform($0).id }
    let wantedStanding = try standing.map { word -> AccountStanding in
      guard word != "clear" else { return .clear }
      guard let kind = SanctionKind(rawValue: word) else {
        throw DeskFault.word(word, "standing", SanctionKind.allCases)
      }
      return .under(kind)
    }
    let (book, now) = (conductBook, journal.now)
    return RecordPage(
      try journal.accounts(
        on: wanted, standing: wantedStanding, onlyUnreviewed: isUnreviewed, after: after,
        limit: limit)
    ) { AccountLine($0, book, at: now) }
  }

  func listAccounts(_ wanted: AccountSelection, _ teller: inout DeskTeller) async throws {
    let page = try accounts(
      platform: wanted.platform, standing: wanted.standing, isUnreviewed: wanted.isUnreviewed,
      after: nil, limit: max(1, wanted.limit))
    if !page.things.isEmpty { teller.remark { AccountLine.heading($0) } }
    for line in page.things { try await teller.tell(line) }
    teller.tellEnd(of: page, "accounts")
  }

  /// The most accounts of one registration.
  static let registrationLimit = 1_000

  func register(
    _ inputs: [AccountInput], on text: String, by actor: Actor
  ) async throws -> [AccountLine] {
    let platform = try platform(text).id
    let entries = try inputs.map { try $0.entry() }
    try await act(.registerAccounts(platform: platform, entries), by: actor)
    let (book, now) = (conductBook, journal.now)
    return inputs.compactMap { input in
      book.account(on: platform, key: input.id).map { AccountLine($0, book, at: now) }
    }
  }

  /// Reads accounts, a JSON object a line, and enters them a thousand at a time.
  func registerFile(
    _ file: [UInt8], on platform: String, by actor: Actor, _ teller: inout DeskTeller
  ) async throws {
    var inputs: [AccountInput] = []
    for (number, line) in file.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) {
      do {
        inputs.append(try APIText.decode(AccountInput.self, from: Array(line)))
      } catch {
        throw DeskFault("line \(number + 1) is no account: \(APIText.reason(error))")
      }
    }
    guard !inputs.isEmpty else { throw DeskFault("the file holds no account") }
    var start = 0
    while start < inputs.count {
      let end = min(inputs.count, start + Self.registrationLimit)
      for line in try await register(Array(inputs[start..<end]), on: platform, by: actor) {
        try await teller.tell(line)
      }
      start = end
    }
  }

  func setHold(_ account: Account, reason: String?, by actor: Actor) async throws -> AccountLine {
    try await act(.setHold(account.id, reason: reason), by: actor)
    return try accountLine(account.id)
  }

  func accountLine(_ id: AccountID) throws -> AccountLine {
    let book = conductBook
    guard let account = book.accounts[id] else {
      throw Refusal(.unknownNumber, "there is no account \(id)")
    }
    return AccountLine(account, book, at: journal.now)
  }

  func setParty(
    _ text: String?, _ input: PartyInput, by actor: Actor
  ) async throws -> PartyReply {
    guard let kind = PartyEntry.Kind(rawValue: input.kind) else {
      throw DeskFault.word(input.kind, "kind of party", PartyEntry.Kind.allCases)
    }
    let entry = PartyEntry(
      name: input.name, kind: kind, registration: input.registration, group: input.group)
    let wanted = try text.map { try PartyID.read($0) }
    for case .partySet(let id, let entry) in try await act(.setParty(wanted, entry), by: actor) {
      return PartyReply(id, entry, erased: nil)
    }
    throw DeskFault("the party was not entered")
  }

  func party(_ text: String) throws -> Party {
    guard let party = conductBook.parties[try PartyID.read(text)] else {
      throw Refusal(.unknownNumber, "there is no party \(text)")
    }
    return party
  }

  /// Erases what is personal of a party and its accounts, and what answers and counts of posts may
  /// still hold of it.
  func eraseParty(_ text: String, by actor: Actor) async throws -> ErasureReply {
    let party = try party(text)
    let before = conductBook.accounts
    var accounts: [AccountID] = []
    for case .partyErased(_, let erased) in try await act(.eraseParty(party.id), by: actor) {
      accounts = erased
    }
    try conduct.answers().forgetAll()
    try conduct.reports.forget(accounts)
    for account in accounts.compactMap({ before[$0] }) {
      try conduct.counts().forget([account.entry.identity.key], on: account.platform)
    }
    return ErasureReply(
      party: party.id.description, accounts: accounts.map(\.description))
  }
}

/// What was erased.
struct ErasureReply: Tellable {
  let party: String
  let accounts: [String]

  func text(_ style: TextStyle) -> String {
    "Erased \(party) and \(accounts.count) of its accounts. What was decided stays on the record,"
      + " and every proof still holds.\n"
  }
}

extension DeskTeller {
  /// Tells people how a list ends.
  mutating func tellEnd<Thing>(of page: RecordPage<Thing>, _ what: String) {
    if page.things.isEmpty { remark { _ in "There are no \(what) to show.\n" } }
    if page.next != nil {
      remark { $0.paint("There are more \(what): give a larger --limit\n", .faint) }
    }
  }
}
