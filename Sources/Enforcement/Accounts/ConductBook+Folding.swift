extension ConductBook {
  /// Folds a change in; one that does not fit (it names an account that is not there) does nothing.
  mutating func apply(_ change: ConductChange, by actor: Actor, at moment: Instant) {
    switch change {
    case .platformSet(let platform): platforms[platform.id] = platform
    case .ladderAdopted(let platform, let ladder): ladders[platform, default: []].append(ladder)
    case .ruleWritten(let rule): rules[rule.reference] = rule
    case .ruleStaged(let rule, let stage, _): rules[rule]?.stage = stage
    case .ruleReverted(let rule, _): rules[rule]?.reverted = true
    case .partySet(let id, let entry): set(id, entry, by: actor)
    case .accountOpened(let id, let platform, let entry):
      enter(Account(id: id, platform: platform, entry: entry, since: moment))
    case .accountChanged(let id, let entry): rename(id, to: entry)
    case .accountReviewed(let id, let review): note(review, of: id)
    case .infractionFound(let id, let account, let infraction, let strike):
      find(id, account, infraction, strike, at: moment)
    case .infractionSettled(let id, let ruling, let strike, _):
      settle(id, ruling, strike, by: actor, at: moment)
    case .sanctionProposed, .sanctionApproved, .sanctionDeclined, .sanctionImposed,
      .sanctionConfirmed, .noticeDelivered, .sanctionReduced, .sanctionLifted:
      applySanction(change, by: actor, at: moment)
    case .appealFiled(let id, let sanction, _):
      appeals[id] = Appeal(
        id: id, sanction: sanction, filed: moment, answerBy: answerTime(of: sanction, from: moment))
      sanctions[sanction]?.appeals.append(id)
    case .appealMessage(let id, _): appeals[id]?.messages += 1
    case .appealDecided(let id, let outcome, _):
      appeals[id]?.outcome = outcome
      appeals[id]?.decidedBy = actor
      appeals[id]?.decided = moment
    case .leadNoted(let lead): note(lead)
    case .leadSettled(let id, let settled, _): leads[id]?.settled = settled
    case .batchProposed(let batch, _): batches[batch.id] = batch
    case .batchApproved(let id, _): batches[id]?.approvedBy.append(actor)
    case .batchMoved(let id, let state, _): batches[id]?.state = state
    case .reportMade(let report): enter(report)
    case .reportReceived(let id, let receipt): reports[id]?.receipt = receipt
    case .holdSet(let id, let reason): accounts[id]?.hold = reason
    case .partyErased(let id, let erased): erase(id, erased, at: moment)
    }
  }
}

// MARK: - Appeals

extension ConductBook {
  /// By when an appeal that is filed at a moment is to be decided; nil where no time is set.
  ///
  /// The terms are those of that day: a change afterwards moves no appeal that is on its way.
  private func answerTime(of sanction: SanctionID, from moment: Instant) -> Instant? {
    let account = sanctions[sanction].flatMap { accounts[$0.account] }
    let terms = account.flatMap { platforms[$0.platform]?.terms }
    return terms?.answerDays.map { moment + .days($0) }
  }
}

// MARK: - Accounts

extension ConductBook {
  mutating func enter(_ account: Account) {
    accounts[account.id] = account
    remember(account)
  }

  /// Keeps an account in the indexes; one that was erased is known by its number alone.
  mutating func remember(_ account: Account) {
    if let party = account.entry.party {
      if holdings[party] == nil { holdings[party] = [] }
      holdings[party]?.insert(account.id)
    }
    let key = account.entry.identity.key
    guard account.erased == nil, key != Erased.text else { return }
    keys[AccountKey(platform: account.platform, key: key)] = account.id
  }

  private mutating func rename(_ id: AccountID, to entry: AccountEntry) {
    guard let before = accounts[id]?.entry else { return }
    if let handle = before.identity.handle, handle != entry.identity.handle {
      accounts[id]?.formerHandles.append(handle)
      if let count = accounts[id]?.formerHandles.count, count > Account.handleLimit {
        accounts[id]?.formerHandles.removeFirst(count - Account.handleLimit)
      }
    }
    forgetTraits(of: id)
    accounts[id]?.entry = entry
    if before.party != entry.party, let party = before.party {
      holdings[party]?.remove(id)
      if holdings[party]?.isEmpty == true { holdings[party] = nil }
    }
    if let after = accounts[id] { remember(after) }
    refreshTraits(of: id)
  }

