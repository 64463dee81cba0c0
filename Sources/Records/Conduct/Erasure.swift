internal import Enforcement
internal import GRDB

/// Deletes the personal data of a party and of its accounts, in the transaction of the event that
/// says so.
///
/// Values go with their salts, so what is left in the leaves cannot be opened and not be guessed;
/// every proof holds, since leaves stay as they were. Kept is who acted for the record, and what
/// tells of several accounts at once: an action on many, and what was reported.
struct Erasure {
  let db: Database

  /// Sealed values that tell of nobody whom an erasure is about.
  static let keptNames = ["actor", "accounts", "infractions", "ground_infractions", "sanctions"]
  /// Kinds of events whose sealed values are about more than one party.
  static let keptKinds = ["batch.proposed", "report.made", "party.erased"]

  func erase(_ party: PartyID, _ accounts: [AccountID]) throws {
    let ofAccount = try db.cachedStatement(
      sql: """
        DELETE FROM sealed_field WHERE name NOT IN (\(Self.list(Self.keptNames))) AND entry IN
          (SELECT entry FROM view_account_history WHERE account = ?
           AND kind NOT IN (\(Self.list(Self.keptKinds))))
        """)
    for account in accounts { try ofAccount.execute(arguments: [account.count]) }
    try db.execute(
      sql: """
        DELETE FROM sealed_field WHERE name NOT IN (\(Self.list(Self.keptNames))) AND entry IN
          (SELECT entry FROM view_party_history WHERE party = ? AND kind = 'party.set')
        """,
      arguments: [party.count])
  }

  /// The entries whose sealed values were erased, as the views tell it.
  static func erasedEntries(_ db: Database) throws -> Set<Int64> {
    let kept = list(keptKinds)
    return Set(
      try Int64.fetchAll(
        db,
        sql: """
          WITH gone AS (SELECT account, max(entry) AS last FROM view_account_history
            WHERE kind = 'party.erased' GROUP BY account),
          forgotten AS (SELECT party, max(entry) AS last FROM view_party_history
            WHERE kind = 'party.erased' GROUP BY party)
          SELECT h.entry FROM gone JOIN view_account_history h ON h.account = gone.account
            WHERE h.entry < gone.last AND h.kind NOT IN (\(kept))
          UNION
          SELECT h.entry FROM forgotten JOIN view_party_history h ON h.party = forgotten.party
            WHERE h.entry < forgotten.last AND h.kind = 'party.set'
          """))
  }

  private static func list(_ texts: [String]) -> String {
    texts.map { "'\($0)'" }.joined(separator: ", ")
  }
}
