internal import Detection
internal import Enforcement
internal import Foundation
internal import Records
internal import Watch

// MARK: - Notices

extension Desk {
  /// Writes a notice and puts its letters into the outbox; a preview is only shown.
  func noticeCase(
    _ text: String, _ wanted: NoticeRequest, _ request: DeskRequest, _ teller: inout DeskTeller
  ) async throws {
    let actor = try person(of: request)
    let id = try caseID(text)
    let found = try await demandNoticeable(id, by: actor, isPreview: wanted.preview)
    let facts = try noticeFacts(of: found, wanted)
    guard let first = facts.first else { return }
    let post = NoticePost(
      configuration: configuration.notices, contactURL: configuration.consoleURL,
      clock: { [journal] in journal.now })
    let plans = try await post.plans(facts)
    let notices = try Self.notices(in: plans, to: wanted.to)
    let preview = NoticePreview(found, plans: plans, notices: notices, deadline: first.deadline)
    if wanted.preview {
      try await teller.tell(preview)
      return
    }
    guard let language = notices.first?.language, let evidence = found.newestEvidence else {
      throw DeskFault(preview.whyNobody)
    }
    let notice = Enforcement.Notice(
      number: first.round, evidence: evidence, deadline: first.deadline,
      rule: wanted.rule ?? configuration.notices.settings?.rule ?? "", language: language,
      letters: notices.map { NoticeLetter($0, isChosen: !wanted.to.isEmpty) })
    _ = try await record(.prepareNotice(id, notice), by: actor)
    try await teller.tell(CaseLine(try journal.register.case(id), at: journal.now))
    teller.remark { style in
      style.paint(
        "\(notices.count) \(notices.count == 1 ? "letter waits" : "letters wait") in the outbox; a"
          + " running `cordon serve` sends them: `cordon case show \(id)` tells how they fare.\n",
        .faint)
    }
  }

  /// Nobody is asked about a site before a person has looked; who tries anyway is on the record.
  private func demandNoticeable(
    _ id: CaseID, by actor: Actor, isPreview: Bool
  ) async throws -> CaseFile {
    do throws(Refusal) {
      return try journal.register.noticeable(id, by: actor)
    } catch {
      guard !isPreview else { throw error }
      let empty = Enforcement.Notice(
        number: 0, evidence: try journal.register.case(id).evidence[0], deadline: journal.now,
        rule: "", language: "", letters: [])
      _ = try await record(.prepareNotice(id, empty), by: actor)
      throw error
    }
  }

  /// What the letters say; with addresses of a person's choice one lot for each, since a search
  /// yields one letter for a scope.
  private func noticeFacts(
    of found: CaseFile, _ wanted: NoticeRequest
  ) throws -> [NoticeFacts] {
    guard let newest = try journal.findings(of: found.id).last?.finding,
      let category = Category(rawValue: newest.category.rawValue)
    else { throw DeskFault("\(found.id) has no finding that could be shown") }
    guard let capture = newest.capture else {
      throw DeskFault(
        "the page of \(found.id) was not kept, so nobody could check what a notice says: look at"
          + " the site again first")
    }
    let days = wanted.deadlineDays ?? Enforcement.Notice.usualDeadlineDays
    let bounds = Enforcement.Notice.deadlineDays
    guard bounds.contains(days) else {
      throw DeskFault(
        "a deadline is \(bounds.lowerBound) to \(bounds.upperBound) days, not \(days)")
    }
    let now = Instant(seconds: journal.now.seconds)
    func facts(to address: String?, _ scopes: Set<ContactScope>) -> NoticeFacts {
      NoticeFacts(
        caseNumber: found.id.text, round: found.notices.count + 1,
        identifier: RandomOctets.system.octets(16), host: found.site.host,
        address: newest.address, url: newest.url, category: category, score: newest.score,
        evidence: newest.evidence.compactMap(Evidence.init), language: newest.language,
        seen: newest.seen, captureDigest: capture.payload.hex, rule: wanted.rule,
        deadline: now + .seconds(Int64(days) * 86_400), written: now,
        siteAddresses: address.map { [$0] } ?? [], scopes: scopes)
    }
    guard wanted.to.isEmpty else { return wanted.to.map { facts(to: $0, [.operator]) } }
    return [facts(to: nil, try Self.scopes(wanted.scopes))]
  }

  private static func scopes(_ texts: [String]) throws -> Set<ContactScope> {
    guard !texts.isEmpty else { return Set(ContactScope.allCases) }
    return Set(
      try texts.map { text in
        guard let scope = ContactScope(rawValue: text) else {
          let known = ContactScope.allCases.map(\.rawValue).joined(separator: ", ")
          throw DeskFault("a notice goes to \(known), not to \(text)")
        }
        return scope
      })
  }

  /// The letters, each address once, the best contact of a scope first.
  private static func notices(
    in plans: [NoticePlan], to addresses: [String]
  ) throws -> [PlannedNotice] {
    var known: Set<MailAddress> = []
    let notices = plans.flatMap(\.notices).filter { known.insert($0.contact.address).inserted }
    for text in addresses {
      guard let address = MailAddress(text) else {
        throw DeskFault("\"\(text)\" is no mail address: write one like name@host.example")
      }
      guard known.contains(address) || plans.allSatisfy({ !$0.obstacles.isEmpty }) else {
        throw DeskFault("no letter to \(address) could be written")
      }
    }
    return notices
  }
}

extension NoticeLetter {
  init(_ planned: PlannedNotice, isChosen: Bool) {
    let duty: NoticeRecipient.Duty =
      if isChosen {
        .chosen
      } else {
        switch planned.contact.scope {
        case .operator: .operator
        case .host: .host
        case .registrar: .registrar
        }
      }
    let source =
      planned.contact.isGuess ? "a guess (\(planned.contact.source))" : planned.contact.source
    self.init(
      recipient: NoticeRecipient(
        address: planned.contact.address.text, duty: duty,
        source: isChosen ? "chosen by a person" : source),
      sender: planned.message.sender.text, messageID: planned.message.messageID,
      message: String(decoding: planned.message.octets, as: UTF8.self))
  }
}

extension Evidence {
  init?(_ piece: EvidencePiece) {
    guard let part = Part(rawValue: piece.part.rawValue) else { return nil }
    self.init(
      signal: piece.signal, text: piece.text,
      location: Location(part: part, start: piece.start, end: piece.end), weight: piece.weight)
  }
}
