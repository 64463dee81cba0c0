/// What is done about an account, the mildest first.
public enum SanctionKind: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  case warn, restrict, suspend, close

  /// The mildest comes first.
  public static func < (left: SanctionKind, right: SanctionKind) -> Bool { left.rank < right.rank }

  /// Officers who must agree, whatever a ladder says: none, none, one, two different ones.
  public var leastApprovals: Int {
    switch self {
    case .warn, .restrict: 0
    case .suspend: 1
    case .close: 2
    }
  }

  private var rank: Int {
    switch self {
    case .warn: 0
    case .restrict: 1
    case .suspend: 2
    case .close: 3
    }
  }
}

/// What a restricted account may not do meanwhile.
public enum Restriction: String, Sendable, Hashable, Codable, CaseIterable {
  case posting, replying, links, promotion, messaging
}

/// A sanction and its length.
public struct SanctionTerms: Sendable, Hashable, Codable {
  /// What is done.
  public var kind: SanctionKind
  /// What a restricted account may not do; empty for other kinds.
  public var restrictions: [Restriction]
  /// For how many days; nil for a warning and a closing, 1 to 366 for the others.
  public var days: Int?

  /// Takes the parts; the core checks them.
  public init(kind: SanctionKind, restrictions: [Restriction] = [], days: Int? = nil) {
    self.kind = kind
    self.restrictions = restrictions
    self.days = days
  }
}

/// Why a sanction is owed: facts, rule, points, rung, and what was set aside.
public struct SanctionGround: Sendable, Hashable, Codable {
  /// The infractions that it leans on, the newest last; at most ``infractionLimit``, the newest.
  public var infractions: [InfractionID]
  /// The points that counted at that moment, those of older infractions included.
  public var points: Int
  /// The points from which the rung is reached; 0 where a person decided without a ladder.
  public var rungPoints: Int
  /// The ladder; nil where a person decided without one.
  public var ladder: LadderReference?
  /// The clauses broken, in order.
  public var clauses: [String]
  /// Share of infringing posts in thousandths.
  public var share: Int
  /// The gravest of the infractions that counted; nil where a person decided without a ladder.
  public var gravity: Gravity?
  /// Whether the account had been warned before the newest post was published.
  public var warned: Bool
  /// The points of the highest rung that had been answered already.
  public var reached: Int
  /// Higher rungs that were set aside, and why, the highest first.
  public var setAside: [SetAside]

  /// The most clauses that are named.
  public static let clauseLimit = 16
  /// The most infractions that are named.
  public static let infractionLimit = 256

  /// A rung that was set aside.
  public struct SetAside: Sendable, Hashable, Codable {
    /// The sanction of the rung.
    public var kind: SanctionKind
    /// Why it does not apply.
    public var why: Why

    /// Why a rung does not apply.
    public enum Why: String, Sendable, Hashable, Codable, CaseIterable {
      /// The points do not reach it.
      case points
      /// The account was never warned.
      case unwarned
      /// Too small a share of its posts infringes.
      case share
      /// The account stands there already, or higher.
      case standing
    }

    /// Takes the parts.
    public init(kind: SanctionKind, why: Why) {
      self.kind = kind
      self.why = why
    }
  }

  /// Takes the parts.
  public init(
    infractions: [InfractionID], points: Int, rungPoints: Int, ladder: LadderReference?,
    clauses: [String], share: Int, gravity: Gravity? = nil, warned: Bool = false,
    reached: Int = 0, setAside: [SetAside] = []
  ) {
    self.infractions = Array(infractions.suffix(Self.infractionLimit))
    self.points = points
    self.rungPoints = rungPoints
    self.ladder = ladder
    self.clauses = clauses
    self.share = share
    self.gravity = gravity
    self.warned = warned
    self.reached = reached
    self.setAside = setAside
  }
}

/// A sanction that is to be decided on, or takes effect.
public struct SanctionPlan: Sendable, Hashable, Codable {
  /// What is done, and for how long.
  public var terms: SanctionTerms
  /// Why.
  public var ground: SanctionGround
  /// Officers who must agree.
  public var approvals: Int
  /// How far a machine took part.
  public var automation: Automation
  /// The action on many accounts that it is part of.
  public var batch: BatchID?

  /// How far a machine took part (Regulation (EU) 2022/2065, Article 17(3)(c)).
  public struct Automation: Sendable, Hashable, Codable {
    /// Whether a machine found the posts.
    public var detection: Bool
    /// Whether a machine alone decided.
    public var decision: Bool

    /// Takes the parts.
    public init(detection: Bool, decision: Bool) {
      self.detection = detection
      self.decision = decision
    }
  }

