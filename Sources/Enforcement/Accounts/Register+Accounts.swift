/// Accounts and the parties behind them.
extension Register {
  /// The most accounts of one command.
  static let accountLimit = 1_000

  func set(
    _ entry: PartyEntry, of id: PartyID?, by actor: Actor, in docket: inout Docket
  ) throws(Refusal) {
    var entry = entry
    entry.name = try bounded(entry.name, "the party's name", octets: 200)
    guard (entry.registration?.utf8.count ?? 0) <= 100, (entry.group?.utf8.count ?? 0) <= 200
    else {
      throw Refusal(
        .badField, "a registration has at most 100 octets, a group's name at most 200")
    }
    guard let id else {
      let new = PartyID(count: conduct.parties.count + 1)
      docket.record(.partySet(new, entry), by: actor)
      return
    }
    let party = try known(id)
    try demandOwn(party, of: actor)
    guard party.erased == nil else {
      throw Refusal(.wrongState, "\(id) was erased: enter the party anew")
    }
    guard party.entry != entry else { return }
    docket.record(.partySet(id, entry), by: actor)
    guard let number = entry.registration, number != party.entry?.registration else { return }
    let trait = Trait(kind: .registration, value: number)
    for account in conduct.accounts(of: id).prefix(Self.accountLimit) {
      docket.noteLeads(of: account, [trait])
    }
  }

  private func demandOwn(_ party: Party, of actor: Actor) throws(Refusal) {
    guard platform(acting: actor) != nil, party.by != actor else { return }
    throw Refusal(
      .notAllowed, "\(party.id) was entered by someone else: a platform changes its own")
  }

  /// Enters accounts that are new, and what changed about those that are known.
  func register(
    _ entries: [AccountEntry], on id: Slug, by actor: Actor, in docket: inout Docket
  ) throws(Refusal) {
    try demandOwn(id, of: actor, "account.register")
    _ = try known(id)
    guard entries.count <= Self.accountLimit else {
      throw Refusal(
        .badField,
        "\(entries.count) accounts are too many for one command: at most"
          + " \(Self.accountLimit) are allowed")
    }
    for (place, entry) in entries.enumerated() {
      let entry = try checked(entry, place: place + 1)
      if let party = entry.party {
        let party = try known(party)
        try demandOwn(party, of: actor)
        guard party.erased == nil else {
          throw Refusal(.wrongState, "\(party.id) was erased: enter the party anew")
        }
      }
      docket.enter(entry, on: id, by: actor)
    }
  }

  private func checked(_ entry: AccountEntry, place: Int) throws(Refusal) -> AccountEntry {
    guard entry.identity.isWithinBounds, (entry.language?.utf8.count ?? 0) <= 35,
      (entry.agreement?.utf8.count ?? 0) <= 100
    else {
      throw Refusal(
        .badField,
        "account \(place): an id has 1 to 200 octets, a handle at most 200, filing number and"
          + " agreement at most 100, a language at most 35")
    }
    return entry
  }
}

extension AccountIdentity {
  var isWithinBounds: Bool {
    (1...200).contains(key.utf8.count) && key != Erased.text && (handle?.utf8.count ?? 0) <= 200
      && (filing?.utf8.count ?? 0) <= 100
  }
}

extension Docket {
  /// Enters an account or what changed about it, and answers its number.
  ///
  /// What is not told again stays known.
  @discardableResult
  mutating func enter(_ entry: AccountEntry, on platform: Slug, by actor: Actor) -> AccountID {
    let identity = entry.identity
    guard let account = book.account(on: platform, key: identity.key) else {
      let id = AccountID(count: book.accounts.count + 1)
      record(.accountOpened(id, platform: platform, entry), by: actor)
      noteLeads(of: id, book.accounts[id].map(book.registeredTraits) ?? [])
      return id
    }
    let before = account.entry
    var after = entry
    after.identity.handle = identity.handle ?? before.identity.handle
    after.identity.filing = identity.filing ?? before.identity.filing
    after.category = entry.category ?? before.category
    after.party = entry.party ?? before.party
    after.language = entry.language ?? before.language
    after.agreement = entry.agreement ?? before.agreement
    after.opened = entry.opened ?? before.opened
    guard after != before else { return account.id }
    let known = book.registeredTraits(of: account)
    record(.accountChanged(account.id, after), by: actor)
    let shown = book.accounts[account.id].map(book.registeredTraits) ?? []
    noteLeads(of: account.id, shown.filter { !known.contains($0) })
    return account.id
  }
}
