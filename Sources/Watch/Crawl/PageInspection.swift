internal import Detection
internal import DomainNames
internal import Egress
internal import Enforcement
internal import Logging
internal import Records
internal import TransparencyLog

/// Looks at one page: rules, fetch, verdict, capture, finding.
///
/// It holds no state.
struct PageInspection: Sendable {
  let tools: CrawlTools
  let settings: CrawlSettings
  let clock: @Sendable () -> Instant

  /// What a visit came to.
  struct Outcome: Sendable {
    /// What the host was like.
    var conduct: HostConduct
    /// How the page stands now.
    var state: PageState
    /// Whether the page is worth another look.
    var isKept = true
    /// Where it is kept as it was.
    var capture: Enforcement.CaptureReference?
    /// What the record is told.
    var finding: Finding?
    /// What marks the site, where that is news.
    var mark: MarkEntry?
    /// What it led to.
    var found: [PageEntry] = []
    /// What the cases that waited for this look are told.
    var recheck: Recheck?
    /// Octets of the body as sent.
    var octets = 0
    /// Whether a verdict was made.
    var isJudged = false
  }

  /// Looks at a page; nil where the task was cancelled on the way, and then nothing is known.
  func look(_ look: Errand.Look, of site: Site) async -> Outcome? {
    let page = look.due.page
    guard let url = try? WebURL(page.url) else {
      return fail(look, .notAsked, "the address cannot be read")
    }
    let decision = look.rules.decision(on: url)
    guard decision.isAllowed else {
      return forbid(look, decision.rule ?? "robots.txt")
    }
    let fetched = await tools.fetcher.fetch(request(to: url, for: look))
    guard !Task.isCancelled else { return nil }
    switch fetched {
    case .notModified(let exchange):
      return unchanged(look, status: exchange.status, hops: [exchange])
    case .failed(let failure, _):
      return fail(look, failure.conduct, failure.description)
    case .fetched(let answer):
      return await take(answer, look, site, asked: url)
    }
  }

  /// Validators go along only where the verdict of the copy at hand still counts.
  private func request(to url: WebURL, for look: Errand.Look) -> FetchRequest {
    let state = look.due.page.state
    guard state.digest != nil, look.due.rechecks.isEmpty,
      look.due.page.kind == .sitemap || state.edition == tools.judge.edition
    else { return FetchRequest(to: url) }
    return FetchRequest(
      to: url, entityTag: state.entityTag, lastModified: state.lastModified)
  }

  private func take(
    _ answer: FetchedPage, _ look: Errand.Look, _ site: Site, asked: WebURL
  ) async -> Outcome? {
    guard let last = answer.hops.last else { return fail(look, .silent("no answer"), "no answer") }
    switch answer.status {
    case 200...299: break
    case 404, 410: return gone(look, answer.status)
    case 429, 503:
      let pause = last.retryAfter(at: clock())
      var outcome = fail(look, .overloaded(pause: pause), "status \(answer.status)")
      outcome.state.status = answer.status
      return outcome
    default:
      var outcome = fail(look, .answered, "status \(answer.status)")
      outcome.state.status = answer.status
      return outcome
    }
    let scope = SiteScope(site, suffixes: settings.suffixes)
    let final = answer.url == asked.text ? asked : try? WebURL(answer.url)
    guard let url = final, scope.contains(url) else {
      var outcome = unchanged(look, status: answer.status, hops: answer.hops)
      outcome.state.verdict = nil
      outcome.state.fault = "leads away to \(answer.url.prefix(400))"
      outcome.recheck = recheck(.gone, look, "leads away to \(answer.url)")
      if let url = final { outcome.mark = await mark(nil, answer, at: url, look, site) }
      return outcome
    }
    let digest = Digest.sha256(of: last.body)
    let isSame = look.due.page.state.digest == digest
    if look.due.page.kind == .sitemap { return map(answer, digest, look, at: url, scope) }
    if isSame, look.due.page.state.edition == tools.judge.edition, look.due.rechecks.isEmpty {
      return unchanged(look, status: answer.status, hops: answer.hops)
    }
    return await judge(answer, at: url, digest: digest, look, site, scope)
  }
}

// MARK: - Judging

