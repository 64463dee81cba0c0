internal import Enforcement

/// A sanction in one line.
struct SanctionLine: Tellable {
  let id: String
  let account: String
  let platform: String
  let key: String?
  let kind: String
  let restrictions: [String]
  let days: Int?
  let state: String
  let proposed: String
  let proposedBy: String
  let approvedBy: [String]
  let approvals: Int
  let imposed: String?
  let until: String?
  let confirmed: String?
  let delivered: String?
  let ended: String?
  let appeals: [String]
  let appealUntil: String?
  let batch: String?
  let nextStep: String

  init(_ sanction: Sanction, _ book: ConductBook, at now: Instant) {
    let account = book.accounts[sanction.account]
    id = sanction.id.description
    self.account = sanction.account.description
    platform = account?.platform.text ?? ""
    key = account.flatMap { $0.erased == nil ? $0.entry.identity.key : nil }
    kind = sanction.plan.terms.kind.rawValue
    restrictions = sanction.plan.terms.restrictions.map(\.rawValue)
    days = sanction.plan.terms.days
    state = sanction.state.rawValue
    proposed = sanction.proposed.description
    proposedBy = sanction.proposedBy.description
    approvedBy = sanction.approvedBy.map(\.description)
    approvals = sanction.plan.approvals
    imposed = sanction.imposed?.description
    until = sanction.until?.description
    confirmed = sanction.confirmed?.description
    delivered = sanction.delivered?.description
    ended = sanction.ended?.description
    appeals = sanction.appeals.map(\.description)
    appealUntil = sanction.appealEnd?.description
    batch = sanction.plan.batch?.description
    nextStep = sanction.nextStep(book)
  }

  static func heading(_ style: TextStyle) -> String {
    style.paint(
      style.column("sanction", 9) + style.column("account", 28) + style.column("kind", 10)
        + style.column("state", 12) + style.column("until", 12) + "next\n", .faint)
  }

  func text(_ style: TextStyle) -> String {
    let waits = state == SanctionState.proposed.rawValue
    return style.column(id, 9)
      + style.column(style.safe("\(platform)/\(key ?? "erased")"), 28)
      + style.paint(style.column(kind, 10), SanctionKind.tone(kind)) + style.column(state, 12)
      + style.column(until.map { String($0.prefix(10)) } ?? "", 12)
      + (waits ? style.paint(nextStep, .warning) : nextStep) + "\n"
  }
}

extension Sanction {
  /// What happens next, in a few words.
  func nextStep(_ book: ConductBook) -> String {
    switch state {
    case .proposed:
      let missing = max(0, plan.approvals - approvedBy.count)
      return "\(missing) more \(missing == 1 ? "officer" : "officers") to agree"
    case .declined, .lifted, .overturned: return ""
    case .imposed:
      if let open = appeals.compactMap({ book.appeals[$0] }).first(where: { $0.outcome == nil }) {
        return "appeal \(open.id) is to be decided"
      }
      if confirmed == nil { return "the platform has not confirmed it" }
      if delivered == nil { return "the notice has not been delivered" }
      return ""
    }
  }
}

/// All about a sanction.
struct SanctionDetail: Tellable {
  let sanction: SanctionLine
  let why: SanctionTrace
  let notice: NoticeFace?
  let history: [HistoryReply]

  init(
    _ sanction: Sanction, _ account: Account, _ book: ConductBook,
    evidence: [InfractionID: InfractionEvidence], history: [HistoryReply], at now: Instant
  ) {
    self.sanction = SanctionLine(sanction, book, at: now)
    why = SanctionTrace(sanction, account, book, evidence: evidence)
    notice = sanction.notice.map { NoticeFace($0) }
    self.history = history
  }

  func text(_ style: TextStyle) -> String {
    let line = sanction
    var text = style.fields([
      ("sanction", style.paint(line.id, .strong)),
      ("account", style.safe("\(line.account), \(line.platform)/\(line.key ?? "erased")")),
      (
        "what",
        style.paint(line.kind, SanctionKind.tone(line.kind))
          + (line.restrictions.isEmpty ? "" : " (\(line.restrictions.joined(separator: ", ")))")
          + (line.days.map { ", \($0) days" } ?? "")
      ), ("state", line.state + (line.ended.map { " since \($0)" } ?? "")),
      ("next", line.nextStep.isEmpty ? nil : style.paint(line.nextStep, .warning)),
      ("proposed", "\(line.proposed) by \(line.proposedBy)"),
      (
        "agreed",
        line.approvals == 0
          ? "nobody is needed"
          : "\(line.approvedBy.count) of \(line.approvals)"
            + (line.approvedBy.isEmpty ? "" : ": \(line.approvedBy.joined(separator: ", "))")
      ), ("in effect", line.imposed), ("until", line.until),
      ("confirmed", line.confirmed), ("delivered", line.delivered),
      ("appeal until", line.appealUntil),
      ("appeals", line.appeals.isEmpty ? nil : line.appeals.joined(separator: ", ")),
      ("batch", line.batch),
    ])
    text += "\n" + why.text(style)
    if let notice { text += "\n" + notice.text(style) }
    text += HistoryReply.text(history, style)
    return text
  }
}

/// What the account holder is told.
struct NoticeFace: Encodable, Sendable {
  let language: String
  let until: String?
  let territory: [String]
  let automatedDetection: Bool
  let automatedDecision: Bool
  let appealAddress: String
  let appealDays: Int

  init(_ notice: SanctionNotice) {
    language = notice.language
    until = notice.until?.description
    territory = notice.territory
    automatedDetection = notice.automation.detection
    automatedDecision = notice.automation.decision
    appealAddress = notice.appealAddress
    appealDays = notice.appealDays
  }

  func text(_ style: TextStyle) -> String {
    style.paint("Notice\n", .strong)
      + style.fields([
        ("  language", style.safe(language)), ("  until", until),
        ("  territory", territory.joined(separator: ", ")),
        ("  appeal", "\(appealDays) days from delivery, at \(style.safe(appealAddress))"),
      ])
  }
}

/// An entry of the record, as a history tells it.
struct HistoryReply: Encodable, Sendable {
  let entry: UInt64
  let time: String
  let by: String
  let what: String

  static func text(_ history: [HistoryReply], _ style: TextStyle) -> String {
    guard !history.isEmpty else { return "" }
    return style.paint("\nHistory\n", .strong)
      + history.map { line in
        style.column("\(line.entry)", 7) + style.column(line.time, 26)
          + style.column(line.by, 16) + style.safe(line.what) + "\n"
      }.joined()
  }
}
