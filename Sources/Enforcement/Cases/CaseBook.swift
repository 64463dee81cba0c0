/// The sites that are watched, and the cases.
///
/// No question here looks at every case: one is found by its number, by site and category, or by the
/// time at which it falls due.
public struct CaseBook: Sendable, Hashable {
  /// The sites that are watched.
  public private(set) var sites = ShardedDictionary<Site, SiteRecord>()
  /// The cases.
  public private(set) var cases = ShardedDictionary<CaseID, CaseFile>()
  /// The cases whose site is to be looked at again now.
  public private(set) var dueNow: Set<CaseID> = []
  private var stories = ShardedDictionary<CaseKey, SiteStory>()
  private var openedOn: [String: Int] = [:]
  private var planned = DueQueue<CaseID>()

  /// What makes two findings one case.
  struct CaseKey: Sendable, Hashable {
    let site: Site
    let category: FindingCategory
  }

  /// What is known of a site and category.
  struct SiteStory: Sendable, Hashable {
    /// The newest case.
    var newest: CaseID
    /// The evidence that people have dismissed.
    var dismissed: Set<ContentDigest> = []
  }

  init() {}

  /// Takes back what was kept.
  init(sites: [SiteRecord], cases: [CaseFile]) {
    for site in sites { self.sites[site.site] = site }
    for kept in cases.sorted(by: { ($0.opened, $0.id) < ($1.opened, $1.id) }) {
      enter(kept)
      replace(nil, with: kept)
      if kept.state == .dismissed { rememberDismissal(of: kept) }
    }
  }

  /// The case with a number.
  public subscript(id: CaseID) -> CaseFile? { cases[id] }

  /// The newest case of a site and category, whether it has ended or not.
  public func newest(of site: Site, _ category: FindingCategory) -> CaseFile? {
    story(of: site, category).flatMap { cases[$0.newest] }
  }

  func story(of site: Site, _ category: FindingCategory) -> SiteStory? {
    stories[CaseKey(site: site, category: category)]
  }

  /// The number that a case opened now gets.
  func nextID(at moment: Instant) -> CaseID {
    CaseID(openedAt: moment, ordinal: openedOn[moment.compactDate, default: 0] + 1)
  }

  /// The cases that fall due by a moment and were not said to be.
  func due(by moment: Instant) -> [(at: Instant, id: CaseID)] { planned.due(by: moment) }

  /// When the next case falls due.
  var nextDue: Instant? { planned.earliest }
}

// MARK: - Folding

extension CaseBook {
  mutating func watch(_ site: Site, by actor: Actor, at moment: Instant) {
    sites[site] = SiteRecord(site: site, by: actor, since: moment)
  }

  mutating func drop(_ site: Site) { sites[site] = nil }

  mutating func apply(_ change: CaseChange, to id: CaseID, by actor: Actor, at moment: Instant) {
    guard let before = cases[id] else {
      guard case .found(let finding, let follows) = change else { return }
      let opened = CaseFile(id: id, finding: finding, follows: follows, at: moment)
      enter(opened)
      replace(nil, with: opened)
      return
    }
    var after = before
    after.apply(change, by: actor, at: moment)
    replace(before, with: after)
    if case .dismissed = change { rememberDismissal(of: after) }
  }

  private mutating func enter(_ opened: CaseFile) {
    openedOn[opened.opened.compactDate, default: 0] += 1
    let key = CaseKey(site: opened.site, category: opened.category)
    stories[key] = SiteStory(newest: opened.id, dismissed: stories[key]?.dismissed ?? [])
  }

  private mutating func replace(_ before: CaseFile?, with after: CaseFile) {
    cases[after.id] = after
    planned.move(after.id, from: before?.recheckAt, to: after.recheckAt)
    if after.isDue { dueNow.insert(after.id) } else { dueNow.remove(after.id) }
  }

  private mutating func rememberDismissal(of closed: CaseFile) {
    stories[CaseKey(site: closed.site, category: closed.category)]?.dismissed
      .formUnion(closed.evidence)
  }
}

/// Who asked for a site to be watched, and since when it is.
public struct SiteRecord: Sendable, Hashable, Codable {
  /// The site.
  public var site: Site
  /// Who asked for it.
  public var by: Actor
  /// Since when.
  public var since: Instant

  /// Takes the parts.
  public init(site: Site, by actor: Actor, since: Instant) {
    self.site = site
    self.by = actor
    self.since = since
  }
}
