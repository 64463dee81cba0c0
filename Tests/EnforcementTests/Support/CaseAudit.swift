import Testing

@testable import Enforcement

/// Says where the law of cases was broken, from the recorded events alone.
struct CaseAudit {
  private var cases: [CaseID: Story] = [:]
  private var sites: Set<Site> = []

  /// What was recorded of a case, in lists.
  private struct Story {
    var site: Site
    var category: FindingCategory
    var follows: CaseID?
    var opened: Int
    var found: [ContentDigest] = []
    var reviewed: [ContentDigest] = []
    var letters: [Int] = []
    var deadlines: [Instant] = []
    var settled: Set<DeliveryPlace> = []
    var goneOn: [String] = []
    var dismissed = false
    var ended = false
    var referred = false
    var isDue = false

    /// Whether a person has looked since something was found last.
    var isSeen: Bool { reviewed.last == found.last }
  }

  mutating func check(_ event: Event) throws {
    switch event.change {
    case .siteWatched(let site, let reason):
      #expect(sites.insert(site).inserted && !reason.isEmpty && event.actor != .system)
    case .siteDropped(let site, let reason):
      #expect(sites.remove(site) != nil && !reason.isEmpty && event.actor != .system)
    case .caseChanged(let id, .found(let finding, let follows)):
      check(finding, in: id, follows: follows)
    case .caseChanged(let id, let change):
      var story = try #require(cases[id], "\(id) was not opened")
      check(change, event, &story)
      cases[id] = story
    case .recordOpened, .personAdded, .tokenReplaced, .orderReceived, .orderAmended,
      .orderAssessed, .lineSettled, .orderConfirmed, .orderInForce, .orderSuspended, .orderResumed,
      .orderRevoked, .orderExpired, .lineChanged, .actionRefused, .clockCorrected, .contestReceived,
      .conduct:
      break
    }
  }

  private mutating func check(_ finding: Finding, in id: CaseID, follows: CaseID?) {
    let like = cases.filter {
      $0.value.site == finding.site && $0.value.category == finding.category
    }
    let newest = like.max { $0.value.opened < $1.value.opened }
    if var story = cases[id] {
      #expect(newest?.key == id && !story.ended, "an ended case takes nothing in")
      #expect(follows == nil && !story.found.contains(finding.evidenceDigest))
      story.found.append(finding.evidenceDigest)
      #expect(story.found.count <= CaseFile.findingLimit)
      cases[id] = story
      return
    }
    let open = like.values.filter { !$0.ended }
    #expect(open.isEmpty, "one open case a site and category")
    #expect(follows == newest?.key)
    let dismissed = like.values.filter(\.dismissed).flatMap(\.found)
    #expect(!dismissed.contains(finding.evidenceDigest), "a dismissal holds")
    var story = Story(
      site: finding.site, category: finding.category, follows: follows, opened: cases.count)
    story.found = [finding.evidenceDigest]
    cases[id] = story
  }

  private func check(_ change: CaseChange, _ event: Event, _ story: inout Story) {
    switch change {
    case .noticeSent(let place, _), .noticeFailed(let place, _):
      #expect(story.settled.insert(place).inserted, "a letter has one fate")
      #expect(story.letters.indices.contains(place.notice - 1))
      #expect((1...story.letters[place.notice - 1]).contains(place.recipient))
      return
    case .found, .reviewed, .noticePrepared, .due, .rechecked, .resolved, .referred, .dismissed:
      #expect(!story.ended, "nothing happens to a case that has ended")
    }
    switch change {
    case .found, .noticeSent, .noticeFailed: break
    case .reviewed(let review):
      #expect(event.actor != .system && !review.remark.trimmingWhitespace.isEmpty)
      #expect(review.evidence == story.found.last)
      story.reviewed.append(review.evidence)
    case .noticePrepared(let notice):
      #expect(event.actor != .system && story.isSeen && !story.referred)
      #expect(notice.number == story.letters.count + 1 && notice.evidence == story.found.last)
      let wait = notice.deadline.duration(since: event.time)
      #expect(wait >= .seconds(82_800) && wait <= .seconds(90 * 86_400))
      #expect((1...Notice.letterLimit).contains(notice.letters.count))
      story.letters.append(notice.letters.count)
      story.deadlines.append(notice.deadline)
      story.isDue = false
    case .due(let moment):
      #expect(event.actor == .system && moment <= event.time && !story.deadlines.isEmpty)
      story.isDue = true
    case .rechecked(let recheck):
      #expect(!story.deadlines.isEmpty && recheck.seen <= event.time && !story.referred)
      switch recheck.outcome {
      case .present: story.goneOn = []
      case .gone:
        if !story.goneOn.contains(recheck.seen.date) { story.goneOn.append(recheck.seen.date) }
      case .unreachable: break
      }
      story.isDue = false
    case .resolved(let reason):
      #expect(!reason.isEmpty)
      #expect(event.actor != .system || Set(story.goneOn).count == 3)
      (story.ended, story.isDue) = (true, false)
    case .referred(let evidence, let reason):
      #expect(event.actor != .system && !reason.isEmpty && story.isSeen && !story.referred)
      #expect(evidence == story.found.last)
      (story.referred, story.isDue) = (true, false)
    case .dismissed(let evidence, let reason):
      #expect(event.actor != .system && !reason.isEmpty && evidence == story.found.last)
      (story.ended, story.dismissed, story.isDue) = (true, true, false)
    }
  }

  /// Each case as it stands, and each index against a look at all of them.
  func check(_ register: Register, at now: Instant) {
    let book = register.book
    #expect(book.cases.count == cases.count && book.sites.count == sites.count)
    for (id, story) in cases {
      guard let found = book[id] else {
        Issue.record("\(id) is lost")
        continue
      }
      #expect(found.evidence == story.found && found.follows == story.follows)
      #expect(found.isReviewed == story.isSeen)
      #expect(found.state.isFinal == story.ended && (found.ended != nil) == story.ended)
      #expect(found.notices.map(\.letters) == story.letters)
      #expect(found.isDue == story.isDue && book.dueNow.contains(id) == story.isDue)
      #expect(!found.isDue || found.recheckAt == nil)
      #expect(found.goneOn.count < CaseFile.goneDays || story.ended)
      check(found, at: now)
    }
    let planned = book.cases.values.compactMap(\.recheckAt)
    #expect(book.nextDue == planned.min())
    #expect(planned.filter { $0 <= now }.isEmpty)
  }

  private func check(_ found: CaseFile, at now: Instant) {
    switch found.state {
    case .new: #expect(!found.isReviewed && found.recheckAt == nil)
    case .reviewed: #expect(found.isReviewed && found.recheckAt == nil)
    case .noticed: #expect(found.notice?.sent.isEmpty == true && found.notice!.pending > 0)
    case .waiting: #expect(found.notice?.sent.isEmpty == false)
    case .rechecked: #expect(found.lastRecheck != nil)
    case .referred, .resolved, .dismissed: #expect(found.recheckAt == nil && !found.isDue)
    }
    switch found.state {
    case .noticed, .waiting: #expect(found.isDue || found.recheckAt == found.notice?.deadline)
    case .new, .reviewed, .rechecked, .referred, .resolved, .dismissed: break
    }
  }
}
