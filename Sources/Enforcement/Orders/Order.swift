public import DomainNames

/// Where an order stands.
public enum OrderState: String, Sendable, Hashable, Codable, CaseIterable {
  /// It is on the record, with each target assessed, and waits for a second officer.
  case assessed
  /// A second officer confirmed it; it takes effect at its time.
  case confirmed
  /// Its targets are blocked, or observed.
  case inForce = "in-force"
  /// It is set aside for now.
  case suspended
  /// Its time is over.
  case expired
  /// It was lifted before its time.
  case revoked

  /// Whether nothing can happen to the order any more.
  public var isFinal: Bool {
    switch self {
    case .expired, .revoked: true
    case .assessed, .confirmed, .inForce, .suspended: false
    }
  }
}

/// The file an order was read from; the file itself stays with who has it, its hash on the record.
public struct SourceFile: Sendable, Hashable, Codable {
  /// SHA-256 of the file, in hexadecimal.
  public var digest: String
  /// Its size in bytes.
  public var bytes: Int
  /// What it was read as, such as `json`.
  public var format: String

  /// Takes the parts.
  public init(digest: String, bytes: Int, format: String) {
    self.digest = digest
    self.bytes = bytes
    self.format = format
  }
}

/// One wording of an order; an amendment makes the next.
public struct OrderVersion: Sendable, Hashable, Codable {
  /// 1 for the order as received.
  public var number: Int
  /// What it says.
  public var terms: OrderTerms
  /// Where it was read from.
  public var source: SourceFile
  /// How its targets were assessed.
  public var tally: Tally
  /// Root of the Merkle tree over its assessed targets, in hexadecimal.
  public var targetsRoot: String
  /// Who brought it in.
  public var receivedBy: Actor
  /// When.
  public var received: Instant
  /// Who confirmed it; nil while it waits.
  public var confirmedBy: Actor?
  /// When.
  public var confirmed: Instant?
  /// Targets that still wait for a person.
  public var openLines: [LineID: Decision]
  /// What people said of lines that waited.
  public var settlements: [LineID: Settlement]
  /// What changed against the version before; nil for the first.
  public var difference: TargetDifference?
  /// The lines that the brake paused, those put back since among them; nil where it paused none.
  public internal(set) var pauses: [LineID: LinePause]?
}

/// How many targets an amendment adds, takes away and leaves.
public struct TargetDifference: Sendable, Hashable, Codable {
  /// Targets that the version before lacked.
  public var added: Int
  /// Targets that the version before had.
  public var removed: Int
  /// Targets in both.
  public var kept: Int

  /// Takes the numbers.
  public init(added: Int, removed: Int, kept: Int) {
    self.added = added
    self.removed = removed
    self.kept = kept
  }
}

/// What a person said of a line that waited.
public struct Settlement: Sendable, Hashable, Codable {
  /// What is to become of the line.
  public enum Outcome: Sendable, Hashable, Codable {
    /// A held target is enforced as it stands.
    case accepted
    /// The line is not enforced.
    case dropped
    /// The line means this name.
    case read(as: DomainName, scope: Scope)
  }

  /// What is to become of the line.
  public var outcome: Outcome
  /// Why, in the person's words.
  public var reason: String
  /// Who said so.
  public var by: Actor

  /// Takes the parts.
  public init(outcome: Outcome, reason: String, by actor: Actor) {
    self.outcome = outcome
    self.reason = reason
    self.by = actor
  }
}

/// An order, as its events tell it.
public struct Order: Sendable, Hashable, Codable {
  /// Its number.
  public var id: OrderID
  /// Where it stands.
  public var state: OrderState
  /// The version that counts: the newest confirmed one, or the first while none is.
  public var current: OrderVersion
  /// An amendment that waits for a second officer.
  public var pending: OrderVersion?
  /// Versions that an amendment replaced, in the order in which they were replaced.
  public var past: [OrderVersion]
  /// When it first took effect.
  public var inForceSince: Instant?
  /// When it expired or was revoked.
  public var ended: Instant?
  /// Why it was suspended or revoked, in a person's words.
  public var lastReason: String?

  /// The terms that count.
  public var terms: OrderTerms { current.terms }

  /// All versions, in the order of their numbers.
  public var versions: [OrderVersion] {
    (past + [current] + [pending].compactMap(\.self)).sorted { $0.number < $1.number }
  }

  /// The version that waits for confirmation, if one does.
  public var unconfirmed: OrderVersion? {
    if let pending { return pending.confirmedBy == nil ? pending : nil }
    return current.confirmedBy == nil ? current : nil
  }

  /// Whether the gate should know its targets: it is confirmed, and neither set aside nor over.
  public var isEnforceable: Bool {
    switch state {
    case .confirmed, .inForce: true
    case .assessed, .suspended, .expired, .revoked: false
    }
  }
}
