extension Register {
  /// The case with a number.
  ///
  /// - Throws: ``Refusal`` where there is none.
  public func `case`(_ id: CaseID) throws(Refusal) -> CaseFile {
    guard let found = book[id] else {
      throw Refusal(.unknownCase, "there is no case \(id): `cordon case list` shows them all")
    }
    return found
  }

  // MARK: Sites

  func watch(_ sites: [Site], _ reason: String) throws(Refusal) -> [Change] {
    let reason = try written(reason)
    try demandRoom(for: sites)
    var asked: Set<Site> = []
    return sites.filter { book.sites[$0] == nil && asked.insert($0).inserted }
      .map { .siteWatched($0, reason: reason) }
  }

  func drop(_ sites: [Site], _ reason: String) throws(Refusal) -> [Change] {
    let reason = try written(reason)
    try demandRoom(for: sites)
    if let unknown = sites.first(where: { book.sites[$0] == nil }) {
      throw Refusal(
        .unknownSite, "\(unknown) is not watched: `cordon watch list` shows what is")
    }
    var asked: Set<Site> = []
    return sites.filter { asked.insert($0).inserted }.map { .siteDropped($0, reason: reason) }
  }

  private func demandRoom(for sites: [Site]) throws(Refusal) {
    guard sites.count <= Command.siteLimit else {
      throw Refusal(
        .badField,
        "\(sites.count) sites are too many for one command: at most \(Command.siteLimit) are allowed"
      )
    }
  }

  // MARK: Findings

  /// What is found again says nothing new; what was dismissed stays so until the evidence changes;
  /// what comes back after a case has ended is a case of its own.
  func report(_ finding: Finding, at moment: Instant) throws(Refusal) -> [Change] {
    guard !finding.evidence.isEmpty else {
      throw Refusal(.missingField, "a finding on \(finding.site) has no evidence: it is none")
    }
    guard let story = book.story(of: finding.site, finding.category),
      let newest = book[story.newest]
    else {
      return [.caseChanged(book.nextID(at: moment), .found(finding, follows: nil))]
    }
    if newest.state.isFinal {
      guard !story.dismissed.contains(finding.evidenceDigest) else { return [] }
      return [.caseChanged(book.nextID(at: moment), .found(finding, follows: newest.id))]
    }
    guard newest.takes(finding) else { return [] }
    return [.caseChanged(newest.id, .found(finding, follows: nil))]
  }

  // MARK: People look

  func review(
    _ id: CaseID, evidence: ContentDigest, remark: String
  ) throws(Refusal) -> [Change] {
    let found = try live(id)
    guard found.newestEvidence == evidence else {
      throw Refusal(
        .staleEvidence,
        "new evidence has come in to \(id) since: look at it with `cordon case show \(id)`")
    }
    return [
      .caseChanged(id, .reviewed(Review(evidence: evidence, remark: try written(remark))))
    ]
  }

  func close(_ id: CaseID, as closing: CaseClosing, _ reason: String) throws(Refusal) -> [Change] {
    let found = try live(id)
    let reason = try written(reason)
    switch closing {
    case .resolved: return [.caseChanged(id, .resolved(reason: reason))]
    case .dismissed:
      guard let evidence = found.newestEvidence else { return [] }
      return [.caseChanged(id, .dismissed(evidence: evidence, reason: reason))]
    }
  }

  func refer(_ id: CaseID, _ reason: String) throws(Refusal) -> [Change] {
    let found = try live(id)
    guard found.state != .referred else {
      throw Refusal(.wrongState, "\(id) is referred already: an officer has it")
    }
    let evidence = try reviewedEvidence(of: found, before: "referred")
    return [.caseChanged(id, .referred(evidence: evidence, reason: try written(reason)))]
  }

  /// Nothing leaves the house before a person has looked at the newest evidence.
  private func reviewedEvidence(
    of found: CaseFile, before step: String
  ) throws(Refusal) -> ContentDigest {
    guard let review = found.review else {
      throw Refusal(
        .notReviewed,
        "nobody has looked at \(found.id), so it cannot be \(step): read `cordon case show"
          + " \(found.id)`, then `cordon case review \(found.id) --remark \"…\"`")
    }
    guard found.isReviewed else {
      throw Refusal(
        .notReviewed,
        "new evidence has come in to \(found.id) since \(review.by) looked at it on"
          + " \(review.at.date): look again before it is \(step)")
    }
    return review.evidence
  }

