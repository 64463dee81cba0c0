/// A site that seems to be another one under a new name: for a person to look at.
///
/// It opens a look and nothing else. What two sites share may have been bought, copied or given
/// away; only what a page itself does can be a finding.
public struct MirrorProposal: Sendable, Hashable, Codable {
  /// The site that might be a mirror.
  public var candidate: String
  /// What it resembles: a watched site, or a known venue's name.
  public var resembles: String
  /// In what, the weightiest first; at most one of each kind.
  public var reasons: [Reason]
  /// How strong the likeness is, 0 to 1.
  ///
  /// Reasons are taken as independent: what all of them together leave open is the product of what
  /// each leaves open. It is a rank among proposals, and no probability.
  public var strength: Double

  /// One way in which two sites are alike.
  public struct Reason: Sendable, Hashable, Codable {
    /// The way.
    public var kind: Kind
    /// What was seen, for a person to check.
    public var evidence: String
    /// How much it says, 0 to 1.
    public var weight: Double

    /// Takes the parts.
    public init(kind: Kind, evidence: String, weight: Double) {
      self.kind = kind
      self.evidence = evidence
      self.weight = weight
    }
  }

  /// A way in which two sites are alike.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// The same icon, octet by octet.
    case icon
    /// Scripts that few other sites have.
    case scripts
    /// Pages made alike.
    case template
    /// A name of one in the certificate of the other.
    case certificate
    /// One leads to the other.
    case redirect
    /// Addresses made as a venue makes its own.
    case path
    /// A name that passes for the other's.
    case name
  }

  /// Takes candidate, what it resembles, and why; the strength follows.
  public init(candidate: String, resembles: String, reasons: [Reason]) {
    self.candidate = candidate
    self.resembles = resembles
    self.reasons = reasons.sorted { ($1.weight, $0.kind.rawValue) < ($0.weight, $1.kind.rawValue) }
    strength = 1 - reasons.reduce(1) { $0 * (1 - $1.weight) }
  }
}
