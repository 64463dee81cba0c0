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
  func preview(_ input: BatchInput) throws -> BatchPreviewReply {
    let action = try action(input)
    let book = conductBook
    let preview = book.preview(action, on: try accounts(input).map(\.id), at: journal.now)
    return BatchPreviewReply(
      action: input.action,
      accounts: preview.lines.map { line in
        let account = book.accounts[line.account]
        return BatchPreviewReply.Line(
          account: line.account.description, platform: account?.platform.text ?? "",
          key: account.flatMap { $0.erased == nil ? $0.entry.identity.key : nil },
          standing: account?.standing(in: book)?.plan.terms.kind.rawValue ?? "clear",
          effect: line.effect.sentence)
      }, affected: preview.effective)
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

extension BatchPreview.Effect {
  /// What would happen, in a few words.
  fileprivate var sentence: String {
    switch self {
    case .imposes(let plan): TermsReply(plan.terms).phrase
    case .lifts(let ended): "lifts \(ended.map(\.description).joined(separator: ", "))"
    case .stands(let standing): "nothing: \(standing) is in force"
    case .nothing: "nothing: there is no ground for it"
    case .unknown: "nothing: there is no such account any more"
    case .lacks(let missing):
      "nothing: the notice would lack \(missing.map { "\($0)" }.joined(separator: ", "))"
    }
  }
}
