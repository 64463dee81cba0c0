public import Enforcement

/// A line of the list of accounts that an operator files with the authority.
///
/// No form of it has been published; the members are those that the Provisions on Public Accounts of
/// 2017 (Cyberspace Administration of China, Article 7) and the Interim Provisions of 7 August 2014
/// (Article 7) ask for: who stands behind an account, as what it is filed, and whether it may post
/// political news.
public struct AccountSheetLine: Sendable {
  private let fields: [(name: String, value: String?)]

  /// Takes an account, and who stands behind it.
  public init(_ account: Account, party: PartyEntry?, standing: String) {
    let (entry, review) = (account.entry, account.review)
    let isErased = account.erased != nil
    fields = [
      ("platform", account.platform.text), ("account", account.id.description),
      ("account_id", isErased ? nil : entry.identity.key), ("handle", entry.identity.handle),
      ("category", entry.category?.text), ("filing_number", entry.identity.filing),
      ("party", party?.name), ("party_kind", party?.kind.rawValue),
      ("party_registration", party?.registration), ("group", party?.group),
      ("agreement_version", entry.agreement), ("opened", entry.opened?.description),
      ("reviewed", review?.at.description), ("reviewed_by", review?.reviewer),
      ("marked", review.map { "\($0.isMarked)" }), ("news_permit", review?.newsPermit),
      ("standing", standing),
    ]
  }

  /// As a line of CSV (RFC 4180), after ``heading``.
  public var csv: [UInt8] { Array(SheetText.line(fields.map { $0.value ?? "" }).utf8) }

  /// The names of the columns, as a line of CSV.
  public var heading: [UInt8] { Array(SheetText.line(fields.map(\.name)).utf8) }

  /// As a JSON object, ended by LF; what is not known is left out.
  public var json: [UInt8] { Array((JSONValue.present(fields).text + "\n").utf8) }
}
