internal import Enforcement
internal import Logging
internal import Records

/// Tells the record what was found.
struct RecordReports: Sendable {
  let tools: CrawlTools

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
    let command: Command =
      switch report {
      case .finding(let finding): .reportFinding(finding)
      case .recheck(let id, let recheck): .recordRecheck(id, recheck)
      }
    do throws(StoreError) {
      if case .refused(let refusal) = try await tools.journal.perform(command, by: .system) {
        tools.logger.notice(
          "the record does not take a report",
          metadata: ["action": "\(command.action)", "why": "\(refusal)"])
      }
      return nil
    } catch {
      return error
    }
  }
}
