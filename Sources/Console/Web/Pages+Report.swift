internal import Enforcement
internal import Interchange
internal import Records

/// A report as a page shows it: what the record says of it, and what was sent.
struct ReportSubject {
  let report: Report
  let delivery: EffectStatus?
  /// What was sent; nil where its words are not kept any more.
  let sheet: AuthoritySheet?
}

extension Pages {
  /// The page of a report to an authority.
  func report(_ subject: ReportSubject, _ links: Links) -> String {
    let (report, language) = (subject.report, links.language)
    let path = "/reports/\(report.id)"
    let sheet = subject.sheet
    let state = Self.state(of: subject)
    var values: [String: Any] = [
      "title": Phrase.reportTitle.text(language, ["id": report.id.description]),
      "platform": sheet?.sanctions.first?.account.platformName ?? "",
      "state": state.0.text(language), "stateClass": state.1,
      "tells": (sheet == nil ? Phrase.reportErased : .reportLead).text(language),
      "facts": Self.facts(of: subject).map { $0.context(language) },
      "entries": (sheet?.sanctions ?? []).map { Self.entry($0, language) },
    ]
    if sheet != nil {
      values["kept"] = ["jsonHref": path + ".json", "csvHref": path + ".csv"]
    }
    return render(.report, links, values)
  }

  private static func state(of subject: ReportSubject) -> (Phrase, String) {
    if subject.report.receipt != nil { return (.reportSent, "in-force") }
    return subject.delivery?.state == .failed
      ? (.reportFailed, "suspended") : (.reportWaiting, "confirmed")
  }

  private static func facts(of subject: ReportSubject) -> [Fact] {
    let report = subject.report
    var facts = [Fact(.reportNumber, report.id.description), Fact(.reportMade, at: report.made)]
    if let reporter = subject.sheet?.reporter { facts.append(Fact(.reportReporter, reporter)) }
    if let corrects = report.corrects {
      facts.append(Fact(.reportCorrects, corrects.description))
    }
    if let account = subject.sheet?.sanctions.first?.account {
      facts.append(Fact(.reportPlatform, account.platformName))
    }
    facts.append(Fact(.reportCount, "\(report.sanctions.count)"))
    if let receipt = report.receipt { facts.append(Fact(.reportReceipt, receipt)) }
    return facts + [Fact(.reportHash, report.content.hex, isCode: true)]
  }
}

// MARK: - One sanction

extension Pages {
  private static func entry(
    _ entry: AuthoritySheet.Entry, _ language: Language
  ) -> [String: Any] {
    var values: [String: Any] = [
      "number": entry.sanction.number,
      "measure": measure(entry.sanction.kind).text(language),
      "who": entry.account.handle ?? entry.account.id,
      "facts": facts(of: entry, language).map { $0.context(language) },
    ]
    if !entry.infractions.isEmpty {
      values["hasInfractions"] = true
      values["infractions"] = entry.infractions.map(infraction)
    }
    if let appeals = entry.appeals, !appeals.isEmpty {
      values["hasAppeals"] = true
      values["appeals"] = appeals.map { appeal($0, language) }
    }
    if let proof = entry.proof { values["proof"] = context(of: proof, language) }
    return values
  }

  private static func measure(_ kind: String) -> Phrase {
    switch SanctionKind(rawValue: kind) {
    case .restrict: .reportRestrict
    case .suspend: .reportSuspend
    case .close: .reportClose
    case .warn, nil: .reportWarn
    }
  }

  private static func restriction(_ word: String, _ language: Language) -> String {
    switch Restriction(rawValue: word) {
    case .posting: Phrase.reportPosting.text(language)
    case .replying: Phrase.reportReplying.text(language)
    case .links: Phrase.reportLinks.text(language)
    case .promotion: Phrase.reportPromotion.text(language)
    case .messaging: Phrase.reportMessaging.text(language)
    case nil: word
    }
  }

  private static func state(_ word: String, _ language: Language) -> String {
    switch SanctionState(rawValue: word) {
    case .imposed: Phrase.sanctionInEffect.text(language)
    case .lifted: Phrase.sanctionEnded.text(language)
    case .overturned: Phrase.sanctionOverturned.text(language)
    case .proposed, .declined, nil: word
    }
  }

