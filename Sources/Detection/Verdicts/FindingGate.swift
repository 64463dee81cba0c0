/// What must be there before anything can be a finding, whatever it weighs.
///
/// Words alone never suffice: a page that names coins, or one that only describes what venues do,
/// is no finding. There must be something that is about crypto; two different signs of a venue, a
/// sale, a payment or a promoter, one of them something that is done; and beside them a call to the
/// reader, terms, the page's own voice, a bound code or link, a thing in its markup, or more signs.
enum FindingGate {
  static func isOpen(_ features: VerdictFeatures) -> Bool {
    let signs = features.features.filter { $0.category?.isFinding == true }
    return isAboutCrypto(features) && signs.count > 1 && signs.contains(where: isAct)
      && (signs.count > 3 || features.features.contains(where: isBeside))
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
