public import Detection
public import Enforcement

/// What a notice says about one case: everything that is not a setting of the operator's.
public struct NoticeFacts: Sendable, Hashable {
  /// The case's number, such as `c-20261122-1`.
  public var caseNumber: String
  /// Which notice of the case this is, from 1: a second notice has another Message-ID.
  public var round: Int
  /// The report's identifier: 16 random octets, drawn once and kept with the case.
  public var identifier: [UInt8]
  /// The host name of the site.
  public var host: String
  /// The IP address that the host answered from; nil where it is not known.
  public var address: String?
  /// The page.
  public var url: String
  /// What the page is for.
  public var category: Category
  /// How sure that is, 0 to 1.
  public var score: Double
  /// The evidence that an analyst has looked at, the weightiest first.
  public var evidence: [Evidence]
  /// The page's language as a BCP 47 tag.
  public var language: String?
  /// When the page was seen.
  public var seen: Instant
  /// The SHA-256 hash of the capture, in hexadecimal, as it stands on the record.
  public var captureDigest: String
  /// Copies that go with the report: the page, a screenshot.
  public var exhibits: [NoticeExhibit]
  /// The rule and the authority it rests on; nil for the one in the settings.
  public var rule: String?
  /// By when an answer is expected.
  public var deadline: Instant
  /// When the notice is written.
  public var written: Instant
  /// Addresses of `mailto:` links on the site, as they stand there.
  public var siteAddresses: [String]
  /// Whom to write to, where a contact is known.
  public var scopes: Set<ContactScope>

  /// Takes the parts.
  public init(
    caseNumber: String, round: Int = 1, identifier: [UInt8], host: String,
    address: String? = nil, url: String, category: Category, score: Double,
    evidence: [Evidence], language: String? = nil, seen: Instant, captureDigest: String,
    exhibits: [NoticeExhibit] = [], rule: String? = nil, deadline: Instant, written: Instant,
    siteAddresses: [String] = [], scopes: Set<ContactScope> = Set(ContactScope.allCases)
  ) {
    self.caseNumber = caseNumber
    self.round = round
    self.identifier = identifier
    self.host = host
    self.address = address
    self.url = url
    self.category = category
    self.score = score
    self.evidence = evidence
    self.language = language
    self.seen = seen
    self.captureDigest = captureDigest
    self.exhibits = exhibits
    self.rule = rule
    self.deadline = deadline
    self.written = written
    self.siteAddresses = siteAddresses
    self.scopes = scopes
  }
}

/// A copy that goes with a report, such as the page as it was seen.
public struct NoticeExhibit: Sendable, Hashable {
  /// Its media type, such as `text/html`.
  public var mediaType: String
  /// What it is, in a few words of English.
  public var description: String
  /// Its octets.
  ///
  /// Exhibits that are too large to mail are named with their hash only.
  public var octets: [UInt8]

  /// Takes the parts.
  public init(mediaType: String, description: String, octets: [UInt8]) {
    self.mediaType = mediaType
    self.description = description
    self.octets = octets
  }
}
