/// Who an account is on its platform: personal data, which stands sealed beside the record.
public struct AccountIdentity: Sendable, Hashable, Codable {
  /// The platform's stable id of the account; 1 to 200 octets.
  public var key: String
  /// The handle it goes by now; at most 200 octets.
  public var handle: String?
  /// The number under which it is filed with the authority; at most 100 octets.
  public var filing: String?

  /// Takes the parts.
  public init(key: String, handle: String? = nil, filing: String? = nil) {
    self.key = key
    self.handle = handle
    self.filing = filing
  }
}

/// What a platform tells of an account.
public struct AccountEntry: Sendable, Hashable, Codable {
  /// Who it is.
  public var identity: AccountIdentity
  /// What kind of account it is, such as `personal`, `business` or `media`; nil where not told.
  public var category: Slug?
  /// Who stands behind it.
  public var party: PartyID?
  /// Its holder's language, as a BCP 47 tag.
  public var language: String?
  /// The version of the platform's agreement that its holder accepted; at most 100 octets.
  public var agreement: String?
  /// When it was opened.
  public var opened: Instant?

  /// Takes the parts.
  public init(
    identity: AccountIdentity, category: Slug? = nil, party: PartyID? = nil,
    language: String? = nil, agreement: String? = nil, opened: Instant? = nil
  ) {
    self.identity = identity
    self.category = category
    self.party = party
    self.language = language
    self.agreement = agreement
    self.opened = opened
  }
}

/// The person or firm behind accounts: personal data, which stands sealed beside the record.
public struct PartyEntry: Sendable, Hashable, Codable {
  /// The name; 1 to 200 octets.
  public var name: String
  /// A firm or a natural person.
  public var kind: Kind
  /// A licence or registration number; at most 100 octets.
  public var registration: String?
  /// A group of accounts that one operator runs; at most 200 octets.
  public var group: String?

  /// What a party is.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    case person, firm
  }

  /// Takes the parts.
  public init(name: String, kind: Kind, registration: String? = nil, group: String? = nil) {
    self.name = name
    self.kind = kind
    self.registration = registration
    self.group = group
  }
}

/// A party, as decisions rest on it.
public struct Party: Sendable, Hashable, Codable {
  /// Its number.
  public var id: PartyID
  /// Who it is; nil once it was erased.
  public var entry: PartyEntry?
  /// Who entered it.
  public var by: Actor
  /// When its personal data was erased.
  public var erased: Instant?

  /// A party that was just entered.
  public init(id: PartyID, entry: PartyEntry, by actor: Actor) {
    self.id = id
    self.entry = entry
    by = actor
    erased = nil
  }
}

/// An account, as decisions rest on it.
///
/// Strikes are added and never taken away; whether one still counts is worked out when read.
public struct Account: Sendable, Hashable, Codable {
  /// Cordon's number for it.
  public var id: AccountID
  /// Its platform.
  public var platform: Slug
  /// What the platform tells of it.
  public var entry: AccountEntry
  /// The handles it went by before, oldest first; at most 64.
  public var formerHandles: [String]
  /// What the newest review of it found; nil where nobody has reviewed it.
  public var review: AccountReview?
  /// When the record first knew it.
  public var since: Instant
  /// All its infractions, in the order in which they were found.
  public var infractions: [InfractionID]
  /// Its strikes, in the order in which they were recorded.
  public var strikes: [Strike]
  /// The points of the highest rung that was answered and that its points never fell below since;
  /// 0 where there is none.
  public var reached: Int
  /// Its sanctions, in the order in which they were proposed or imposed.
  public var sanctions: [SanctionID]
  /// Why nothing about it may be erased; nil where it may.
  public var hold: String?
  /// When its personal data was erased.
  public var erased: Instant?

  /// An account without a past.
  public init(id: AccountID, platform: Slug, entry: AccountEntry, since: Instant) {
    self.id = id
    self.platform = platform
    self.entry = entry
    self.since = since
    formerHandles = []
    review = nil
    infractions = []
    strikes = []
    reached = 0
    sanctions = []
    hold = nil
    erased = nil
  }
}

/// What an infraction counts against its account.
public struct Strike: Sendable, Hashable, Codable {
  /// The infraction.
  public var infraction: InfractionID
  /// When it was recorded.
  public var at: Instant
  /// What it counts, before decay, by the ladder of that day.
  public var points: Int
  /// How grave it is.
  public var gravity: Gravity
  /// When it stops counting, by the ladder of that day; nil where it never does.
  public var expires: Instant?
  /// When it was overturned; then it counts nothing.
  public var overturned: Instant?

  /// Takes the parts.
  public init(
    infraction: InfractionID, at: Instant, points: Int, gravity: Gravity, expires: Instant?
  ) {
    self.infraction = infraction
    self.at = at
    self.points = points
    self.gravity = gravity
    self.expires = expires
    overturned = nil
  }

  /// What it counts at a moment.
  public func points(at moment: Instant) -> Int {
    guard overturned == nil else { return 0 }
    if let expires, expires <= moment { return 0 }
    return points
  }
}

/// How grave an infraction is.
public enum Gravity: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  case minor, serious, grave

  /// Minor comes first.
  public static func < (left: Gravity, right: Gravity) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .minor: 0
    case .serious: 1
    case .grave: 2
    }
  }
}
