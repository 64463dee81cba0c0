/// What a store keeps of a ``ConductBook``: all it decides on, without the indexes that follow.
public struct KeptConduct: Sendable {
  /// The platforms.
  public var platforms: [Platform] = []
  /// All ladders of each platform, in the order in which they were adopted.
  public var ladders: [Slug: [Ladder]] = [:]
  /// All versions of all rules.
  public var rules: [ConductRule] = []
  /// The parties.
  public var parties: [Party] = []
  /// The accounts.
  public var accounts: [Account] = []
  /// The infractions.
  public var infractions: [InfractionFile] = []
  /// The sanctions.
  public var sanctions: [Sanction] = []
  /// The appeals.
  public var appeals: [Appeal] = []
  /// The leads.
  public var leads: [Lead] = []
  /// The actions on many accounts.
  public var batches: [Batch] = []
  /// The reports.
  public var reports: [Report] = []

  /// Nothing yet.
  public init() {}
}

extension ConductBook {
  /// Takes back what was kept; the order of the lists does not matter, that of the ladders does.
  public init(kept: KeptConduct) {
    for platform in kept.platforms { platforms[platform.id] = platform }
    ladders = kept.ladders
    for rule in kept.rules { rules[rule.reference] = rule }
    for party in kept.parties { parties[party.id] = party }
    for infraction in kept.infractions {
      infractions[infraction.id] = infraction
      if infraction.infraction.post != .erased { posts[infraction.infraction.post] = infraction.id }
    }
    for account in kept.accounts.sorted(by: { $0.id < $1.id }) { enter(account) }
    for appeal in kept.appeals { appeals[appeal.id] = appeal }
    for lead in kept.leads { note(lead) }
    for batch in kept.batches { batches[batch.id] = batch }
    for report in kept.reports {
      reports[report.id] = report
      reportKeys[report.key] = report.id
      if !report.toCorrect.isEmpty { correcting.insert(report.id) }
    }
    for sanction in kept.sanctions.sorted(by: { $0.id < $1.id }) { takeBack(sanction) }
    for account in kept.accounts.sorted(by: { $0.id < $1.id }) { refreshTraits(of: account.id) }
  }

  private mutating func takeBack(_ sanction: Sanction) {
    sanctions[sanction.id] = sanction
    if sanction.state == .imposed { ending.move(sanction.id, from: nil, to: sanction.until) }
    let isReported = sanction.reports.contains { reports[$0]?.kind == .authority }
    if !isReported { expectReport(of: sanction.id, true) }
  }
}