  private func live(_ id: CaseID) throws(Refusal) -> CaseFile {
    let found = try self.case(id)
    guard !found.state.isFinal else {
      throw Refusal(.wrongState, "\(id) is \(found.state.rawValue): nothing can change it now")
    }
    return found
  }
}

// MARK: - Notices

extension Register {
  /// The case, where a notice may be written for it by someone now.
  ///
  /// - Throws: ``Refusal`` that ``decide(_:by:at:)`` would throw for the notice.
  public func noticeable(_ id: CaseID, by actor: Actor) throws(Refusal) -> CaseFile {
    try demand(.sendNotices, for: "case.notice", of: actor)
    return try noticeable(id)
  }

  private func noticeable(_ id: CaseID) throws(Refusal) -> CaseFile {
    let found = try live(id)
    switch found.state {
    case .new, .reviewed, .waiting, .rechecked: break
    case .noticed:
      throw Refusal(
        .wrongState, "notice \(found.notices.count) of \(id) is still on its way: wait for it")
    case .referred: throw Refusal(.wrongState, "\(id) is referred: an officer has it")
    case .resolved, .dismissed: break
    }
    _ = try reviewedEvidence(of: found, before: "noticed")
    guard found.notices.count < CaseFile.noticeLimit else {
      throw Refusal(
        .wrongState, "\(id) has \(found.notices.count) notices: refer it, or close it")
    }
    return found
  }

  func prepare(_ id: CaseID, _ notice: Notice, at moment: Instant) throws(Refusal) -> [Change] {
    let found = try noticeable(id)
    var notice = try notice.checked(for: id, at: moment)
    notice.evidence = try reviewedEvidence(of: found, before: "noticed")
    guard notice.number == found.notices.count + 1 else {
      throw Refusal(
        .badField, "\(id) has \(found.notices.count) notices by now: write this one again")
    }
    return [.caseChanged(id, .noticePrepared(notice))]
  }

  func deliver(
    _ id: CaseID, _ place: DeliveryPlace, _ result: DeliveryResult
  ) throws(Refusal) -> [Change] {
    let found = try self.case(id)
    guard let notice = found.notices.first(where: { $0.number == place.notice }),
      (1...notice.letters).contains(place.recipient)
    else {
      throw Refusal(
        .badField, "\(id) has no letter \(place.recipient) of a notice \(place.notice)")
    }
    guard !notice.sent.contains(place.recipient), !notice.failed.contains(place.recipient) else {
      return []
    }
    switch result {
    case .sent(let reply):
      return [.caseChanged(id, .noticeSent(place, reply: reply.cut(toOctets: 1_000)))]
    case .failed(let reason):
      return [.caseChanged(id, .noticeFailed(place, reason: reason.cut(toOctets: 1_000)))]
    }
  }
}

// MARK: - Looking again

extension Register {
  /// The third day on which what was found is gone resolves the case, and no person needs to.
  func recheck(
    _ id: CaseID, _ recheck: Recheck, by actor: Actor, at moment: Instant
  ) throws(Refusal) -> [Event] {
    let found = try live(id)
    switch found.state {
    case .noticed, .waiting, .rechecked: break
    case .new, .reviewed, .referred, .resolved, .dismissed:
      throw Refusal(.wrongState, "\(id) is \(found.state.rawValue): no re-check is due")
    }
    var recheck = recheck
    recheck.seen = max(found.opened, min(recheck.seen, moment))
    guard found.isNews(recheck) else { return [] }
    var after = found
    after.apply(.rechecked(recheck), by: actor, at: moment)
    let events = [
      Event(time: moment, actor: actor, change: .caseChanged(id, .rechecked(recheck)))
    ]
    guard after.goneOn.count >= CaseFile.goneDays else { return events }
    let days = after.goneOn.joined(separator: ", ")
    return events + [
      Event(
        time: moment, actor: .system,
        change: .caseChanged(id, .resolved(reason: "gone on \(days)")))
    ]
  }
}

extension CaseFile {
  /// Whether looking again says more than is known: it was due, or came to something else.
  fileprivate func isNews(_ recheck: Recheck) -> Bool {
    if isDue { return true }
    switch recheck.outcome {
    case .present: return lastRecheck != .present || !goneOn.isEmpty
    case .gone: return !goneOn.contains(recheck.seen.date)
    case .unreachable: return lastRecheck != .unreachable
    }
  }
}
