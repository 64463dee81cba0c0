internal import Enforcement
internal import Records

/// Has the pages looked at again that cases wait for.
struct RecheckRequests {
  let tools: CrawlTools
  let clock: @Sendable () -> Instant
  private var asked: Set<CaseID> = []

  init(tools: CrawlTools, clock: @escaping @Sendable () -> Instant) {
    self.tools = tools
    self.clock = clock
  }

  /// Asks the store for what has come due on the record since the last time.
  mutating func request() async throws(StoreError) {
    let register = tools.journal.register
    asked.formIntersection(register.book.dueNow)
    for id in register.book.dueNow.subtracting(asked).sorted() {
      guard let found = register.book[id] else { continue }
      guard let page = found.canonicalPages.first else { continue }
      let isWatched = try await tools.store.requestRecheck(
        page: page, of: found.site, at: clock(), case: id)
      asked.insert(id)
      guard !isWatched else { continue }
      let recheck = Recheck(
        outcome: .unreachable, seen: clock(), detail: "the site is not watched any more")
      try await RecordReports(tools: tools, clock: clock).perform(
        [.recheck(id, recheck, of: PageKey(url: page))])
    }
  }
}
