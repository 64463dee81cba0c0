public import DomainNames
public import Enforcement

/// One name in force, and the order that it rests on: what the writers of this room write.
public struct EnforcedRule: Sendable, Hashable {
  /// The name.
  public var name: DomainName
  /// How far below the name the rule reaches.
  public var scope: Scope
  /// What a query is answered.
  public var answer: BlockedAnswer
  /// Whether the rule blocks, or only counts.
  public var mode: EnforcementMode
  /// The order's public number.
  public var order: OrderID
  /// The authority's reference.
  public var reference: String
  /// Who issued the order.
  public var authority: String
  /// From when the rule no longer holds.
  public var until: Instant

  /// Takes the parts.
  public init(
    name: DomainName,
    scope: Scope,
    answer: BlockedAnswer,
    mode: EnforcementMode,
    order: OrderID,
    reference: String,
    authority: String,
    until: Instant
  ) {
    self.name = name
    self.scope = scope
    self.answer = answer
    self.mode = mode
    self.order = order
    self.reference = reference
    self.authority = authority
    self.until = until
  }
}

/// Where a written form says less than a rule, or something else: nothing is left out in silence.
public struct ZoneDeviation: Sendable, Hashable, CustomStringConvertible {
  /// What became of the rule.
  public enum Kind: Sendable, Hashable {
    /// Left out: the rule only observes, and the form knows only blocking.
    case observed
    /// Left out: the name is protected, or lies below a protected one.
    case protected
    /// Left out: with the zone's own name, the owner has this many octets (RFC 1035: at most 255).
    case tooLong(octets: Int)
    /// Written for the name alone: its wildcard has this many octets.
    case wildcardTooLong(octets: Int)
    /// Left out: the form reads such a name as something else.
    case reservedName
    /// Answered otherwise: the form cannot refuse a query.
    case refusalReplaced
    /// Answered with no data: no address of a block page was given.
    case noAddress
  }

  /// The rule's name.
  public let name: DomainName
  /// The rule's scope.
  public let scope: Scope
  /// What became of it.
  public let kind: Kind

  /// The deviation as a sentence.
  public var description: String {
    switch kind {
    case .observed: "\(name) is left out: its rule only observes"
    case .protected: "\(name) is left out: it is protected"
    case .tooLong(let octets):
      "\(name) is left out: in this zone it has \(octets) octets, and 255 are the most"
    case .wildcardTooLong(let octets):
      """
      \(name) is written without the names below it: the wildcard has \(octets) octets, and 255 \
      are the most
      """
    case .reservedName: "\(name) is left out: in this form the name means something else"
    case .refusalReplaced: "\(name) is not refused but denied: this form cannot refuse"
    case .noAddress: "\(name) is answered with no data: no address of a block page was given"
    }
  }
}
