internal import Enforcement
internal import Records

// MARK: - Sanctions

extension Desk {
  func sanctionLine(_ id: SanctionID) throws -> SanctionLine {
    SanctionLine(try sanction(id.description), conductBook, at: journal.now)
  }

  func sanctionDetail(_ sanction: Sanction) throws -> SanctionDetail {
    let book = conductBook
    guard let account = book.accounts[sanction.account] else {
      throw Refusal(.unknownNumber, "there is no account \(sanction.account)")
    }
    return SanctionDetail(
      sanction, account, book, evidence: try evidence(of: sanction.plan.ground.infractions),
      history: try history(of: sanction.id), at: journal.now)
  }

  func sanctions(
    state: String?, of scope: ListScope, after: SanctionID?, limit: Int
  ) throws -> RecordPage<SanctionLine> {
    let book = conductBook
    let wantedState = try state.map { word in
      guard let state = SanctionState(rawValue: word) else {
        throw DeskFault.word(word, "state", SanctionState.allCases)
      }
      return state
    }
    let now = journal.now
    return RecordPage(
      try journal.sanctions(in: wantedState, of: scope, after: after, limit: limit)
    ) { SanctionLine($0, book, at: now) }
  }

  func propose(
    _ input: SanctionInput, on account: Account, by actor: Actor
  ) async throws -> SanctionLine {
    let terms = try input.terms.terms()
    let named = try (input.infractions ?? []).map { try InfractionID.read($0) }
    // Where none is named, it rests on all that counts now.
    let counting = account.strikes.filter { $0.points(at: journal.now) > 0 }.map(\.infraction)
    let infractions =
      named.isEmpty ? Array(counting.suffix(SanctionGround.infractionLimit)) : named
    let changes = try await act(
      .proposeSanction(
        account.id, terms, infractions: infractions, clause: input.clause, reason: input.reason),
      by: actor)
    for change in changes {
      switch change {
      case .sanctionProposed(let id, _, _, _), .sanctionImposed(let id, _, _, _):
        return try sanctionLine(id)
      default: continue
      }
    }
    throw DeskFault("no sanction was proposed")
  }

  /// Agrees to a sanction, declines it, lifts it, or says what the platform did.
  func move(
    _ text: String, by actor: Actor, _ command: (SanctionID) -> ConductCommand
  ) async throws -> SanctionLine {
    let id = try sanction(text).id
    try await act(command(id), by: actor)
    return try sanctionLine(id)
  }

  /// Lifts the gravest sanction of an account.
  func lift(_ account: Account, reason: String, by actor: Actor) async throws -> SanctionLine {
    guard let standing = account.standing(in: conductBook) else {
      throw DeskFault("nothing is in effect on \(account.id): there is nothing to lift")
    }
    return try await move(standing.id.description, by: actor) {
      .liftSanction($0, reason: reason)
    }
  }
}

// MARK: - Infractions and leads

extension Desk {
  func infractions(
    state: String?, of scope: ListScope, after: InfractionID?, limit: Int
  ) throws -> RecordPage<InfractionLine> {
    let book = conductBook
    let wanted = try state.map { word in
      guard let state = InfractionState(rawValue: word) else {
        throw DeskFault.word(word, "state", InfractionState.allCases)
      }
      return state
    }
    return RecordPage(
      try journal.infractions(in: wanted, of: scope, after: after, limit: limit)
    ) { InfractionLine($0, book) }
  }

  func infractionDetail(_ file: InfractionFile) throws -> InfractionDetail {
    InfractionDetail(file, conductBook, evidence: try evidence(of: [file.id])[file.id])
  }

  func settle(
    _ text: String, _ ruling: String, reason: String, by actor: Actor
  ) async throws -> InfractionLine {
    guard let ruling = InfractionRuling(rawValue: ruling) else {
      throw DeskFault.word(ruling, "ruling", InfractionRuling.allCases)
    }
    let id = try infraction(text).id
    try await act(.settleInfraction(id, ruling, reason: reason), by: actor)
    return InfractionLine(try infraction(text), conductBook)
  }

  func leads(
    state: LeadListState, of scope: ListScope, after: LeadID?, limit: Int
  ) throws -> RecordPage<AccountLeadLine> {
    RecordPage(
      try journal.leads(onlyOpen: state == .open, of: scope, after: after, limit: limit)
    ) { AccountLeadLine($0) }
  }

  func settleLead(
    _ text: String, as word: String, reason: String, by actor: Actor
  ) async throws -> AccountLeadLine {
    guard let settled = Lead.Settled(rawValue: word) else {
      throw DeskFault.word(word, "answer to a lead", Lead.Settled.allCases)
    }
    try await act(.settleLead(try lead(text).id, settled, reason: reason), by: actor)
    return AccountLeadLine(try lead(text))
  }
}
