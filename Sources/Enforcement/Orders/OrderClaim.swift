/// The terms of an order as a file or flags give them, before they are checked.
public struct OrderClaim: Sendable, Hashable {
  /// The authority's reference.
  public var reference: String?
  /// Who issued the order.
  public var authority: String?
  /// Where it binds.
  public var jurisdiction: String?
  /// The law it rests on.
  public var basis: String?
  /// Date or moment of issue, as text.
  public var issued: String?
  /// Date or moment of effect, as text.
  public var effective: String?
  /// Date or moment of expiry, as text.
  public var expires: String?
  /// Where the authority answers questions.
  public var contact: String?
  /// By when it must be in effect, as text.
  public var deadline: String?
  /// `block` or `observe`.
  public var mode: String?
  /// `nxdomain`, `nodata`, `refused` or `address`.
  public var answer: String?
  /// `authority` or `operator`.
  public var origin: String?
  /// A remark.
  public var note: String?

  /// An empty claim.
  public init() {}

  /// This claim, with what it lacks taken from `other`.
  public func completed(from other: OrderClaim) -> OrderClaim {
    var claim = self
    claim.reference = reference ?? other.reference
    claim.authority = authority ?? other.authority
    claim.jurisdiction = jurisdiction ?? other.jurisdiction
    claim.basis = basis ?? other.basis
    claim.issued = issued ?? other.issued
    claim.effective = effective ?? other.effective
    claim.expires = expires ?? other.expires
    claim.contact = contact ?? other.contact
    claim.deadline = deadline ?? other.deadline
    claim.mode = mode ?? other.mode
    claim.answer = answer ?? other.answer
    claim.origin = origin ?? other.origin
    claim.note = note ?? other.note
    return claim
  }
}