  private static func facts(
    of entry: AuthoritySheet.Entry, _ language: Language
  ) -> [Fact] {
    let (account, sanction) = (entry.account, entry.sanction)
    var facts = [Fact(.reportAccount, "\(account.platform)/\(account.id) (\(account.number))")]
    func add(_ label: Phrase, _ value: String?) {
      if let value, !value.isEmpty { facts.append(Fact(label, value)) }
    }
    func add(_ label: Phrase, at text: String?) {
      if let moment = text.flatMap({ Instant($0) }) { facts.append(Fact(label, at: moment)) }
    }
    add(.reportHandle, account.handle)
    add(.reportCategory, account.category)
    add(.reportFiling, account.filingNumber)
    add(.reportAgreement, account.agreementVersion)
    add(.reportOpened, at: account.opened)
    add(.reportReviewed, at: account.reviewed)
    add(.reportReviewer, account.reviewedBy)
    add(.reportPermit, account.newsPermit)
    add(.reportParty, entry.party.map { "\($0.name) (\($0.kind))" })
    add(.reportRegistration, entry.party?.registration)
    add(.reportGroup, entry.party?.group)
    add(
      .reportSanction,
      ([measure(sanction.kind).text(language)]
        + (sanction.restrictions ?? []).map { restriction($0, language) })
        .joined(separator: " · "))
    add(.reportImposed, at: sanction.imposed)
    if sanction.until == nil, sanction.kind != SanctionKind.warn.rawValue {
      add(.reportUntil, Phrase.reportForGood.text(language))
    }
    add(.reportUntil, at: sanction.until)
    add(.reportEnded, at: sanction.ended)
    add(.reportState, state(sanction.state, language))
    add(.reportClauses, sanction.clauses.joined(separator: "; "))
    add(.reportTerritory, sanction.territory.joined(separator: ", "))
    add(
      .reportPoints,
      sanction.ladder.map { ladder in
        Phrase.reportPointsOf.text(
          language,
          [
            "points": "\(sanction.points)", "rung": "\(sanction.rungPoints)", "ladder": ladder,
          ])
      } ?? Phrase.reportNoLadder.text(language))
    let word = { (yes: Bool) in (yes ? Phrase.reportYes : .reportNo).text(language) }
    add(.reportMachine, word(sanction.automatedDetection))
    add(.reportDecided, word(sanction.automatedDecision))
    add(.reportOfficers, "\(sanction.officers)")
    return facts
  }

  private static func infraction(_ told: AuthoritySheet.Infraction) -> [String: Any] {
    [
      "number": told.number, "post": told.post, "moment": told.published,
      "published": Instant(told.published)?.pageText ?? told.published, "kind": told.kind,
      "rule": told.rule, "hash": told.contentSha256, "words": words(of: told),
    ]
  }

  /// Each word once, in the order in which they stand there.
  private static func words(of told: AuthoritySheet.Infraction) -> [String] {
    var known: Set<String> = []
    return told.evidence.map(\.text).filter { known.insert($0).inserted }
  }

  private static func appeal(_ told: AuthoritySheet.Appeal, _ language: Language) -> String {
    let filed = Instant(told.filed)?.pageText ?? told.filed
    let outcome: String
    switch told.outcome {
    case "upheld": outcome = Phrase.outcomeUpheld.text(language)
    case "reduced": outcome = Phrase.outcomeReduced.text(language)
    case "overturned": outcome = Phrase.outcomeOverturned.text(language)
    default: outcome = Phrase.reportOpen.text(language)
    }
    return "\(told.number): \(Phrase.reportFiled.text(language)) \(filed) · \(outcome)"
  }

  private static func context(
    of proof: AuthoritySheet.Proof, _ language: Language
  ) -> [String: Any] {
    let facts: [(Phrase, String)] = [
      (.reportLog, proof.log), (.reportEntry, "\(proof.entry)"), (.reportLeaf, proof.leafHash),
      (.reportTree, "\(proof.treeSize), \(proof.rootHash)"),
    ]
    return [
      "facts": facts.map { ["label": $0.0.text(language), "value": $0.1] as [String: Any] },
      "path": Phrase.reportPath.text(language, ["count": "\(proof.inclusionPath.count)"]),
    ]
  }
}
