public import Egress
internal import Enforcement
internal import Interchange
public import Logging
public import Records
internal import Synchronization

/// Makes what has to be reported when it is due, and sends it: to authorities, and to the DSA
/// Transparency Database.
///
/// Nothing is held in memory that a crash could lose:
///
/// 1. before a report is made: its sanctions are owed on the record, and it is made at the next start;
/// 2. made, not sent: it waits on the record, and goes out as it stands on the shelf;
/// 3. sent, its receipt not noted: a webhook goes again under the same `webhook-id`, a file is
///    written again under its name, a statement is asked for before it is sent once more.
public final class ReportService: Sendable {
  let journal: Journal
  let office: ReportOffice
  let settings: ReportSettings
  let logger: Logger
  let secrets: WebhookSecretStore
  let addressGuard: AddressGuard
  let sender: WebhookSender
  /// Reports that were made before may have been sent by the process before this one.
  let started: Instant
  let state = Mutex(State())

  struct State {
    var figures = ReportFigures()
    /// From when on sanctions are looked through for statements that are owed, by platform.
    var looked: [Slug: Instant] = [:]
    /// The oldest sanction of which a statement could not be made in this pass, by platform.
    var unstated: [Slug: Instant] = [:]
    /// When reports were counted last.
    var counted: ContinuousClock.Instant?
    /// What went wrong last, by what was tried: told once.
    var told: [String: String] = [:]
  }

  /// How often the record is asked for more.
  private static let pace = Duration.milliseconds(500)
  /// How often reports are counted.
  private static let countingPace = Duration.seconds(5)
  /// The most reports that are looked at for one that has somewhere to go.
  static let lookAhead = 4_096
  /// The most reports to authorities under way.
  static let parallel = 8

  /// Takes what it works with.
  ///
  /// - Parameters:
  ///   - office: what makes reports.
  ///   - settings: where they go.
  ///   - resolver: what tells the addresses of webhooks.
  ///   - logger: where faults are told; never what a report says.
  /// - Throws: where the system's certificates cannot be read.
  public init(
    office: ReportOffice, settings: ReportSettings, resolver: any Resolving = SystemResolver(),
    logger: Logger
  ) throws {
    addressGuard = AddressGuard(rules: settings.rules, resolver: resolver)
    sender = try WebhookSender(addressGuard)
    self.office = office
    journal = office.journal
    self.settings = settings
    self.logger = logger
    secrets = WebhookSecretStore(reportsOf: office.journal.dataDirectory)
    started = office.journal.now
  }

  /// What was done so far, and what waits.
  public var figures: ReportFigures { state.withLock { $0.figures } }

  /// Makes and sends reports until the task is cancelled.
  public func run() async {
    await attempt("reports of erased accounts cannot be erased") { try self.office.forget() }
    await attempt("notes cannot be settled") {
      for (_, report, _) in try self.waiting(.dsa, { _ in true }) where report.isNote {
        try await self.settleNote(report)
      }
    }
    await withDiscardingTaskGroup { group in
      group.addTask { await self.repeating { await self.makeDue() } }
      group.addTask { await self.repeating { await self.tellAuthorities() } }
      for platform in self.settings.tokens.keys.sorted() {
        group.addTask { await self.repeating { await self.tellDatabase(of: platform) } }
      }
    }
    await sender.close()
  }

  private func repeating(_ body: () async -> Void) async {
    while !Task.isCancelled {
      await body()
      do { try await Task.sleep(for: Self.pace) } catch { return }
    }
  }

  /// Does something; a fault is told once for as long as it stays the same.
  func attempt(_ what: String, _ body: () async throws -> Void) async {
    let fault: String?
    do {
      try await body()
      fault = nil
    } catch is CancellationError {
      return
    } catch {
      fault = "\(error)"
    }
    let isNew = state.withLock { state in
      defer { state.told[what] = fault }
      return fault != nil && state.told[what] != fault
    }
    if isNew, let fault { logger.error("\(what): \(fault)") }
  }
}

// MARK: - Making

extension ReportService {
  private func makeDue() async {
    for due in journal.register.conduct.reportsDue(at: journal.now + settings.ahead) {
      await attempt("the report of \(due.platform) to its authority cannot be made") {
        try await self.makeReports(due)
      }
    }
    for due in journal.register.conduct.reportsToCorrect {
      await attempt("\(due.report) cannot be corrected") { try await self.correct(due) }
    }
    for platform in settings.tokens.keys.sorted() {
      await attempt("statements of \(platform) cannot be made") {
        try await self.makeStatements(on: platform)
      }
    }
    await attempt("reports cannot be counted") { try self.look() }
  }

  /// All that is due of a platform, in reports of as many sanctions as one holds.
  private func makeReports(_ due: ReportDue) async throws {
    var rest = due.sanctions[...]
    while !rest.isEmpty {
      try Task.checkCancellation()
      let part = Array(rest.prefix(AuthorityReport.sanctionLimit))
      rest = rest.dropFirst(part.count)
      let made = try await office.makeAuthorityReport(of: part, by: .system)
      count(made.report)
    }
  }

