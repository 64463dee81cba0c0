/// Why the law of the house does not allow what was asked.
///
/// A refusal is final for the input as it stands: repeating it changes nothing.
public struct Refusal: Error, Sendable, Hashable, CustomStringConvertible {
  /// The rule that was broken.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    case unknownOrder = "unknown-order"
    case unknownLine = "unknown-line"
    case unknownPerson = "unknown-person"
    case notAllowed = "not-allowed"
    case sameOfficer = "same-officer"
    case openLines = "open-lines"
    case wrongState = "wrong-state"
    case missingReason = "missing-reason"
    case missingField = "missing-field"
    case badField = "bad-field"
    case nothingToEnforce = "nothing-to-enforce"
    case alreadyReceived = "already-received"
    case alreadyExpired = "already-expired"
    case nameTaken = "name-taken"
    case badSettlement = "bad-settlement"
    case unknownCase = "unknown-case"
    case unknownSite = "unknown-site"
    case notReviewed = "not-reviewed"
    case staleEvidence = "stale-evidence"
    case unknownPlatform = "unknown-platform"
    case unknownRule = "unknown-rule"
    /// No account, party, infraction, sanction, appeal, lead, batch or report has this number.
    case unknownNumber = "unknown-number"
    /// Who took part in a sanction does not decide on an appeal against it.
    case tookPart = "took-part"
    /// A sanction would take effect without a complete notice.
    case incompleteNotice = "incomplete-notice"
    /// The time for an appeal is over.
    case tooLate = "too-late"
    /// What is to be erased must be kept.
    case mustKeep = "must-keep"
    /// Nobody said that a post is public.
    case notPublic = "not-public"

    /// Whether the attempt itself belongs on the record: someone tried what the law forbids, and
    /// the input was no mere slip.
    public var isRecorded: Bool {
      switch self {
      case .notAllowed, .sameOfficer, .openLines, .wrongState, .nothingToEnforce,
        .notReviewed, .tookPart, .incompleteNotice, .mustKeep, .notPublic:
        true
      case .unknownOrder, .unknownLine, .unknownPerson, .missingReason, .missingField, .badField,
        .alreadyReceived, .alreadyExpired, .nameTaken, .badSettlement, .unknownCase, .unknownSite,
        .staleEvidence, .unknownPlatform, .unknownRule, .unknownNumber, .tooLate:
        false
      }
    }
  }

  /// The rule that was broken.
  public let code: Code
  /// A sentence: what, where, and what to do.
  public let text: String

  /// Takes code and sentence.
  public init(_ code: Code, _ text: String) {
    self.code = code
    self.text = text
  }

  /// The sentence.
  public var description: String { text }

  /// Compares the broken rule alone.
  public static func == (left: Refusal, right: Refusal) -> Bool { left.code == right.code }

  /// Hashes the broken rule alone.
  public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}
