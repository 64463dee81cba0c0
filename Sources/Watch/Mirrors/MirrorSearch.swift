public import Detection
public import DomainNames
public import Records

/// Looks through all that is known of watched sites for mirrors.
public struct MirrorSearch: Sendable {
  /// The most sites that are compared.
  public static let siteLimit = 200_000

  private let store: WatchStore
  private let names: VenueNames
  private let suffixes: PublicSuffixes

  /// Takes where sites are known, and the venues' names.
  public init(store: WatchStore, names: VenueNames, suffixes: PublicSuffixes) {
    self.store = store
    self.names = names
    self.suffixes = suffixes
  }

  /// Compares all sites that are known with one another, and with venues' names.
  ///
  /// - Parameter site: the text of one site, to see what it might mirror and what mirrors it; nil
  ///   for all.
  /// - Returns: proposals, the strongest first; of two for the same pair the stronger alone, and none
  ///   that was dismissed and says nothing new.
  /// - Throws: ``StoreError``.
  public func proposals(for site: String? = nil) async throws(StoreError) -> [MirrorProposal] {
    var fingerprints: [SiteFingerprint] = []
    var last = ""
    while fingerprints.count < Self.siteLimit {
      let some = try await store.marks(after: last)
      guard let end = some.last else { break }
      last = end.site
      fingerprints += some.compactMap { SiteMark(body: $0.body)?.fingerprint }
    }
    let comparison = MirrorComparison(fingerprints, names: names, suffixes: suffixes)
    var found: [Pair: MirrorProposal] = [:]
    for fingerprint in fingerprints {
      let proposals =
        comparison.proposals(for: fingerprint) + comparison.linkedProposals(from: fingerprint)
      for proposal in proposals where proposal.concerns(site) || fingerprint.site == site {
        let pair = Pair(proposal)
        guard proposal.strength > found[pair]?.strength ?? 0 else { continue }
        found[pair] = proposal
      }
    }
    for entry in try await store.dismissals(ofLeads: false) {
      let pair = Pair(entry.name, entry.resembles)
      if found[pair]?.grounds == entry.evidence { found[pair] = nil }
    }
    return found.values.sorted {
      ($1.strength, $0.candidate, $0.resembles) < ($0.strength, $1.candidate, $1.resembles)
    }
  }

  /// Two sites that are alike, whichever is the mirror.
  private struct Pair: Hashable {
    let sides: Set<String>

    init(_ one: String, _ other: String) { sides = [one, other] }

    init(_ proposal: MirrorProposal) { self.init(proposal.candidate, proposal.resembles) }
  }
}

extension MirrorProposal {
  /// What speaks for the proposal, without how much: once it is something else, that is news.
  ///
  /// Templates are alike to a changing degree, so theirs is left out.
  public var grounds: String {
    reasons.map { reason in
      switch reason.kind {
      case .template: reason.kind.rawValue
      case .icon, .scripts, .certificate, .redirect, .path, .name:
        "\(reason.kind.rawValue) \(reason.evidence)"
      }
    }.sorted().joined(separator: "; ")
  }

  /// Whether a site is one of the two; any is, where none is asked for.
  fileprivate func concerns(_ site: String?) -> Bool {
    guard let site else { return true }
    return candidate == site || resembles == site
  }
}
