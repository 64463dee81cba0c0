public import DomainNames

/// Compares the fingerprints of sites with one another and with the names of known venues.
///
/// What many sites share marks none of them: an icon or a script counts the less the more sites
/// have it, and not at all beyond `commonShare`. So a library, a counter or a shop's default icon
/// makes no two sites alike.
public struct MirrorComparison: Sendable {
  /// The most sites that may share an icon, a script or a certificate for it to count.
  public static let commonShare = 12
  /// The least similarity of templates that counts.
  public static let alikeTemplates = 0.85
  /// The least strength of a proposal.
  public static let leastStrength = 0.4
  /// The most proposals for one site.
  public static let proposalLimit = 8

  private let sites: [String: SiteFingerprint]
  private let names: VenueNames
  private let suffixes: PublicSuffixes
  private var byIcon: [String: [String]] = [:]
  private var byScript: [String: [String]] = [:]
  private var byCertificateName: [String: [String]] = [:]
  private var byBand: [UInt64: [String]] = [:]

  /// Takes the fingerprints to compare with; of two of one site the last counts.
  public init(
    _ fingerprints: some Sequence<SiteFingerprint>, names: VenueNames, suffixes: PublicSuffixes
  ) {
    self.names = names
    self.suffixes = suffixes
    sites = Dictionary(fingerprints.map { ($0.site, $0) }, uniquingKeysWith: { $1 })
    for (site, fingerprint) in sites.sorted(by: { $0.key < $1.key }) {
      if let icon = fingerprint.icon { byIcon[icon, default: []].append(site) }
      for script in fingerprint.scripts { byScript[script, default: []].append(site) }
      for name in fingerprint.certificateNames { byCertificateName[name, default: []].append(site) }
      for band in Self.bands(of: fingerprint.template) { byBand[band, default: []].append(site) }
    }
  }

  /// What a site might be a mirror of, the strongest first; it need not be one of those given.
  public func proposals(for site: SiteFingerprint) -> [MirrorProposal] {
    var found = peers(of: site).compactMap { proposal(site, resembles: $0) }
    if let named = nameProposal(site) { found.append(named) }
    return Array(
      found.filter { $0.strength >= Self.leastStrength }
        .sorted { ($1.strength, $0.resembles) < ($0.strength, $1.resembles) }
        .prefix(Self.proposalLimit))
  }

  // MARK: With other sites

  /// Sites that share something which may count.
  private func peers(of site: SiteFingerprint) -> [SiteFingerprint] {
    var peers: Set<String> = []
    let rare: ([String]?) -> [String] = { list in
      guard let list, list.count <= Self.commonShare else { return [] }
      return list
    }
    if let icon = site.icon { peers.formUnion(rare(byIcon[icon])) }
    for script in site.scripts { peers.formUnion(rare(byScript[script])) }
    for name in site.certificateNames { peers.formUnion(rare(byCertificateName[name])) }
    for target in site.redirects where sites[target] != nil { peers.insert(target) }
    // Templates that very many sites share are a system's, not a site's.
    for band in Self.bands(of: site.template) { peers.formUnion(rare(byBand[band])) }
    return peers.sorted().compactMap { sites[$0] }.filter { !isSameSite($0.site, site.site) }
  }

  private func isSameSite(_ one: String, _ other: String) -> Bool {
    guard one != other else { return true }
    guard let first = Self.name(one), let second = Self.name(other),
      let domain = suffixes.registrableDomain(of: first)
    else { return false }
    return domain == suffixes.registrableDomain(of: second)
  }

  private func proposal(
    _ site: SiteFingerprint, resembles peer: SiteFingerprint
  ) -> MirrorProposal? {
    let reasons = [
      iconReason(site, peer), scriptReason(site, peer), templateReason(site, peer),
      certificateReason(site, peer), redirectReason(site, peer),
    ].compactMap(\.self)
    guard !reasons.isEmpty else { return nil }
    return MirrorProposal(candidate: site.site, resembles: peer.site, reasons: reasons)
  }

  private func iconReason(
    _ site: SiteFingerprint, _ peer: SiteFingerprint
  ) -> MirrorProposal.Reason? {
    guard let icon = site.icon, icon == peer.icon else { return nil }
    let weight = 0.6 * rarity(byIcon[icon]?.count)
    guard weight > 0 else { return nil }
    return .init(kind: .icon, evidence: "sha256 \(icon.prefix(16))…", weight: weight)
  }

