/// What a page or a post is for.
public enum Category: String, Sendable, Hashable, CaseIterable, Codable {
  /// It runs a trading venue, or fronts one: its register, download or trading pages.
  case venue
  /// It sells tokens.
  case tokenSale = "token-sale"
  /// It takes payment in crypto.
  case paymentAcceptance = "payment-acceptance"
  /// It solicits for those who do one of these.
  case solicitation
  /// It reports, teaches, argues or documents; never a finding.
  case reporting
  /// It has nothing to do with any of these.
  case none

  /// Whether a page of this category is a finding, for a person to look at.
  public var isFinding: Bool {
    switch self {
    case .venue, .tokenSale, .paymentAcceptance, .solicitation: true
    case .reporting, .none: false
    }
  }
}

/// What a verdict rests on: one signal, met at one place.
public struct Evidence: Sendable, Hashable, Codable {
  /// The signal's name, such as `token-sale.private-round`.
  public var signal: String
  /// The original text or markup, as it stands there; at most 400 octets, cut at a character.
  public var text: String
  /// Where it stands.
  public var location: Location
  /// What it adds to the score (log odds); negative where it speaks against.
  public var weight: Double

  /// Takes the parts.
  public init(signal: String, text: String, location: Location, weight: Double) {
    self.signal = signal
    self.text = text
    self.location = location
    self.weight = weight
  }

  private enum CodingKeys: String, CodingKey {
    case signal, text, weight
    case location = "where"
  }

  /// A range of octets of the original, before any folding.
  public struct Location: Sendable, Hashable, Codable {
    /// What the range is counted in.
    public var part: Part
    /// The first octet.
    public var start: Int
    /// The octet after the last.
    public var end: Int

    /// Takes the parts.
    public init(part: Part, start: Int, end: Int) {
      self.part = part
      self.start = start
      self.end = end
    }
  }

  /// A part of what was looked at.
  public enum Part: String, Sendable, Hashable, Codable {
    case text, html, title, url
  }
}

/// What a page or a post is for, and why.
public struct Verdict: Sendable, Hashable {
  /// What it is for.
  public var category: Category
  /// How sure that is: a calibrated probability, 0 to 1.
  public var score: Double
  /// The main language as a BCP 47 tag, such as `en` or `zh-Hans`; nil where none can be told.
  public var language: String?
  /// What speaks for the category and against it, the weightiest first; at most 64 pieces.
  public var evidence: [Evidence]
  /// The packs that were applied, such as `crypto-trading@1`.
  public var packs: [String]
  /// Whether the page shows too little without its scripts to tell: rendering might.
  public var needsRendering: Bool

  /// Takes the parts.
  public init(
    category: Category,
    score: Double,
    language: String? = nil,
    evidence: [Evidence] = [],
    packs: [String] = [],
    needsRendering: Bool = false
  ) {
    self.category = category
    self.score = score
    self.language = language
    self.evidence = evidence
    self.packs = packs
    self.needsRendering = needsRendering
  }
}
