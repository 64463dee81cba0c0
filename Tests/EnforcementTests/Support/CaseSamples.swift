import Testing

@testable import Enforcement

extension Site {
  static func sample(_ number: Int = 0) -> Site { Site("site\(number).example")! }
}

extension ContentDigest {
  /// A digest that differs from those of other numbers.
  static func sample(_ number: Int) -> ContentDigest {
    let digits = String(number, radix: 16)
    return ContentDigest(hex: String(repeating: "0", count: 64 - digits.count) + digits)!
  }
}

extension Finding {
  static func sample(
    _ site: Site = .sample(), _ category: FindingCategory = .venue, evidence: Int = 1,
    url: String? = nil,
    seen: Instant = instant("2018-08-23T11:59:00Z"), score: Double = 0.9
  ) -> Finding {
    Finding(
      site: site, url: url ?? "https://\(site)/trade", category: category, score: score,
      language: "en",
      evidence: [
        EvidencePiece(
          signal: "venue.order-form", text: "Buy BTC/USDT", part: .text, start: 10, end: 22,
          weight: 2.5)
      ],
      packs: ["crypto-trading@1"],
      capture: CaptureReference(file: "a.warc.gz", offset: 512, payload: .sample(evidence + 1_000)),
      evidenceDigest: .sample(evidence), seen: seen)
  }
}

extension Enforcement.Notice {
  static func sample(
    number: Int = 1, at moment: Instant, days: Int64 = 14, recipients: Int = 2
  ) -> Enforcement.Notice {
    Notice(
      number: number, evidence: .sample(0), deadline: moment + .seconds(days * 86_400),
      rule: "Payment Services Act s. 5", language: "en",
      letters: (0..<recipients).map { recipient in
        NoticeLetter(
          recipient: NoticeRecipient(
            address: "abuse\(recipient)@host.example", duty: .host, source: "RDAP"),
          sender: "desk@authority.example",
          messageID: "<n\(number).r\(recipient)@authority.example>",
          message: "Subject: notice\r\n\r\nPlease act.\r\n")
      })
  }
}

extension Desk {
  /// Has something found, and answers its case.
  mutating func found(_ finding: Finding = .sample()) throws -> CaseID {
    try perform(.reportFinding(finding), by: .system)
    return try #require(register.book.newest(of: finding.site, finding.category)).id
  }

  /// Has a person look at the newest evidence of a case.
  mutating func review(_ id: CaseID, by actor: Actor = Desk.clerk) throws {
    let evidence = try #require(try register.case(id).newestEvidence)
    try perform(.reviewCase(id, evidence: evidence, remark: "seen"), by: actor)
  }

  /// Brings a case to where its notice has reached one of two recipients.
  mutating func waiting(_ finding: Finding = .sample(), days: Int64 = 14) throws -> CaseID {
    let id = try found(finding)
    try review(id)
    try perform(.prepareNotice(id, .sample(at: now, days: days)), by: Desk.officer)
    try perform(
      .recordDelivery(id, DeliveryPlace(notice: 1, recipient: 1), .sent(reply: "250 OK")),
      by: .system)
    return id
  }

  /// Lets days pass.
  mutating func wait(days: Int64) { wait(until: now + .seconds(days * 86_400)) }

  /// Has the site looked at again, now.
  @discardableResult
  mutating func recheck(_ id: CaseID, _ outcome: RecheckOutcome) throws -> [Event] {
    try perform(.recordRecheck(id, Recheck(outcome: outcome, seen: now)), by: .system)
  }
}

extension Event {
  /// Whether the system resolved a case.
  var isResolution: Bool {
    guard actor == .system, case .caseChanged(_, .resolved) = change else { return false }
    return true
  }

  /// What kind of thing happened to a site or a case, and to a resolved one by whom; nil for others.
  var happening: String? {
    switch change {
    case .siteWatched: "watched"
    case .siteDropped: "dropped"
    case .caseChanged(_, let change):
      switch change {
      case .found(_, let follows): follows == nil ? "found" : "came back"
      case .reviewed: "reviewed"
      case .noticePrepared: "prepared"
      case .noticeSent: "sent"
      case .noticeFailed: "failed"
      case .due: "due"
      case .rechecked: "rechecked"
      case .resolved: actor == .system ? "resolved by itself" : "resolved"
      case .referred: "referred"
      case .dismissed: "dismissed"
      }
    case .recordOpened, .personAdded, .tokenReplaced, .orderReceived, .orderAmended,
      .orderAssessed, .lineSettled, .orderConfirmed, .orderInForce, .orderSuspended, .orderResumed,
      .orderRevoked, .orderExpired, .lineChanged, .actionRefused, .clockCorrected, .contestReceived,
      .conduct:
      nil
    }
  }
}
