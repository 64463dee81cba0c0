/// Someone's answer to a sanction, until it is decided.
public struct Appeal: Sendable, Hashable, Codable {
  /// Its number.
  public var id: AppealID
  /// The sanction that it is about.
  public var sanction: SanctionID
  /// When it was filed.
  public var filed: Instant
  /// By when it is to be decided, by the platform's terms of the day on which it was filed; nil where
  /// these name no time.
  public var answerBy: Instant?
  /// How many messages were exchanged; the words stand on the record, sealed.
  public var messages: Int
  /// What came of it; nil while it is open.
  public var outcome: AppealOutcome?
  /// Who decided.
  public var decidedBy: Actor?
  /// When.
  public var decided: Instant?

  /// The most messages of one appeal.
  public static let messageLimit = 64
  /// The most octets of a message.
  public static let textLimit = 8_000

  /// Takes what is known when it is filed.
  public init(id: AppealID, sanction: SanctionID, filed: Instant, answerBy: Instant? = nil) {
    self.id = id
    self.sanction = sanction
    self.filed = filed
    self.answerBy = answerBy
    messages = 1
    outcome = nil
    decidedBy = nil
    decided = nil
  }

  /// Whether it is open though its time for an answer is over.
  ///
  /// Nothing follows from that by itself: a person decides, late or not.
  public func isOverdue(at moment: Instant) -> Bool {
    guard decided == nil, let answerBy else { return false }
    return answerBy <= moment
  }
}

/// What comes of an appeal.
public enum AppealOutcome: Sendable, Hashable, Codable {
  /// The sanction stands.
  case upheld
  /// It becomes milder.
  case reduced(SanctionTerms)
  /// It was wrong: these infractions count no more, and what leaned on them is worked out anew.
  case overturned([InfractionID])
}

/// Something that two accounts share: for a person to look at, and never a ground by itself.
public struct Lead: Sendable, Hashable, Codable {
  /// Its number.
  public var id: LeadID
  /// The account that was seen now.
  public var account: AccountID
  /// The account that was sanctioned before.
  public var earlier: AccountID
  /// What kind of thing they share; the value stands sealed with the infractions.
  public var kind: Trait.Kind
  /// What a person made of it; nil while nobody has.
  public var settled: Settled?

  /// What a person made of a lead.
  public enum Settled: String, Sendable, Hashable, Codable, CaseIterable {
    /// The same party, as far as the person can tell.
    case same
    /// Chance, or somebody else.
    case different
  }

  /// Takes the parts.
  public init(id: LeadID, account: AccountID, earlier: AccountID, kind: Trait.Kind) {
    self.id = id
    self.account = account
    self.earlier = earlier
    self.kind = kind
    settled = nil
  }
}

/// An action on many accounts: prepared by one person, let through by another, undone as a whole.
public struct Batch: Sendable, Hashable, Codable {
  /// Its number.
  public var id: BatchID
  /// What is to be done.
  public var action: Action
  /// The accounts; 1 to 1,000.
  public var accounts: [AccountID]
  /// Who prepared it.
  public var by: Actor
  /// The officers who agreed, in order; each once, and never who prepared it.
  public var approvedBy: [Actor]
  /// Where it stands.
  public var state: State

  /// The most accounts.
  public static let limit = 1_000

  /// What is done to each account.
  public enum Action: Sendable, Hashable, Codable {
    case impose(SanctionTerms, clause: String)
    case lift
  }

  /// Where a batch stands.
  public enum State: String, Sendable, Hashable, Codable, CaseIterable {
    case proposed, done, declined, undone
  }

  /// Takes what is known when it is prepared.
  public init(id: BatchID, action: Action, accounts: [AccountID], by: Actor) {
    self.id = id
    self.action = action
    self.accounts = accounts
    self.by = by
    approvedBy = []
    state = .proposed
  }
}

/// A report that went, or is to go, to someone outside.
public struct Report: Sendable, Hashable, Codable {
  /// Its number.
  public var id: ReportID
  /// What kind of report it is.
  public var kind: Kind
  /// The sanctions it tells of; at most 1,000.
  public var sanctions: [SanctionID]
  /// The report that it corrects.
  public var corrects: ReportID?
  /// SHA-256 of what was sent, octet by octet.
  public var content: ContentDigest
  /// When it was made.
  public var made: Instant
  /// The name under which the recipient knows it: the same however often it is sent.
  public var key: String
  /// What the recipient gave for it; nil while it is on its way.
  public var receipt: String?
  /// Sanctions in it that were found wrong since, and of which no correction tells yet.
  public var toCorrect: [SanctionID]

  /// What kind of report.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Account, party, infraction, sanction, evidence, proof: for the authority.
    case authority
    /// A statement of reasons for the DSA Transparency Database.
    case dsa
  }

  /// Takes the parts.
  public init(
    id: ReportID, kind: Kind, sanctions: [SanctionID], corrects: ReportID? = nil,
    content: ContentDigest, made: Instant, key: String
  ) {
    self.id = id
    self.kind = kind
    self.sanctions = sanctions
    self.corrects = corrects
    self.content = content
    self.made = made
    self.key = key
    receipt = nil
    toCorrect = []
  }
}
