/// A link to a venue that is bound to someone, and beside it a call to register: the page brings
/// clients to the venue, whatever else it tells.
///
/// A newspaper's page with such a box solicits as much as a page that has nothing else, and the more it
/// reports, the more people it reaches; so the two together are not weighed against signs of reporting.
/// What readers wrote, what is quoted and what is shown as code is not the page's own; and an address
/// that is only written out may be one that the page warns of.
struct Invitation {
  /// The link and the call, by their places in ``VerdictFeatures/features``.
  let members: [Int]

  /// Of 25 labelled pages with such an address and a call anywhere 23 solicit.
  static let score = 0.92
  /// Octets of markup between link and call, at most: they stand in one box.
  static let reach = 1_024

  private static let foreign: [Region] = [.comment, .quotation, .code]

  /// Looks for one; nil where there is none.
  init?(_ seen: Observations, in features: [VerdictFeatures.Feature]) {
    let link = features.indices.first { features[$0].own == .referralLink }
    guard let link, let met = seen[id: features[link].name], Self.isOwn(met) else { return nil }
    let call = features.firstIndex { feature in
      guard Self.isCall(feature), let met = seen[id: feature.name], Self.isOwn(met) else {
        return false
      }
      // Of many calls only the first places are kept; one of the others is taken to stand there.
      let isCut = met.count > met.evidence.count
      return features[link].places.contains { place in
        Self.isTag(place)
          && (isCut || feature.places.contains { Self.isBeside($0.location, place.location) })
      }
    }
    guard let call else { return nil }
    members = [link, call]
  }

  /// Calls to register, by a form or in words; other calls, such as to a channel, stand in the frame of
  /// many pages.
  private static func isCall(_ feature: VerdictFeatures.Feature) -> Bool {
    feature.own == .signUpForm || feature.name.hasPrefix("solicitation.register")
  }

  private static func isOwn(_ met: SignalMet) -> Bool {
    met.count > foreign.reduce(0) { $0 + (met.regions[$1] ?? 0) }
  }

  private static func isTag(_ place: Evidence) -> Bool {
    place.location.part == .html && place.text.hasPrefix("<")
  }

  private static func isBeside(_ one: Evidence.Location, _ other: Evidence.Location) -> Bool {
    guard one.part == other.part else { return false }
    return max(one.start, other.start) - min(one.end, other.end) <= reach
  }
}
