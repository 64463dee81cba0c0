internal import Enforcement
internal import Records

/// All about a lead, for the person who looks at it: both accounts, and what they share.
struct LeadDetail: Tellable {
  let lead: AccountLeadLine
  /// What they share; empty once one of them was erased.
  let values: [String]
  /// The account that was seen now, and the one that was sanctioned before.
  let accounts: [AccountLine]

  func text(_ style: TextStyle) -> String {
    let gone = style.paint("not known any more: an account was erased", .faint)
    return style.fields([
      ("lead", style.paint(lead.id, .strong)),
      (lead.kind, values.isEmpty ? gone : style.safe(values.joined(separator: ", "))),
      ("settled", lead.settled ?? style.paint("no: a person is to look", .warning)),
    ]) + "\n" + AccountLine.heading(style) + accounts.map { $0.text(style) }.joined()
      + style.paint(
        "\nA lead is no ground: nothing follows from it by itself.\n"
          + "`cordon lead settle \(lead.id) --as same|different --reason TEXT`\n", .faint)
  }
}

extension Desk {
  func leadDetail(_ text: String) throws -> LeadDetail {
    let (book, now) = (conductBook, journal.now)
    let lead = try lead(text)
    return LeadDetail(
      lead: AccountLeadLine(lead), values: book.sharedTraits(of: lead).map(\.value),
      accounts: [lead.account, lead.earlier].compactMap { id in
        book.accounts[id].map { AccountLine($0, book, at: now) }
      })
  }
}
