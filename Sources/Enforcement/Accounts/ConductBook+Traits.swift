/// What accounts that were suspended or closed have shown, so that a return may be noticed.
extension ConductBook {
  /// Whether an account was ever suspended or closed, rightly as far as is known.
  func wasRemoved(_ account: AccountID) -> Bool {
    (accounts[account]?.sanctions ?? []).contains { id in
      guard let sanction = sanctions[id], sanction.plan.terms.kind >= .suspend else { return false }
      return sanction.state == .imposed || sanction.state == .lifted
    }
  }

  /// Remembers the traits of an account if it was suspended or closed, and forgets them if not.
  mutating func refreshTraits(of account: AccountID) {
    if wasRemoved(account) {
      remember(shownTraits(of: account), of: account)
    } else {
      forgetTraits(of: account)
    }
  }

  /// Of too many accounts the newest are remembered.
  mutating func remember(_ shown: [Trait], of account: AccountID) {
    guard accounts[account]?.erased == nil else { return }
    for trait in shown {
      var known = traits[trait] ?? []
      let place = known.firstIndex { $0 >= account } ?? known.endIndex
      guard place == known.endIndex || known[place] != account else { continue }
      known.insert(account, at: place)
      traits[trait] = known.suffix(Self.traitLimit)
    }
  }

  mutating func forgetTraits(of account: AccountID) {
    for trait in shownTraits(of: account) {
      traits[trait]?.removeAll { $0 == account }
      if traits[trait]?.isEmpty == true { traits[trait] = nil }
    }
  }

  mutating func note(_ lead: Lead) {
    leads[lead.id] = lead
    noted[LeadKey(account: lead.account, earlier: lead.earlier, kind: lead.kind)] = lead.id
  }

  /// What the two accounts of a lead share, in the order in which the later one showed it; empty once
  /// one of them was erased.
  public func sharedTraits(of lead: Lead) -> [Trait] {
    let earlier = Set(shownTraits(of: lead.earlier))
    var known: Set<Trait> = []
    return shownTraits(of: lead.account).filter {
      $0.kind == lead.kind && earlier.contains($0) && known.insert($0).inserted
    }
  }

  /// What an account has shown: as what it is registered, and in its posts.
  private func shownTraits(of account: AccountID) -> [Trait] {
    guard let account = accounts[account] else { return [] }
    return registeredTraits(of: account)
      + account.infractions.flatMap { infractions[$0]?.infraction.evidence.traits ?? [] }
  }

  /// As what an account is registered: its filing number, who stands behind it, and the number under
  /// which that party is registered itself.
  func registeredTraits(of account: Account) -> [Trait] {
    var traits: [Trait] = []
    let entry = account.entry
    if let number = entry.identity.filing { traits.append(Trait(kind: .filing, value: number)) }
    guard let party = entry.party else { return traits }
    traits.append(Trait(kind: .party, value: party.description))
    if let number = parties[party]?.entry?.registration {
      traits.append(Trait(kind: .registration, value: number))
    }
    return traits
  }

  /// Enters a party, or what changed of it; its removed accounts are known by its number from now on.
  mutating func set(_ id: PartyID, _ entry: PartyEntry, by actor: Actor) {
    let isRenumbered = parties[id].map { $0.entry?.registration != entry.registration } ?? false
    let held = isRenumbered ? accounts(of: id) : []
    for account in held { forgetTraits(of: account) }
    if parties[id] == nil { parties[id] = Party(id: id, entry: entry, by: actor) }
    parties[id]?.entry = entry
    for account in held { refreshTraits(of: account) }
  }
}
