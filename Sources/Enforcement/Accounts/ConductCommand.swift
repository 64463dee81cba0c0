/// What is asked for about platforms, rules and accounts.
public enum ConductCommand: Sendable, Hashable {
  /// An administrator's.
  case setPlatform(Platform)
  /// An administrator's.
  case adoptLadder(platform: Slug, Ladder)
  /// An officer's; the version is the next one, the stage `draft`.
  case writeRule(ConductRule)
  /// An officer's; live and share need another officer than the author.
  case stageRule(RuleReference, RuleStage, reason: String)
  /// The system's: the rule matched more than its bound.
  case breakRule(RuleReference, reason: String)
  /// An officer's: overturns all that a version of a rule brought about.
  case revertRule(RuleReference, reason: String)
  /// An officer's, or the platform's, of one that it entered itself.
  case setParty(PartyID?, PartyEntry)
  /// The platform's own, or an officer's; at most 1,000 at a time.
  case registerAccounts(platform: Slug, [AccountEntry])
  /// An officer's or a reviewer's, or the platform's, of its own: who looked at an account, as what it
  /// is filed, and whether it may post political news.
  case reviewAccount(AccountID, AccountReview)
  /// The system's, from intake: posts of a batch that broke rules; at most 1,000.
  case reportInfractions(platform: Slug, [InfractionReport])
  /// An officer's or a reviewer's: one that is held counts or is dismissed, one that counts is
  /// overturned.
  case settleInfraction(InfractionID, InfractionRuling, reason: String)
  /// An officer's: outside the ladder, with the clause that is broken.
  case proposeSanction(
    AccountID, SanctionTerms, infractions: [InfractionID], clause: String, reason: String)
  /// An officer's who has not agreed yet.
  case approveSanction(SanctionID, reason: String)
  /// An officer's.
  case declineSanction(SanctionID, reason: String)
  /// An officer's.
  case liftSanction(SanctionID, reason: String)
  /// The platform's own, or the system's, from the platform's answer.
  case confirmSanction(SanctionID)
  /// The platform's own, or the system's, from the platform's answer.
  case recordNoticeDelivery(SanctionID)
  /// The system's, for the account holder, whose token it has checked.
  case fileAppeal(SanctionID, text: String)
  /// The system's, for the account holder; or a person's who deals with the appeal.
  case answerAppeal(AppealID, text: String)
  /// A reviewer's or officer's who took no part in the sanction.
  case decideAppeal(AppealID, AppealOutcome, reason: String)
  /// An officer's or a reviewer's.
  case settleLead(LeadID, Lead.Settled, reason: String)
  /// An officer's.
  case proposeBatch(Batch.Action, [AccountID], reason: String)
  /// `done` another officer's, for closings two others' one after the other; `declined` and
  /// `undone` any officer's.
  case moveBatch(BatchID, Batch.State, reason: String)
  /// The system's: made, and queued in the same transaction.
  case makeReport(
    Report.Kind, [SanctionID], corrects: ReportID?, content: ContentDigest, key: String)
  /// The system's.
  case receiveReport(ReportID, receipt: String)
  /// An administrator's or an auditor's order from outside; nil releases.
  case setHold(AccountID, reason: String?)
  /// An administrator's, after retention.
  case eraseParty(PartyID)
}

/// A post that broke a rule, from intake.
public struct InfractionReport: Sendable, Hashable, Codable {
  /// Who posted.
  public var account: AccountIdentity
  /// What was seen.
  ///
  /// The core works out rule, kind and hold itself, from the category and the score.
  public var infraction: Infraction
  /// Whether the platform said of this post that it is public.
  public var saidPublic: Bool

  /// Takes the parts.
  public init(account: AccountIdentity, infraction: Infraction, saidPublic: Bool = false) {
    self.account = account
    self.infraction = infraction
    self.saidPublic = saidPublic
  }
}
