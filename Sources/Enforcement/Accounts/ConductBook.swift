/// Platforms, rules, accounts and all that was decided about them.
///
/// No question here looks at every account: one is found by its number, by its platform's id, or by
/// the time at which something falls due.
public struct ConductBook: Sendable, Hashable {
  /// The platforms.
  public internal(set) var platforms: [Slug: Platform] = [:]
  /// The ladders that were ever adopted, by platform, in order; the last one holds.
  public internal(set) var ladders: [Slug: [Ladder]] = [:]
  /// All versions of all rules.
  public internal(set) var rules: [RuleReference: ConductRule] = [:]
  /// The parties.
  public internal(set) var parties = ShardedDictionary<PartyID, PartyEntry>()
  /// The accounts.
  public internal(set) var accounts = ShardedDictionary<AccountID, Account>()
  /// The infractions.
  public internal(set) var infractions = ShardedDictionary<InfractionID, InfractionFile>()
  /// The sanctions.
  public internal(set) var sanctions = ShardedDictionary<SanctionID, Sanction>()
  /// The appeals.
  public internal(set) var appeals = ShardedDictionary<AppealID, Appeal>()
  /// The leads.
  public internal(set) var leads = ShardedDictionary<LeadID, Lead>()
  /// The actions on many accounts.
  public internal(set) var batches: [BatchID: Batch] = [:]
  /// The reports.
  public internal(set) var reports = ShardedDictionary<ReportID, Report>()

  init() {}
}
