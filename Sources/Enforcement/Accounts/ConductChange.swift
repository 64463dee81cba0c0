/// What happened to platforms, rules and accounts.
public enum ConductChange: Sendable, Hashable {
  /// A platform came into Cordon's care, or its entry changed.
  case platformSet(Platform)
  /// From now on this ladder holds on a platform.
  case ladderAdopted(platform: Slug, Ladder)
  /// Someone wrote a version of a rule.
  case ruleWritten(ConductRule)
  /// A rule moved to another stage.
  case ruleStaged(RuleReference, RuleStage, reason: String)
  /// Everything that a version of a rule brought about was taken back.
  case ruleReverted(RuleReference, reason: String)
  /// A party was entered, or its entry changed.
  case partySet(PartyID, PartyEntry)
  /// An account became known.
  case accountOpened(AccountID, platform: Slug, AccountEntry)
  /// What is known of an account changed.
  case accountChanged(AccountID, AccountEntry)
  /// Someone reviewed an account before its posts were for the public.
  case accountReviewed(AccountID, AccountReview)
  /// A post broke a rule; there is no strike where it is held.
  case infractionFound(InfractionID, AccountID, Infraction, Strike?)
  /// A person, an appeal or a reverted rule settled an infraction.
  case infractionSettled(InfractionID, InfractionRuling, Strike?, reason: String)
  /// A sanction waits for officers.
  case sanctionProposed(SanctionID, AccountID, SanctionPlan, reason: String)
  /// An officer agreed.
  case sanctionApproved(SanctionID, reason: String)
  /// An officer decided against it.
  case sanctionDeclined(SanctionID, reason: String)
  /// A sanction took effect. One that nobody had to propose brings its account and plan.
  case sanctionImposed(SanctionID, AccountID, SanctionPlan, SanctionNotice)
  /// The platform has done it, or undone it.
  case sanctionConfirmed(SanctionID)
  /// The notice reached the account holder; the time for an appeal begins.
  case noticeDelivered(SanctionID)
  /// A sanction ends sooner, or became milder.
  case sanctionReduced(SanctionID, SanctionTerms, until: Instant?, LiftingCause)
  /// A sanction ended. `due` is when it was to end by itself.
  case sanctionLifted(SanctionID, LiftingCause, due: Instant?, reason: String)
  /// Someone appealed, in these words.
  case appealFiled(AppealID, SanctionID, text: String)
  /// Something was said in an appeal.
  case appealMessage(AppealID, text: String)
  /// An appeal was decided.
  case appealDecided(AppealID, AppealOutcome, reason: String)
  /// Two accounts share something.
  case leadNoted(Lead)
  /// A person looked at a lead.
  case leadSettled(LeadID, Lead.Settled, reason: String)
  /// Someone prepared an action on many accounts.
  case batchProposed(Batch, reason: String)
  /// An officer agreed to it.
  case batchApproved(BatchID, reason: String)
  /// It was done, declined or undone.
  case batchMoved(BatchID, Batch.State, reason: String)
  /// A report was made, and is to be sent.
  case reportMade(Report)
  /// A report arrived.
  case reportReceived(ReportID, receipt: String)
  /// Nothing about an account may be erased; nil releases it.
  case holdSet(AccountID, reason: String?)
  /// Personal data of a party and of its accounts was erased.
  case partyErased(PartyID, accounts: [AccountID])
}
