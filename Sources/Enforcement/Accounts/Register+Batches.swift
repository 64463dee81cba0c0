/// Actions on many accounts: prepared by one person, let through by others, undone as a whole.
extension Register {
  func propose(
    _ action: Batch.Action, on accounts: [AccountID], _ reason: String, by actor: Actor,
    in docket: inout Docket
  ) throws(Refusal) {
    let reason = try written(reason)
    guard (1...Batch.limit).contains(accounts.count), Set(accounts).count == accounts.count else {
      throw Refusal(
        .badField, "an action is on 1 to \(Batch.limit) accounts, each named once")
    }
    var action = action
    if case .impose(let terms, let clause) = action {
      if let fault = terms.fault { throw Refusal(.badField, fault) }
      action = .impose(terms, clause: try bounded(clause, "the clause", octets: 500))
    }
    for id in accounts { _ = try known(id) }
    guard conduct.preview(action, on: accounts, at: docket.now).effective > 0 else {
      throw Refusal(
        .nothingToEnforce,
        "nothing would happen to any of the \(accounts.count) accounts: look at the preview")
    }
    let id = BatchID(count: conduct.batches.count + 1)
    let batch = Batch(id: id, action: action, accounts: accounts, by: actor)
    docket.record(.batchProposed(batch, reason: reason), by: actor)
  }

  func move(
    _ id: BatchID, to state: Batch.State, _ reason: String, by actor: Actor,
    in docket: inout Docket
  ) throws(Refusal) {
    let batch = try known(id)
    let reason = try written(reason)
    switch state {
    case .proposed: throw Refusal(.badField, "\(id) was proposed: it is done, declined or undone")
    case .done: try letThrough(batch, reason, by: actor, in: &docket)
    case .declined:
      try demand(.proposed, of: batch)
      docket.record(.batchMoved(id, .declined, reason: reason), by: actor)
    case .undone: try undo(batch, reason, by: actor, in: &docket)
    }
  }

  /// Once enough have agreed, it is done to all accounts at once, as things stand then.
  private func letThrough(
    _ batch: Batch, _ reason: String, by actor: Actor, in docket: inout Docket
  ) throws(Refusal) {
    try demand(.proposed, of: batch)
    guard batch.by != actor else {
      throw Refusal(.sameOfficer, "\(actor) prepared \(batch.id), so another officer must agree")
    }
    guard !batch.approvedBy.contains(actor) else {
      throw Refusal(
        .sameOfficer, "\(actor) agreed to \(batch.id) already, so another officer must agree too")
    }
    docket.record(.batchApproved(batch.id, reason: reason), by: actor)
    let needed = conduct.approvals(for: batch.action, on: batch.accounts)
    guard batch.approvedBy.count + 1 >= needed else { return }
    docket.record(.batchMoved(batch.id, .done, reason: reason), by: actor)
    let preview = docket.book.preview(
      batch.action, on: batch.accounts, at: docket.now, as: batch.id)
    for line in preview.lines {
      switch line.effect {
      case .imposes(let plan):
        let number = SanctionID(count: docket.book.sanctions.count + 1)
        docket.impose(number, plan, on: line.account, by: .system)
      case .lifts(let sanctions):
        for sanction in sanctions {
          docket.record(
            .sanctionLifted(sanction, .officer, due: nil, reason: reason), by: actor)
        }
      case .stands, .nothing, .unknown, .lacks: continue
      }
    }
  }

  /// What was lifted does not come back by undoing: it is imposed anew, as a sanction is.
  private func undo(
    _ batch: Batch, _ reason: String, by actor: Actor, in docket: inout Docket
  ) throws(Refusal) {
    try demand(.done, of: batch)
    guard case .impose = batch.action else {
      throw Refusal(
        .wrongState,
        "\(batch.id) lifted sanctions: nothing is imposed again by undoing; prepare an action that"
          + " imposes")
    }
    docket.record(.batchMoved(batch.id, .undone, reason: reason), by: actor)
    let relief = Docket.Relief(cause: .undone, reason: reason, actor: actor)
    for account in batch.accounts {
      let own = (docket.book.accounts[account]?.sanctions ?? [])
        .compactMap { docket.book.sanctions[$0] }.filter { $0.plan.batch == batch.id }
      for sanction in own { docket.end(sanction, relief) }
    }
  }

  private func demand(_ state: Batch.State, of batch: Batch) throws(Refusal) {
    guard batch.state == state else {
      throw Refusal(
        .wrongState, "\(batch.id) is \(batch.state.rawValue), not \(state.rawValue)")
    }
  }
}
