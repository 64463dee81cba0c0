internal import Enforcement
internal import Logging
internal import Records

/// Tells the record what was found.
struct RecordReports: Sendable {
  let tools: CrawlTools
  let clock: @Sendable () -> Instant

  /// How many are handed to the record at once; it commits those that wait together.
  private static let together = 64

  /// Hands reports in and waits until all are on the disk.
  ///
  /// What the law of the house refuses is told and passed over: a case that ended meanwhile needs no
  /// re-check.
  func perform(_ reports: [CrawlOutbox.Report]) async throws(StoreError) {
    var rest = reports[...]
    while !rest.isEmpty {
      let some = rest.prefix(Self.together)
      rest = rest.dropFirst(some.count)
      let faults = await withTaskGroup(of: StoreError?.self) { group in
        for report in some { group.addTask { await fault(of: report) } }
        return await group.reduce(into: [StoreError?]()) { $0.append($1) }
      }
      if let fault = faults.lazy.compactMap(\.self).first { throw fault }
    }
  }

  private func fault(of report: CrawlOutbox.Report) async -> StoreError? {
    do throws(StoreError) {
      switch report {
      case .finding(let finding): try await record(.reportFinding(finding))
      case .recheck(let id, let recheck, let page):
        guard try await !looksFurther(for: id, recheck, after: page) else { return nil }
        try await record(.recordRecheck(id, recheck))
      }
      return nil
    } catch {
      return error
    }
  }

  private func record(_ command: Command) async throws(StoreError) {
    guard case .refused(let refusal) = try await tools.journal.perform(command, by: .system)
    else { return }
    tools.logger.notice(
      "the record does not take a report",
      metadata: ["action": "\(command.action)", "why": "\(refusal)"])
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
