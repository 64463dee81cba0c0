/// Something a page or a post may show: words, expressions or markup, and when they count.
///
/// A signal is met where one of its phrases, patterns or markup patterns is, and every context rule
/// holds there, at least `minimumCount` times.
public struct Signal: Sendable, Hashable {
  /// The name, such as `token-sale.private-round`; lower case, unique among all packs.
  ///
  /// Names that begin with `page.` and `wallet.` are the engine's own; see ``PageSignal``.
  public var id: String
  /// What it says about a page that meets it.
  public var role: Role
  /// Languages its words are in (BCP 47), for reading only: matching does not look at them.
  public var languages: [String]
  /// Literal phrases, in any letter case and width; Traditional and Simplified match each other.
  ///
  /// A phrase that begins or ends with a Latin letter or a digit ends at a word boundary there.
  public var phrases: [String]
  /// Regular expressions in Vectorscan's syntax over the folded text: lower case, one space for
  /// white space, a line feed between blocks, Simplified for Traditional.
  public var patterns: [String]
  /// What is met in the markup of a page.
  public var markup: [MarkupPattern]
  /// Groups the signal belongs to, beside the one of its own id; `near` rules name them.
  public var groups: [String]
  /// What it adds to the score before weights are learned (log odds).
  public var weight: Double
  /// What must hold where it is met; all of them.
  public var context: [ContextRule]
  /// How often it must be met to count; at least 1.
  public var minimumCount: Int
  /// Texts or pages that must meet it.
  public var mustMatch: [Example]
  /// Texts or pages that must not.
  public var mustNotMatch: [Example]

  /// Takes the parts.
  public init(
    id: String,
    role: Role,
    languages: [String] = [],
    phrases: [String] = [],
    patterns: [String] = [],
    markup: [MarkupPattern] = [],
    groups: [String] = [],
    weight: Double = 1,
    context: [ContextRule] = [],
    minimumCount: Int = 1,
    mustMatch: [Example] = [],
    mustNotMatch: [Example] = []
  ) {
    self.id = id
    self.role = role
    self.languages = languages
    self.phrases = phrases
    self.patterns = patterns
    self.markup = markup
    self.groups = groups
    self.weight = weight
    self.context = context
    self.minimumCount = minimumCount
    self.mustMatch = mustMatch
    self.mustNotMatch = mustNotMatch
  }

  /// What a signal says about a page.
  public enum Role: Sendable, Hashable {
    /// It speaks for a category (or, with a negative weight, against it).
    case category(Category)
    /// It says nothing by itself: other signals ask for it nearby.
    case context
  }

  /// A text or page that shows what a signal means.
  public enum Example: Sendable, Hashable {
    /// Plain text.
    case text(String)
    /// Markup of a page.
    case html(String)
  }
}

/// What must hold where a signal is met.
public enum ContextRule: Sendable, Hashable {
  /// A signal of the group stands at most so many characters before or behind.
  case near(group: String, characters: Int)
  /// No signal of the group stands so near.
  case notNear(group: String, characters: Int)
  /// It stands in one of these regions.
  case within(Set<Region>)
  /// It stands in none of these regions.
  case notWithin(Set<Region>)
}

/// Groups that ``ContextRule`` may name without a signal that forms them.
public enum BuiltInGroup: String, Sendable, Hashable, CaseIterable {
  /// Wallet addresses whose checksum holds.
  case wallet
  /// Referral links with a bound code.
  case referralLink = "referral-link"
  /// Text of links to hosts of known venues.
  case venueLink = "venue-link"
}
