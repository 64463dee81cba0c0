internal import Conduct
internal import Enforcement
internal import Records

/// A sanction and its appeal, as the account holder sees them.
struct AppealFace: Encodable, Sendable {
  let sanction: SanctionFace
  let mayAppeal: Bool
  let appealUntil: String?
  let appeal: HolderAppeal?
}

/// An appeal, as the account holder sees it: who of the house says something is not told.
struct HolderAppeal: Encodable, Sendable {
  let id: String
  let filed: String
  /// By when an answer is due; nil where no time is set.
  let answerBy: String?
  /// Whether it is open though that time is over.
  let overdue: Bool
  let dialogue: [AppealMessage]
  let mayAnswer: Bool
  let outcome: String?
  let decided: String?
  let reason: String?

  init(_ appeal: Appeal, _ dialogue: AppealDialogue, at now: Instant) {
    id = appeal.id.description
    filed = appeal.filed.description
    answerBy = appeal.answerBy?.description
    overdue = appeal.isOverdue(at: now)
    self.dialogue = dialogue.messages
    mayAnswer = appeal.outcome == nil && appeal.messages < Appeal.messageLimit
    outcome = appeal.outcome?.word
    decided = appeal.decided?.description
    reason = dialogue.reason
  }
}

/// What was decided about an account, as its holder is told.
struct SanctionFace: Encodable, Sendable {
  let id: String
  let platform: String
  let kind: String
  let restrictions: [String]
  let state: String
  let imposed: String?
  let until: String?
  let ended: String?
  let territory: [String]
  let facts: [Fact]
  let clauses: [String]
  let points: Int
  let rungPoints: Int
  let ladder: String?
  let automatedDetection: Bool
  let automatedDecision: Bool
  let entry: UInt64?

  /// A post that the decision rests on.
  struct Fact: Encodable, Sendable {
    let post: String?
    let published: String
    let kind: String
    let quotes: [String]
    let overturned: Bool
  }

  init(
    _ sanction: Sanction, platform: Platform, facts: [Fact], entry: UInt64?
  ) {
    let (plan, ground) = (sanction.plan, sanction.plan.ground)
    id = sanction.id.description
    self.platform = platform.name
    kind = plan.terms.kind.rawValue
    restrictions = plan.terms.restrictions.map(\.rawValue)
    state = sanction.state.rawValue
    imposed = sanction.imposed?.description
    until = sanction.until?.description
    ended = sanction.ended?.description
    territory = sanction.notice?.territory ?? platform.territory
    self.facts = facts
    clauses = ground.clauses
    points = ground.points
    rungPoints = ground.rungPoints
    ladder = ground.ladder?.description
    automatedDetection = plan.automation.detection
    automatedDecision = plan.automation.decision
    self.entry = entry
  }
}

/// What the page of a token needs beside what programs are told.
struct AppealSubject: Sendable {
  let sanction: Sanction
  let platform: Platform
  let face: AppealFace
  let facts: [SanctionLetter.Fact]
}

// MARK: - The account holder's side

extension Desk {
  /// The sanction that a token opens.
  ///
  /// - Throws: the same refusal for every token that opens none, whatever is wrong with it.
  private func sanction(openedBy token: String) throws -> Sanction {
    guard let id = try conduct.appealKey().sanction(of: token),
      let sanction = conductBook.sanctions[id], sanction.notice != nil
    else {
      throw Refusal(
        .unknownNumber, "this token opens nothing: it stands in the notice, after /appeal/")
    }
    return sanction
  }

  func appealFace(token: String) throws -> AppealFace { try appealSubject(token: token).face }

  func appealSubject(token: String) throws -> AppealSubject {
    let sanction = try sanction(openedBy: token)
    let book = conductBook
    guard let account = book.accounts[sanction.account],
      let platform = book.platforms[account.platform]
    else { throw Refusal(.unknownNumber, "there is no account of \(sanction.id)") }
    let evidence = try evidence(of: sanction.plan.ground.infractions)
    let files = sanction.plan.ground.infractions.compactMap { book.infractions[$0] }
    let facts = files.map { file in
      SanctionFace.Fact(
        post: evidence[file.id]?.post, published: file.infraction.published.description,
        kind: file.infraction.kind.text,
        quotes: evidence[file.id]?.quotes ?? [],
        overturned: file.state == .overturned)
    }
    let newest = sanction.appeals.last.flatMap { book.appeals[$0] }
    let end = sanction.appealEnd
    let isOver = end.map { $0 <= journal.now } ?? false
    let face = AppealFace(
      sanction: SanctionFace(
        sanction, platform: platform, facts: facts, entry: try entry(imposing: sanction.id)),
      mayAppeal: newest == nil && !isOver, appealUntil: end?.description,
      appeal: try newest.map { HolderAppeal($0, try dialogue(of: $0), at: journal.now) })
    return AppealSubject(
      sanction: sanction, platform: platform, face: face,
      facts: files.map { file in
        SanctionLetter.Fact(
          post: evidence[file.id]?.post, published: file.infraction.published,
          category: file.infraction.category)
      })
  }

  /// Files an appeal for whoever holds the token.
  func fileAppeal(_ text: String, token: String) async throws -> AppealFace {
    let sanction = try sanction(openedBy: token)
    try conduct.takeFromPublic(at: journal.now)
    try await act(.fileAppeal(sanction.id, text: text), by: .system)
    return try appealFace(token: token)
  }

  /// Adds what the holder of a token says to the appeal that is open.
  func addMessage(_ text: String, token: String) async throws -> AppealFace {
    let sanction = try sanction(openedBy: token)
    guard let appeal = sanction.appeals.last else {
      throw Refusal(.wrongState, "there is no appeal yet: file one first")
    }
    try conduct.takeFromPublic(at: journal.now)
    try await act(.answerAppeal(appeal, text: text), by: .system)
    return try appealFace(token: token)
  }
}

extension InfractionEvidence {
  /// The words that speak for it, each once, the weightiest first.
  fileprivate var quotes: [String] {
    var known: Set<String> = []
    return Array(
      pieces.filter { $0.weight > 0 && known.insert($0.text).inserted }.prefix(4).map(\.text))
  }
}
