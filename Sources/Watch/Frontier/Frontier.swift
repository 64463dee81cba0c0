public import Enforcement
public import Records

/// Which page is looked at next: the turns of sites, laid out by host.
///
/// A value without I/O. It hands errands out one by one and is told how each ended; it sees to it
/// that no page is out twice, that no host is asked more often than courtesy allows, and that
/// robots.txt is read before anything else. Its memory is bounded: ``siteLimit`` sites with
/// ``Bounds/queue`` pages each.
public struct Frontier: Sendable {
  /// How much is held at once.
  public struct Bounds: Sendable, Hashable {
    /// Sites that have a turn.
    public var sites = 2_048
    /// Pages of a site that wait in memory; the others wait in the store.
    public var queue = 64
    /// Hosts of one site.
    public var hosts = 16
    /// Pages of a site that are known, where its terms name no other bound.
    public var pages = 500
    /// Links from a start page, likewise.
    public var depth = 5

    /// The usual bounds.
    public init() {}
  }

  /// What to do next.
  public enum Step: Sendable {
    case errand(Errand)
    /// Nothing before this moment, unless an errand ends or a site is admitted.
    case wait(until: Instant)
    /// Nothing until an errand ends or a site is admitted.
    case rest
  }

  let courtesy: Courtesy
  let bounds: Bounds
  /// Whether pages that are found are looked at in the same turn.
  let followsFound: Bool
  private let start: Instant
  private var sites: [SiteNumber: SiteInTurn] = [:]
  private var lines: [String: HostLine] = [:]
  private var timeline = MinHeap<HostMoment>()
  private var out: Set<UInt64> = []
  private var counter: UInt64 = 0

  struct SiteInTurn: Sendable {
    let terms: SiteTerms
    let memo = LinkMemo()
    var known: Set<PageKey>
    var origins: Set<String> = []
    var waiting = 0
    var out = 0
    var hasMore: Bool
    var notBefore: Instant?
    var fault: String?
    /// Whether its end is being written down.
    var isEnding = false

    func takes(_ origin: String, upTo bound: Int) -> Bool {
      origins.contains(origin) || origins.count < bound
    }

    mutating func holdBack(until moment: Instant) {
      notBefore = max(notBefore ?? moment, moment)
    }
  }

  /// An empty frontier.
  ///
  /// - Parameters:
  ///   - courtesy: how hosts are treated.
  ///   - bounds: how much is held.
  ///   - followsFound: whether pages that are found are looked at in the same turn.
  ///   - start: now; hosts are not asked before a delay has passed, since an earlier process may
  ///     have asked them a moment ago.
  public init(courtesy: Courtesy, bounds: Bounds = Bounds(), followsFound: Bool, at start: Instant)
  {
    self.courtesy = courtesy
    self.bounds = bounds
    self.followsFound = followsFound
    self.start = start
  }

  /// The sites that have a turn, until their end is on the disk.
  public var sitesInTurn: Set<SiteNumber> { Set(sites.keys) }
  /// How many more sites may have a turn.
  public var room: Int { max(0, bounds.sites - sites.count) }
  /// How many errands are out.
  public var errandsOut: Int { out.count }
  /// Until when a host is left alone, and how many failures in a row led to that.
  func rest(of origin: String) -> (until: Instant, failures: Int)? {
    lines[origin].map { ($0.next, $0.failures) }
  }
  /// How many pages wait in memory.
  public var waiting: Int { sites.values.reduce(0) { $0 + $1.waiting } }
}

// MARK: - Sites come in

extension Frontier {
  /// Gives a site its turn; one that has a turn already is passed over.
  ///
  /// - Parameters:
  ///   - turn: what is due, at the moment given.
  ///   - moment: now.
  ///   - rules: what a host's robots.txt says, from what is kept of it.
  /// - Returns: the news: a site whose hosts all want to be left alone ends at once.
  public mutating func admit(
    _ turn: SiteTurn, at moment: Instant, rules: (HostEntry) -> RobotsRules?
  ) -> FrontierNews {
    var news = FrontierNews()
    guard sites[turn.number] == nil else { return news }
    for host in turn.hosts { learn(host, rules) }
    sites[turn.number] = SiteInTurn(
      terms: turn.terms, known: turn.known, hasMore: turn.hasMore)
    for due in turn.due { queue(due, of: turn.number, at: moment, &news) }
    endIfDone(turn.number, &news)
    return news
  }

  private mutating func learn(_ host: HostEntry, _ rules: (HostEntry) -> RobotsRules?) {
    var line = takeLine(host.origin)
    defer { lines[host.origin] = line }
    guard line.rules == nil, !line.isReadingRules else { return }
    line.rules = rules(host)
    line.rulesEnd = host.robotsUntil
    line.next = max(line.next, host.next)
    line.failures = max(line.failures, host.failures)
  }

