/// What stands in place of personal data that was erased.
///
/// Sealed values that are gone are read back as these, so folding an erasure in must come to the
/// same as folding the events as they read afterwards.
public enum Erased {
  /// In place of a text.
  public static let text = "(erased)"
}

extension AccountIdentity {
  /// Nobody any more.
  public static let erased = AccountIdentity(key: Erased.text)
}

extension ContentDigest {
  /// In place of a digest: 64 zeros, which no content has.
  public static let erased = ContentDigest(zeros: ())

  private init(zeros: Void) { hex = String(repeating: "0", count: 64) }
}

extension InfractionEvidence {
  /// Evidence of which nothing is left.
  public static let erased = InfractionEvidence(
    post: Erased.text, language: nil, pieces: [], traits: [])
}

extension PartyEntry {
  /// What is left of an entry: whether it was a firm or a person.
  public static func erased(_ kind: Kind) -> PartyEntry {
    PartyEntry(name: Erased.text, kind: kind)
  }
}

extension Party {
  /// Forgets who it is.
  public mutating func erase(at moment: Instant) {
    entry = nil
    erased = moment
  }
}

extension AccountEntry {
  /// Forgets who it is; its category and the number of its party stay.
  public mutating func erase() {
    self = AccountEntry(identity: .erased, category: category, party: party)
  }
}

extension Account {
  /// Forgets whose it is; strikes and sanctions stay, since they say nothing about anyone by now.
  public mutating func erase(at moment: Instant) {
    entry.erase()
    formerHandles = []
    review?.erase()
    erased = moment
  }
}

extension Infraction {
  /// Forgets what was posted; the rule, the score and the times stay.
  public mutating func erase() {
    post = .erased
    content = .erased
    evidence = .erased
  }
}

extension SanctionGround {
  /// Forgets the clauses, which a person may have worded.
  public mutating func erase() { clauses = [] }
}

extension Sanction {
  /// Forgets what was worded for it; terms, points and times stay.
  public mutating func erase() {
    plan.ground.erase()
    notice?.erase()
  }
}

extension SanctionNotice {
  /// Forgets what was worded for it.
  public mutating func erase() {
    ground.erase()
    appealAddress = Erased.text
  }
}
