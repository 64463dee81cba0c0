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
  public internal(set) var parties = ShardedDictionary<PartyID, Party>()
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

  // What follows from the above, for questions.

  /// Accounts by what their platforms call them.
  var keys = ShardedDictionary<AccountKey, AccountID>()
  /// Infractions by their posts.
  var posts = ShardedDictionary<ContentDigest, InfractionID>()
  /// The accounts of each party.
  var holdings = ShardedDictionary<PartyID, Set<AccountID>>()
  /// Which accounts that were ever suspended or closed showed a trait; at most ``traitLimit`` each.
  var traits = ShardedDictionary<Trait, [AccountID]>()
  /// Leads by what they say, so that each is noted once.
  var noted = ShardedDictionary<LeadKey, LeadID>()
  /// Reports by the name under which their recipient knows them.
  var reportKeys = ShardedDictionary<String, ReportID>()
  /// Reports that tell of sanctions found wrong since.
  var correcting: Set<ReportID> = []
  /// Sanctions by the time at which they end by themselves.
  var ending = DueQueue<SanctionID>()
  /// Sanctions no report to an authority tells of yet, by platform and the time they took effect.
  var unreported: [Slug: DueQueue<SanctionID>] = [:]

  /// The most accounts that are remembered for one trait.
  static let traitLimit = 64

  /// What a platform calls an account.
  struct AccountKey: Sendable, Hashable {
    let platform: Slug
    let key: String
  }

  /// What a lead says.
  struct LeadKey: Sendable, Hashable {
    let account: AccountID
    let earlier: AccountID
    let kind: Trait.Kind
  }

  /// An empty book.
  public init() {}
}

// MARK: - Questions

extension ConductBook {
  /// The account that a platform calls by a key.
  public func account(on platform: Slug, key: String) -> Account? {
    keys[AccountKey(platform: platform, key: key)].flatMap { accounts[$0] }
  }

  /// The infraction that a post was found to be.
  public func infraction(ofPost post: ContentDigest) -> InfractionFile? {
    posts[post].flatMap { infractions[$0] }
  }

  /// The ladder that holds on a platform now.
  public func ladder(of platform: Slug) -> Ladder? { ladders[platform]?.last }

  /// A ladder as a platform had it; the newest of that version.
  public func ladder(_ reference: LadderReference, of platform: Slug) -> Ladder? {
    ladders[platform]?.last { $0.reference == reference }
  }

  /// The sanctions that restrain an account at a moment, in the order in which they came.
  public func sanctionsInForce(on account: AccountID, at moment: Instant) -> [Sanction] {
    (accounts[account]?.sanctions ?? []).compactMap { sanctions[$0] }
      .filter { $0.isInForce(at: moment) }
  }

  /// The sanctions of an account that wait for officers.
  public func sanctionsWaiting(on account: AccountID) -> [Sanction] {
    (accounts[account]?.sanctions ?? []).compactMap { sanctions[$0] }
      .filter { $0.state == .proposed }
  }

  /// The accounts of a party.
  public func accounts(of party: PartyID) -> [AccountID] { (holdings[party] ?? []).sorted() }

  /// Sanctions whose time is over by a moment and that are not lifted yet, in the order in which
  /// their time ended.
  func due(by moment: Instant) -> [(at: Instant, id: SanctionID)] { ending.due(by: moment) }

  /// When the next sanction ends by itself.
  public var nextDue: Instant? { ending.earliest }
}

extension Account {
  /// What its strikes count at a moment.
  public func points(at moment: Instant) -> Int {
    var sum = 0
    for strike in strikes { sum += strike.points(at: moment) }
    return sum
  }
}