extension PageInspection {
  private func judge(
    _ answer: FetchedPage, at url: WebURL, digest: Digest, _ look: Errand.Look, _ site: Site,
    _ scope: SiteScope
  ) async -> Outcome? {
    var outcome = plan(
      look, look.due.page.state.digest == digest ? .unchanged : .changed, .answered,
      octets: answer.hops.last?.body.count ?? 0)
    outcome.state.note(answer, digest: digest, edition: tools.judge.edition)
    guard answer.isReadable else {
      outcome.state.verdict = nil
      outcome.recheck = recheck(.gone, look, "no page any more, but \(answer.mediaType)")
      return outcome
    }
    var markup = answer.content
    var verdict = await verdict(on: answer.subject, octets: markup.count)
    outcome.isJudged = true
    var rendered: RenderedPage?
    if verdict.needsRendering, let renderer = tools.renderer {
      switch await renderer.render(answer.url) {
      case .rendered(let page):
        rendered = page
        markup = page.html
        let subject = Subject(url: page.url, content: .html(page.html))
        verdict = await self.verdict(on: subject, octets: page.html.count)
      case .failed(let failure):
        tools.logger.debug("not rendered", metadata: ["url": "\(answer.url)", "why": "\(failure)"])
      }
    }
    guard !Task.isCancelled else { return nil }
    if answer.isMarkup { outcome.mark = await mark(markup, answer, at: url, look, site) }
    if look.wantsLinks, answer.isMarkup {
      outcome.found = SiteLinks(markup, of: look, at: url, scope: scope)
        .pages(at: outcome.state.fetched ?? clock())
    }
    await conclude(verdict, answer, rendered, look, site, &outcome)
    return outcome
  }

  /// From so many octets on a page is judged where it keeps no connection waiting.
  private static let longRead = 512 << 10

  private func verdict(on subject: Subject, octets: Int) async -> Verdict {
    guard octets >= Self.longRead else { return tools.judge.verdict(on: subject) }
    return await withTaskExecutorPreference(globalConcurrentExecutor) {
      tools.judge.verdict(on: subject)
    }
  }

  /// What marks a site, at its start page, where that is news; trouble with that is no trouble of the
  /// page.
  private func mark(
    _ markup: [UInt8]?, _ answer: FetchedPage, at url: WebURL, _ look: Errand.Look, _ site: Site
  ) async -> MarkEntry? {
    guard look.due.page.depth == 0, look.due.page.kind != .sitemap else { return nil }
    let collector = MarkCollector(fetcher: tools.fetcher, store: tools.store, clock: clock)
    do {
      return try await collector.mark(
        from: MarkCollector.Sighting(
          site: site, markup: markup, url: url, certificateNames: names(of: site, in: answer),
          rules: look.rules, delay: settings.courtesy.delay))
    } catch {
      tools.logger.error(
        "what marks a site could not be read", metadata: ["site": "\(site)", "why": "\(error)"])
      return nil
    }
  }

  /// The names in the certificates that hosts of the site showed on the way to a page.
  private func names(of site: Site, in answer: FetchedPage) -> Set<String> {
    let scope = SiteScope(site, suffixes: settings.suffixes)
    return answer.hops.reduce(into: []) { names, hop in
      guard !hop.certificateNames.isEmpty, let url = try? WebURL(hop.url), scope.contains(url)
      else { return }
      names.formUnion(hop.certificateNames)
    }
  }

  private func conclude(
    _ verdict: Verdict, _ answer: FetchedPage, _ rendered: RenderedPage?, _ look: Errand.Look,
    _ site: Site, _ outcome: inout Outcome
  ) async {
    let before = look.due.page.state
    var finding = finding(verdict, answer, site)
    let evidence = finding.flatMap { Digest(hex: $0.evidenceDigest.hex) }
    outcome.state.verdict = PageVerdict(
      category: verdict.category.rawValue, score: verdict.score, evidence: evidence)
    let isNews =
      finding != nil
      && (before.verdict?.evidence != evidence
        || before.verdict?.category != verdict.category.rawValue)
    if isNews || !look.due.rechecks.isEmpty || keepsEverything(look, before, outcome.state) {
      outcome.capture = await keep(answer, rendered)
    }
    if isNews {
      finding?.capture = outcome.capture
      outcome.finding = finding
    }
    outcome.recheck =
      finding == nil
      ? recheck(.gone, look, "the page is there, what was found is not", outcome.capture)
      : recheck(.present, look, "still there, score \(finding?.score ?? 0)", outcome.capture)
  }

  private func keepsEverything(
    _ look: Errand.Look, _ before: PageState, _ after: PageState
  ) -> Bool {
    switch settings.capture {
    case .all: before.digest != after.digest
    case .findings: look.due.page.depth == 0 && before.digest != after.digest
    case .onlyFindings: false
    }
  }

  private func keep(
    _ answer: FetchedPage, _ rendered: RenderedPage?
  ) async -> Enforcement.CaptureReference? {
    do {
      let kept = try await tools.captures?.keep(
        answer.hops, rendered: rendered?.html, screenshot: rendered?.screenshot)
      return kept
    } catch {
      tools.logger.error(
        "a page could not be kept", metadata: ["url": "\(answer.url)", "why": "\(error)"])
      return nil
    }
  }

  private func finding(_ verdict: Verdict, _ answer: FetchedPage, _ site: Site) -> Finding? {
    guard verdict.category.isFinding,
      let category = FindingCategory(rawValue: verdict.category.rawValue)
    else { return nil }
    return try? Finding.made(
      on: site, url: answer.url, address: answer.hops.last?.address, category: category,
      score: verdict.score, language: verdict.language,
      evidence: verdict.evidence.map(EvidencePiece.init(_:)), packs: verdict.packs,
      capture: nil, seen: answer.hops.last?.time ?? clock())
  }
}