  private func scriptReason(
    _ site: SiteFingerprint, _ peer: SiteFingerprint
  ) -> MirrorProposal.Reason? {
    let weighed: (Set<String>) -> Double = { scripts in
      scripts.reduce(0) { $0 + rarity(byScript[$1]?.count) }
    }
    let shared = site.scripts.intersection(peer.scripts)
    let part = weighed(shared)
    guard part > 0 else { return nil }
    let share = part / weighed(site.scripts.union(peer.scripts))
    let named = shared.filter { rarity(byScript[$0]?.count) > 0 }.sorted().prefix(3)
      .map { $0.prefix(40) }.joined(separator: ", ")
    return .init(
      kind: .scripts, evidence: "\(shared.count) shared: \(named)", weight: 0.3 + 0.5 * share)
  }

  private func templateReason(
    _ site: SiteFingerprint, _ peer: SiteFingerprint
  ) -> MirrorProposal.Reason? {
    guard let one = site.template, let other = peer.template else { return nil }
    let similarity = one.similarity(to: other)
    guard similarity >= Self.alikeTemplates else { return nil }
    let percent = Int((similarity * 100).rounded())
    return .init(
      kind: .template, evidence: "\(percent) % of the template", weight: 0.5 * similarity)
  }

  private func certificateReason(
    _ site: SiteFingerprint, _ peer: SiteFingerprint
  ) -> MirrorProposal.Reason? {
    let shared = site.certificateNames.intersection(peer.certificateNames)
      .filter { rarity(byCertificateName[$0]?.count) > 0 }
    // A certificate for more names than this is a shared host's.
    guard let name = shared.min(),
      max(site.certificateNames.count, peer.certificateNames.count) <= 2 * Self.commonShare
    else { return nil }
    return .init(kind: .certificate, evidence: name, weight: 0.7)
  }

  private func redirectReason(
    _ site: SiteFingerprint, _ peer: SiteFingerprint
  ) -> MirrorProposal.Reason? {
    if site.redirects.contains(peer.site) {
      return .init(kind: .redirect, evidence: "leads to \(peer.site)", weight: 0.6)
    }
    guard peer.redirects.contains(site.site) else { return nil }
    return .init(kind: .redirect, evidence: "\(peer.site) leads to it", weight: 0.6)
  }

  /// 1 for what two sites alone have, 0 for what many have.
  private func rarity(_ count: Int?) -> Double {
    guard let count, count <= Self.commonShare else { return count == nil ? 1 : 0 }
    return 2 / Double(max(2, count))
  }

  // MARK: With venues' names

  /// What a site's own name and addresses resemble.
  private func nameProposal(_ site: SiteFingerprint) -> MirrorProposal? {
    proposal(for: site.site, paths: site.paths.filter { $0.host == site.site })
  }

  /// Hosts that a site links to as one links to a venue, and that are no venue's own.
  ///
  /// Promoters link to mirrors: the host behind the link is the candidate, not the page.
  public func linkedProposals(from site: SiteFingerprint) -> [MirrorProposal] {
    let elsewhere = Dictionary(grouping: site.paths.filter { $0.host != site.site }, by: \.host)
    return elsewhere.sorted { $0.key < $1.key }
      .compactMap { proposal(for: $0.key, paths: $0.value) }
      .filter { $0.strength >= Self.leastStrength }
  }

  private func proposal(for host: String, paths: [VenuePath]) -> MirrorProposal? {
    guard let name = Self.name(host), !names.isOwn(name) else { return nil }
    let likeness = names.likeness(of: name)
    let path = paths.first { likeness == nil || $0.venue == likeness?.venue }
    guard let venue = likeness?.venue ?? path?.venue else { return nil }
    var reasons: [MirrorProposal.Reason] = []
    if let likeness {
      let evidence = "\(likeness.variation.rawValue) of \(likeness.known)"
      reasons.append(.init(kind: .name, evidence: evidence, weight: likeness.variation.weight))
    }
    if let path {
      let evidence = "\(path.url), made as \(path.grammar)"
      reasons.append(.init(kind: .path, evidence: evidence, weight: path.isTelling ? 0.5 : 0.35))
    }
    return MirrorProposal(candidate: host, resembles: venue, reasons: reasons)
  }

  // MARK: Keys

  /// Four places make a band: two templates as alike as counts share one of sixteen with a
  /// probability above 0.9999.
  private static func bands(of template: TemplateSketch?) -> [UInt64] {
    guard let template else { return [] }
    return stride(from: 0, to: TemplateSketch.width, by: 4).map { start in
      template.places[start..<(start + 4)].reduce(UInt64(start)) { MirrorHash.mix($0 ^ $1) }
    }
  }

  private static func name(_ host: String) -> DomainName? {
    try? DomainName(international: host)
  }
}
