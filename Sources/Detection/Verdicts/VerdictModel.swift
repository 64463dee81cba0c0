/// What evidence is worth: weights learned from labelled pages, and where the line is drawn.
///
/// Three decisions share the same features: whether a page is a finding at all, which kind of
/// finding it is, and, where it is none, whether it reports. Each is a weighted sum (log odds), so
/// that every feature's part in it can be shown.
public struct VerdictModel: Sendable, Hashable {
  /// The name, such as `verdicts`.
  public var name: String
  /// Its version, counted from 1; goes up with every learning.
  public var version: Int
  /// The packs that it was learned with, such as `venue@1`.
  public var packs: [String]
  /// The probability from which on a page is a finding.
  public var threshold: Double
  /// How a sum becomes a probability.
  public var calibration: Calibration
  /// Characters of text in which one match weighs a half; a Han character counts for
  /// ``hanWidth``.
  public var textUnit: Double
  /// How many Latin letters a Han character stands for.
  public var hanWidth: Double
  /// What the sums begin with.
  public var bias: Weights
  /// Weights by feature; one that is missing weighs nothing.
  public var weights: [String: Weights]

  /// Takes the parts.
  public init(
    name: String = "verdicts", version: Int, packs: [String], threshold: Double,
    calibration: Calibration, textUnit: Double = 600, hanWidth: Double = 2.5,
    bias: Weights, weights: [String: Weights]
  ) {
    self.name = name
    self.version = version
    self.packs = packs
    self.threshold = threshold
    self.calibration = calibration
    self.textUnit = textUnit
    self.hanWidth = hanWidth
    self.bias = bias
    self.weights = weights
  }

  /// Name and version, such as `verdicts@1`.
  public var label: String { "\(name)@\(version)" }

  /// How a sum of log odds becomes a probability: 1 ÷ (1 + e^−(slope × sum + intercept)).
  public struct Calibration: Sendable, Hashable {
    /// What the sum is multiplied with; above 0.
    public var slope: Double
    /// What is added then.
    public var intercept: Double

    /// Takes the parts.
    public init(slope: Double, intercept: Double) {
      self.slope = slope
      self.intercept = intercept
    }
  }

  /// What a feature adds to each of the sums (log odds).
  public struct Weights: Sendable, Hashable {
    /// For a finding against none.
    public var finding: Double
    /// For each kind of finding against the others.
    public var venue: Double
    /// For each kind of finding against the others.
    public var tokenSale: Double
    /// For each kind of finding against the others.
    public var paymentAcceptance: Double
    /// For each kind of finding against the others.
    public var solicitation: Double
    /// For a page that reports against one that has nothing to do with crypto.
    public var reporting: Double

    /// Takes the parts.
    public init(
      finding: Double = 0, venue: Double = 0, tokenSale: Double = 0,
      paymentAcceptance: Double = 0, solicitation: Double = 0, reporting: Double = 0
    ) {
      self.finding = finding
      self.venue = venue
      self.tokenSale = tokenSale
      self.paymentAcceptance = paymentAcceptance
      self.solicitation = solicitation
      self.reporting = reporting
    }

    /// The weight for a kind of finding, less the mean of the four; 0 for what is no finding.
    func kind(_ category: Category) -> Double {
      let mean = (venue + tokenSale + paymentAcceptance + solicitation) / 4
      return switch category {
      case .venue: venue - mean
      case .tokenSale: tokenSale - mean
      case .paymentAcceptance: paymentAcceptance - mean
      case .solicitation: solicitation - mean
      case .reporting, .none: 0
      }
    }
  }
}
