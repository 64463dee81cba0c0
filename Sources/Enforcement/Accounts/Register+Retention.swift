/// What is kept, and what may be erased.
extension Register {
  func hold(
    _ id: AccountID, _ reason: String?, by actor: Actor, in docket: inout Docket
  ) throws(Refusal) {
    let account = try known(id)
    var reason = reason
    if let given = reason { reason = try written(given) }
    guard account.hold != reason else { return }
    docket.record(.holdSet(id, reason: reason), by: actor)
  }

  /// Erases who a party and its accounts are; numbers, strikes and sanctions stay.
  func erase(_ id: PartyID, by actor: Actor, in docket: inout Docket) throws(Refusal) {
    let party = try known(id)
    guard party.erased == nil else { return }
    if let why = conduct.reasonToKeep(id, at: docket.now) {
      throw Refusal(.mustKeep, "\(id) must be kept: \(why)")
    }
    docket.record(.partyErased(id, accounts: conduct.accounts(of: id)), by: actor)
  }
}

extension ConductBook {
  /// Why a party's personal data must not be erased at a moment; nil where it may.
  public func reasonToKeep(_ party: PartyID, at moment: Instant) -> String? {
    for account in accounts(of: party) {
      if let why = reasonToKeep(account, at: moment) { return why }
    }
    return nil
  }

  /// Why an account's personal data must not be erased at a moment; nil where it may.
  public func reasonToKeep(_ id: AccountID, at moment: Instant) -> String? {
    guard let account = accounts[id] else { return nil }
    if account.hold != nil {
      return "a hold lies on \(id): `cordon account hold \(id) --release` first"
    }
    for sanction in account.sanctions.compactMap({ sanctions[$0] }) {
      if let why = reasonToKeep(sanction, of: account, at: moment) { return why }
    }
    let keep = platforms[account.platform]?.terms.keepDays ?? PlatformTerms().keepDays
    let newest = account.infractions.last.flatMap { infractions[$0]?.found }
    let ends = account.sanctions.compactMap { sanctions[$0] }.map { $0.ended ?? $0.proposed }
    guard let last = (ends + [newest].compactMap(\.self)).max() else { return nil }
    let end = last + .days(keep)
    return end > moment ? "the records of \(id) are kept until \(end)" : nil
  }

  private func reasonToKeep(
    _ sanction: Sanction, of account: Account, at moment: Instant
  ) -> String? {
    let id = sanction.id
    if sanction.state == .proposed { return "\(id) waits for officers: decide on it first" }
    if sanction.plan.terms.days != nil, sanction.state == .imposed { return "\(id) is in force" }
    if let open = sanction.appeals.first(where: { appeals[$0]?.outcome == nil }) {
      return "\(open) is open: `cordon appeal decide \(open)` first"
    }
    let isReported = sanction.reports.contains { reports[$0]?.kind == .authority }
    if sanction.imposed != nil, !isReported,
      platforms[account.platform]?.terms.reportHours != nil
    {
      return "no report to the authority tells of \(id) yet"
    }
    let unsent = sanction.reports.first {
      reports[$0]?.receipt == nil || reports[$0]?.toCorrect.contains(id) == true
    }
    return unsent.map { "\($0), which tells of \(id), is not received or not corrected yet" }
  }
}
