internal import Egress
internal import Enforcement
internal import Logging
internal import Records

/// Tells the record what was found.
struct RecordReports: Sendable {
  let tools: CrawlTools
  let clock: @Sendable () -> Instant

  /// Hands reports in, as many as it takes together, and waits until all are on the disk.
  ///
  /// What the law of the house refuses is told and passed over: a case that ended meanwhile needs no
  /// re-check.
  func perform(_ reports: [CrawlOutbox.Report]) async throws(StoreError) {
    var commands: [Command] = []
    for report in reports {
      if let command = try await command(for: report) { commands.append(command) }
    }
    let outcomes = try await tools.journal.perform(commands, by: .system)
    for case (let command, .refused(let refusal)) in zip(commands, outcomes) {
      tools.logger.notice(
        "the record does not take a report",
        metadata: ["action": "\(command.action)", "why": "\(refusal)"])
    }
  }

  /// What the record is told; nil where the case waits for another page.
  private func command(for report: CrawlOutbox.Report) async throws(StoreError) -> Command? {
    switch report {
    case .finding(let finding): return .reportFinding(finding)
    case .recheck(let id, let recheck, let page):
      guard try await !looksFurther(for: id, recheck, after: page) else { return nil }
      return .recordRecheck(id, recheck)
    }
  }

  /// Gone is what is gone from every page that it was found on: they are looked at one by one, and
  /// what was seen on the last of them is told.
  private func looksFurther(
    for id: CaseID, _ recheck: Recheck, after page: PageKey
  ) async throws(StoreError) -> Bool {
    guard recheck.outcome == .gone, let found = tools.journal.register.book[id],
      let next = found.canonicalPages.drop(while: { PageKey(url: $0) != page }).dropFirst().first
    else { return false }
    return try await tools.store.requestRecheck(page: next, of: found.site, at: clock(), case: id)
  }
}

extension CaseFile {
  /// The pages that are looked at again, in this order.
  var canonicalPages: [String] {
    pages.map { (try? WebURL.canonical($0)) ?? $0 }
  }
}
