public import Enforcement

/// A site as the store keeps it: what was asked for, and how it stands.
public struct SiteEntry: Sendable, Hashable {
  /// Its number in the store.
  public let number: SiteNumber
  /// What was asked for.
  public let terms: SiteTerms
  /// Whether it is watched; what was dropped keeps its pages and captures.
  public let isWatched: Bool
  /// When it was added.
  public let added: Instant
  /// Who added it.
  public let addedBy: String
  /// When its first page comes due.
  public let due: Instant
  /// When one of its pages was last looked at.
  public let seen: Instant?
  /// How many pages of it are known.
  public let pages: Int
  /// How many of them could not be had the last time.
  public let failing: Int
  /// How many of them are findings.
  public let findings: Int
  /// The surest finding on it, or else the start page's verdict.
  public let verdict: PageVerdict?
  /// Why nothing of the site can be had, where that is so.
  public let fault: String?
}

/// The number of a site in the store.
public struct SiteNumber: Sendable, Hashable, Comparable {
  /// The row.
  public let row: Int64

  /// Takes a row's number.
  public init(row: Int64) {
    self.row = row
  }

  /// Compares by number: older sites come first.
  public static func < (left: SiteNumber, right: SiteNumber) -> Bool { left.row < right.row }
}
