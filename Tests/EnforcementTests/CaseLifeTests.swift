import Testing

@testable import Enforcement

@Suite struct `The life of a case` {
  @Test func `what is found opens a case, and found again says nothing new`() throws {
    var desk = Desk()
    let id = try desk.found()
    #expect(id.text == "c-20180823-1")
    let found = try desk.register.case(id)
    #expect(found.state == .new && found.url == "https://site0.example/trade")
    #expect(try desk.perform(.reportFinding(.sample()), by: .system).isEmpty)
    try desk.perform(.reportFinding(.sample(evidence: 2, score: 0.4)), by: .system)
    #expect(try desk.register.case(id).evidence == [.sample(1), .sample(2)])
    #expect(try desk.register.case(id).score == 0.9)
    let other = try desk.found(.sample(.sample(), .tokenSale))
    #expect(other.text == "c-20180823-2" && desk.register.book.cases.count == 2)
  }

  @Test func `a finding without evidence is none`() {
    let bare = Finding(
      site: .sample(), url: "https://site0.example/", category: .venue, score: 1, language: nil,
      evidence: [], packs: [], capture: nil, evidenceDigest: .sample(1), seen: Desk().now)
    #expect(Desk().refusal(of: .reportFinding(bare), by: .system)?.code == .missingField)
  }

  @Test func `a case takes no more findings than a person can look at`() throws {
    var desk = Desk()
    for number in 1...100 {
      try desk.perform(.reportFinding(.sample(evidence: number)), by: .system)
    }
    let found = try #require(desk.register.book.newest(of: .sample(), .venue))
    #expect(found.evidence.count == CaseFile.findingLimit)
    #expect(desk.register.book.cases.count == 1)
  }

  @Test func `known evidence on further pages joins the case, and needs no second review`() throws {
    var desk = Desk()
    let id = try desk.found()
    try desk.review(id)
    for number in 1...100 {
      let page = "https://site0.example/\(number)"
      try desk.perform(.reportFinding(.sample(url: page)), by: .system)
      #expect(try desk.perform(.reportFinding(.sample(url: page)), by: .system).isEmpty)
    }
    let found = try desk.register.case(id)
    #expect(found.state == .reviewed && found.evidence.count == 1)
    #expect(found.pages.count == CaseFile.pageLimit && Set(found.pages).count == found.pages.count)
    #expect(found.pages.last == "https://site0.example/trade")
  }

