public import DomainNames

/// What becomes of one target of an order.
public enum Decision: String, Sendable, Hashable, Codable, CaseIterable {
  /// It is enforced once the order is in force.
  case accept
  /// A second person must look at it first, and give a reason in writing.
  case hold
  /// It cannot be read with certainty; a person must say what it means, or drop it.
  case quarantine
  /// It is never enforced.
  case refuse
  /// The same file has it already.
  case duplicate
}

/// One reason for a decision, or a warning beside it.
public struct Reason: Sendable, Hashable, Codable {
  /// A short stable code, such as `public-suffix`.
  public var code: String
  /// A sentence for a person.
  public var text: String

  /// Takes code and sentence.
  public init(code: String, text: String) {
    self.code = code
    self.text = text
  }
}

/// One target of an order, assessed.
public struct AssessedLine: Sendable, Hashable {
  /// The target as the file gives it.
  public var source: SourceLine
  /// What becomes of it.
  public var decision: Decision
  /// Its name, where it could be read.
  public var name: DomainName?
  /// How far it reaches, where it could be read.
  public var scope: Scope?
  /// Why, gravest first; for an accepted target these are warnings.
  public var reasons: [Reason]

  /// Takes an assessed target.
  public init(
    source: SourceLine,
    decision: Decision,
    name: DomainName? = nil,
    scope: Scope? = nil,
    reasons: [Reason] = []
  ) {
    self.source = source
    self.decision = decision
    self.name = name
    self.scope = scope
    self.reasons = reasons
  }
}

/// How many targets of an order got which decision.
public struct Tally: Sendable, Hashable, Codable {
  /// Targets to be enforced.
  public var accept = 0
  /// Targets that wait for a second person.
  public var hold = 0
  /// Targets that wait to be read.
  public var quarantine = 0
  /// Targets never enforced.
  public var refuse = 0
  /// Repetitions.
  public var duplicate = 0

  /// Nothing counted.
  public init() {}

  /// Counts assessed targets.
  public init(_ lines: some Sequence<AssessedLine>) {
    for line in lines { self[line.decision] += 1 }
  }

  /// The number of targets with a decision.
  public subscript(decision: Decision) -> Int {
    get {
      switch decision {
      case .accept: accept
      case .hold: hold
      case .quarantine: quarantine
      case .refuse: refuse
      case .duplicate: duplicate
      }
    }
    set {
      switch decision {
      case .accept: accept = newValue
      case .hold: hold = newValue
      case .quarantine: quarantine = newValue
      case .refuse: refuse = newValue
      case .duplicate: duplicate = newValue
      }
    }
  }

  /// All targets.
  public var total: Int { accept + hold + quarantine + refuse + duplicate }
}