  private mutating func note(_ review: AccountReview, of id: AccountID) {
    forgetTraits(of: id)
    accounts[id]?.review = review
    accounts[id]?.entry.category = review.category
    if let number = review.filing { accounts[id]?.entry.identity.filing = number }
    refreshTraits(of: id)
  }

  private mutating func erase(_ party: PartyID, _ erased: [AccountID], at moment: Instant) {
    for id in erased { forgetTraits(of: id) }
    parties[party]?.erase(at: moment)
    for id in erased {
      guard let account = accounts[id] else { continue }
      keys[AccountKey(platform: account.platform, key: account.entry.identity.key)] = nil
      accounts[id]?.erase(at: moment)
      for infraction in account.infractions {
        if let post = infractions[infraction]?.infraction.post { posts[post] = nil }
        infractions[infraction]?.infraction.erase()
      }
      for sanction in account.sanctions { sanctions[sanction]?.erase() }
    }
  }
}

// MARK: - Infractions

extension ConductBook {
  private mutating func find(
    _ id: InfractionID, _ account: AccountID, _ infraction: Infraction, _ strike: Strike?,
    at moment: Instant
  ) {
    guard accounts[account] != nil else { return }
    infractions[id] = InfractionFile(
      id: id, account: account, infraction: infraction, found: moment,
      state: strike == nil ? .held : .counted)
    if infraction.post != .erased { posts[infraction.post] = id }
    accounts[account]?.infractions.append(id)
    if let strike { accounts[account]?.add(strike, at: moment) }
    if wasRemoved(account) { remember(infraction.evidence.traits, of: account) }
  }

  private mutating func settle(
    _ id: InfractionID, _ ruling: InfractionRuling, _ strike: Strike?, by actor: Actor,
    at moment: Instant
  ) {
    guard let account = infractions[id]?.account else { return }
    infractions[id]?.settledBy = actor
    switch ruling {
    case .count:
      infractions[id]?.state = .counted
      if let strike { accounts[account]?.add(strike, at: moment) }
    case .dismiss: infractions[id]?.state = .dismissed
    case .overturn:
      infractions[id]?.state = .overturned
      accounts[account]?.overturn(id, at: moment)
    }
  }
}

extension Account {
  /// The most handles that it went by before.
  static let handleLimit = 64

  /// Adds a strike; a rung that the points have fallen below meanwhile may be reached again.
  fileprivate mutating func add(_ strike: Strike, at moment: Instant) {
    if reached > 0 { reached = min(reached, points(at: moment)) }
    strikes.append(strike)
  }

  fileprivate mutating func overturn(_ infraction: InfractionID, at moment: Instant) {
    guard let place = strikes.lastIndex(where: { $0.infraction == infraction }) else { return }
    strikes[place].overturned = moment
    reached = min(reached, points(at: moment))
  }
}

// MARK: - Reports

extension ConductBook {
  private mutating func enter(_ report: Report) {
    reports[report.id] = report
    reportKeys[report.key] = report.id
    for id in report.sanctions {
      sanctions[id]?.reports.append(report.id)
      if report.kind == .authority { expectReport(of: id, false) }
    }
    // A correction of a correction sets right what stands before both, too.
    var corrected = report.corrects
    while let id = corrected {
      reports[id]?.toCorrect.removeAll { report.sanctions.contains($0) }
      if reports[id]?.toCorrect.isEmpty == true { correcting.remove(id) }
      corrected = reports[id]?.corrects
    }
  }

  /// Whether a report to the authority is to tell of a sanction yet.
  mutating func expectReport(of id: SanctionID, _ expected: Bool) {
    guard let sanction = sanctions[id], let imposed = sanction.imposed,
      let platform = accounts[sanction.account]?.platform
    else { return }
    unreported[platform, default: DueQueue()].move(
      id, from: expected ? nil : imposed, to: expected ? imposed : nil)
    if unreported[platform]?.isEmpty == true { unreported[platform] = nil }
  }

  /// Remembers that reports told of a sanction that was found wrong.
  mutating func correctReports(of id: SanctionID) {
    for report in sanctions[id]?.reports ?? [] {
      if reports[report]?.toCorrect.contains(id) == false { reports[report]?.toCorrect.append(id) }
      correcting.insert(report)
    }
  }
}