  @Test func `nothing leaves the house before a person has looked at the newest evidence`() throws {
    var desk = Desk()
    let id = try desk.found()
    let notice = Command.prepareNotice(id, .sample(at: desk.now))
    let refer = Command.referCase(id, reason: "it goes on")
    for command in [notice, refer] {
      #expect(desk.refusal(of: command, by: Desk.officer)?.code == .notReviewed)
    }
    try desk.review(id)
    for command in [notice, refer] { #expect(desk.refusal(of: command, by: Desk.officer) == nil) }
    try desk.perform(.reportFinding(.sample(evidence: 2)), by: .system)
    #expect(try desk.register.case(id).state == .new)
    for command in [notice, refer] {
      let refusal = desk.refusal(of: command, by: Desk.officer)
      #expect(refusal?.code == .notReviewed && refusal?.text.contains("carl") == true)
    }
    let stale = Command.reviewCase(id, evidence: .sample(1), remark: "seen")
    #expect(desk.refusal(of: stale, by: Desk.clerk)?.code == .staleEvidence)
    try desk.review(id)
    for command in [notice, refer] { #expect(desk.refusal(of: command, by: Desk.officer) == nil) }
    #expect(desk.refusal(of: notice, by: Desk.clerk)?.code == .notAllowed)
  }

  @Test func `a review needs words`() throws {
    var desk = Desk()
    let id = try desk.found()
    let silent = Command.reviewCase(id, evidence: .sample(1), remark: " \n")
    #expect(desk.refusal(of: silent, by: Desk.clerk)?.code == .missingReason)
  }

  @Test func `a dismissal holds until the evidence changes`() throws {
    var desk = Desk()
    let id = try desk.found()
    try desk.perform(.closeCase(id, as: .dismissed, reason: "a news page"), by: Desk.clerk)
    #expect(try desk.perform(.reportFinding(.sample()), by: .system).isEmpty)
    desk.wait(days: 400)
    #expect(try desk.perform(.reportFinding(.sample(seen: desk.now)), by: .system).isEmpty)
    let second = try desk.found(.sample(evidence: 2))
    #expect(second != id && desk.register.book[second]?.follows == id)
    try desk.perform(.closeCase(second, as: .dismissed, reason: "still news"), by: Desk.clerk)
    for digest in 1...2 {
      #expect(try desk.perform(.reportFinding(.sample(evidence: digest)), by: .system).isEmpty)
    }
  }

  @Test func `a notice is on its way, then waits, and its deadline makes the site due`() throws {
    var desk = Desk()
    let id = try desk.found()
    try desk.review(id)
    try desk.perform(.prepareNotice(id, .sample(at: desk.now, days: 10)), by: Desk.reviewer)
    #expect(try desk.register.case(id).state == .noticed)
    #expect(
      desk.refusal(of: .prepareNotice(id, .sample(number: 2, at: desk.now)), by: Desk.officer)?.code
        == .wrongState)
    let sent = Command.recordDelivery(
      id, DeliveryPlace(notice: 1, recipient: 2), .sent(reply: "250 OK"))
    #expect(try desk.perform(sent, by: .system).count == 1)
    #expect(try desk.register.case(id).state == .waiting)
    #expect(try desk.perform(sent, by: .system).isEmpty, "a letter is sent once")
    #expect(desk.register.nextDue() == desk.now + .seconds(864_000))
    desk.wait(days: 9)
    #expect(desk.register.book.dueNow.isEmpty)
    desk.wait(days: 1)
    #expect(desk.register.book.dueNow == [id])
    #expect(desk.events.last?.change == .caseChanged(id, .due(at: desk.now)))
    #expect(desk.events.last?.actor == .system)
  }

  @Test func `a notice that reached nobody leaves the case with the person`() throws {
    var desk = Desk()
    let id = try desk.found()
    try desk.review(id)
    try desk.perform(.prepareNotice(id, .sample(at: desk.now)), by: Desk.officer)
    for recipient in 1...2 {
      try desk.perform(
        .recordDelivery(
          id, DeliveryPlace(notice: 1, recipient: recipient), .failed(reason: "550 no such user")),
        by: .system)
    }
    let found = try desk.register.case(id)
    #expect(found.state == .reviewed && found.recheckAt == nil)
    try desk.perform(.prepareNotice(id, .sample(number: 2, at: desk.now)), by: Desk.officer)
  }

  @Test func `gone on three different days resolves a case by itself`() throws {
    var desk = Desk()
    let id = try desk.waiting()
    desk.wait(days: 14)
    for _ in 0..<5 { try desk.recheck(id, .gone) }
    #expect(try desk.register.case(id).goneOn.count == 1, "one day counts once")
    desk.wait(until: desk.now + .seconds(86_399))
    #expect(desk.register.book.dueNow.isEmpty)
    desk.wait(until: desk.now + .seconds(1))
    #expect(desk.register.book.dueNow == [id])
    try desk.recheck(id, .unreachable)
    #expect(try desk.register.case(id).goneOn.count == 1, "unreachable is not gone")
    desk.wait(days: 1)
    try desk.recheck(id, .gone)
    desk.wait(days: 1)
    let last = try desk.recheck(id, .gone)
    #expect(last.map(\.actor) == [.system, .system] && last.last?.isResolution == true)
    let found = try desk.register.case(id)
    #expect(found.state == .resolved && found.ended == desk.now && desk.register.nextDue() == nil)
    #expect(found.goneOn == ["2018-09-06", "2018-09-08", "2018-09-09"])
  }

  @Test func `what is there again makes the days count anew`() throws {
    var desk = Desk()
    let id = try desk.waiting()
    desk.wait(days: 14)
    for outcome in [RecheckOutcome.gone, .gone, .present, .gone, .gone] {
      try desk.recheck(id, outcome)
      desk.wait(days: 1)
    }
    #expect(try desk.register.case(id).goneOn.count == 2)
    try desk.recheck(id, .gone)
    #expect(try desk.register.case(id).state == .resolved)
  }

  @Test func `what is still there after the deadline goes back to a person`() throws {
    var desk = Desk()
    let id = try desk.waiting()
    desk.wait(days: 14)
    try desk.recheck(id, .present)
    let found = try desk.register.case(id)
    #expect(found.state == .rechecked && found.recheckAt == nil && !found.isDue)
    #expect(desk.register.nextDue() == nil)
    for command in [
      Command.prepareNotice(id, .sample(number: 2, at: desk.now)),
      .referCase(id, reason: "it goes on"), .closeCase(id, as: .resolved, reason: "licensed"),
    ] { #expect(desk.refusal(of: command, by: Desk.officer) == nil) }
  }

  @Test func `a look before the deadline does not shorten it`() throws {
    var desk = Desk()
    let id = try desk.waiting()
    let deadline = try desk.register.case(id).recheckAt
    desk.wait(days: 2)
    try desk.recheck(id, .gone)
    #expect(try desk.register.case(id).recheckAt == desk.now + .seconds(86_400))
    desk.wait(days: 1)
    try desk.recheck(id, .present)
    #expect(try desk.register.case(id).state == .waiting)
    #expect(try desk.register.case(id).recheckAt == deadline)
  }

  @Test func `a site that never answers is given back to a person in the end`() throws {
    var desk = Desk()
    let id = try desk.waiting()
    desk.wait(days: 14)
    for _ in 1...CaseFile.unreachedLimit {
      #expect(desk.register.book.dueNow == [id])
      try desk.recheck(id, .unreachable)
      desk.wait(days: 1)
    }
    let found = try desk.register.case(id)
    #expect(found.state == .rechecked && found.recheckAt == nil && !found.isDue)
  }

  @Test func `evidence that comes back opens a case that names the one before`() throws {
    var desk = Desk()
    let id = try desk.waiting()
    try desk.perform(.closeCase(id, as: .resolved, reason: "taken down"), by: Desk.clerk)
    let second = try desk.found()
    #expect(second != id && desk.register.book[second]?.follows == id)
  }

  @Test func `a referred case takes evidence in, and can be closed, and nothing else`() throws {
    var desk = Desk()
    let id = try desk.found()
    try desk.review(id)
    try desk.perform(.referCase(id, reason: "it goes on"), by: Desk.clerk)
    try desk.perform(.reportFinding(.sample(evidence: 2)), by: .system)
    #expect(try desk.register.case(id).state == .referred)
    #expect(desk.register.book.cases.count == 1)
    try desk.review(id)
    for command in [
      Command.prepareNotice(id, .sample(at: desk.now)), .referCase(id, reason: "again"),
      .recordRecheck(id, Recheck(outcome: .gone, seen: desk.now)),
    ] { #expect(desk.refusal(of: command, by: Desk.officer)?.code == .wrongState) }
    try desk.perform(.closeCase(id, as: .resolved, reason: "an order is in force"), by: Desk.clerk)
    #expect(try desk.register.case(id).state == .resolved)
  }

  @Test(
    arguments: [
      (0, 1), (91, 1), (-3, 1), (14, 0), (14, 9),
    ] as [(Int64, Int)])
  func `a notice out of bounds is refused`(days: Int64, recipients: Int) throws {
    var desk = Desk()
    let id = try desk.found()
    try desk.review(id)
    let notice = Enforcement.Notice.sample(at: desk.now, days: days, recipients: recipients)
    #expect(desk.refusal(of: .prepareNotice(id, notice), by: Desk.officer) != nil)
    var doubled = Enforcement.Notice.sample(at: desk.now)
    doubled.letters.append(doubled.letters[0])
    #expect(desk.refusal(of: .prepareNotice(id, doubled), by: Desk.officer)?.code == .badField)
  }

  @Test func `sites are watched from when someone asks, until someone asks again`() throws {
    var desk = Desk()
    let sites = (0..<3).map { Site.sample($0) }
    #expect(
      try desk.perform(.watchSites(sites + sites, reason: "a tip"), by: Desk.clerk).count == 3)
    #expect(try desk.perform(.watchSites(sites, reason: "again"), by: Desk.officer).isEmpty)
    #expect(desk.register.book.sites[.sample(1)]?.by == Desk.clerk)
    try desk.perform(.dropSites([.sample(1)], reason: "closed"), by: Desk.clerk)
    #expect(desk.register.book.sites.count == 2)
    #expect(
      desk.refusal(of: .dropSites([.sample(1)], reason: "closed"), by: Desk.clerk)?.code
        == .unknownSite)
    let many = (0...Command.siteLimit).map { Site.sample($0) }
    #expect(desk.refusal(of: .watchSites(many, reason: "all"), by: Desk.clerk)?.code == .badField)
  }
}
