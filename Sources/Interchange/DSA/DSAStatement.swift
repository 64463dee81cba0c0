public import Enforcement

/// A statement of reasons for the DSA Transparency Database: its schema in force since 1 July 2025
/// (Regulation (EU) 2022/2065, Articles 17 and 24(5)), as far as decisions on accounts need it.
///
/// It holds no personal data: no handle, no name, no link to a post.
public struct DSAStatement: Sendable, Hashable {
  /// The platform's own number of the decision, never used twice: up to 500 letters, digits,
  /// hyphens and underscores.
  public var puid: String
  /// What was decided.
  public var decision: Decision
  /// When it ends by itself; nil where it does not.
  public var until: Instant?
  /// Whether the account is a trader's; nil where it is not known.
  public var isBusiness: Bool?
  /// What it rests on.
  public var ground: Ground
  /// The kind of infringement.
  public var category: Category
  /// Keywords that go with the category.
  public var keywords: [Keyword]
  /// What ``Keyword/other`` stands for; 1 to 500 characters.
  public var otherKeyword: String?
  /// The language of the posts: two letters in upper case, ISO 639-1.
  public var language: String?
  /// When the account was opened, or the oldest of the posts published.
  public var contentDate: Instant
  /// When the restriction took effect.
  public var applied: Instant
  /// States of the European Economic Area, in upper case; at least one.
  public var territory: [String]
  /// What happened; 1 to 5,000 characters.
  public var facts: String
  /// Where the matter came from.
  public var source: Source
  /// Whether a machine found the posts.
  public var automatedDetection: Bool
  /// How far a machine decided.
  public var automatedDecision: AutomatedDecision

  /// What was decided about the service or the account.
  public enum Decision: String, Sendable, Hashable, CaseIterable {
    /// Parts of the service are withheld for a time.
    case partialSuspension = "DECISION_PROVISION_PARTIAL_SUSPENSION"
    /// The account is suspended.
    case accountSuspended = "DECISION_ACCOUNT_SUSPENDED"
    /// The account is closed.
    case accountTerminated = "DECISION_ACCOUNT_TERMINATED"
  }

  /// What the decision rests on.
  public enum Ground: Sendable, Hashable {
    /// The law: which, up to 500 characters, and why, up to 2,000.
    case illegal(law: String, explanation: String)
    /// The platform's terms: which clause, and why.
    case incompatible(clause: String, explanation: String)
  }

  /// The kinds of infringement that conduct reports; the database knows sixteen.
  public enum Category: String, Sendable, Hashable, CaseIterable {
    case scamsAndFraud = "STATEMENT_CATEGORY_SCAMS_AND_FRAUD"
    case prohibitedProducts = "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS"
    case otherViolation = "STATEMENT_CATEGORY_OTHER_VIOLATION_TC"
  }

  /// The keywords that conduct uses; the database knows sixty-nine.
  public enum Keyword: String, Sendable, Hashable, CaseIterable {
    case prohibitedProducts = "KEYWORD_PROHIBITED_PRODUCTS"
    case notPermitted = "KEYWORD_GOODS_SERVICES_NOT_PERMITTED"
    case hiddenAdvertisement = "KEYWORD_HIDDEN_ADVERTISEMENT"
    case other = "KEYWORD_OTHER"
  }

  /// Where the matter came from.
  public enum Source: String, Sendable, Hashable, CaseIterable {
    /// The platform's own initiative.
    case voluntary = "SOURCE_VOLUNTARY"
    /// A notice that was not one of Article 16, such as an authority's.
    case otherNotification = "SOURCE_TYPE_OTHER_NOTIFICATION"
  }

  /// How far a machine decided.
  public enum AutomatedDecision: String, Sendable, Hashable, CaseIterable {
    case fully = "AUTOMATED_DECISION_FULLY"
    case partially = "AUTOMATED_DECISION_PARTIALLY"
    case not = "AUTOMATED_DECISION_NOT_AUTOMATED"
  }

  /// Takes the parts; ``faults`` says what the database would refuse.
  public init(
    puid: String, decision: Decision, until: Instant?, isBusiness: Bool?, ground: Ground,
    category: Category, keywords: [Keyword], otherKeyword: String?, language: String?,
    contentDate: Instant, applied: Instant, territory: [String], facts: String, source: Source,
    automatedDetection: Bool, automatedDecision: AutomatedDecision
  ) {
    self.puid = puid
    self.decision = decision
    self.until = until
    self.isBusiness = isBusiness
    self.ground = ground
    self.category = category
    self.keywords = keywords
    self.otherKeyword = otherKeyword
    self.language = language
    self.contentDate = contentDate
    self.applied = applied
    self.territory = territory
    self.facts = facts
    self.source = source
    self.automatedDetection = automatedDetection
    self.automatedDecision = automatedDecision
  }
}
