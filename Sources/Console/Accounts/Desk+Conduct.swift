internal import Enforcement
internal import Foundation
internal import Interchange
internal import Records

// MARK: - What verbs ask about platforms, rules and accounts

extension Desk {
  /// Does what a verb asks.
  func perform(
    _ task: ConductTask, file: [UInt8], _ request: DeskRequest, _ teller: inout DeskTeller
  ) async throws {
    func actor() throws -> Actor { try person(of: request) }
    switch task {
    case .platformSet(let id, let input, let isNew):
      try await addPlatform(id, input, isNew: isNew, by: try actor(), &teller)
    case .platformList: try await tellAll(platforms().map(PlatformLine.init), "platforms", &teller)
    case .platformShow(let id): try await teller.tell(platformReply(try platform(id)))
    case .platformToken(let id):
      try await teller.tell(try await replacePlatformToken(id, by: try actor()))
    case .platformSecret(let id):
      try await teller.tell(try replaceSecret(of: id, by: try actor()))

    case .accountList(let wanted): try await listAccounts(wanted, &teller)
    case .accountShow(let text): try await teller.tell(try accountDetail(try account(text)))
    case .accountRegister(let platform):
      try await registerFile(file, on: platform, by: try actor(), &teller)
    case .accountReview(let text, let input):
      try await teller.tell(try await review(try account(text), input, by: try actor()))
    case .accountSanction(let text, let input):
      try await teller.tell(try await propose(input, on: try account(text), by: try actor()))
    case .accountLift(let text, let reason):
      try await teller.tell(
        try await lift(try account(text), reason: reason, by: try actor()))
    case .accountHold(let text, let reason):
      try await teller.tell(
        try await setHold(try account(text), reason: reason, by: try actor()))

    case .sanctionList(let state, let wanted):
      let page = try sanctions(
        state: state, of: try scope(wanted), after: nil, limit: max(1, wanted.limit))
      try await tell(page, "sanctions", SanctionLine.heading, &teller)
    case .sanctionShow(let id): try await teller.tell(try sanctionDetail(try sanction(id)))
    case .sanctionApprove(let id, let reason):
      try await teller.tell(
        try await move(id, by: try actor()) { .approveSanction($0, reason: reason) })
    case .sanctionDecline(let id, let reason):
      try await teller.tell(
        try await move(id, by: try actor()) { .declineSanction($0, reason: reason) })
    case .sanctionLift(let id, let reason):
      try await teller.tell(
        try await move(id, by: try actor()) { .liftSanction($0, reason: reason) })

    case .infractionList(let state, let wanted):
      let page = try infractions(
        state: state, of: try scope(wanted), after: nil, limit: max(1, wanted.limit))
      try await tell(page, "infractions", InfractionLine.heading, &teller)
    case .infractionShow(let id):
      try await teller.tell(try infractionDetail(try infraction(id)))
    case .infractionSettle(let id, let ruling, let reason):
      try await teller.tell(try await settle(id, ruling, reason: reason, by: try actor()))

    case .appealList(let word, let wanted):
      guard let state = AppealListState(rawValue: word) else {
        throw DeskFault.word(word, "state", AppealListState.allCases)
      }
      let page = try appeals(
        state: state, of: try scope(wanted), after: nil, limit: max(1, wanted.limit))
      try await tell(page, "appeals", AppealLine.heading, &teller)
    case .appealShow(let id): try await teller.tell(try appealDetail(try appeal(id)))
    case .appealAnswer(let id, let text):
      try await teller.tell(try await answerAppeal(id, text, by: try actor()))
    case .appealDecide(let id, let decision):
      try await teller.tell(try await decideAppeal(id, decision, by: try actor()))

    case .ingest(let platform):
      try await ingest(file, on: platform, by: try actor(), &teller)

    case .ruleAdd(let name): try await addRules(file, fileName: name, by: try actor(), &teller)
    case .ruleList(let all):
      let lines = try rules(everyVersion: all)
      if !lines.isEmpty { teller.remark { RuleReply.heading($0) } }
      try await tellAll(lines, "rules", &teller)
    case .ruleStage(let rule, let stage, let share, let reason):
      try await teller.tell(
        try await stageRule(rule, stage, share: share, reason: reason, by: try actor()))
    case .ruleTrial(let rule, let platform, let accept):
      let actor = accept ? try actor() : nil
      try await teller.tell(
        try await tryRule(rule, on: platform, examples: file, acceptedBy: actor))
    case .ruleRevert(let rule, let reason):
      try await teller.tell(try await revertRule(rule, reason: reason, by: try actor()))
    case .ladderAdopt(let platform, let name):
      let ladder = try Self.reading { try LadderFile.read(file, fileName: name) }
      try await teller.tell(try await adoptLadder(ladder, on: platform, by: try actor()))
    case .ladderList(let platform): try await tellAll(try ladders(of: platform), "ladders", &teller)

    case .leadList(let word, let wanted):
      guard let state = LeadListState(rawValue: word) else {
        throw DeskFault.word(word, "state", LeadListState.allCases)
      }
      let page = try leads(
        state: state, of: try scope(wanted), after: nil, limit: max(1, wanted.limit))
      try await tell(page, "leads", nil, &teller)
    case .leadShow(let id): try await teller.tell(try leadDetail(id))
    case .leadSettle(let id, let word, let reason):
      try await teller.tell(try await settleLead(id, as: word, reason: reason, by: try actor()))

    case .batchList: try await tellAll(batches(), "batches", &teller)
    case .batchPreview(let input): try await teller.tell(try preview(input))
    case .batchPropose(let input):
      try await teller.tell(try await propose(input, by: try actor()))
    case .batchMove(let id, let word, let reason):
      try await teller.tell(try await moveBatch(id, to: word, reason: reason, by: try actor()))

    case .reportList(let kind):
      let page = try reports(kind: kind, after: nil, limit: Self.listLimit)
      try await tell(page, "reports", nil, &teller)
    case .reportShow(let id): try await teller.tell(try reportLine(try report(id)))
    case .reportContent(let id, let form):
      guard let reading = ReportReading(rawValue: form) else {
        throw DeskFault.word(form, "form of a report", ReportReading.allCases)
      }
      _ = try actor()
      try await teller.raw(try reportContent(id, as: reading))
    case .reportSend(let id): try await teller.tell(try await resendReport(id, by: try actor()))
    case .reportSecret(let platform):
      try await teller.tell(try replaceReportSecret(of: platform, by: try actor()))
    case .reportAccounts(let platform, let group, let form):
      guard let reading = ReportReading(rawValue: form) else {
        throw DeskFault.word(form, "form of a report", ReportReading.allCases)
      }
      _ = try actor()
      try await writeAccounts(of: try self.platform(platform), group: group, reading, &teller)
    case .reportTransparency(let platform, let period):
      try await tellAll(try transparency(platform, period), "platforms", &teller)
    case .reportMake(let input): try await makeReport(input, by: try actor(), &teller)
    case .reportReceive(let id, let receipt):
      try await teller.tell(try await receiveReport(id, receipt: receipt, by: try actor()))

    case .eraseParty(let party):
      try await teller.tell(try await eraseParty(party, by: try actor()))
    case .partySet(let id, let input):
      try await teller.tell(try await setParty(id, input, by: try actor()))
    case .partyList(let group):
      let page = parties(group: group, after: nil, limit: Self.listLimit)
      try await tell(page, "parties", PartyReply.heading, &teller)
    case .partyShow(let id): try await teller.tell(try partyDetail(id))
    }
  }

  private func scope(_ wanted: ListSelection) throws -> ListScope {
    try scope(platform: wanted.platform, account: wanted.account)
  }

  /// The most lines of a list that a verb tells.
  static let listLimit = 10_000

  private func tell<Thing: Tellable>(
    _ page: RecordPage<Thing>, _ what: String, _ heading: ((TextStyle) -> String)?,
    _ teller: inout DeskTeller
  ) async throws {
    if let heading, !page.things.isEmpty { teller.remark(heading) }
    for thing in page.things { try await teller.tell(thing) }
    teller.tellEnd(of: page, what)
  }

  private func tellAll(
    _ things: [some Tellable], _ what: String, _ teller: inout DeskTeller
  ) async throws {
    for thing in things { try await teller.tell(thing) }
    if things.isEmpty { teller.remark { _ in "There are no \(what) to show.\n" } }
  }
}
