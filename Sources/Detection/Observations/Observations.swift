/// What the engine sees in a page or post, before anyone judges it.
public struct Observations: Sendable, Hashable {
  /// Signals that are met, of packs and of the page, in the order of their ids.
  public var signals: [SignalMet]
  /// Wallet addresses, in the order of the text; at most 256.
  public var wallets: [WalletAddress]
  /// What the markup shows; nil for plain text.
  public var page: PageFacts?
  /// What speaks for a page that reports, teaches or documents.
  public var reporting: ReportingFacts
  /// The main language as a BCP 47 tag, such as `en` or `zh-Hans`; nil where none can be told.
  public var language: String?
  /// Characters of visible text, after folding.
  public var textLength: Int
  /// The packs that were applied, such as `crypto-trading@1`.
  public var packs: [String]
  /// Whether the page shows too little without its scripts to tell: rendering might.
  public var needsRendering: Bool
  /// Whether a bound was met, so that the end of the page was not read.
  public var isTruncated: Bool

  /// Takes the parts.
  public init(
    signals: [SignalMet] = [], wallets: [WalletAddress] = [], page: PageFacts? = nil,
    reporting: ReportingFacts = ReportingFacts(), language: String? = nil, textLength: Int = 0,
    packs: [String] = [], needsRendering: Bool = false, isTruncated: Bool = false
  ) {
    self.signals = signals
    self.wallets = wallets
    self.page = page
    self.reporting = reporting
    self.language = language
    self.textLength = textLength
    self.packs = packs
    self.needsRendering = needsRendering
    self.isTruncated = isTruncated
  }

  /// A signal by its id, where it is met.
  public subscript(id id: String) -> SignalMet? {
    signals.first { $0.id == id }
  }
}

/// A signal that is met.
public struct SignalMet: Sendable, Hashable {
  /// The signal's id.
  public var id: String
  /// What it says about the page.
  public var role: Signal.Role
  /// The weight its pack gives it (log odds), before weights are learned.
  public var weight: Double
  /// How often it is met.
  public var count: Int
  /// How often in each region; a place can be in several.
  public var regions: [Region: Int] {
    get { regionCounts.byRegion }
    set { regionCounts = RegionCounts(newValue) }
  }
  var regionCounts: RegionCounts
  /// Where it is met, with the original text; the first places, at most 8.
  public var evidence: [Evidence]

  /// Takes the parts.
  public init(
    id: String, role: Signal.Role, weight: Double, count: Int, regions: [Region: Int],
    evidence: [Evidence]
  ) {
    self.init(
      id: id, role: role, weight: weight, count: count, regionCounts: RegionCounts(regions),
      evidence: evidence)
  }

  init(
    id: String, role: Signal.Role, weight: Double, count: Int, regionCounts: RegionCounts,
    evidence: [Evidence]
  ) {
    self.id = id
    self.role = role
    self.weight = weight
    self.count = count
    self.regionCounts = regionCounts
    self.evidence = evidence
  }
}