// MARK: - What needs no verdict

extension PageInspection {
  func plan(
    _ look: Errand.Look, _ came: Schedule.Look, _ conduct: HostConduct, octets: Int = 0
  ) -> Outcome {
    let now = clock()
    let page = look.due.page
    let plan = settings.schedule.plan(after: came, at: page, risk: look.terms.risk, at: now)
    var state = page.state
    state.due = plan.due
    state.interval = plan.interval
    state.failures = plan.failures
    state.fetched = now
    state.fault = nil
    if came == .changed, page.state.digest != nil { state.changes += 1 }
    return Outcome(conduct: conduct, state: state, isKept: plan.isKept, octets: octets)
  }

  private func unchanged(
    _ look: Errand.Look, status: Int, hops: [Exchange]
  ) -> Outcome {
    var outcome = plan(look, .unchanged, .answered, octets: hops.last?.body.count ?? 0)
    outcome.state.status = status
    return outcome
  }

  private func gone(_ look: Errand.Look, _ status: Int) -> Outcome {
    var outcome = plan(look, .gone, .answered)
    outcome.state.status = status
    outcome.state.verdict = nil
    outcome.state.digest = nil
    outcome.state.fault = status == 410 ? "gone (410)" : "not found (404)"
    outcome.recheck = recheck(.gone, look, "status \(status)")
    return outcome
  }

  private func fail(_ look: Errand.Look, _ conduct: HostConduct, _ reason: String) -> Outcome {
    var outcome = plan(look, .failed, conduct)
    outcome.state.status = nil
    outcome.state.fault = String(reason.prefix(400))
    outcome.recheck = recheck(.unreachable, look, reason)
    return outcome
  }

  private func forbid(_ look: Errand.Look, _ rule: String) -> Outcome {
    var outcome = plan(look, .unchanged, .notAsked)
    outcome.state.fetched = look.due.page.state.fetched
    outcome.state.fault = "robots.txt forbids it: \(rule.prefix(200))"
    outcome.recheck = recheck(.unreachable, look, "robots.txt forbids it: \(rule)")
    outcome.isKept = look.due.page.depth == 0 || look.due.page.state.fetched != nil
    return outcome
  }

  private func recheck(
    _ outcome: RecheckOutcome, _ look: Errand.Look, _ detail: String,
    _ capture: Enforcement.CaptureReference? = nil
  ) -> Recheck? {
    guard !look.due.rechecks.isEmpty else { return nil }
    return Recheck(outcome: outcome, seen: clock(), capture: capture, detail: detail)
  }
}

extension PageState {
  /// Takes what an answer says of itself; validators are those of the address that was asked.
  mutating func note(_ answer: FetchedPage, digest: Digest, edition: Int64) {
    let isDirect = answer.hops.count == 1
    status = answer.status
    self.digest = digest
    self.edition = edition
    entityTag = isDirect ? answer.hops.last?.field("etag") : nil
    lastModified = isDirect ? answer.hops.last?.field("last-modified") : nil
  }
}

extension FetchedPage {
  /// Whether it is something that can be judged.
  fileprivate var isReadable: Bool { isMarkup || mediaType == "text/plain" }

  /// Whether it is markup; what names no type is taken for it.
  var isMarkup: Bool {
    switch mediaType {
    case "text/html", "application/xhtml+xml", "", "application/xml", "text/xml": true
    default: false
    }
  }

  fileprivate var subject: Subject {
    Subject(url: url, content: isMarkup ? .html(content) : .text(content))
  }
}

extension EvidencePiece {
  /// A piece of evidence as the record has it.
  init(_ evidence: Evidence) {
    let part: Part =
      switch evidence.location.part {
      case .text: .text
      case .html: .html
      case .title: .title
      case .url: .url
      }
    self.init(
      signal: evidence.signal, text: evidence.text, part: part, start: evidence.location.start,
      end: evidence.location.end, weight: evidence.weight)
  }
}

extension FetchFailure {
  /// What a failure says of the host, and not of the page alone.
  var conduct: HostConduct {
    switch self {
    case .unresolved, .unreachable, .timedOut, .tls: .silent(description)
    case .refusedAddress, .badURL: .notAsked
    case .tooManyRedirects, .redirectLoop, .tooLarge, .badResponse: .answered
    }
  }
}

extension Exchange {
  /// How long the server wants to be left alone (RFC 9110, Section 10.2.3).
  func retryAfter(at moment: Instant) -> Duration? {
    guard let text = field("retry-after") else { return nil }
    if let seconds = Int64(text), seconds >= 0 { return .seconds(min(seconds, 1 << 30)) }
    return HTTPDate.instant(text).map { max(.zero, $0.duration(since: moment)) }
  }
}
