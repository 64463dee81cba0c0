public import Enforcement

/// How a site is watched: where looking begins, how closely, and how far; values within bounds.
///
/// That it is watched, by whose word and why, is a decision and stands on the record; this is how
/// the work is done.
public struct SiteTerms: Sendable, Hashable, Codable {
  /// How closely a site is watched.
  public enum Risk: String, Sendable, Hashable, Codable, CaseIterable {
    /// Looked at half as often as usual.
    case low
    /// Looked at as usual.
    case normal
    /// Looked at twice as often as usual.
    case high
  }

  /// The site.
  public let site: Site
  /// Where looking at it begins: canonical URLs; 1 to 16, each of at most 2,048 octets.
  public let startURLs: [String]
  /// How closely it is watched.
  public let risk: Risk
  /// The language that its people read, as a BCP 47 tag; nil where its pages tell.
  public let language: String?
  /// A remark for those who work with it; at most 500 characters.
  public let note: String
  /// The most pages that are looked at; nil for the usual number.
  public let pageBound: Int?
  /// The most links from a start page to a page that is looked at; nil for the usual number.
  public let depthBound: Int?

  /// The most start URLs.
  public static let startLimit = 16
  /// The most octets of a URL.
  public static let urlLimit = 2_048
  /// The most characters of a remark.
  public static let noteLimit = 500
  /// What a bound on pages may be.
  public static let pageBounds = 1...100_000
  /// What a bound on depth may be.
  public static let depthBounds = 0...32

  /// Takes the parts; what is out of bounds is cut, and without a start URL it begins at the site's
  /// own address.
  public init(
    site: Site, startURLs: [String] = [], risk: Risk = .normal, language: String? = nil,
    note: String = "", pageBound: Int? = nil, depthBound: Int? = nil
  ) {
    let starts = startURLs.filter { (1...Self.urlLimit).contains($0.utf8.count) }
    self.site = site
    self.startURLs = starts.isEmpty ? [site.address] : Array(starts.prefix(Self.startLimit))
    self.risk = risk
    self.language = language.map { String($0.prefix(35)) }
    self.note = String(note.prefix(Self.noteLimit))
    self.pageBound = pageBound.map { $0.clamped(to: Self.pageBounds) }
    self.depthBound = depthBound.map { $0.clamped(to: Self.depthBounds) }
  }
}

extension Site {
  /// Where a site is looked for when nobody says: plain http, which those that have more redirect.
  fileprivate var address: String {
    "http://\(host)\(port.map { ":\($0)" } ?? "")\(path)"
  }
}

extension Int {
  fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
