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

  /// What an account has shown: in its posts, and the number under which it is filed.
  private func shownTraits(of account: AccountID) -> [Trait] {
    guard let account = accounts[account] else { return [] }
    let filing = account.entry.identity.filing.map { [Trait(kind: .filing, value: $0)] } ?? []
    return filing
      + account.infractions.flatMap { infractions[$0]?.infraction.evidence.traits ?? [] }
  }
}
