/// Something that happened to a case.
public enum CaseChange: Sendable, Hashable {
  /// Something was found. The first finding opens the case; `follows` names an earlier case of the
  /// site that has ended.
  case found(Finding, follows: CaseID?)
  /// A person looked at the evidence.
  case reviewed(Review)
  /// A notice was written and goes out.
  case noticePrepared(Notice)
  /// A server took a letter of a notice over.
  case noticeSent(DeliveryPlace, reply: String)
  /// A letter of a notice could not be delivered, and is not tried again.
  case noticeFailed(DeliveryPlace, reason: String)
  /// The time has come to look at the site again.
  case due(at: Instant)
  /// The site was looked at again.
  case rechecked(Recheck)
  /// The case is resolved; by the system where it was gone three times from different days.
  case resolved(reason: String)
  /// An officer is asked to make it an order.
  case referred(evidence: ContentDigest, reason: String)
  /// It was no case.
  case dismissed(evidence: ContentDigest, reason: String)
}

/// That a person looked at the evidence of a case, and what the person says of it.
public struct Review: Sendable, Hashable, Codable {
  /// The digest of the newest finding that the person saw.
  public var evidence: ContentDigest
  /// What the person says; 1 to 2,000 characters.
  public var remark: String

  /// Takes the parts.
  public init(evidence: ContentDigest, remark: String) {
    self.evidence = evidence
    self.remark = remark
  }
}

/// Looking at a site again.
public struct Recheck: Sendable, Hashable, Codable {
  /// What it came to.
  public var outcome: RecheckOutcome
  /// When the site was looked at.
  public var seen: Instant
  /// The page as it was then; nil where nothing came.
  public var capture: CaptureReference?
  /// What a person reads about it, such as `404 Not Found`; at most 400 octets.
  public var detail: String

  /// Takes the parts; a detail too long is cut.
  public init(
    outcome: RecheckOutcome, seen: Instant, capture: CaptureReference? = nil, detail: String = ""
  ) {
    self.outcome = outcome
    self.seen = seen
    self.capture = capture
    self.detail = detail.cut(toOctets: 400)
  }
}
