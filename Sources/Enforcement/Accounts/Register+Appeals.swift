/// Appeals: filed by the account holder, decided by one who took no part.
extension Register {
  /// A sanction is appealed against once; what is left to say is said in that appeal.
  func appeal(
    against id: SanctionID, _ text: String, by actor: Actor, in docket: inout Docket
  ) throws(Refusal) {
    let sanction = try known(id)
    let text = try bounded(text, "the appeal", octets: Appeal.textLimit)
    guard sanction.state == .imposed || sanction.state == .lifted else {
      throw Refusal(
        .wrongState, "\(id) is \(sanction.state.rawValue): there is nothing to appeal against")
    }
    if let filed = sanction.appeals.first {
      throw Refusal(
        .wrongState, "\(filed) is the appeal against \(id): write there, as long as it is open")
    }
    if let end = sanction.appealEnd, end <= docket.now {
      throw Refusal(.tooLate, "the time for an appeal against \(id) ended on \(end)")
    }
    let number = AppealID(count: conduct.appeals.count + 1)
    docket.record(.appealFiled(number, id, text: text), by: actor)
  }

  func answer(
    _ id: AppealID, _ text: String, by actor: Actor, in docket: inout Docket
  ) throws(Refusal) {
    let appeal = try open(id)
    let text = try bounded(text, "the message", octets: Appeal.textLimit)
    guard appeal.messages < Appeal.messageLimit else {
      throw Refusal(
        .badField,
        "\(id) has \(appeal.messages) messages, and no more are allowed: `cordon appeal decide \(id)`"
      )
    }
    docket.record(.appealMessage(id, text: text), by: actor)
  }

  func decideAppeal(
    _ id: AppealID, _ outcome: AppealOutcome, _ reason: String, by actor: Actor,
    in docket: inout Docket
  ) throws(Refusal) {
    let sanction = try known(try open(id).sanction)
    let reason = try written(reason)
    guard !conduct.tookPart(in: sanction).contains(actor) else {
      throw Refusal(
        .tookPart,
        "\(actor) took part in \(sanction.id), so somebody else must decide on \(id)")
    }
    switch outcome {
    case .upheld: docket.record(.appealDecided(id, .upheld, reason: reason), by: actor)
    case .reduced(let terms):
      try demandMilder(terms, than: sanction)
      docket.record(.appealDecided(id, outcome, reason: reason), by: actor)
      let end = sanction.imposed.flatMap { terms.end(from: $0) }.map { max($0, docket.now) }
      docket.record(.sanctionReduced(sanction.id, terms, until: end, .appeal), by: actor)
    case .overturned(let named):
      let wrong = try overturnable(named, of: sanction)
      docket.record(.appealDecided(id, .overturned(wrong), reason: reason), by: actor)
      docket.takeBack(wrong, .relief, reason: reason, by: actor, appealed: sanction.id)
    }
  }

  private func open(_ id: AppealID) throws(Refusal) -> Appeal {
    let appeal = try known(id)
    guard appeal.outcome == nil else {
      throw Refusal(.wrongState, "\(id) was decided: nothing can be added to it")
    }
    return appeal
  }

  private func demandMilder(
    _ terms: SanctionTerms, than sanction: Sanction
  ) throws(Refusal) {
    guard sanction.state == .imposed else {
      throw Refusal(
        .wrongState,
        "\(sanction.id) is \(sanction.state.rawValue): there is nothing to reduce; uphold it, or"
          + " overturn it")
    }
    if let fault = terms.fault { throw Refusal(.badField, fault) }
    guard terms.isMilder(than: sanction.plan.terms) else {
      throw Refusal(
        .badField, "an appeal makes \(sanction.id) milder in every respect, or not at all")
    }
  }

  /// The infractions named, or all that the sanction leaned on.
  private func overturnable(
    _ named: [InfractionID], of sanction: Sanction
  ) throws(Refusal) -> [InfractionID] {
    let leaned = sanction.plan.ground.infractions
    if let foreign = named.first(where: { !leaned.contains($0) }) {
      throw Refusal(.badField, "\(sanction.id) does not rest on \(foreign)")
    }
    return named.isEmpty ? leaned : Array(Set(named)).sorted()
  }
}

extension Sanction {
  /// When the time for an appeal ends; nil while the notice has not reached the account holder.
  public var appealEnd: Instant? {
    guard let delivered, let notice else { return nil }
    return delivered + .days(notice.appealDays)
  }
}

extension ConductBook {
  /// Who took part in a sanction: proposed it, agreed to it, wrote a rule behind it, or settled an
  /// infraction that it rests on.
  public func tookPart(in sanction: Sanction) -> Set<Actor> {
    var part = Set([sanction.proposedBy] + sanction.approvedBy)
    if let batch = sanction.plan.batch.flatMap({ batches[$0] }) {
      part.formUnion([batch.by] + batch.approvedBy)
    }
    for id in sanction.plan.ground.infractions {
      guard let file = infractions[id] else { continue }
      for rule in [file.infraction.rule] + file.infraction.also {
        if let author = rules[rule]?.author { part.insert(author) }
      }
      if let settler = file.settledBy { part.insert(settler) }
    }
    return part
  }
}
