extension SanctionTerms {
  /// The most days of a restriction or a suspension.
  public static let dayLimit = 366

  /// What is wrong with it; nil where nothing is.
  public var fault: String? {
    switch kind {
    case .warn, .close:
      guard days == nil, restrictions.isEmpty else {
        return "a sanction of kind \(kind.rawValue) has no days and no restrictions"
      }
    case .restrict:
      guard !restrictions.isEmpty, Set(restrictions).count == restrictions.count else {
        return "a restriction says what the account may not do, each thing once"
      }
    case .suspend:
      guard restrictions.isEmpty else { return "a suspension restricts nothing in particular" }
    }
    guard kind == .restrict || kind == .suspend else { return nil }
    guard let days, (1...Self.dayLimit).contains(days) else {
      return "a sanction of kind \(kind.rawValue) lasts 1 to \(Self.dayLimit) days"
    }
    return nil
  }

  /// Whether it takes less from an account than another does, in kind, in days or in restrictions,
  /// and more in none of them.
  public func isMilder(than other: SanctionTerms) -> Bool {
    guard kind == other.kind else { return kind < other.kind }
    let (one, another) = (days ?? 0, other.days ?? 0)
    return one <= another && Set(restrictions).isSubset(of: other.restrictions)
      && (one < another || restrictions.count < other.restrictions.count)
  }

  /// Whether a ladder may ask for it before another: by kind, then by days, then by how much it
  /// restricts.
  func comesBefore(_ other: SanctionTerms) -> Bool {
    (kind, days ?? 0, restrictions.count) < (other.kind, other.days ?? 0, other.restrictions.count)
  }

  /// When it ends if it begins at a moment; nil where it does not end by itself.
  public func end(from beginning: Instant) -> Instant? { days.map { beginning + .days($0) } }
}

extension Duration {
  /// So many times 24 hours.
  static func days(_ count: Int) -> Duration { .seconds(count * 86_400) }
}

extension Sanction {
  /// Whether it restrains the account at a moment; a warning never does.
  public func isInForce(at moment: Instant) -> Bool {
    guard state == .imposed, plan.terms.kind != .warn else { return false }
    return until.map { $0 > moment } ?? true
  }

  /// Officers who must agree, whatever its plan says.
  public var approvalsNeeded: Int { max(plan.approvals, plan.terms.kind.leastApprovals) }

  /// It as something that stands in a ladder's way.
  func standing(at moment: Instant) -> LadderFacts.Standing {
    let left = until.map { max(0, $0.milliseconds - moment.milliseconds) }
    return LadderFacts.Standing(
      kind: plan.terms.kind, restrictions: plan.terms.restrictions,
      days: left.map { Int(($0 + 86_399_999) / 86_400_000) })
  }
}
