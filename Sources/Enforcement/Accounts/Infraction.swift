/// A public post that broke a rule: what was seen, and by which rule it counts.
///
/// Only this is kept of what platforms hand in; posts that break no rule leave no trace.
public struct Infraction: Sendable, Hashable, Codable {
  /// What was done.
  public var category: FindingCategory
  /// How sure that is: 0 to 1, in thousandths kept.
  public var score: Double
  /// The rule, and which version of it.
  public var rule: RuleReference
  /// What the rule makes of it.
  public var kind: Slug
  /// Other rules that the same post broke; it counts once, by the weightiest.
  ///
  /// At most 8.
  public var also: [RuleReference]
  /// SHA-256 of platform and post id: the same post counts once.
  public var post: ContentDigest
  /// SHA-256 of the post's text.
  public var content: ContentDigest
  /// When the post was published.
  public var published: Instant
  /// How often the account posted in the ladder's window, as far as was seen; this post included.
  public var postsSeen: Int
  /// The packs that were applied; at most 32.
  public var packs: [String]
  /// What a person must settle before it counts; nil where nothing.
  public var held: Hold?
  /// The post's words and links that speak for it; sealed.
  public var evidence: InfractionEvidence

  /// Why an infraction waits for a person instead of counting.
  public enum Hold: String, Sendable, Hashable, Codable, CaseIterable {
    /// The rule asks for the account's category, and nobody has told it.
    case unknownCategory = "unknown-category"
    /// The rule wants a person to look at each.
    case ruleAsks = "rule-asks"
    /// The rule was stopped after it matched too much, and this was on its way.
    case ruleStopped = "rule-stopped"
    /// No ladder of the platform gives points to what the rule makes of it.
    case noWeight = "no-weight"
  }

  /// Takes the parts.
  public init(
    category: FindingCategory, score: Double, rule: RuleReference, kind: Slug,
    also: [RuleReference] = [], post: ContentDigest, content: ContentDigest, published: Instant,
    postsSeen: Int, packs: [String], held: Hold?, evidence: InfractionEvidence
  ) {
    self.category = category
    self.score = score.inThousandths(of: 0...1)
    self.rule = rule
    self.kind = kind
    self.also = Array(also.prefix(8))
    self.post = post
    self.content = content
    self.published = published
    self.postsSeen = max(1, postsSeen)
    self.packs = packs.prefix(32).map { $0.cut(toOctets: 80) }
    self.held = held
    self.evidence = evidence
  }
}

/// What an infraction rests on: personal data, which stands sealed beside the record.
public struct InfractionEvidence: Sendable, Hashable, Codable {
  /// The platform's id of the post; at most 200 octets.
  public var post: String
  /// The language of the post, as a BCP 47 tag.
  public var language: String?
  /// The pieces, the weightiest first; at most 16.
  public var pieces: [EvidencePiece]
  /// What would bring the same party to mind under another account.
  public var traits: [Trait]

  /// The most pieces.
  public static let pieceLimit = 16
  /// The most traits.
  public static let traitLimit = 16

  /// Takes the parts; lists are cut at their bounds.
  public init(post: String, language: String?, pieces: [EvidencePiece], traits: [Trait]) {
    self.post = post.cut(toOctets: 200)
    self.language = language
    self.pieces = Array(pieces.prefix(Self.pieceLimit))
    self.traits = Array(traits.prefix(Self.traitLimit))
  }
}

/// Something public that a returning party is likely to use again.
public struct Trait: Sendable, Hashable, Codable {
  /// What it is.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Named in posts.
    case wallet, referral, link
    /// The number under which an account is filed.
    case filing
    /// Who stands behind accounts: the party itself, and its licence or registration number.
    case party, registration
  }

  /// What it is.
  public var kind: Kind
  /// Its value, such as an address or a referral code; at most 200 octets.
  public var value: String

  /// Takes the parts; a value too long is cut.
  public init(kind: Kind, value: String) {
    self.kind = kind
    self.value = value.cut(toOctets: 200)
  }
}

/// What became of an infraction.
public enum InfractionState: String, Sendable, Hashable, Codable, CaseIterable {
  /// It waits for a person.
  case held
  /// It counts, or has counted until its strike expired.
  case counted
  /// A person found that it is none.
  case dismissed
  /// It counted, and was found wrong.
  case overturned
}

/// What a person, or an appeal, makes of an infraction.
public enum InfractionRuling: String, Sendable, Hashable, Codable, CaseIterable {
  case count, dismiss, overturn
}

/// An infraction, as decisions rest on it.
///
/// The words of the evidence stay with the event that tells of them; here only its traits are kept.
public struct InfractionFile: Sendable, Hashable, Codable {
  /// Its number.
  public var id: InfractionID
  /// Whose it is.
  public var account: AccountID
  /// What was seen.
  public var infraction: Infraction
  /// When it was recorded.
  public var found: Instant
  /// What became of it.
  public var state: InfractionState
  /// Who settled it, where someone did.
  public var settledBy: Actor?

  /// Takes the parts; the pieces of evidence are left out.
  public init(
    id: InfractionID, account: AccountID, infraction: Infraction, found: Instant,
    state: InfractionState
  ) {
    self.id = id
    self.account = account
    self.infraction = infraction
    self.infraction.evidence.pieces = []
    self.found = found
    self.state = state
    settledBy = nil
  }
}