  private func correct(_ due: CorrectionDue) async throws {
    guard let report = journal.register.conduct.reports[due.report] else { return }
    switch report.kind {
    case .authority:
      count(
        try await office.makeAuthorityReport(
          of: due.sanctions, corrects: due.report, by: .system
        ).report)
    case .dsa:
      for sanction in due.sanctions {
        let made = try await office.makeStatement(of: sanction, corrects: due.report, by: .system)
        guard let made else { continue }
        count(made.report)
        if made.report.isNote { try await settleNote(made.report) }
      }
    }
  }

  /// A note goes to nobody.
  func settleNote(_ report: Report) async throws {
    try await note(report, receipt: "for the record alone: the database takes nothing back")
  }

  /// A statement is owed at once ("without undue delay": Regulation (EU) 2022/2065, Article 24(5)).
  private func makeStatements(on platform: Slug) async throws {
    guard journal.register.conduct.platforms[platform].map(DSAStatement.isOwed) == true else {
      return
    }
    let start = state.withLock { $0.looked[platform] } ?? Instant(milliseconds: 0)
    let now = journal.now
    let owed = try journal.sanctionsWithoutStatement(
      on: platform, from: start, limit: Self.statementsAtATime)
    var fault: (any Error)?
    for sanction in owed {
      try Task.checkCancellation()
      do {
        if let made = try await office.makeStatement(of: sanction, by: .system) {
          count(made.report)
        }
      } catch let error as CancellationError {
        throw error
      } catch {
        // One that cannot be stated keeps none of the others back, and is tried in the next pass.
        fault = fault ?? error
        let imposed = journal.register.conduct.sanctions[sanction]?.imposed ?? start
        state.withLock { state in
          state.unstated[platform] = min(imposed, state.unstated[platform] ?? imposed)
        }
      }
    }
    let last = owed.last.flatMap { journal.register.conduct.sanctions[$0]?.imposed }
    let isWhole = owed.count < Self.statementsAtATime
    // What took effect a moment ago may still be on its way to where it is counted.
    let next = min(isWhole ? now : last ?? now, now + .seconds(-5))
    state.withLock { state in
      let again = isWhole ? state.unstated.removeValue(forKey: platform) : nil
      state.looked[platform] = again ?? max(start, next)
    }
    if let fault { throw fault }
  }

  private static var statementsAtATime: Int { 1_000 }

  private func count(_ report: Report) {
    state.withLock { $0.figures.made[report.kind, default: 0] += 1 }
  }

  /// Counting looks at every report, so it is done now and then.
  private func look() throws {
    let isTime = state.withLock { state in
      guard state.counted.map({ $0.duration(to: .now) >= Self.countingPace }) ?? true else {
        return false
      }
      state.counted = .now
      return true
    }
    guard isTime else { return }
    let delivery = try journal.reportDelivery()
    let overdue = journal.register.conduct.reportsDue(at: journal.now)
      .reduce(0) { $0 + $1.sanctions.count }
    state.withLock { state in
      state.figures.delivery = delivery
      state.figures.overdue = overdue
    }
  }
}

// MARK: - What came of sending

extension ReportService {
  /// Notes that a report arrived.
  func note(_ report: Report, receipt: String) async throws {
    let outcome = try await journal.perform(
      .conduct(.receiveReport(report.id, receipt: receipt)), by: .system)
    if case .refused(let refusal) = outcome { throw refusal }
    let late = lateness(of: report, at: journal.now)
    state.withLock { state in
      state.figures.sent[report.kind, default: 0] += 1
      if let late { state.figures.lateness.note(late) }
    }
  }

  /// Notes that sending failed; with no pause it is given up, for a person to look.
  func note(_ pending: PendingReport, _ reason: String, after pause: Duration?) throws {
    let next = journal.now + (pause ?? settings.backoff.patience * 2)
    let outcome = try journal.noteFailedEffect(pending.effect, error: reason, nextTry: next)
    state.withLock { $0.figures.failures += 1 }
    logger.warning(
      outcome == .failed ? "a report was given up" : "a report will be sent again",
      metadata: [
        "report": "\(pending.report)", "tries": "\(pending.attempts + 1)", "why": "\(reason)",
      ])
  }

  /// The pause after one more failure.
  func pause(after pending: PendingReport) -> Duration {
    settings.backoff.pause(afterAttempts: pending.attempts + 1, chance: .random(in: 0...1))
  }

  /// How long after its deadline a report to the authority is; nil for others and for corrections.
  private func lateness(of report: Report, at moment: Instant) -> Duration? {
    guard report.kind == .authority, report.corrects == nil else { return nil }
    return journal.register.conduct.deadline(of: report).map { moment.duration(since: $0) }
  }
}

extension ConductBook {
  /// By when a report to the authority was to be there: that of the oldest sanction in it.
  func deadline(of report: Report) -> Instant? {
    let told = report.sanctions.compactMap { sanctions[$0] }
    guard let first = told.compactMap(\.imposed).min(),
      let hours = platform(of: report).flatMap({ platforms[$0] })?.terms.reportHours
    else { return nil }
    return first + .seconds(3_600 * hours)
  }

  /// The platform whose sanctions a report tells of.
  func platform(of report: Report) -> Slug? {
    report.sanctions.first.flatMap { sanctions[$0] }.flatMap { accounts[$0.account]?.platform }
  }
}

extension WebhookSecretStore {
  /// The secrets with which reports are signed, a file a platform, beside the reports.
  public init(reportsOf directory: String, random: RandomOctets = .system) {
    self.init(directory: directory + "/reports", random: random)
  }
}
