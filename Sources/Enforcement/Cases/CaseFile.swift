/// What becomes of what was found on a site: one case a site and category, until it ends.
///
/// It holds what decisions rest on, and no more; the findings, reviews and letters in full stand on
/// the record.
public struct CaseFile: Sendable, Hashable, Codable {
  /// Its number.
  public var id: CaseID
  /// The site.
  public var site: Site
  /// What its pages do.
  public var category: FindingCategory
  /// Where it stands.
  public var state: CaseState
  /// When it was opened.
  public var opened: Instant
  /// The case of the same site and category that ended before this one was opened.
  public var follows: CaseID?
  /// The pages of its findings, the newest finding's first; never empty, each once.
  public var pages: [String]
  /// The highest score of its findings.
  public var score: Double
  /// The language of the newest finding.
  public var language: String?
  /// The evidence digests of its findings, in the order in which they came; never empty.
  public var evidence: [ContentDigest]
  /// Who looked at its evidence last.
  public var review: CaseReview?
  /// Its notices, in order.
  public var notices: [CaseNotice]
  /// When the site is to be looked at again; nil where nothing is planned, or it is due.
  public var recheckAt: Instant?
  /// Whether the site is to be looked at again now.
  public var isDue: Bool
  /// The days (UTC) on which what was found was gone, since it was last there.
  public var goneOn: [String]
  /// How often in a row the site could not be reached.
  public var unreached: Int
  /// What looking again last came to.
  public var lastRecheck: RecheckOutcome?
  /// When it ended.
  public var ended: Instant?

  /// The most different findings that join a case.
  public static let findingLimit = 64
  /// On so many pages what is known already is noted too: each is looked at again.
  public static let pageLimit = 16
  /// The most notices of a case.
  public static let noticeLimit = 16
  /// On so many different days what was found must be gone.
  public static let goneDays = 3
  /// So often in a row an unreachable site is tried again; then a person decides.
  public static let unreachedLimit = 14

  /// The digest of the newest finding; who names it has seen all before it.
  public var newestEvidence: ContentDigest? { evidence.last }

  /// The page of the newest finding.
  public var url: String { pages[0] }

  /// Whether a person has looked at the newest evidence.
  public var isReviewed: Bool { review != nil && review?.evidence == newestEvidence }

  /// The newest notice.
  public var notice: CaseNotice? { notices.last }
}

/// Who looked at what.
public struct CaseReview: Sendable, Hashable, Codable {
  /// The digest of the newest finding that was there.
  public var evidence: ContentDigest
  /// Who.
  public var by: Actor
  /// When.
  public var at: Instant
}

/// A notice, as far as decisions rest on it.
public struct CaseNotice: Sendable, Hashable, Codable {
  /// 1 for the first of a case.
  public var number: Int
  /// When it was written.
  public var prepared: Instant
  /// Who had it written.
  public var by: Actor
  /// By when the site's people are to act.
  public var deadline: Instant
  /// How many letters it has.
  public var letters: Int
  /// The recipients whose server took the letter over, counted from 1.
  public var sent: [Int]
  /// The recipients who cannot be reached.
  public var failed: [Int]

  /// How many letters are still on their way.
  public var pending: Int { letters - sent.count - failed.count }
}
