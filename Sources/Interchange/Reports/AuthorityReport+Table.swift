internal import Enforcement

extension AuthorityReport {
  private static let columns = [
    "report", "platform", "account", "account_id", "handle", "category", "filing_number", "party",
    "party_registration", "sanction", "kind", "state", "imposed", "until", "ended", "clauses",
    "points", "infractions", "first_published", "last_published", "log_entry", "leaf_hash",
  ]

  /// The report as CSV (RFC 4180), a line a sanction, with a header.
  ///
  /// A field that a spreadsheet would take for a formula gets an apostrophe in front.
  public var table: [UInt8] {
    var text = Self.line(Self.columns)
    for dossier in dossiers { text += Self.line(fields(of: dossier)) }
    return Array(text.utf8)
  }

  private func fields(of dossier: SanctionDossier) -> [String] {
    let (account, sanction) = (dossier.account, dossier.sanction)
    let published = dossier.infractions.map(\.file.infraction.published).sorted()
    return [
      id.description, account.platform.text, account.id.description,
      account.entry.identity.key, account.entry.identity.handle ?? "",
      account.entry.category?.text ?? "", account.entry.identity.filing ?? "",
      dossier.party?.name ?? "", dossier.party?.registration ?? "", sanction.id.description,
      sanction.plan.terms.kind.rawValue, sanction.state.rawValue,
      sanction.imposed?.description ?? "", sanction.until?.description ?? "",
      sanction.ended?.description ?? "", dossier.clauses.joined(separator: "; "),
      "\(sanction.plan.ground.points)", "\(dossier.infractions.count)",
      published.first?.description ?? "", published.last?.description ?? "",
      dossier.proof.map { "\($0.entry)" } ?? "", dossier.proof?.leaf ?? "",
    ]
  }

  private static func line(_ fields: [String]) -> String {
    fields.map(quoted).joined(separator: ",") + "\r\n"
  }

  private static func quoted(_ field: String) -> String {
    var field = field
    if let first = field.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) {
      field = "'" + field
    }
    guard field.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else {
      return field
    }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
  }
}
