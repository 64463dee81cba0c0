/// Infractions come in from intake, and people settle those that wait.
extension Register {
  /// The most reports of one command.
  static let reportLimit = 1_000

  /// A post that is known, or that no rule makes an infraction, brings nothing.
  func report(
    _ reports: [InfractionReport], on id: Slug, by actor: Actor, in docket: inout Docket
  ) throws(Refusal) {
    try demandOwn(id, of: actor, "conduct.ingest")
    let platform = try known(id)
    guard reports.count <= Self.reportLimit else {
      throw Refusal(
        .badField,
        "\(reports.count) posts are too many for one command: at most"
          + " \(Self.reportLimit) are allowed")
    }
    for (place, report) in reports.enumerated() {
      guard platform.postsArePublic || report.saidPublic else {
        throw Refusal(
          .notPublic,
          "post \(place + 1): \(id) did not say that it is public; only public posts are handed in")
      }
      guard report.account.isWithinBounds else {
        throw Refusal(
          .badField,
          "post \(place + 1): an account's id has 1 to 200 octets, its handle at most 200")
      }
      docket.enter(report, on: id, by: actor)
    }
  }

  /// To overturn takes back what followed; to count makes follow what the ladder asks for.
  func settle(
    _ id: InfractionID, _ ruling: InfractionRuling, _ reason: String, by actor: Actor,
    in docket: inout Docket
  ) throws(Refusal) {
    let file = try known(id)
    let reason = try written(reason)
    switch (ruling, file.state) {
    case (.dismiss, .held):
      docket.record(.infractionSettled(id, .dismiss, nil, reason: reason), by: actor)
    case (.count, .held): try count(file, reason, by: actor, in: &docket)
    case (.overturn, .counted): docket.takeBack([id], .relief, reason: reason, by: actor)
    case (.count, .counted), (.dismiss, .dismissed), (.overturn, .overturned): return
    case (.count, .dismissed), (.count, .overturned), (.dismiss, .counted),
      (.dismiss, .overturned), (.overturn, .held), (.overturn, .dismissed):
      throw Refusal(
        .wrongState,
        "\(id) is \(file.state.rawValue): one that is held counts or is dismissed, one that is"
          + " counted is overturned")
    }
  }

  private func count(
    _ file: InfractionFile, _ reason: String, by actor: Actor, in docket: inout Docket
  ) throws(Refusal) {
    let platform = conduct.accounts[file.account]?.platform
    let ladder = platform.flatMap { conduct.ladder(of: $0) }
    guard let weight = ladder?.weight(of: file.infraction.kind) else {
      throw Refusal(
        .wrongState,
        "no ladder gives points to \(file.infraction.kind): adopt one that does with `cordon conduct"
          + " ladder adopt`, or dismiss \(file.id)")
    }
    let strike = Strike(weight, for: file.id, found: file.found, at: docket.now)
    docket.record(.infractionSettled(file.id, .count, strike, reason: reason), by: actor)
    guard strike.points(at: docket.now) > 0 else { return }
    docket.climb(file.account, after: file.id)
  }
}

extension Docket {
  /// Enters one report: account, infraction, leads, and what the ladder asks for.
  fileprivate mutating func enter(_ report: InfractionReport, on platform: Slug, by actor: Actor) {
    var infraction = report.infraction
    guard infraction.post != .erased, book.posts[infraction.post] == nil else { return }
    let known = book.account(on: platform, key: report.account.key)
    let sighting = Sighting(
      platform: platform, account: known?.entry.category, category: infraction.category,
      score: infraction.score, post: infraction.post)
    guard let match = book.match(sighting) ?? book.lateMatch(infraction.rule, sighting) else {
      return
    }
    infraction.rule = match.rule
    infraction.kind = match.kind
    infraction.also = Array(match.also.prefix(8))
    infraction.held = match.held
    infraction.published = min(infraction.published, now)
    let account = enter(AccountEntry(identity: report.account), on: platform, by: actor)
    let id = InfractionID(count: book.infractions.count + 1)
    let weight = book.ladder(of: platform)?.weight(of: match.kind)
    let strike =
      match.held == nil ? weight.map { Strike($0, for: id, found: now, at: now) } : nil
    record(.infractionFound(id, account, infraction, strike), by: actor)
    noteLeads(of: account, infraction.evidence.traits)
    if strike != nil { climb(account, after: id) }
  }
}

extension Strike {
  /// What an infraction counts by a ladder; it decays from the day on which it was found.
  fileprivate init(
    _ weight: Ladder.Weight, for id: InfractionID, found: Instant, at moment: Instant
  ) {
    self.init(
      infraction: id, at: moment, points: weight.points, gravity: weight.gravity,
      expires: weight.decayDays.map { found + .days($0) })
  }
}
