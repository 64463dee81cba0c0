internal import Egress
internal import Records
internal import TransparencyLog

// MARK: - Site maps

extension PageInspection {
  /// The most pages that one site map brings in; a site's own bound counts beside it.
  private static let mapLimit = 2_000

  /// Reads a site map: the pages that it names, or the site maps.
  func map(
    _ answer: FetchedPage, _ digest: Digest, _ look: Errand.Look, at url: WebURL,
    _ scope: SiteScope
  ) -> Outcome {
    let isSame = look.due.page.state.digest == digest
    var outcome = plan(
      look, isSame ? .unchanged : .changed, .answered,
      octets: answer.hops.last?.body.count ?? 0)
    outcome.state.note(answer, digest: digest, edition: tools.judge.edition)
    guard !isSame, look.wantsLinks else { return outcome }
    let map = Sitemap(answer.content, at: url)
    let depth = look.due.page.depth
    guard !map.isIndex || depth < Sitemap.depthLimit else { return outcome }
    var seen: Set<PageKey> = []
    for entry in map.entries.prefix(Self.mapLimit) {
      let target = entry.url.identity
      guard scope.contains(target), !target.isOrnament || map.isIndex,
        target.origin != url.origin || look.rules.allows(target)
      else { continue }
      let address = Array(target.requestTarget.utf8)
      let page = PageEntry(
        found: target.text, kind: map.isIndex ? .sitemap : .page,
        depth: map.isIndex ? depth + 1 : 1,
        rank: map.isIndex ? PageRank.sitemap : PageRank.rank(depth: 1, address: address),
        on: look.due.page.key, at: outcome.state.fetched ?? clock())
      if seen.insert(page.key).inserted { outcome.found.append(page) }
    }
    return outcome
  }
}