  /// Takes a host's line out, to be put back: changed in place, it would be copied whole.
  private mutating func takeLine(_ origin: String) -> HostLine {
    lines.removeValue(forKey: origin)
      ?? HostLine(origin: origin, next: start + courtesy.delay)
  }

  /// Lets a page wait for its host.
  private mutating func queue(
    _ due: DuePage, of number: SiteNumber, at moment: Instant, _ news: inout FrontierNews
  ) {
    let origin = due.page.origin
    var line = takeLine(origin)
    defer { lines[origin] = line }
    sites[number]?.origins.insert(origin)
    guard line.next <= moment + courtesy.patience else {
      sites[number]?.holdBack(until: line.next)
      if !due.rechecks.isEmpty {
        news.unreached.append((number, due, line.fault ?? "\(origin) wants to be left alone"))
      }
      return
    }
    counter += 1
    let rank = due.rechecks.isEmpty ? due.page.rank : -1
    line.waiting.insert(WaitingPage(site: number, rank: rank, order: counter, due: due))
    sites[number]?.waiting += 1
    place(&line)
  }

  /// Gives a host its place in time, if there is something to ask and nothing forbids it.
  private mutating func place(_ line: inout HostLine) {
    guard !line.waiting.isEmpty, !line.isReadingRules, line.asked < courtesy.connections else {
      return
    }
    counter += 1
    line.stamp = counter
    timeline.insert(HostMoment(time: line.next, stamp: counter, origin: line.origin))
  }
}

// MARK: - Errands go out

extension Frontier {
  /// Says what to do next.
  public mutating func next(at moment: Instant) -> Step {
    while let first = timeline.first {
      guard lines[first.origin]?.stamp == first.stamp else {
        _ = timeline.popFirst()
        continue
      }
      guard first.time <= moment else { return .wait(until: first.time) }
      _ = timeline.popFirst()
      var line = takeLine(first.origin)
      line.stamp = 0
      defer { lines[first.origin] = line }
      // Since it got its place, the host may have been asked, or want to be left alone for longer.
      guard line.next <= moment, line.asked < courtesy.connections, !line.isReadingRules else {
        place(&line)
        continue
      }
      if let errand = errand(for: &line, at: moment) { return .errand(errand) }
    }
    return .rest
  }

  private mutating func errand(for line: inout HostLine, at moment: Instant) -> Errand? {
    guard let page = line.waiting.first else { return nil }
    counter += 1
    let number = counter
    let work: Errand.Work
    if line.hasRules(at: moment), let rules = line.rules {
      _ = line.waiting.popFirst()
      sites[page.site]?.waiting -= 1
      guard let site = sites[page.site] else { return nil }
      let bound = site.terms.pageBound ?? bounds.pages
      let depth = site.terms.depthBound ?? bounds.depth
      work = .look(
        Errand.Look(
          due: page.due, terms: site.terms, rules: rules,
          wantsLinks: site.known.count < bound && page.due.page.depth < depth, memo: site.memo))
    } else {
      line.isReadingRules = true
      work = .robots(previous: line.rules)
    }
    sites[page.site]?.out += 1
    line.asked += 1
    line.next = max(line.next, moment + courtesy.delay(asked: line.rules?.crawlDelay))
    out.insert(number)
    place(&line)
    return Errand(number: number, origin: line.origin, site: page.site, work: work)
  }
}

// MARK: - Errands end

extension Frontier {
  /// Takes a look at a page as done.
  ///
  /// - Parameters:
  ///   - errand: the errand, handed out here and not finished yet.
  ///   - conduct: what the host was like.
  ///   - found: pages of the site that it led to.
  ///   - moment: now.
  /// - Returns: the pages that are new and kept, and what else came of it.
  public mutating func finish(
    _ errand: Errand, _ conduct: HostConduct, found: [PageEntry], at moment: Instant
  ) -> (kept: [PageEntry], news: FrontierNews) {
    var news = FrontierNews()
    guard out.remove(errand.number) != nil else { return ([], news) }
    sites[errand.site]?.out -= 1
    var line = takeLine(errand.origin)
    line.asked -= 1
    take(conduct, &line, at: moment)
    place(&line)
    lines[errand.origin] = line
    let kept = keep(found, of: errand.site)
    if followsFound { queueFound(kept, of: errand.site, at: moment, &news) }
    leaveIfSilent(errand.origin, at: moment, &news)
    endIfDone(errand.site, &news)
    return (kept, news)
  }

