internal import Enforcement
internal import Foundation
internal import Interchange
internal import Records

// MARK: - To authorities

extension ReportService {
  /// Sends what waits and has somewhere to go, a few at a time.
  func tellAuthorities() async {
    await attempt("reports that wait cannot be read") {
      let pending = try self.waiting(.authority) { self.settings.authorities[$0] != nil }
      await withDiscardingTaskGroup { group in
        for (pending, report, platform) in pending.prefix(Self.parallel) {
          group.addTask {
            await self.attempt("\(report.id) cannot be sent") {
              try await self.deliver(pending, report, of: platform)
            }
          }
        }
      }
    }
  }

  /// What waits of a kind, of the platforms that are wanted.
  func waiting(
    _ kind: Report.Kind, _ isWanted: (Slug) -> Bool
  ) throws -> [(PendingReport, Report, Slug)] {
    let book = journal.register.conduct
    return try journal.pendingReports(limit: Self.lookAhead).compactMap { pending in
      guard let report = book.reports[pending.report], report.kind == kind,
        let platform = book.platform(of: report), isWanted(platform)
      else { return nil }
      return (pending, report, platform)
    }
  }

  private func deliver(
    _ pending: PendingReport, _ report: Report, of platform: Slug
  ) async throws {
    guard let destination = settings.authorities[platform],
      let octets = try words(of: report, pending)
    else { return }
    switch destination {
    case .webhook(let address): try await send(octets, pending, report, of: platform, to: address)
    case .folder(let folder):
      let name = "\(platform)-\(report.id)"
      do {
        try drop(octets, name, into: folder)
      } catch {
        return try note(pending, "\(error)", after: pause(after: pending))
      }
      try await note(report, receipt: "put into the folder as \(name).json")
    }
  }

  /// A report as it was made; where it cannot be had, that is noted.
  func words(of report: Report, _ pending: PendingReport) throws -> [UInt8]? {
    do throws(PrivateFileFault) {
      if let octets = try office.shelf.octets(of: report.content) { return octets }
    } catch {
      try note(pending, "\(error)", after: pause(after: pending))
      return nil
    }
    try note(
      pending, "its words are not kept here: hand it over, and note the receipt", after: nil)
    return nil
  }

  private func send(
    _ octets: [UInt8], _ pending: PendingReport, _ report: Report, of platform: Slug,
    to address: String
  ) async throws {
    let outcome: WebhookOutcome
    do {
      try office.shelf.makeFolder()
      outcome = await sender.send(
        WebhookMessage(
          id: "\(platform)-\(report.id)", body: Self.message(octets, made: report.made)),
        to: try WebhookAddress(address, addressGuard: addressGuard),
        secrets: try secrets.secrets(of: platform), at: journal.now.seconds)
    } catch {
      return try note(pending, "\(error)", after: pause(after: pending))
    }
    switch outcome {
    case .taken(_, let receipt):
      let text = receipt.map { String($0.prefix(300)) } ?? ""
      try await note(report, receipt: text.isEmpty ? "taken, without a receipt" : text)
    case .gone: try note(pending, "the authority wants no more reports at this address", after: nil)
    case .failed(let reason, let wait):
      let text = reason.replacing("the platform answered", with: "the authority answered")
      try note(pending, text, after: max(pause(after: pending), wait ?? .zero))
    }
  }

  /// The report as Standard Webhooks 1.0.0 packs it.
  static func message(_ octets: [UInt8], made: Instant) -> [UInt8] {
    let head = "{\"type\":\"report.made\",\"timestamp\":\"\(made)\",\"data\":"
    return Array(head.utf8) + (octets.last == 0x0A ? octets.dropLast() : octets[...]) + [0x7D]
  }

  /// Writes the table first: whoever finds the JSON file finds the other beside it.
  private func drop(_ octets: [UInt8], _ name: String, into folder: String) throws {
    let table = try AuthoritySheet(octets).table
    try PrivateFile(path: folder + "/\(name).csv").write(table)
    try PrivateFile(path: folder + "/\(name).json").write(octets)
  }
}
