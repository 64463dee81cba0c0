internal import Enforcement

/// An account in one line.
struct AccountLine: Tellable {
  let id: String
  let platform: String
  let key: String?
  let handle: String?
  let category: String?
  let party: String?
  let language: String?
  /// What its strikes count now.
  let points: Int
  let strikes: Int
  /// `clear`, or the gravest sanction in effect.
  let standing: String
  let until: String?
  let since: String
  /// When it was reviewed; nil where nobody has.
  let reviewed: String?
  /// Whether it bears the mark of those entitled to political news.
  let marked: Bool
  let hold: String?
  let erased: String?

  init(_ account: Account, _ book: ConductBook, at now: Instant) {
    let standing = account.standing(in: book)
    id = account.id.description
    platform = account.platform.text
    key = account.erased == nil ? account.entry.identity.key : nil
    handle = account.erased == nil ? account.entry.identity.handle : nil
    category = account.entry.category?.text
    party = account.entry.party?.description
    language = account.entry.language
    points = account.strikes.reduce(0) { $0 + $1.points(at: now) }
    strikes = account.strikes.count
    self.standing = standing?.plan.terms.kind.rawValue ?? "clear"
    until = standing?.until?.description
    since = account.since.description
    reviewed = account.review?.at.description
    marked = account.review?.isMarked ?? false
    hold = account.hold
    erased = account.erased?.description
  }

  static func heading(_ style: TextStyle) -> String {
    style.paint(
      style.column("account", 9) + style.column("on the platform", 28)
        + style.column("handle", 18) + style.column("points", 8)
        + style.column("strikes", 9) + style.column("standing", 10) + "until\n", .faint)
  }

  func text(_ style: TextStyle) -> String {
    let name = "\(platform)/\(key ?? "erased")"
    return style.column(id, 9) + style.column(style.safe(name), 28)
      + style.column(handle.map(style.safe) ?? "", 18) + style.column("\(points)", 8)
      + style.column("\(strikes)", 9)
      + style.paint(style.column(standing, 10), SanctionKind.tone(standing))
      + (until.map { String($0.prefix(10)) } ?? "") + "\n"
  }
}

/// All about an account: who it is, its strikes and what followed from them.
struct AccountDetail: Tellable {
  let account: AccountLine
  let filing: String?
  let formerHandles: [String]
  let agreement: String?
  let opened: String?
  let review: ReviewReply?
  let strikes: [StrikeReply]
  let sanctions: [SanctionLine]
  let infractions: [InfractionLine]
  private(set) var leads: [AccountLeadLine]
  private let traces: [SanctionTrace]

  private enum CodingKeys: String, CodingKey {
    case account, filing, formerHandles, agreement, opened, review, strikes, sanctions
    case infractions, leads
  }

  /// The most infractions that are told; the newest.
  static let infractionLimit = 200

  init(
    _ account: Account, _ book: ConductBook, evidence: [InfractionID: InfractionEvidence],
    at now: Instant
  ) {
    self.account = AccountLine(account, book, at: now)
    filing = account.entry.identity.filing
    formerHandles = account.formerHandles
    agreement = account.entry.agreement
    opened = account.entry.opened?.description
    review = account.review.map(ReviewReply.init)
    strikes = account.strikes.suffix(Self.infractionLimit).map { StrikeReply($0, at: now) }
    let decided = account.sanctions.compactMap { book.sanctions[$0] }
    sanctions = decided.map { SanctionLine($0, book, at: now) }
    infractions = account.infractions.suffix(Self.infractionLimit).compactMap { id in
      book.infractions[id].map { InfractionLine($0, book) }
    }
    leads = book.leads.values.filter { $0.account == account.id || $0.earlier == account.id }
      .sorted { $0.id < $1.id }.prefix(100).map { AccountLeadLine($0) }
    traces = decided.suffix(2).map { SanctionTrace($0, account, book, evidence: evidence) }
  }

  /// The same without what it shares with accounts elsewhere: that is not for its platform.
  var forPlatform: AccountDetail {
    var detail = self
    detail.leads = []
    return detail
  }

  func text(_ style: TextStyle) -> String {
    let reviewed = review?.fields(style) ?? [("reviewed", style.paint("by nobody yet", .warning))]
    let known: [(String, String?)] = [
      ("account", style.paint(account.id, .strong)),
      ("on", style.safe("\(account.platform)/\(account.key ?? "erased")")),
      ("handle", account.handle.map(style.safe)),
      ("before", formerHandles.isEmpty ? nil : style.safe(formerHandles.joined(separator: ", "))),
      ("category", account.category), ("party", account.party),
      ("filing", filing.map(style.safe)), ("agreement", agreement.map(style.safe)),
      ("opened", opened), ("known since", account.since),
    ]
    let standing: [(String, String?)] = [
      (
        "standing",
        style.paint(account.standing, SanctionKind.tone(account.standing))
          + (account.until.map { " until \($0)" } ?? "")
      ), ("points", "\(account.points) of \(account.strikes) strikes"),
      ("hold", account.hold.map { style.paint(style.safe($0), .warning) }),
      ("erased", account.erased),
    ]
    var text = style.fields(known + reviewed + standing)
    if !strikes.isEmpty { text += style.paint("\nStrikes\n", .strong) }
    for strike in strikes { text += strike.text(style) }
    if !sanctions.isEmpty { text += style.paint("\nSanctions\n", .strong) }
    for sanction in sanctions { text += sanction.text(style) }
    for trace in traces { text += "\n" + trace.text(style) }
    if !leads.isEmpty { text += style.paint("\nLeads\n", .strong) }
    for lead in leads { text += lead.text(style) }
    return text
  }
}

/// A strike, and whether it still counts.
struct StrikeReply: Tellable {
  let infraction: String
  let at: String
  let points: Int
  let counts: Int
  let gravity: String
  let expires: String?
  let overturned: String?

  init(_ strike: Strike, at now: Instant) {
    infraction = strike.infraction.description
    at = strike.at.description
    points = strike.points
    counts = strike.points(at: now)
    gravity = strike.gravity.rawValue
    expires = strike.expires?.description
    overturned = strike.overturned?.description
  }

  func text(_ style: TextStyle) -> String {
    let end =
      overturned.map { "overturned \($0.prefix(10))" }
      ?? expires.map { (counts == 0 ? "expired " : "until ") + $0.prefix(10) } ?? "for good"
    return "  " + style.column(infraction, 9) + style.column(String(at.prefix(10)), 12)
      + style.column("\(counts) of \(points)", 10) + style.column(gravity, 9)
      + (counts == 0 ? style.paint(end, .faint) : end) + "\n"
  }
}

extension Account {
  /// The gravest sanction in effect; nil where there is none.
  func standing(in book: ConductBook) -> Sanction? {
    sanctions.compactMap { book.sanctions[$0] }.filter { $0.state == .imposed }
      .max { ($0.plan.terms.kind, $0.id) < ($1.plan.terms.kind, $1.id) }
  }
}

extension SanctionKind {
  /// How a sanction's word looks on a terminal.
  static func tone(_ word: String) -> TextStyle.Tone {
    switch SanctionKind(rawValue: word) {
    case .warn, .restrict: .warning
    case .suspend, .close: .bad
    case nil: .good
    }
  }
}
