internal import Enforcement
internal import Records

/// The person or firm behind accounts.
struct PartyReply: Tellable {
  let id: String
  let name: String?
  let kind: String?
  let registration: String?
  let group: String?
  let erased: String?

  init(_ id: PartyID, _ entry: PartyEntry?, erased: Instant?) {
    self.id = id.description
    self.erased = erased?.description
    let shown = erased == nil ? entry : nil
    name = shown?.name
    kind = entry?.kind.rawValue
    registration = shown?.registration
    group = shown?.group
  }

  static func heading(_ style: TextStyle) -> String {
    style.paint(
      style.column("party", 8) + style.column("kind", 8) + style.column("name", 28)
        + style.column("registration", 18) + "group\n", .faint)
  }

  func text(_ style: TextStyle) -> String {
    let shown = erased.map { "erased \($0.prefix(10))" } ?? style.safe(name ?? "")
    return style.column(id, 8) + style.column(kind ?? "", 8) + style.column(shown, 28)
      + style.column(registration.map(style.safe) ?? "", 18) + (group.map(style.safe) ?? "")
      + "\n"
  }
}

/// All about a party: its accounts, and what speaks against erasing it.
struct PartyDetail: Tellable {
  let party: PartyReply
  let accounts: [AccountLine]
  /// Why it must be kept; nil where it may be erased.
  let keptBecause: String?

  func text(_ style: TextStyle) -> String {
    var text = style.fields([
      ("party", style.paint(party.id, .strong)), ("name", party.name.map(style.safe)),
      ("kind", party.kind), ("registration", party.registration.map(style.safe)),
      ("group", party.group.map(style.safe)), ("erased", party.erased),
      (
        "erasing",
        party.erased == nil
          ? keptBecause.map { style.paint("not yet: \($0)", .warning) }
            ?? "nothing speaks against it: `cordon record erase \(party.id)`" : nil
      ),
    ])
    if !accounts.isEmpty { text += "\n" + AccountLine.heading(style) }
    for account in accounts { text += account.text(style) }
    return text
  }
}

// MARK: - Asking for parties

extension Desk {
  /// The most accounts of a party that are told.
  static let partyAccountLimit = 1_000

  /// The parties, those of one group alone where it is named.
  func parties(group: String?, after: PartyID?, limit: Int) -> RecordPage<PartyReply> {
    let found = conductBook.parties.page(after: after, limit: limit) { party in
      group == nil || party.entry?.group == group
    }
    return RecordPage(
      things: found.things.map { PartyReply($0.id, $0.entry, erased: $0.erased) },
      next: found.next)
  }

  func partyDetail(_ text: String) throws -> PartyDetail {
    let (book, now) = (conductBook, journal.now)
    let party = try party(text)
    return PartyDetail(
      party: PartyReply(party.id, party.entry, erased: party.erased),
      accounts: book.accounts(of: party.id).prefix(Self.partyAccountLimit).compactMap { id in
        book.accounts[id].map { AccountLine($0, book, at: now) }
      },
      keptBecause: party.erased == nil ? book.reasonToKeep(party.id, at: now) : nil)
  }
}
