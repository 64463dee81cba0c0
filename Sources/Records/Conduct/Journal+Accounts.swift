public import Enforcement
internal import Foundation
internal import GRDB

/// An infraction with all that was seen, and its place on the record.
public struct RecordedInfraction: Sendable, Hashable {
  /// The number of the entry.
  public let index: UInt64
  /// What became of it.
  public let file: InfractionFile
  /// What was seen, with the pieces of evidence; those of an erased party are gone.
  public let infraction: Infraction
}

/// Something that was said in an appeal.
public struct AppealWord: Sendable, Hashable {
  /// The number of the entry.
  public let index: UInt64
  /// When it was said.
  public let time: Instant
  /// Who said it; the system for the account holder.
  public let actor: Actor
  /// The words.
  public let text: String
}

extension Journal {
  /// The account that a platform knows by an id; nil where it was never seen, or was erased.
  public func account(on platform: Slug, key: String) throws(StoreError) -> Account? {
    let count = try read { db in
      try Int.fetchOne(
        db, sql: "SELECT id FROM view_account WHERE platform = ? AND key = ?",
        arguments: [platform.text, key])
    }
    return count.flatMap { register.conduct.accounts[AccountID(count: $0)] }
  }

  /// The accounts of a party, in the order of their numbers.
  public func accounts(of party: PartyID) throws(StoreError) -> [Account] {
    let counts = try numbers(
      "SELECT id FROM view_account WHERE party = ? ORDER BY id", [party.count])
    let book = register.conduct
    return counts.compactMap { book.accounts[AccountID(count: $0)] }
  }

  /// The infractions of an account, oldest first, without the words of their evidence.
  public func infractions(of account: AccountID) -> [InfractionFile] {
    let book = register.conduct
    return book.accounts[account]?.infractions.compactMap { book.infractions[$0] } ?? []
  }

  /// The sanctions of an account, oldest first.
  public func sanctions(of account: AccountID) -> [Sanction] {
    let book = register.conduct
    return book.accounts[account]?.sanctions.compactMap { book.sanctions[$0] } ?? []
  }

  /// The appeals of an account, oldest first.
  public func appeals(of account: AccountID) -> [Appeal] {
    let book = register.conduct
    let sanctions = book.accounts[account]?.sanctions.compactMap { book.sanctions[$0] } ?? []
    return sanctions.flatMap(\.appeals).sorted().compactMap { book.appeals[$0] }
  }

  /// The leads in which an account stands, oldest first.
  public func leads(of account: AccountID) throws(StoreError) -> [Lead] {
    let counts = try numbers(
      """
      SELECT id FROM view_lead WHERE account = ?1
      UNION SELECT id FROM view_lead WHERE earlier = ?1 ORDER BY id
      """, [account.count])
    let book = register.conduct
    return counts.compactMap { book.leads[LeadID(count: $0)] }
  }

  /// The events of an account with the numbers of their entries, oldest first.
  ///
  /// - Parameters:
  ///   - account: the account.
  ///   - last: the number of the last entry that is known; nil for the first.
  ///   - limit: the most events to answer.
  /// - Returns: the events.
  /// - Throws: ``StoreError``.
  public func history(
    of account: AccountID, after last: UInt64? = nil, limit: Int = 1_000
  ) throws(StoreError) -> [RecordedEvent] {
    try read { db in
      try Int64.fetchAll(
        db,
        sql: """
          SELECT entry FROM view_account_history WHERE account = ? AND entry > ?
          ORDER BY entry LIMIT ?
          """,
        arguments: [account.count, last.map { Int64(clamping: $0) } ?? -1, limit]
      ).map { try Self.event(at: $0, in: db) }
    }
  }

  private func numbers(
    _ sql: String, _ arguments: StatementArguments
  ) throws(StoreError) -> [Int] {
    try read { db in try Int.fetchAll(db, sql: sql, arguments: arguments) }
  }
}

// MARK: - Infractions, sanctions and appeals

extension Journal {
  /// An infraction with its evidence and its entry; nil where there is none.
  public func infraction(_ id: InfractionID) throws(StoreError) -> RecordedInfraction? {
    guard let file = register.conduct.infractions[id] else { return nil }
    return try read { db in
      let entry = try Int64.fetchOne(
        db, sql: "SELECT entry FROM view_infraction WHERE id = ?", arguments: [id.count])
      guard let entry else { return nil }
      let recorded = try Self.event(at: entry, in: db)
      guard case .conduct(.infractionFound(id, _, let infraction, _)) = recorded.event.change
      else { throw StoreError.corrupt("view_infraction names an entry of another kind") }
      return RecordedInfraction(index: recorded.index, file: file, infraction: infraction)
    }
  }

  /// The infraction that a post was found to be; nil where it is none, or was erased.
  ///
  /// - Parameter post: SHA-256 of platform and post id, as ``Enforcement/Infraction/post`` has it.
  /// - Returns: the infraction.
  /// - Throws: ``StoreError``.
  public func infraction(ofPost post: ContentDigest) throws(StoreError) -> InfractionFile? {
    let counts = try numbers(
      "SELECT id FROM view_infraction WHERE post = ? ORDER BY id",
      [ConductViews.handle(of: post)])
    let book = register.conduct
    return counts.lazy.compactMap { book.infractions[InfractionID(count: $0)] }
      .first { $0.infraction.post == post }
  }

  /// The events of a sanction and of its appeals, oldest first: what a proof of it rests on.
  public func history(of id: SanctionID) throws(StoreError) -> [RecordedEvent] {
    let book = register.conduct
    guard let account = book.sanctions[id]?.account else { return [] }
    return try events(of: account) { $0.sanction(in: book) == id }
  }

  /// What was said in an appeal, oldest first; erased words read `(erased)`.
  public func words(of id: AppealID) throws(StoreError) -> [AppealWord] {
    let book = register.conduct
    guard let appeal = book.appeals[id], let account = book.sanctions[appeal.sanction]?.account
    else { return [] }
    return try events(of: account) { $0.appeal == id }.compactMap { recorded in
      guard case .conduct(let change) = recorded.event.change, let text = change.words else {
        return nil
      }
      return AppealWord(
        index: recorded.index, time: recorded.event.time, actor: recorded.event.actor, text: text)
    }
  }

  /// The events of an account about sanctions and appeals that fit.
  private func events(
    of account: AccountID, _ isMeant: (ConductChange) -> Bool
  ) throws(StoreError) -> [RecordedEvent] {
    try read { db in
      try Int64.fetchAll(
        db,
        sql: """
          SELECT entry FROM view_account_history WHERE account = ?
          AND (kind LIKE 'sanction.%' OR kind LIKE 'appeal.%') ORDER BY entry
          """,
        arguments: [account.count]
      ).compactMap { index in
        let recorded = try Self.event(at: index, in: db)
        guard case .conduct(let change) = recorded.event.change, isMeant(change) else {
          return nil
        }
        return recorded
      }
    }
  }
}
