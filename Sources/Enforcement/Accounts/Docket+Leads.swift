extension Docket {
  /// The most earlier accounts that one trait brings to mind.
  private static let leadLimit = 8

  /// Notes what an account shares with accounts that were suspended or closed: each thing once, for
  /// a person to look at, and nothing follows by itself.
  mutating func noteLeads(of account: AccountID, _ shown: [Trait]) {
    for trait in shown {
      var noted = 0
      for earlier in (book.traits[trait] ?? []).reversed() where earlier != account {
        guard noted < Self.leadLimit else { break }
        let key = ConductBook.LeadKey(account: account, earlier: earlier, kind: trait.kind)
        let reverse = ConductBook.LeadKey(account: earlier, earlier: account, kind: trait.kind)
        guard book.noted[key] == nil, book.noted[reverse] == nil else { continue }
        noted += 1
        let id = LeadID(count: book.leads.count + 1)
        let lead = Lead(id: id, account: account, earlier: earlier, kind: trait.kind)
        record(.leadNoted(lead), by: .system)
      }
    }
  }
}

extension Register {
  func settle(
    _ id: LeadID, _ settled: Lead.Settled, _ reason: String, by actor: Actor,
    in docket: inout Docket
  ) throws(Refusal) {
    let lead = try found(conduct.leads[id], id, "lead", "cordon lead list")
    let reason = try written(reason)
    guard lead.settled != settled else { return }
    docket.record(.leadSettled(id, settled, reason: reason), by: actor)
  }
}
