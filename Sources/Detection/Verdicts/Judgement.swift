internal import Foundation

/// What the model makes of features: probabilities, and each feature's part in them.
struct Judgement {
  let features: VerdictFeatures
  private let calibration: VerdictModel.Calibration
  private let threshold: Double
  /// The probability that the page is a finding by what it weighs; 0 where the gate is shut.
  let finding: Double
  /// The category that the page is judged to be.
  let category: Category
  /// The probability of that.
  let score: Double

  init(_ features: VerdictFeatures, _ model: VerdictModel) {
    self.features = features
    calibration = model.calibration
    threshold = model.threshold
    let sums = Sums(features, model)
    let isOpen = FindingGate.isOpen(features)
    finding =
      isOpen
      ? Self.logistic(model.calibration.slope * sums.total.finding + model.calibration.intercept)
      : 0
    if isOpen, finding >= model.threshold {
      let kinds = sums.kinds
      (category, score) = (kinds.best, finding * kinds.share)
    } else if features.invitation != nil {
      (category, score) = (.solicitation, Invitation.score)
    } else if FindingGate.isAboutCrypto(features) {
      let reports = Self.logistic(sums.total.reporting)
      category = reports >= 0.5 ? .reporting : .none
      score = (1 - finding) * max(reports, 1 - reports)
    } else {
      (category, score) = (.none, 1 - finding)
    }
  }

  /// What each feature adds to the log odds of the category, its share of sums included.
  var contributions: [Double] {
    var parts = features.features.indices.map { index in
      features.features[index].value * weight(features.features[index].weights)
    }
    for sum in features.sums {
      let whole = sum.value * weight(sum.weights)
      for (feature, share) in sum.shares {
        parts[feature] += whole * share
      }
    }
    for member in decisive { parts[member] += lift / Double(decisive.count) }
    return parts
  }

  /// What decides beside the weights, by its place in the features.
  private var decisive: [Int] {
    finding < threshold ? features.invitation?.members ?? [] : []
  }

  /// What that adds to the log odds of what is weighed.
  private var lift: Double {
    Self.logOdds(Invitation.score) - Self.logOdds(max(finding, 0.01))
  }

  private func weight(_ weights: VerdictModel.Weights?) -> Double {
    guard let weights else { return 0 }
    let finding = calibration.slope * weights.finding
    return switch category {
    case .venue, .tokenSale, .paymentAcceptance, .solicitation: finding + weights.kind(category)
    case .reporting: weights.reporting - finding
    case .none: -weights.reporting - finding
    }
  }

  private static func logistic(_ sum: Double) -> Double { 1 / (1 + exp(-sum)) }

  private static func logOdds(_ share: Double) -> Double { log(share / (1 - share)) }
}

/// The weighted sums of a page's features.
private struct Sums {
  var total: VerdictModel.Weights

  init(_ features: VerdictFeatures, _ model: VerdictModel) {
    total = model.bias
    for index in features.features.indices {
      add(features.features[index].value, features.features[index].weights)
    }
    for sum in features.sums { add(sum.value, sum.weights) }
  }

  private mutating func add(_ value: Double, _ weights: VerdictModel.Weights?) {
    guard let weights else { return }
    total.finding += value * weights.finding
    total.venue += value * weights.venue
    total.tokenSale += value * weights.tokenSale
    total.paymentAcceptance += value * weights.paymentAcceptance
    total.solicitation += value * weights.solicitation
    total.reporting += value * weights.reporting
  }

  /// The likeliest kind of finding, and its probability among the four.
  var kinds: (best: Category, share: Double) {
    let sums: [(Category, Double)] = [
      (.venue, total.venue), (.tokenSale, total.tokenSale),
      (.paymentAcceptance, total.paymentAcceptance), (.solicitation, total.solicitation),
    ]
    let best = sums.reduce((Category.venue, -Double.infinity)) { $1.1 > $0.1 ? $1 : $0 }
    let whole = sums.reduce(0) { $0 + exp($1.1 - best.1) }
    return (best.0, 1 / whole)
  }
}
