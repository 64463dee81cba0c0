internal import Enforcement
internal import Records

// MARK: - Appeals, as the house deals with them

extension Desk {
  func appeals(
    state: AppealListState, of scope: ListScope, after: AppealID?, limit: Int
  ) throws -> RecordPage<AppealLine> {
    let (book, now) = (conductBook, journal.now)
    let wanted: AppealsWanted =
      switch state {
      case .all: .all
      case .open: .open
      case .overdue: .overdue(at: now)
      }
    return RecordPage(
      try journal.appeals(wanted, of: scope, after: after, limit: limit)
    ) { AppealLine($0, book, at: now) }
  }

  func appealDetail(_ appeal: Appeal) throws -> AppealDetail {
    let book = conductBook
    let trace = try book.sanctions[appeal.sanction].flatMap { sanction in
      try book.accounts[sanction.account].map { account in
        SanctionTrace(
          sanction, account, book,
          evidence: try evidence(of: sanction.plan.ground.infractions))
      }
    }
    return AppealDetail(
      AppealLine(appeal, book, at: journal.now), try dialogue(of: appeal), why: trace)
  }

  func answerAppeal(_ text: String, _ words: String, by actor: Actor) async throws -> AppealDetail {
    try await act(.answerAppeal(try appeal(text).id, text: words), by: actor)
    return try appealDetail(try appeal(text))
  }

  func decideAppeal(
    _ text: String, _ decision: AppealDecision, by actor: Actor
  ) async throws -> AppealDetail {
    let appeal = try appeal(text)
    let outcome: AppealOutcome
    switch decision.outcome {
    case "upheld": outcome = .upheld
    case "reduced":
      guard let terms = decision.terms else {
        throw DeskFault("to reduce a sanction, say to what: kind, and days where it has some")
      }
      outcome = .reduced(try terms.terms())
    case "overturned":
      let named = try (decision.infractions ?? []).map { try InfractionID.read($0) }
      let leaning = conductBook.sanctions[appeal.sanction]?.plan.ground.infractions ?? []
      outcome = .overturned(named.isEmpty ? leaning : named)
    default:
      throw DeskFault(
        "there is no outcome \"\(decision.outcome.prefix(40))\"; it may be upheld, reduced,"
          + " overturned")
    }
    try await act(.decideAppeal(appeal.id, outcome, reason: decision.reason), by: actor)
    return try appealDetail(try self.appeal(text))
  }
}

/// All about an appeal, for the person who decides it.
struct AppealDetail: Tellable {
  let appeal: AppealLine
  let dialogue: [AppealMessage]
  let reason: String?
  let why: SanctionTrace?

  init(_ appeal: AppealLine, _ dialogue: AppealDialogue, why: SanctionTrace?) {
    self.appeal = appeal
    self.dialogue = dialogue.messages
    reason = dialogue.reason
    self.why = why
  }

  func text(_ style: TextStyle) -> String {
    var text = style.fields([
      ("appeal", style.paint(appeal.id, .strong)),
      (
        "against",
        style.safe(
          "\(appeal.kind) \(appeal.sanction) of \(appeal.account),"
            + " \(appeal.platform)/\(appeal.key ?? "erased")")
      ), ("filed", appeal.filed),
      (
        "answer by",
        appeal.answerBy.map { appeal.overdue ? style.paint("\($0): late", .bad) : $0 }
      ),
      (
        "outcome",
        appeal.outcome.map { "\($0) by \(appeal.decidedBy ?? "")" }
          ?? style.paint("open: someone decides who took no part", .warning)
      ), ("reason", reason.map(style.safe)),
    ])
    for message in dialogue {
      text += style.paint("\n\(message.from), \(message.at)\n", .faint)
      for line in message.text.split(separator: "\n", omittingEmptySubsequences: false) {
        text += "  \(style.safe(String(line)))\n"
      }
    }
    if let why { text += "\n" + why.text(style) }
    return text
  }
}

/// What was said in an appeal.
struct AppealDialogue: Sendable {
  var messages: [AppealMessage] = []
  /// Why it was decided as it was; nil while it is open.
  var reason: String?
}

/// Something that was said in an appeal.
struct AppealMessage: Encodable, Sendable {
  /// `holder`, or `house`: who of the house it was is not for the holder.
  let from: String
  let at: String
  let text: String
}