  /// Takes the parts.
  public init(
    terms: SanctionTerms, ground: SanctionGround, approvals: Int, automation: Automation,
    batch: BatchID? = nil
  ) {
    self.terms = terms
    self.ground = ground
    self.approvals = approvals
    self.automation = automation
    self.batch = batch
  }
}

/// Where a sanction stands.
public enum SanctionState: String, Sendable, Hashable, Codable, CaseIterable {
  /// It waits for officers.
  case proposed
  /// It is in effect; a warning stays here.
  case imposed
  /// An officer decided against it.
  case declined
  /// Its time is over, or it was lifted.
  case lifted
  /// It was found wrong: an appeal, a rule that was reverted, a batch that was undone.
  case overturned

  /// Whether it has no effect, and will have none; an appeal may still find it wrong.
  public var isFinal: Bool {
    switch self {
    case .proposed, .imposed: false
    case .declined, .lifted, .overturned: true
    }
  }
}

/// A sanction, as decisions rest on it.
public struct Sanction: Sendable, Hashable, Codable {
  /// Its number.
  public var id: SanctionID
  /// Whose it is.
  public var account: AccountID
  /// What it is, and why.
  public var plan: SanctionPlan
  /// Where it stands.
  public var state: SanctionState
  /// Who proposed it.
  public var proposedBy: Actor
  /// When.
  public var proposed: Instant
  /// The officers who agreed, in order; each once.
  public var approvedBy: [Actor]
  /// When it took effect.
  public var imposed: Instant?
  /// When it ends by itself; nil where it does not.
  public var until: Instant?
  /// What its account holder is told; there before it takes effect.
  public var notice: SanctionNotice?
  /// When the platform said that it has done it, or undone it: asked for anew after each change.
  public var confirmed: Instant?
  /// When the notice reached the account holder.
  public var delivered: Instant?
  /// When it ended.
  public var ended: Instant?
  /// Why it ended; nil where it has not, or was declined.
  public var endedBy: LiftingCause?
  /// Its appeals, in order.
  public var appeals: [AppealID]
  /// The reports that tell of it, in order.
  public var reports: [ReportID]

  /// Takes what is known when it is proposed, or imposed at once.
  public init(
    id: SanctionID, account: AccountID, plan: SanctionPlan, proposedBy: Actor, proposed: Instant
  ) {
    self.id = id
    self.account = account
    self.plan = plan
    self.state = .proposed
    self.proposedBy = proposedBy
    self.proposed = proposed
    approvedBy = []
    imposed = nil
    until = nil
    notice = nil
    confirmed = nil
    delivered = nil
    ended = nil
    endedBy = nil
    appeals = []
    reports = []
  }
}

/// What an account holder is told: nothing takes effect before all of it is there
/// (Regulation (EU) 2022/2065, Article 17(3)).
public struct SanctionNotice: Sendable, Hashable, Codable {
  /// The language, as a BCP 47 tag.
  public var language: String
  /// What was done and for how long.
  public var terms: SanctionTerms
  /// When it ends by itself; nil where it does not.
  public var until: Instant?
  /// Where it holds, as ISO 3166-1 codes.
  public var territory: [String]
  /// What it rests on.
  public var ground: SanctionGround
  /// How far a machine took part.
  public var automation: SanctionPlan.Automation
  /// Where to appeal, without the token that goes with it.
  public var appealAddress: String
  /// Days for an appeal, from the delivery of the notice.
  public var appealDays: Int

  /// Takes the parts; ``missing`` says what is not there.
  public init(
    language: String, terms: SanctionTerms, until: Instant?, territory: [String],
    ground: SanctionGround, automation: SanctionPlan.Automation, appealAddress: String,
    appealDays: Int
  ) {
    self.language = language
    self.terms = terms
    self.until = until
    self.territory = territory
    self.ground = ground
    self.automation = automation
    self.appealAddress = appealAddress
    self.appealDays = appealDays
  }
}

/// Why a sanction ended, or became shorter.
public enum LiftingCause: String, Sendable, Hashable, Codable, CaseIterable {
  /// Its time is over.
  case due
  /// An officer lifted it.
  case officer
  /// An appeal.
  case appeal
  /// A strike that it leaned on was overturned, and what is left does not reach it.
  case relief
  /// The rule that it came from was reverted.
  case reverted
  /// The action on many accounts that it is part of was undone.
  case undone
  /// A harder sanction took its place.
  case replaced

  /// Whether it says that the sanction was wrong, so that what was reported of it needs a word.
  public var isCorrection: Bool {
    switch self {
    case .appeal, .relief, .reverted, .undone: true
    case .due, .officer, .replaced: false
    }
  }
}
