/// What must be there before anything can be a finding, whatever it weighs.
///
/// Words alone never suffice: a page that names coins, or one that only describes what venues do,
/// is no finding. There must be something that is about crypto; something that a venue, a sale, a
/// till or a promoter does; and at least ``leastSigns`` different pieces in all that are such signs,
/// calls to the reader, terms, the page's own voice, bound codes or links, or things in its markup,
/// one of which is more than a deed told.
enum FindingGate {
  /// How many different pieces there must be.
  static let leastSigns = 4

  static func isOpen(_ features: VerdictFeatures) -> Bool {
    guard isAboutCrypto(features) else { return false }
    var (signs, acts, beside) = (0, 0, 0)
    for feature in features.features {
      let isSign = feature.category?.isFinding == true
      if isSign || isBeside(feature) { signs += 1 }
      if isSign, isAct(feature) { acts += 1 }
      if isBeside(feature) { beside += 1 }
    }
    return signs >= leastSigns && acts > 0 && beside > 0
  }

  /// Whether anything names crypto.
  static func isAboutCrypto(_ features: VerdictFeatures) -> Bool {
    features.features.contains { $0.kinds.contains(.object) }
  }

  private static func isAct(_ feature: VerdictFeatures.Feature) -> Bool {
    !feature.kinds.isDisjoint(with: [.function, .bound, .page])
  }

  private static func isBeside(_ feature: VerdictFeatures.Feature) -> Bool {
    !feature.kinds.isDisjoint(with: [.call, .terms, .voice, .bound, .page])
  }
}
