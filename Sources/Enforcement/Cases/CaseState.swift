/// Where a case stands.
public enum CaseState: String, Sendable, Hashable, Codable, CaseIterable {
  /// Nobody has looked at its evidence, or not at the newest.
  case new
  /// A person has looked at its evidence; it waits for a decision.
  case reviewed
  /// A notice is on its way.
  case noticed
  /// A notice has reached someone; its deadline runs, or has run out.
  case waiting
  /// The site was looked at again.
  case rechecked = "re-checked"
  /// What was found is gone, or set right.
  case resolved
  /// An officer was asked to make it an order.
  case referred
  /// It was no case: a false alarm, or not ours.
  case dismissed

  /// Whether nothing more can happen to the case.
  public var isFinal: Bool {
    switch self {
    case .resolved, .dismissed: true
    case .new, .reviewed, .noticed, .waiting, .rechecked, .referred: false
    }
  }
}

/// How a person closes a case.
public enum CaseClosing: String, Sendable, Hashable, Codable, CaseIterable {
  /// It was no case: a false alarm, licensed, or not ours. Holds until the evidence changes.
  case dismissed
  /// What was found is gone, or set right.
  case resolved
}

/// What looking at a site again came to.
public enum RecheckOutcome: String, Sendable, Hashable, Codable, CaseIterable {
  /// What was found is still there.
  case present
  /// The page answers, and what was found is not there any more; or the page is gone (404, 410).
  case gone
  /// Nobody can tell: no answer, or an error of the server.
  case unreachable
}
