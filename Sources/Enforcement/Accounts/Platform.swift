/// A platform whose public accounts are in Cordon's care, and the clocks that its law sets.
public struct Platform: Sendable, Hashable, Codable {
  /// Its short name, as in `PLATFORM/ID`; the person with this name and the role `platform` is it.
  public var id: Slug
  /// Its name for people; at most 200 octets.
  public var name: String
  /// The language of notices where an account's own is not known, as a BCP 47 tag.
  public var language: String
  /// Where its sanctions hold, as ISO 3166-1 codes; at least one.
  public var territory: [String]
  /// The clocks.
  public var terms: PlatformTerms
  /// Where account holders read and appeal, such as `https://cordon.example`; no slash at the end.
  public var appealAddress: String
  /// Where sanctions are announced by webhook; nil where the platform asks for them itself.
  public var webhook: String?
  /// The platform's word that all it hands in is public; without it each post must say so.
  public var postsArePublic: Bool

  /// Takes the parts; the core checks them when the platform is added.
  public init(
    id: Slug, name: String, language: String, territory: [String], terms: PlatformTerms,
    appealAddress: String, webhook: String?, postsArePublic: Bool
  ) {
    self.id = id
    self.name = name
    self.language = language
    self.territory = territory
    self.terms = terms
    self.appealAddress = appealAddress
    self.webhook = webhook
    self.postsArePublic = postsArePublic
  }
}

/// The clocks of a platform.
public struct PlatformTerms: Sendable, Hashable, Codable {
  /// Days for an appeal, counted from the delivery of the notice.
  public var appealDays: Int
  /// Days within which an appeal is to be decided, counted from when it was filed; nil where no time
  /// is set.
  public var answerDays: Int?
  /// Hours within which a sanction is reported to the authority; nil where none is owed.
  public var reportHours: Int?
  /// Days for which records of an account are kept after its last sanction has ended.
  public var keepDays: Int

  /// Half a year from delivery (Regulation (EU) 2022/2065, Article 20(1), asks for six months),
  /// no time for the answer, a day, five years.
  public init(
    appealDays: Int = 184, answerDays: Int? = nil, reportHours: Int? = 24, keepDays: Int = 1_826
  ) {
    self.appealDays = appealDays
    self.answerDays = answerDays
    self.reportHours = reportHours
    self.keepDays = keepDays
  }
}
