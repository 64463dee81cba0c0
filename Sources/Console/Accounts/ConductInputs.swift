internal import Enforcement

/// What someone says of a platform, before it is checked; what is not said stays as it was.
public struct PlatformInput: Codable, Sendable {
  /// Its name for people.
  public var name: String?
  /// The language of notices where an account's own is not known.
  public var language: String?
  /// Where its sanctions hold.
  public var territory: [String]?
  /// The law whose clocks it takes, such as eu-dsa; what is said below goes before.
  public var profile: String?
  /// Days for an appeal.
  public var appealDays: Int?
  /// Days within which an appeal is answered; 0 where no time is set.
  public var answerDays: Int?
  /// Hours within which the authority is told; 0 where it is not.
  public var reportHours: Int?
  /// Days for which records are kept.
  public var keepDays: Int?
  /// Where account holders read and appeal.
  public var appealAddress: String?
  /// Where sanctions are announced; empty for nowhere.
  public var webhook: String?
  /// The platform's word that all it hands in is public.
  public var postsArePublic: Bool?

  /// Says nothing yet.
  public init() {}

  /// The platform that this makes.
  func platform(_ id: Slug, before: Platform?, consoleURL: String) -> Platform {
    var terms = before?.terms ?? PlatformTerms()
    if let appealDays { terms.appealDays = appealDays }
    if let answerDays { terms.answerDays = answerDays == 0 ? nil : answerDays }
    if let reportHours { terms.reportHours = reportHours == 0 ? nil : reportHours }
    if let keepDays { terms.keepDays = keepDays }
    let webhook = self.webhook ?? before?.webhook
    return Platform(
      id: id, name: name ?? before?.name ?? id.text,
      language: language ?? before?.language ?? "en",
      territory: territory ?? before?.territory ?? [], terms: terms,
      appealAddress: appealAddress ?? before?.appealAddress ?? consoleURL,
      webhook: webhook?.isEmpty == true ? nil : webhook,
      postsArePublic: postsArePublic ?? before?.postsArePublic ?? false)
  }
}

/// What a platform tells of an account.
struct AccountInput: Codable, Sendable {
  var id: String
  var handle: String?
  var filing: String?
  var category: String?
  var party: String?
  var language: String?
  var agreement: String?
  var opened: String?

  func entry() throws(DeskFault) -> AccountEntry {
    AccountEntry(
      identity: AccountIdentity(key: id, handle: handle, filing: filing),
      category: try category.map { text throws(DeskFault) in
        try Slug.read(text, as: "an account's category")
      },
      party: try party.map { text throws(DeskFault) in try PartyID.read(text) },
      language: language, agreement: agreement,
      opened: try opened.map { text throws(DeskFault) in try Instant.read(text) })
  }
}

/// A sanction and its length, as someone wants it.
public struct TermsInput: Codable, Sendable {
  /// What is done: warn, restrict, suspend or close.
  public var kind: String
  /// What a restricted account may not do.
  public var restrictions: [String]?
  /// For how many days.
  public var days: Int?

  /// Takes the parts.
  public init(kind: String, restrictions: [String]? = nil, days: Int? = nil) {
    self.kind = kind
    self.restrictions = restrictions
    self.days = days
  }

  func terms() throws(DeskFault) -> SanctionTerms {
    guard let kind = SanctionKind(rawValue: kind) else {
      throw DeskFault.word(kind, "sanction", SanctionKind.allCases)
    }
    let restrictions = try (restrictions ?? []).map { word throws(DeskFault) in
      guard let restriction = Restriction(rawValue: word) else {
        throw DeskFault.word(word, "restriction", Restriction.allCases)
      }
      return restriction
    }
    return SanctionTerms(kind: kind, restrictions: restrictions, days: days)
  }
}

/// A sanction that an officer proposes.
public struct SanctionInput: Codable, Sendable {
  /// What is done: warn, restrict, suspend or close.
  public var kind: String
  /// What a restricted account may not do.
  public var restrictions: [String]?
  /// For how many days.
  public var days: Int?
  /// The infractions that it rests on.
  public var infractions: [String]?
  /// The clause that is broken.
  public var clause: String
  /// Why.
  public var reason: String

  /// Takes the parts.
  public init(
    terms: TermsInput, infractions: [String] = [], clause: String, reason: String
  ) {
    kind = terms.kind
    restrictions = terms.restrictions
    days = terms.days
    self.infractions = infractions
    self.clause = clause
    self.reason = reason
  }

  var terms: TermsInput { TermsInput(kind: kind, restrictions: restrictions, days: days) }
}

/// What comes of an appeal, as a person decides.
public struct AppealDecision: Codable, Sendable {
  /// upheld, reduced or overturned.
  public var outcome: String
  /// The milder sanction, where it is reduced.
  public var terms: TermsInput?
  /// The infractions that were none, where it is overturned; all that it leans on where empty.
  public var infractions: [String]?
  /// Why, in writing.
  public var reason: String

  /// Takes the parts.
  public init(
    outcome: String, terms: TermsInput? = nil, infractions: [String] = [], reason: String
  ) {
    self.outcome = outcome
    self.terms = terms
    self.infractions = infractions
    self.reason = reason
  }
}

/// An action on many accounts, as an officer prepares it.
public struct BatchInput: Codable, Sendable {
  /// impose or lift.
  public var action: String
  /// What is imposed.
  public var terms: TermsInput?
  /// The clause that is broken, where something is imposed.
  public var clause: String?
  /// The accounts, as numbers or as `PLATFORM/ID`.
  public var accounts: [String]
  /// Why; not needed to look at what it would do.
  public var reason: String?

  /// Takes the parts.
  public init(
    action: String, terms: TermsInput? = nil, clause: String? = nil, accounts: [String],
    reason: String? = nil
  ) {
    self.action = action
    self.terms = terms
    self.clause = clause
    self.accounts = accounts
    self.reason = reason
  }
}

extension DeskFault {
  /// A word that is none of those that there are.
  static func word<Word: RawRepresentable>(
    _ text: String, _ what: String, _ known: [Word]
  ) -> DeskFault where Word.RawValue == String {
    DeskFault(
      "there is no \(what) \"\(text.prefix(40))\"; it may be "
        + known.map(\.rawValue).joined(separator: ", "))
  }
}

extension RecordNumber {
  /// Reads a number that someone gave.
  static func read(_ text: String) throws(DeskFault) -> Self {
    guard let number = Self(text: text) else {
      throw DeskFault("\"\(text.prefix(40))\" is no such number: they look like \(letters)-17")
    }
    return number
  }
}

extension Slug {
  /// Reads a short name that someone gave.
  static func read(_ text: String, as what: String) throws(DeskFault) -> Slug {
    guard let slug = Slug(text: text) else {
      throw DeskFault(
        "\"\(text.prefix(60))\" cannot be \(what): use 1 to 40 small letters, digits and hyphens,"
          + " a letter first")
    }
    return slug
  }
}