  /// Takes what a host's robots.txt says.
  ///
  /// - Parameters:
  ///   - errand: the errand that asked for it.
  ///   - rules: what it says; nil where it cannot be had, and then nothing is asked.
  ///   - end: until when that holds.
  ///   - conduct: what the host was like.
  ///   - found: site maps that it names.
  ///   - moment: now.
  /// - Returns: the site maps that are new and kept, and what else came of it.
  public mutating func finish(
    _ errand: Errand, rules: RobotsRules?, until end: Instant, _ conduct: HostConduct,
    found: [PageEntry], at moment: Instant
  ) -> (kept: [PageEntry], news: FrontierNews) {
    var line = takeLine(errand.origin)
    line.isReadingRules = false
    line.rules = rules
    line.rulesEnd = end
    if rules == nil {
      line.failures += 1
      if case .silent(let reason) = conduct { line.fault = reason }
      line.next = max(line.next, moment + courtesy.restful(after: line.failures))
    }
    lines[errand.origin] = line
    return finish(errand, rules == nil ? .notAsked : conduct, found: found, at: moment)
  }

  private func take(_ conduct: HostConduct, _ line: inout HostLine, at moment: Instant) {
    let delay = courtesy.delay(asked: line.rules?.crawlDelay)
    switch conduct {
    case .notAsked: break
    case .answered:
      line.failures = 0
      line.fault = nil
      line.next = max(line.next, moment + delay)
    case .overloaded(let pause):
      line.failures += 1
      let asked = min(pause ?? .zero, courtesy.longestRest)
      line.next = max(
        line.next, moment + max(delay, asked, courtesy.pause(after: line.failures)))
    case .silent(let reason):
      line.failures += 1
      line.fault = reason
      line.next = max(line.next, moment + max(delay, courtesy.pause(after: line.failures)))
    }
  }

  /// The pages that nobody knew, within the site's bounds: the last fifth of its room is for pages
  /// that are likely to tell.
  private mutating func keep(_ found: [PageEntry], of number: SiteNumber) -> [PageEntry] {
    guard !found.isEmpty, let terms = sites[number]?.terms else { return [] }
    let (bound, depth) = (terms.pageBound ?? bounds.pages, terms.depthBound ?? bounds.depth)
    return found.filter { page in
      let room = PageRank.isTelling(page.rank, depth: page.depth) ? bound : max(1, bound * 4 / 5)
      let origin = page.origin
      let isNear = sites[number]?.takes(origin, upTo: bounds.hosts) ?? false
      guard page.depth <= depth, isNear, sites[number]?.known.count ?? .max < room else {
        return false
      }
      sites[number]?.origins.insert(origin)
      return sites[number]?.known.insert(page.key).inserted ?? false
    }
  }

  private mutating func queueFound(
    _ pages: [PageEntry], of number: SiteNumber, at moment: Instant, _ news: inout FrontierNews
  ) {
    for page in pages {
      guard sites[number]?.waiting ?? .max < bounds.queue else {
        sites[number]?.hasMore = true
        return
      }
      queue(DuePage(page), of: number, at: moment, &news)
    }
  }

  /// Sends away the pages of a host that is to be left alone for long.
  private mutating func leaveIfSilent(
    _ origin: String, at moment: Instant, _ news: inout FrontierNews
  ) {
    var line = takeLine(origin)
    let hasNoRules = line.rules == nil && line.rulesEnd != nil
    guard !line.waiting.isEmpty, line.next > moment + courtesy.patience || hasNoRules else {
      lines[origin] = line
      return
    }
    let reason = line.fault ?? "\(origin) wants to be left alone"
    var left: Set<SiteNumber> = []
    while let page = line.waiting.popFirst() {
      left.insert(page.site)
      sites[page.site]?.waiting -= 1
      sites[page.site]?.holdBack(until: line.next)
      sites[page.site]?.fault = reason
      if !page.due.rechecks.isEmpty { news.unreached.append((page.site, page.due, reason)) }
    }
    lines[origin] = line
    for number in left.sorted() { endIfDone(number, &news) }
  }

  private mutating func endIfDone(_ number: SiteNumber, _ news: inout FrontierNews) {
    guard let site = sites[number], site.waiting == 0, site.out == 0, !site.isEnding else { return }
    sites[number]?.isEnding = true
    news.ended.append((number, TurnEnd(notBefore: site.notBefore, fault: site.fault)))
  }

  /// Forgets a site whose end is on the disk, and hosts that nobody waits for.
  public mutating func release(_ number: SiteNumber, at moment: Instant) {
    guard let site = sites.removeValue(forKey: number) else { return }
    for origin in site.origins {
      guard var line = lines.removeValue(forKey: origin) else { continue }
      guard line.waiting.isEmpty, line.asked == 0 else {
        lines[origin] = line
        continue
      }
      // The rules stand in the store; the moment of the next request must not be forgotten.
      line.rules = nil
      line.rulesEnd = nil
      lines[origin] = line.next > moment ? line : nil
    }
    if lines.count > 4 * bounds.sites {
      lines = lines.filter {
        !$0.value.waiting.isEmpty || $0.value.asked > 0 || $0.value.next > moment
      }
    }
  }
}
