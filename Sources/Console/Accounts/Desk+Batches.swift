internal import Enforcement
internal import Records

// MARK: - Actions on many accounts

extension Desk {
  func batches() -> [BatchReply] {
    conductBook.batches.values.sorted { $0.id < $1.id }.map(BatchReply.init)
  }

  private func action(_ input: BatchInput) throws -> Batch.Action {
    switch input.action {
    case "lift": return .lift
    case "impose":
      guard let terms = input.terms, let clause = input.clause else {
        throw DeskFault("to impose something, say what, and which clause is broken")
      }
      return .impose(try terms.terms(), clause: clause)
    default:
      throw DeskFault("there is no action \"\(input.action.prefix(40))\"; it may be impose, lift")
    }
  }

  private func accounts(_ input: BatchInput) throws -> [Account] {
    guard (1...Batch.limit).contains(input.accounts.count) else {
      throw DeskFault("a batch is of 1 to \(Batch.limit) accounts")
    }
    return try input.accounts.map { try account($0) }
  }

  /// What a batch would do, account by account; nothing is recorded.
  func preview(_ input: BatchInput) throws -> BatchPreview {
    let action = try action(input)
    let book = conductBook
    let lines = try accounts(input).map { account in
      let standing = account.standing(in: book)
      let (effect, changes) = Self.effect(of: action, standing)
      return (
        BatchPreview.Line(
          account: account.id.description, platform: account.platform.text,
          key: account.erased == nil ? account.entry.identity.key : nil,
          standing: standing?.plan.terms.kind.rawValue ?? "clear", effect: effect), changes
      )
    }
    return BatchPreview(
      action: input.action, accounts: lines.map(\.0), affected: lines.count { $0.1 })
  }

  private static func effect(
    of action: Batch.Action, _ standing: Sanction?
  ) -> (String, Bool) {
    switch action {
    case .impose(let terms, _):
      guard let standing, standing.plan.terms.kind >= terms.kind else {
        return (TermsReply(terms).phrase, true)
      }
      return ("stands at \(standing.plan.terms.kind.rawValue) already", false)
    case .lift:
      guard let standing else { return ("nothing is in effect", false) }
      return ("\(standing.plan.terms.kind.rawValue) (\(standing.id)) ends", true)
    }
  }

  func propose(_ input: BatchInput, by actor: Actor) async throws -> BatchReply {
    let action = try action(input)
    let accounts = try accounts(input).map(\.id)
    let changes = try await act(
      .proposeBatch(action, accounts, reason: input.reason ?? ""), by: actor)
    for case .batchProposed(let batch, _) in changes { return BatchReply(batch) }
    throw DeskFault("no batch was proposed")
  }

  func moveBatch(
    _ text: String, to word: String, reason: String, by actor: Actor
  ) async throws -> BatchReply {
    let state: Batch.State
    switch word {
    case "approve": state = .done
    case "decline": state = .declined
    case "undo": state = .undone
    default: throw DeskFault("a batch can be approved, declined or undone, not \(word)")
    }
    try await act(.moveBatch(try batch(text).id, state, reason: reason), by: actor)
    return BatchReply(try batch(text))
  }
}
