internal import Enforcement

/// Something that two accounts share.
struct AccountLeadLine: Tellable {
  let id: String
  let account: String
  let earlier: String
  let kind: String
  let settled: String?

  init(_ lead: Lead) {
    id = lead.id.description
    account = lead.account.description
    earlier = lead.earlier.description
    kind = lead.kind.rawValue
    settled = lead.settled?.rawValue
  }

  func text(_ style: TextStyle) -> String {
    style.column(id, 8) + style.column(account, 10)
      + "shares a \(kind) with \(style.column(earlier, 8))  "
      + (settled ?? style.paint("a person is to look", .warning)) + "\n"
  }
}

/// An action on many accounts.
struct BatchReply: Tellable {
  let id: String
  let action: String
  let terms: TermsReply?
  let clause: String?
  let accounts: [String]
  let by: String
  let approvedBy: [String]
  let state: String

  init(_ batch: Batch) {
    id = batch.id.description
    accounts = batch.accounts.map(\.description)
    by = batch.by.description
    approvedBy = batch.approvedBy.map(\.description)
    state = batch.state.rawValue
    switch batch.action {
    case .impose(let wanted, let broken):
      (action, terms, clause) = ("impose", TermsReply(wanted), broken)
    case .lift: (action, terms, clause) = ("lift", nil, nil)
    }
  }

  func text(_ style: TextStyle) -> String {
    let what = terms.map { "impose \($0.phrase)" } ?? "lift"
    return style.column(id, 8) + style.column(state, 11) + style.column(what, 24)
      + "\(accounts.count) accounts, by \(by)\n"
  }
}

/// What a batch would do, account by account.
struct BatchPreviewReply: Tellable {
  let action: String
  let accounts: [Line]
  let affected: Int

  struct Line: Encodable, Sendable {
    let account: String
    let platform: String
    let key: String?
    let standing: String
    let effect: String
  }

  func text(_ style: TextStyle) -> String {
    accounts.map { line in
      style.column(line.account, 9)
        + style.column(style.safe("\(line.platform)/\(line.key ?? "erased")"), 28)
        + style.paint(style.column(line.standing, 10), SanctionKind.tone(line.standing))
        + line.effect + "\n"
    }.joined() + style.paint("\(affected) of \(accounts.count) accounts would change\n", .strong)
  }
}

/// A sanction and its length.
struct TermsReply: Codable, Sendable {
  let kind: String
  let restrictions: [String]
  let days: Int?

  init(_ terms: SanctionTerms) {
    kind = terms.kind.rawValue
    restrictions = terms.restrictions.map(\.rawValue)
    days = terms.days
  }

  var phrase: String {
    kind + (restrictions.isEmpty ? "" : " (\(restrictions.joined(separator: ", ")))")
      + (days.map { ", \($0) days" } ?? "")
  }
}

/// Which leads a list shows.
enum LeadListState: String, CaseIterable {
  case open, all
}

/// Which appeals a list shows.
enum AppealListState: String, CaseIterable {
  case open, overdue, all
}

/// An appeal in one line.
struct AppealLine: Tellable {
  let id: String
  let sanction: String
  let account: String
  let platform: String
  let key: String?
  let kind: String
  let filed: String
  /// By when it is to be decided; nil where no time is set.
  let answerBy: String?
  /// Whether it is open though that time is over.
  let overdue: Bool
  let messages: Int
  let outcome: String?
  let decided: String?
  let decidedBy: String?

  init(_ appeal: Appeal, _ book: ConductBook, at now: Instant) {
    let sanction = book.sanctions[appeal.sanction]
    let account = sanction.flatMap { book.accounts[$0.account] }
    id = appeal.id.description
    self.sanction = appeal.sanction.description
    self.account = account?.id.description ?? ""
    platform = account?.platform.text ?? ""
    key = account.flatMap { $0.erased == nil ? $0.entry.identity.key : nil }
    answerBy = appeal.answerBy?.description
    overdue = appeal.isOverdue(at: now)
    kind = sanction?.plan.terms.kind.rawValue ?? ""
    filed = appeal.filed.description
    messages = appeal.messages
    outcome = appeal.outcome?.word
    decided = appeal.decided?.description
    decidedBy = appeal.decidedBy?.description
  }

  static func heading(_ style: TextStyle) -> String {
    style.paint(
      style.column("appeal", 8) + style.column("sanction", 10) + style.column("kind", 10)
        + style.column("account", 28) + style.column("filed", 18) + style.column("answer by", 18)
        + "outcome\n", .faint)
  }

  func text(_ style: TextStyle) -> String {
    let state =
      outcome.map { "\($0) by \(decidedBy ?? "")" }
      ?? (overdue ? style.paint("overdue", .bad) : style.paint("open", .warning))
    return style.column(id, 8) + style.column(sanction, 10)
      + style.paint(style.column(kind, 10), SanctionKind.tone(kind))
      + style.column(style.safe("\(platform)/\(key ?? "erased")"), 28)
      + style.column(String(filed.prefix(16)), 18)
      + style.column(answerBy.map { String($0.prefix(16)) } ?? "", 18) + state + "\n"
  }
}

extension AppealOutcome {
  /// The outcome in a word.
  var word: String {
    switch self {
    case .upheld: "upheld"
    case .reduced: "reduced"
    case .overturned: "overturned"
    }
  }
}
