/// Something that was decided, or that time brought about.
public struct Event: Sendable, Hashable {
  /// When it was recorded.
  public var time: Instant
  /// Who decided.
  public var actor: Actor
  /// What happened.
  public var change: Change

  /// Takes the parts.
  public init(time: Instant, actor: Actor, change: Change) {
    self.time = time
    self.actor = actor
    self.change = change
  }
}

/// What an event says.
public enum Change: Sendable, Hashable {
  case recordOpened(origin: String)
  case personAdded(PersonName, Role, tokenDigest: [UInt8])
  case tokenReplaced(PersonName, tokenDigest: [UInt8])
  case orderReceived(OrderID, OrderReceipt)
  case orderAmended(OrderID, version: Int, OrderReceipt, TargetDifference)
  case orderAssessed(OrderID, version: Int, AssessmentSummary)
  case lineSettled(OrderID, version: Int, LineID, Settlement)
  case orderConfirmed(OrderID, version: Int)
  case orderInForce(OrderID, version: Int, due: Instant)
  case orderSuspended(OrderID, reason: String)
  case orderResumed(OrderID, reason: String)
  case orderRevoked(OrderID, reason: String)
  case orderExpired(OrderID, due: Instant)
  /// A line of an order in force was paused by the brake, or put back.
  case lineChanged(OrderID, version: Int, LineID, LineChange)
  /// Someone asked for what the law of the house forbids.
  case actionRefused(action: String, OrderID?, Refusal)
  /// An administrator accepted that the clock had been ahead.
  case clockCorrected(from: Instant, reason: String)
  /// Someone affected contests a block; the entry's number is their reference.
  case contestReceived(Contest)
  /// Someone asked for a site to be watched.
  case siteWatched(Site, reason: String)
  /// Someone asked for a site to be watched no more.
  case siteDropped(Site, reason: String)
  /// Something happened to a case, or opened it.
  case caseChanged(CaseID, CaseChange)
  /// Something happened to platforms, rules or accounts.
  case conduct(ConductChange)
}

/// What comes in with an order or an amendment.
public struct OrderReceipt: Sendable, Hashable {
  /// What it says.
  public var terms: OrderTerms
  /// Where it was read from.
  public var source: SourceFile

  /// Takes the parts.
  public init(terms: OrderTerms, source: SourceFile) {
    self.terms = terms
    self.source = source
  }
}

/// What an assessment came to.
///
/// The assessed targets themselves stand beside the event; the root
/// binds them.
public struct AssessmentSummary: Sendable, Hashable {
  /// How many targets got which decision.
  public var tally: Tally
  /// Root of the Merkle tree over all assessed targets, in hexadecimal.
  public var targetsRoot: String
  /// Targets that wait for a person.
  public var openLines: [LineID: Decision]

  /// Takes the parts.
  public init(tally: Tally, targetsRoot: String, openLines: [LineID: Decision]) {
    self.tally = tally
    self.targetsRoot = targetsRoot
    self.openLines = openLines
  }
}
