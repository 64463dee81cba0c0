internal import Enforcement
internal import Interchange
internal import Records

// MARK: - The list of accounts, as it is filed

extension Desk {
  /// Accounts that are read at a time.
  private static let sheetStep = 500

  /// Writes all accounts of a platform, or those of one group's parties, a line each.
  func writeAccounts(
    of platform: Platform, group: String?, _ form: ReportReading, _ teller: inout DeskTeller
  ) async throws {
    var last: AccountID?
    var isFirst = true
    repeat {
      let page = try journal.accounts(on: platform.id, after: last, limit: Self.sheetStep)
      for account in page.things {
        guard let line = sheetLine(account, group: group) else { continue }
        switch form {
        case .json: try await teller.raw(line.json)
        case .csv: try await teller.raw((isFirst ? line.heading : []) + line.csv)
        }
        isFirst = false
      }
      last = page.next
    } while last != nil
    guard !isFirst else {
      throw DeskFault("there is no account to list: `cordon account register` enters them")
    }
    try await teller.flush()
  }

  /// An account as it is listed; nil where it is none of the group's.
  private func sheetLine(_ account: Account, group: String?) -> AccountSheetLine? {
    let book = conductBook
    let party = account.entry.party.flatMap { book.parties[$0]?.entry }
    if let group, party?.group != group { return nil }
    return AccountSheetLine(
      account, party: party,
      standing: account.standing(in: book)?.plan.terms.kind.rawValue ?? "clear")
  }
}
