/// What a verb asks about platforms, rules and accounts.
public enum ConductTask: Codable, Sendable {
  case platformSet(id: String, PlatformInput, isNew: Bool)
  case platformList
  case platformShow(id: String)
  case platformToken(id: String)
  case platformSecret(id: String)

  case accountList(AccountSelection)
  case accountShow(account: String)
  /// The file holds a JSON object a line.
  case accountRegister(platform: String)
  case accountReview(account: String, ReviewInput)
  case accountSanction(account: String, SanctionInput)
  case accountLift(account: String, reason: String)
  /// No reason: the hold is released.
  case accountHold(account: String, reason: String?)

  case sanctionList(state: String?, ListSelection)
  case sanctionShow(id: String)
  case sanctionApprove(id: String, reason: String)
  case sanctionDecline(id: String, reason: String)
  case sanctionLift(id: String, reason: String)

  case infractionList(state: String?, ListSelection)
  case infractionShow(id: String)
  case infractionSettle(id: String, ruling: String, reason: String)

  /// `open`, `overdue` or `all`.
  case appealList(state: String, ListSelection)
  case appealShow(id: String)
  case appealAnswer(id: String, text: String)
  case appealDecide(id: String, AppealDecision)

  /// The file holds posts, a JSON object a line.
  case ingest(platform: String)

  case ruleAdd(fileName: String)
  case ruleList(all: Bool)
  case ruleStage(rule: String, stage: String, share: Int?, reason: String)
  /// The file holds stored posts, a JSON object a line.
  case ruleTrial(rule: String, platform: String, accept: Bool)
  case ruleRevert(rule: String, reason: String)
  case ladderAdopt(platform: String, fileName: String)
  case ladderList(platform: String?)

  /// `open` or `all`.
  case leadList(state: String, ListSelection)
  case leadShow(id: String)
  case leadSettle(id: String, as: String, reason: String)

  case batchList
  case batchPreview(BatchInput)
  case batchPropose(BatchInput)
  case batchMove(id: String, to: String, reason: String)

  case reportList(kind: String?)
  case reportShow(id: String)
  case reportMake(ReportInput)
  case reportReceive(id: String, receipt: String)
  /// The report as it was made: `json` or `csv`.
  case reportContent(id: String, form: String)
  case reportSend(id: String)
  case reportSecret(platform: String)
  /// The accounts of a platform, as they are filed with the authority: `json` or `csv`.
  case reportAccounts(platform: String, group: String?, form: String)
  case reportTransparency(platform: String?, PeriodInput)

  case eraseParty(party: String)
  case partySet(id: String?, PartyInput)
  /// Those of a group alone where it is named.
  case partyList(group: String?)
  case partyShow(id: String)
}

/// Which accounts a list shows.
public struct AccountSelection: Codable, Sendable {
  /// The platform; all where nil.
  public var platform: String?
  /// Only those that stand so: warn, restrict, suspend, close; all where nil.
  public var standing: String?
  /// Only those that nobody has reviewed.
  public var isUnreviewed: Bool
  /// The most to show.
  public var limit: Int

  /// Takes the parts.
  public init(
    platform: String? = nil, standing: String? = nil, isUnreviewed: Bool = false,
    limit: Int = 100
  ) {
    self.platform = platform
    self.standing = standing
    self.isUnreviewed = isUnreviewed
    self.limit = limit
  }
}

/// Whose things a list shows, and how many: sanctions, infractions, appeals or leads.
public struct ListSelection: Codable, Sendable {
  /// Only those of a platform; all where nil.
  public var platform: String?
  /// Only those of an account: its number, or `PLATFORM/ID`; all where nil.
  public var account: String?
  /// The most to show.
  public var limit: Int

  /// Takes the parts.
  public init(platform: String? = nil, account: String? = nil, limit: Int = 100) {
    self.platform = platform
    self.account = account
    self.limit = limit
  }
}

/// A party, as someone enters it.
public struct PartyInput: Codable, Sendable {
  /// The name.
  public var name: String
  /// person or firm.
  public var kind: String
  /// A licence or registration number.
  public var registration: String?
  /// A group of accounts that one operator runs.
  public var group: String?

  /// Takes the parts.
  public init(name: String, kind: String, registration: String? = nil, group: String? = nil) {
    self.name = name
    self.kind = kind
    self.registration = registration
    self.group = group
  }
}
