extension CaseFile {
  /// A case as its first finding opens it.
  init(id: CaseID, finding: Finding, follows: CaseID?, at moment: Instant) {
    self.id = id
    site = finding.site
    category = finding.category
    state = .new
    opened = moment
    self.follows = follows
    pages = [finding.url]
    score = finding.score
    language = finding.language
    evidence = [finding.evidenceDigest]
    notices = []
    isDue = false
    goneOn = []
    unreached = 0
  }

  /// Folds something that happened to this case in.
  mutating func apply(_ change: CaseChange, by actor: Actor, at moment: Instant) {
    switch change {
    case .found(let finding, _): join(finding)
    case .reviewed(let review):
      self.review = CaseReview(evidence: review.evidence, by: actor, at: moment)
      if state == .new, isReviewed { state = .reviewed }
    case .noticePrepared(let notice):
      notices.append(
        CaseNotice(
          number: notice.number, prepared: moment, by: actor, deadline: notice.deadline,
          letters: notice.letters.count, sent: [], failed: []))
      state = .noticed
      plan(at: notice.deadline)
    case .noticeSent(let place, _): settle(place) { $0.sent.append(place.recipient) }
    case .noticeFailed(let place, _): settle(place) { $0.failed.append(place.recipient) }
    case .due:
      recheckAt = nil
      isDue = true
    case .rechecked(let recheck): fold(recheck, at: moment)
    case .resolved: end(as: .resolved, at: moment)
    case .referred:
      state = .referred
      plan(at: nil)
    case .dismissed: end(as: .dismissed, at: moment)
    }
  }

  /// Whether a finding says something new: other evidence, or a further page of the site.
  func takes(_ finding: Finding) -> Bool {
    evidence.contains(finding.evidenceDigest)
      ? pages.count < Self.pageLimit && !pages.contains(finding.url)
      : evidence.count < Self.findingLimit
  }

  private mutating func join(_ finding: Finding) {
    pages.removeAll { $0 == finding.url }
    pages.insert(finding.url, at: 0)
    score = max(score, finding.score)
    language = finding.language ?? language
    // A person who has looked at the evidence has seen it, wherever else on the site it stands.
    guard !evidence.contains(finding.evidenceDigest) else { return }
    evidence.append(finding.evidenceDigest)
    if state == .reviewed { state = .new }
  }

  /// Nothing but a new plan makes the site due again.
  private mutating func plan(at moment: Instant?) {
    recheckAt = moment
    isDue = false
  }

  private mutating func end(as state: CaseState, at moment: Instant) {
    self.state = state
    ended = moment
    plan(at: nil)
  }

  /// A notice waits once it has reached one; one that reached nobody leaves all as it was before.
  private mutating func settle(_ place: DeliveryPlace, _ body: (inout CaseNotice) -> Void) {
    guard let position = notices.firstIndex(where: { $0.number == place.notice }) else { return }
    body(&notices[position])
    let notice = notices[position]
    guard state == .noticed, notice.number == notices.last?.number else { return }
    if !notice.sent.isEmpty {
      state = .waiting
    } else if notice.pending == 0 {
      state = isReviewed ? .reviewed : .new
      plan(at: nil)
    }
  }
}

// MARK: - Looking again

extension CaseFile {
  private mutating func fold(_ recheck: Recheck, at moment: Instant) {
    lastRecheck = recheck.outcome
    switch recheck.outcome {
    case .present:
      goneOn = []
      unreached = 0
      giveBack(at: moment)
    case .gone:
      unreached = 0
      if !goneOn.contains(recheck.seen.date) { goneOn.append(recheck.seen.date) }
      state = .rechecked
      plan(at: moment + Self.recheckPause)
    case .unreachable:
      unreached += 1
      if unreached >= Self.unreachedLimit {
        state = .rechecked
        plan(at: nil)
      } else if runsUntil(moment) && goneOn.isEmpty {
        giveBack(at: moment)
      } else {
        state = .rechecked
        plan(at: moment + Self.recheckPause)
      }
    }
  }

  /// A day: the next look is on another day, whatever the hour.
  private static let recheckPause = Duration.seconds(86_400)

  /// Lets a deadline that runs go on; after it, a person decides.
  private mutating func giveBack(at moment: Instant) {
    guard runsUntil(moment), let notice else {
      state = .rechecked
      plan(at: nil)
      return
    }
    state = notice.sent.isEmpty ? .noticed : .waiting
    plan(at: notice.deadline)
  }

  /// Whether the deadline of the newest notice is still to come.
  private func runsUntil(_ moment: Instant) -> Bool {
    guard let notice, notice.failed.count < notice.letters else { return false }
    return moment < notice.deadline
  }
}
