internal import Enforcement
internal import Foundation
internal import GRDB

/// Keeps the views of platforms, rules and accounts in step with the journal.
///
/// Rows are written from the book as it is after the event, and only those that the event can have
/// changed.
struct ConductViews {
  let db: Database
  let book: ConductBook

  func apply(_ change: ConductChange, at index: Int64, time: Instant) throws {
    switch change {
    case .platformSet(let platform):
      try run(
        "INSERT OR REPLACE INTO view_platform (id, body) VALUES (?, ?)",
        [platform.id.text, try Self.body(platform)])
    case .ladderAdopted(let platform, let ladder):
      try run(
        "INSERT INTO view_ladder (platform, entry, body) VALUES (?, ?, ?)",
        [platform.text, index, try Self.body(ladder)])
    case .ruleWritten(let rule): try store(rule.reference)
    case .ruleStaged(let rule, _, _), .ruleReverted(let rule, _): try store(rule)
    case .partySet(let id, _):
      try store(id)
      try addHistory(of: id, change, index)
    case .partyErased(let id, let accounts):
      try store(id)
      try addHistory(of: id, change, index)
      for account in accounts { try erase(account) }
    case .accountOpened(let id, _, _), .accountChanged(let id, _), .holdSet(let id, _):
      try store(id)
    case .accountReviewed(let id, _):
      try store(id)
      try storeReview(of: id)
    case .infractionFound(let id, _, _, let strike):
      try insert(id, at: index, hasStrike: strike != nil)
    case .infractionSettled(let id, _, let strike, _):
      try update(id, at: index, hasStrike: strike != nil)
    case .sanctionProposed(let id, _, _, _), .sanctionApproved(let id, _),
      .sanctionImposed(let id, _, _, _), .sanctionReduced(let id, _, _, _):
      try store(id)
      try storeBody(of: id)
    case .sanctionDeclined(let id, _), .sanctionConfirmed(let id), .noticeDelivered(let id):
      try store(id)
    case .sanctionLifted(let id, _, let due, _): try storeEnd(of: id, due: due, at: time)
    case .appealFiled(let id, _, _), .appealMessage(let id, _): try store(id)
    case .appealDecided(let id, _, _):
      try store(id)
      if let appeal = book.appeals[id] { try store(appeal.sanction) }
    case .leadNoted(let lead): try store(lead.id)
    case .leadSettled(let id, _, _): try store(id)
    case .batchProposed(let batch, _): try store(batch.id)
    case .batchApproved(let id, _), .batchMoved(let id, _, _): try store(id)
    case .reportMade(let report): try add(report)
    case .reportReceived(let id, _):
      try store(id)
      try run(
        "UPDATE view_report SET received = ? WHERE id = ?", [time.milliseconds, id.count])
    }
    try storeCorrections(after: change)
    for account in accounts(of: change) {
      try addHistory(of: account, change, index)
      guard change.movesRungs, let reached = book.accounts[account]?.reached else { continue }
      try run(
        "UPDATE view_account SET reached = ? WHERE id = ? AND reached <> ?",
        [reached, account.count, reached])
    }
  }

  /// The accounts in whose history a change stands.
  func accounts(of change: ConductChange) -> [AccountID] {
    switch change {
    case .platformSet, .ladderAdopted, .ruleWritten, .ruleStaged, .ruleReverted, .partySet,
      .batchApproved, .batchMoved, .reportReceived:
      return []
    case .accountOpened(let id, _, _), .accountChanged(let id, _), .accountReviewed(let id, _),
      .holdSet(let id, _), .infractionFound(_, let id, _, _), .sanctionProposed(_, let id, _, _),
      .sanctionImposed(_, let id, _, _):
      return [id]
    case .infractionSettled(let id, _, _, _):
      return [book.infractions[id]?.account].compactMap(\.self)
    case .sanctionApproved(let id, _), .sanctionDeclined(let id, _), .sanctionConfirmed(let id),
      .noticeDelivered(let id), .sanctionReduced(let id, _, _, _), .sanctionLifted(let id, _, _, _),
      .appealFiled(_, let id, _):
      return [book.sanctions[id]?.account].compactMap(\.self)
    case .appealMessage(let id, _), .appealDecided(let id, _, _):
      let sanction = book.appeals[id].flatMap { book.sanctions[$0.sanction] }
      return [sanction?.account].compactMap(\.self)
    case .leadNoted(let lead): return unique([lead.account, lead.earlier])
    case .leadSettled(let id, _, _):
      return book.leads[id].map { unique([$0.account, $0.earlier]) } ?? []
    case .batchProposed(let batch, _): return unique(batch.accounts)
    case .reportMade(let report):
      return unique(report.sanctions.compactMap { book.sanctions[$0]?.account })
    case .partyErased(_, let accounts): return unique(accounts)
    }
  }

  private func unique(_ accounts: [AccountID]) -> [AccountID] {
    guard accounts.count > 1 else { return accounts }
    return Set(accounts).sorted()
  }

  private func addHistory(
    of account: AccountID, _ change: ConductChange, _ index: Int64
  ) throws {
    try run(
      "INSERT INTO view_account_history (account, entry, kind) VALUES (?, ?, ?)",
      [account.count, index, change.kind])
  }

  private func addHistory(of party: PartyID, _ change: ConductChange, _ index: Int64) throws {
    try run(
      "INSERT INTO view_party_history (party, entry, kind) VALUES (?, ?, ?)",
      [party.count, index, change.kind])
  }

  func run(_ sql: String, _ arguments: StatementArguments) throws {
    try db.cachedStatement(sql: sql).execute(arguments: arguments)
  }

  /// A value as one text, the same in every run.
  static func body(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}

extension ConductChange {
  /// Whether an account may stand elsewhere on its ladder afterwards.
  fileprivate var movesRungs: Bool {
    switch self {
    case .infractionFound(_, _, _, let strike): strike != nil
    case .sanctionLifted(_, let cause, _, _): cause.isCorrection
    case .infractionSettled, .sanctionProposed, .sanctionApproved, .sanctionDeclined,
      .sanctionImposed, .sanctionReduced, .appealDecided, .batchProposed, .batchApproved,
      .batchMoved, .ruleReverted, .partyErased:
      true
    case .platformSet, .ladderAdopted, .ruleWritten, .ruleStaged, .partySet, .accountOpened,
      .accountChanged, .accountReviewed, .sanctionConfirmed, .noticeDelivered, .appealFiled,
      .appealMessage,
      .leadNoted, .leadSettled, .reportMade, .reportReceived, .holdSet:
      false
    }
  }
}
