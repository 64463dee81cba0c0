/// What must be there before anything can be a finding, whatever it weighs.
///
/// Words alone never suffice: a page that names coins, or one that only describes what venues do,
/// is no finding. There must be something that is about crypto, something that is done with it, and
/// something of another kind beside: a call to the reader, terms, the page's own voice, a bound
/// code or link, or a thing in its markup.
enum FindingGate {
  static func isOpen(_ features: VerdictFeatures) -> Bool {
    isAboutCrypto(features) && features.features.contains(where: isAct)
      && features.features.contains { isBeside($0) }
  }

  /// Whether anything names crypto.
  static func isAboutCrypto(_ features: VerdictFeatures) -> Bool {
    features.features.contains { $0.kinds.contains(.object) }
  }

  private static func isAct(_ feature: VerdictFeatures.Feature) -> Bool {
    !feature.kinds.isDisjoint(with: [.function, .bound])
  }

  private static func isBeside(_ feature: VerdictFeatures.Feature) -> Bool {
    !feature.kinds.isDisjoint(with: [.call, .terms, .voice, .bound, .page])
  }
}
