/// What must be there before anything can be a finding, whatever it weighs.
///
/// Words alone never suffice: a page that names coins, or one that only describes what venues do,
/// is no finding. There must be something that is about crypto; something that a venue, a sale, a
/// till or a promoter does; and at least ``leastSigns`` different pieces in all that are such signs,
/// calls to the reader, terms, the page's own voice, bound codes or links, or things in its markup,
/// one of which is more than a deed told. And reporting wins: a page with a byline, a dateline or a
/// declared article, which attributes what it says to others, is no finding unless it carries a
/// bound code or link, or shows a venue, a sale or a till in its markup. An ``Invitation`` needs no gate.
enum FindingGate {
  /// How many different pieces there must be.
  static let leastSigns = 3
  /// How much of what a report says must be attributed: terms of use attribute something, too.
  static let leastAttribution = 0.25

  static func isOpen(_ features: VerdictFeatures) -> Bool {
    guard isAboutCrypto(features) else { return false }
    var (signs, acts, beside, things) = (0, 0, 0, 0)
    for index in features.features.indices {
      let kinds = features.features[index].kinds
      let isSign = features.features[index].category?.isFinding == true
      if isSign || isBeside(kinds) { signs += 1 }
      if isSign, isAct(kinds) { acts += 1 }
      if isBeside(kinds) { beside += 1 }
      if isSign, isThing(kinds) { things += 1 }
    }
    guard things > 0 || !isReport(features) else { return false }
    return signs >= leastSigns && acts > 0 && beside > 0
  }

  /// Whether it is told as news: somebody signs or dates it, and it says who said what.
  private static func isReport(_ features: VerdictFeatures) -> Bool {
    features.isSigned && features.attribution >= leastAttribution
  }

  /// Whether anything names crypto: words or markup, or the address alone where nothing on the page
  /// belongs to another trade, as a dealer's in old coins does.
  static func isAboutCrypto(_ features: VerdictFeatures) -> Bool {
    var (isNamed, isInAddress, isOther) = (false, false, false)
    for index in features.features.indices {
      if features.features[index].category == Category.none { isOther = true }
      guard features.features[index].kinds.contains(.object) else { continue }
      if features.features[index].name == "address.object" {
        isInAddress = true
      } else {
        isNamed = true
      }
    }
    return isNamed || isInAddress && !isOther
  }

  private static func isAct(_ kinds: SignalKinds) -> Bool {
    !kinds.isDisjoint(with: [.function, .bound, .page])
  }

  /// More than words: a newspaper has forms for readers and an app, too, but no order form.
  private static func isThing(_ kinds: SignalKinds) -> Bool {
    kinds.contains(.bound) || kinds.isSuperset(of: [.function, .page])
  }

  private static func isBeside(_ kinds: SignalKinds) -> Bool {
    !kinds.isDisjoint(with: [.call, .terms, .voice, .bound, .page])
  }
}
