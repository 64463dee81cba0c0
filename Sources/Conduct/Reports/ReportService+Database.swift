internal import Enforcement
internal import Interchange
internal import Records

// MARK: - To the DSA Transparency Database

extension ReportService {
  /// Sends the statements of a platform that wait, batch after batch.
  func tellDatabase(of platform: Slug) async {
    await attempt("statements of \(platform) cannot be sent") {
      while !Task.isCancelled {
        let waiting = try self.waiting(.dsa) { $0 == platform }.prefix(DSAStatement.batchLimit)
        guard !waiting.isEmpty, try await self.send(Array(waiting), of: platform) else { return }
      }
    }
  }

  /// Sends a batch; answers whether the database takes more now.
  private func send(
    _ batch: [(PendingReport, Report, Slug)], of platform: Slug
  ) async throws -> Bool {
    var known: [String: (PendingReport, Report)] = [:]
    var items: [DSASubmission.Item] = []
    for (pending, report, _) in batch {
      if report.isNote {
        try await settleNote(report)
        continue
      }
      guard let octets = try words(of: report, pending) else { continue }
      known[report.key] = (pending, report)
      items.append(
        DSASubmission.Item(
          puid: report.key, body: String(decoding: octets, as: UTF8.self),
          isUncertain: pending.attempts > 0 || pending.since < started))
    }
    guard !items.isEmpty else { return true }
    var submission = DSASubmission(items)
    var obstacle: String?
    do {
      let client = DSAClient(base: try database(), token: try token(of: platform))
      do throws(DSASubmission.Obstacle) {
        try await client.carry(&submission)
      } catch {
        obstacle = "\(error)"
      }
      await client.close()
    } catch {
      obstacle = "\(error)"
    }
    try await settle(submission.outcomes, known)
    guard let obstacle else { return true }
    for (pending, _) in known.filter({ submission.outcomes[$0.key] == nil }).values {
      try note(pending, obstacle, after: pause(after: pending))
    }
    return false
  }

  /// Notes what became of statements: receipts side by side, so that the record takes them together.
  private func settle(
    _ outcomes: [String: DSASubmission.Outcome], _ known: [String: (PendingReport, Report)]
  ) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (key, outcome) in outcomes {
        guard let (pending, report) = known[key] else { continue }
        switch outcome {
        case .accepted(let receipt):
          group.addTask { try await self.note(report, receipt: receipt) }
        case .refused(let reasons):
          try note(
            pending, "the database refuses it: " + reasons.joined(separator: "; "), after: nil)
        case .taken:
          try note(
            pending, "the database holds another statement under this number", after: nil)
        }
      }
      try await group.waitForAll()
    }
  }

  private func database() throws -> String {
    _ = try WebhookAddress(settings.database, addressGuard: addressGuard)
    return settings.database
  }

  private func token(of platform: Slug) throws -> String {
    let file = PrivateFile(path: settings.tokens[platform] ?? "")
    guard let octets = try file.read() else { throw file.fault("is not there") }
    return String(decoding: octets, as: UTF8.self).filter { !$0.isWhitespace }
  }
}
