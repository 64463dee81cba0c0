public import Enforcement
public import TransparencyLog

/// A page as the store keeps it.
public struct PageEntry: Sendable, Hashable {
  /// What a page is to the watch.
  public enum Kind: Int, Sendable, Hashable {
    /// A page that is judged.
    case page = 0
    /// A site map (sitemaps.org), which names pages.
    case sitemap = 1
  }

  /// Its place within its site.
  public let key: PageKey
  /// The canonical URL.
  public let url: String
  /// What it is to the watch.
  public let kind: Kind
  /// Links from a start page.
  public let depth: Int
  /// The order in which a site's pages are looked at: the least first.
  public let rank: Int
  /// The page on which it was found first; nil for start pages.
  public let foundOn: PageKey?
  /// How it stands.
  public var state: PageState

  /// Takes the parts.
  public init(
    key: PageKey, url: String, kind: Kind = .page, depth: Int, rank: Int, foundOn: PageKey? = nil,
    state: PageState
  ) {
    self.key = key
    self.url = url
    self.kind = kind
    self.depth = depth
    self.rank = rank
    self.foundOn = foundOn
    self.state = state
  }

  /// A page that nobody has looked at yet.
  public init(
    found url: String, kind: Kind = .page, depth: Int, rank: Int, on page: PageKey? = nil,
    at moment: Instant
  ) {
    self.init(
      key: PageKey(url: url), url: url, kind: kind, depth: depth, rank: rank, foundOn: page,
      state: PageState(due: moment))
  }
}

/// How a page stands: what the last look came to, and when the next one is due.
public struct PageState: Sendable, Hashable {
  /// When to look next.
  public var due: Instant
  /// The time between two looks as it has adapted so far; zero before the first.
  public var interval: Duration = .zero
  /// When it was last asked for.
  public var fetched: Instant?
  /// The status of the last answer; nil where none came.
  public var status: Int?
  /// The entity tag of the copy that was judged.
  public var entityTag: String?
  /// The modification date of that copy, as the server wrote it.
  public var lastModified: String?
  /// SHA-256 of that copy's payload.
  public var digest: Digest?
  /// Which edition of the packs judged it; another edition judges it again.
  public var edition: Int64?
  /// How often it had changed.
  public var changes = 0
  /// How many looks in a row came to nothing.
  public var failures = 0
  /// What it was found to be for.
  public var verdict: PageVerdict?
  /// Why the last look came to nothing.
  public var fault: String?

  /// The longest validator that is kept, in octets; a longer one is not sent back.
  public static let validatorLimit = 512

  /// Takes the time of the first look.
  public init(due: Instant) {
    self.due = due
  }
}

/// A verdict as the store keeps it.
public struct PageVerdict: Sendable, Hashable {
  /// The category's name, such as `token-sale`.
  public let category: String
  /// How sure that is, 0 to 1.
  public let score: Double
  /// What it rests on; nil where it is no finding.
  public let evidence: Digest?

  /// Takes the parts.
  public init(category: String, score: Double, evidence: Digest?) {
    self.category = category
    self.score = score
    self.evidence = evidence
  }

  /// Whether it is a finding.
  public var isFinding: Bool { evidence != nil }
}
