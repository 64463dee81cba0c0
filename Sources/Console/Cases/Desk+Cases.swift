internal import DomainNames
internal import Enforcement
internal import Records
internal import Watch

// MARK: - Reading cases

extension Desk {
  /// What narrows a list of cases.
  struct CaseFilter {
    let state: CaseState?
    let site: String?
    let everyCase: Bool

    func admits(_ found: CaseFile) -> Bool {
      if let state, found.state != state { return false }
      guard let site else { return true }
      return found.site.description == site || found.site.host == site
        || found.site.host.hasSuffix("." + site)
    }
  }

  func listCases(_ request: CaseSelection, _ teller: inout DeskTeller) async throws {
    let state = try request.state.map { text in
      guard let state = CaseState(rawValue: text) else {
        let known = CaseState.allCases.map(\.rawValue).joined(separator: ", ")
        throw DeskFault("there is no state \(text); it may be \(known)")
      }
      return state
    }
    let filter = CaseFilter(
      state: state, site: request.site?.lowercased(), everyCase: request.everyCase)
    let now = journal.now
    let admitted = journal.register.book.cases.values.filter(filter.admits)
    let shown = admitted.filter { filter.everyCase || state != nil || !$0.state.isFinal }
      .sorted { ($0.opened, $0.id) < ($1.opened, $1.id) }
    if !shown.isEmpty { teller.remark { style in CaseLine.heading(style) } }
    for found in shown { try await teller.tell(CaseLine(found, at: now)) }
    let count = CaseCount(shown: shown.count, hidden: admitted.count - shown.count)
    teller.remark { style in count.text(style) }
  }

  func showCase(
    _ text: String, everyPiece: Bool, _ teller: inout DeskTeller
  ) async throws {
    let found = try journal.register.case(try caseID(text))
    try await teller.tell(
      CaseDetail(
        found, findings: try journal.findings(of: found.id),
        history: try journal.history(of: found.id),
        deliveries: try journal.deliveries(of: found.id), everyPiece: everyPiece, at: journal.now))
  }

  func caseID(_ text: String) throws(Refusal) -> CaseID {
    guard let id = CaseID(text) else {
      throw Refusal(.unknownCase, "\"\(text)\" is no case's number: they look like c-20261122-1")
    }
    return id
  }
}

// MARK: - People decide on cases

extension Desk {
  /// Records that a person looked.
  ///
  /// The digest, or its first digits, is what the person saw; without one it is the newest evidence
  /// there is now.
  func reviewCase(
    _ text: String, evidence prefix: String?, remark: String, _ request: DeskRequest,
    _ teller: inout DeskTeller
  ) async throws {
    let actor = try person(of: request)
    let found = try journal.register.case(try caseID(text))
    guard let evidence = try Self.evidence(prefix, of: found) else { return }
    try await decide(
      on: found.id, .reviewCase(found.id, evidence: evidence, remark: remark), by: actor, &teller)
  }

  private static func evidence(_ prefix: String?, of found: CaseFile) throws -> ContentDigest? {
    guard let prefix = prefix?.lowercased() else { return found.newestEvidence }
    let matching = found.evidence.filter { $0.hex.hasPrefix(prefix) }
    guard prefix.count >= 8, let digest = matching.last else {
      throw DeskFault(
        "no evidence of \(found.id) begins with \"\(prefix)\": give 8 digits or more, as"
          + " `cordon case show \(found.id)` has them")
    }
    return digest
  }

  func closeCase(
    _ text: String, as closing: String, reason: String, _ request: DeskRequest,
    _ teller: inout DeskTeller
  ) async throws {
    guard let closing = CaseClosing(rawValue: closing) else {
      let known = CaseClosing.allCases.map(\.rawValue).joined(separator: " or ")
      throw DeskFault("a case cannot be closed as \(closing); it may be \(known)")
    }
    let id = try caseID(text)
    try await decide(
      on: id, .closeCase(id, as: closing, reason: reason), by: try person(of: request), &teller)
  }

  private func decide(
    on id: CaseID, _ command: Command, by actor: Actor, _ teller: inout DeskTeller
  ) async throws {
    _ = try await record(command, by: actor)
    try await teller.tell(CaseLine(try journal.register.case(id), at: journal.now))
  }

  /// Refers a case, and drafts the order that an officer may make of it.
  ///
  /// Without a reason, a case that is referred already is only drafted again.
  func referCase(
    _ text: String, reason: String?, _ request: DeskRequest, _ teller: inout DeskTeller
  ) async throws {
    let actor = try person(of: request)
    let id = try caseID(text)
    let suffixes = try grounds.basis().suffixes
    let found = try journal.register.case(id)
    let target = try DraftTarget(found.site, suffixes: suffixes)
    if found.state != .referred || reason != nil {
      _ = try await record(.referCase(id, reason: reason ?? ""), by: actor)
    }
    let referred = try journal.register.case(id)
    let draft = DraftOrder(
      referred, target: target, findings: try journal.findings(of: id),
      history: try journal.history(of: id), authority: configuration.notices.settings?.reporter,
      at: journal.now)
    try await teller.tell(
      ReferralReply(summary: CaseLine(referred, at: journal.now), order: draft))
  }
}
