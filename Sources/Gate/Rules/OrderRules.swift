public import DomainNames
public import Enforcement

/// What the gate must know of one order: whom it names, between which moments, and how to answer.
public struct OrderRules: Sendable {
  /// The order's public number.
  public var order: OrderID
  /// Which wording of it.
  public var version: Int
  /// The authority's reference; it stands in every answer.
  public var reference: String
  /// Who ordered it.
  public var authority: String
  /// From when the targets are blocked.
  public var notBefore: Instant
  /// From when they no longer are.
  public var notAfter: Instant
  /// Whether targets are blocked or only counted.
  public var mode: EnforcementMode
  /// What a blocked name is answered.
  public var answer: BlockedAnswer
  /// Who decided; it chooses the extended error code.
  public var origin: OrderOrigin
  /// Where a person can read about the order and contest it.
  public var contestAddress: String?
  /// Who answers for the block here.
  public var respondent: Respondent
  /// The number of the event that put it in force; the serial of its answers.
  public var serial: UInt32
  /// The names; empty where whoever enforces the rules reads them, see
  /// ``RuleBoard/enforce(_:reading:)``.
  public var targets: [RuleTarget]
  /// How many names there are, about.
  public var nameCount: Int
  /// What tells the names of this wording from all others, such as a digest of them; nil where
  /// nothing does.
  ///
  /// Names that were compiled under an identity are used again without being read.
  public var identity: String?

  /// Takes the parts.
  public init(
    order: OrderID,
    version: Int,
    terms: OrderTerms,
    contestAddress: String?,
    respondent: Respondent = Respondent(),
    serial: UInt32,
    targets: [RuleTarget]
  ) {
    self.order = order
    self.version = version
    self.reference = terms.reference
    self.authority = terms.authority
    self.notBefore = terms.effective
    self.notAfter = terms.expires
    self.mode = terms.mode
    self.answer = terms.answer
    self.origin = terms.origin
    self.contestAddress = contestAddress
    self.respondent = respondent
    self.serial = serial
    self.targets = targets
    self.nameCount = targets.count
  }
}

/// A name and how far below it the rule reaches.
public struct RuleTarget: Sendable, Hashable {
  /// The name.
  public var name: DomainName
  /// How far it reaches.
  public var scope: Scope

  /// Takes the parts.
  public init(name: DomainName, scope: Scope) {
    self.name = name
    self.scope = scope
  }

  var coverage: Coverage {
    switch scope {
    case .exact: .exact
    case .subtree: .subtree
    }
  }
}
