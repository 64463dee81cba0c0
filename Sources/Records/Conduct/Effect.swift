public import Enforcement

/// Where an effect is told.
public enum EffectChannel: String, Sendable, Hashable, Codable, CaseIterable {
  /// To the platform: a sanction took effect, became milder, or ended.
  case webhook
  /// To an authority: a report.
  case report
}

/// What has become of an effect.
public enum EffectState: String, Sendable, Hashable, Codable, CaseIterable {
  /// It is to be told, or told again.
  case pending
  /// It arrived.
  case sent
  /// It was tried for three days and is not tried again.
  case failed
  /// Its account was erased before it went out.
  case withdrawn
}

/// Something that took effect and is to be told now.
///
/// It may have been told before: whoever receives it knows it again by ``webhookID``.
public struct PendingEffect: Sendable, Hashable {
  /// Its number: that of the entry that brought it about.
  public let id: UInt64
  /// Where it is told.
  public let channel: EffectChannel
  /// The platform; nil for a report.
  public let platform: Slug?
  /// The account; nil for a report.
  public let account: AccountID?
  /// Its place among the effects of the account, or of the chain of reports, from 1.
  public let sequence: Int
  /// The event with all that it says; its body is made from this alone, so it never changes.
  public let event: RecordedEvent
  /// Since when it could be sent.
  public let since: Instant
  /// How often telling was tried.
  public let attempts: Int

  /// The same however often it is sent (Standard Webhooks: the receiver's key against doubles).
  public var webhookID: String { "e-\(id)" }

  /// The type of the webhook; nil for a report.
  ///
  /// A sanction that became milder is announced as imposed, with its number and its new terms: to
  /// whoever carries sanctions out, the newest terms of a number are the ones that hold.
  public var webhookType: String? {
    guard case .conduct(let change) = event.event.change else { return nil }
    switch change {
    case .sanctionImposed, .sanctionReduced: return "sanction.imposed"
    case .sanctionLifted: return "sanction.lifted"
    case .platformSet, .ladderAdopted, .ruleWritten, .ruleStaged, .ruleReverted, .partySet,
      .accountOpened, .accountChanged, .accountReviewed, .infractionFound, .infractionSettled,
      .sanctionProposed,
      .sanctionApproved, .sanctionDeclined, .sanctionConfirmed, .noticeDelivered, .appealFiled,
      .appealMessage, .appealDecided, .leadNoted, .leadSettled, .batchProposed, .batchApproved,
      .batchMoved, .reportMade, .reportReceived, .holdSet, .partyErased:
      return nil
    }
  }
}

/// How an effect fares.
public struct EffectStatus: Sendable, Hashable {
  /// Its number: that of the entry that brought it about.
  public let id: UInt64
  /// Where it is told.
  public let channel: EffectChannel
  /// The account; nil for a report.
  public let account: AccountID?
  /// The sanction that it tells of; nil for a report.
  public let sanction: SanctionID?
  /// The report; nil for a sanction.
  public let report: ReportID?
  /// Its place among the effects of the account, or of the chain of reports.
  public let sequence: Int
  /// What has become of it.
  public let state: EffectState
  /// How often telling was tried.
  public let attempts: Int
  /// When it is tried next; nil where it is not, or waits for the one before it.
  public let nextTry: Instant?
  /// Why the last try failed; nil where it did not.
  public let lastError: String?
}

/// How many effects wait, and how many were given up.
public struct EffectTally: Sendable, Hashable {
  /// Those that are to be told.
  public let pending: Int
  /// Those that were given up: somebody must look.
  public let failed: Int
  /// Since when the one that waits longest could be sent; nil where none waits.
  public let oldest: Instant?
}
