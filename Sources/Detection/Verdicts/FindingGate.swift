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
    for feature in features.features {
      let isSign = feature.category?.isFinding == true
      if isSign || isBeside(feature) { signs += 1 }
      if isSign, isAct(feature) { acts += 1 }
      if isBeside(feature) { beside += 1 }
      if isSign, isThing(feature) { things += 1 }
    }
    guard things > 0 || !isReport(features) else { return false }
    return signs >= leastSigns && acts > 0 && beside > 0
  }

  /// Whether it is told as news: somebody signs or dates it, and it says who said what.
  private static func isReport(_ features: VerdictFeatures) -> Bool {
    var (isSigned, isAttributed) = (false, false)
    for feature in features.features {
      switch feature.name {
      case "facts.byline", "facts.dateline", "facts.declared-article": isSigned = true
      case "facts.attributions": isAttributed = feature.value >= leastAttribution
      case _: break
      }
    }
    return isSigned && isAttributed
  }

  /// Whether anything names crypto: words or markup, or the address alone where nothing on the page
  /// belongs to another trade, as a dealer's in old coins does.
  static func isAboutCrypto(_ features: VerdictFeatures) -> Bool {
    var (isNamed, isInAddress, isOther) = (false, false, false)
    for feature in features.features {
      if feature.category == Category.none { isOther = true }
      guard feature.kinds.contains(.object) else { continue }
      if feature.name == "address.object" { isInAddress = true } else { isNamed = true }
    }
    return isNamed || isInAddress && !isOther
  }

  private static func isAct(_ feature: VerdictFeatures.Feature) -> Bool {
    !feature.kinds.isDisjoint(with: [.function, .bound, .page])
  }

  /// More than words: a newspaper has forms for readers and an app, too, but no order form.
  private static func isThing(_ feature: VerdictFeatures.Feature) -> Bool {
    feature.kinds.contains(.bound) || feature.kinds.isSuperset(of: [.function, .page])
  }

  private static func isBeside(_ feature: VerdictFeatures.Feature) -> Bool {
    !feature.kinds.isDisjoint(with: [.call, .terms, .voice, .bound, .page])
  }
}
