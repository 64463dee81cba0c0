internal import Conduct
internal import Detection
internal import Enforcement
internal import Logging
internal import Records
internal import Synchronization
internal import Watch

/// What the work on accounts needs of one data directory; opened when it is first asked for.
///
/// All ways in for posts (the API, the command line, a stream) share one screener and one gate.
final class ConductOffice: Sendable {
  let journal: Journal
  let configuration: CordonConfiguration
  private let book = Mutex<AnswerBook?>(nil)
  private let key = Mutex<AppealKey?>(nil)
  private let screener = Mutex<Screener?>(nil)
  private let postCounts = Mutex<PostCounts?>(nil)
  private let gate = IntakeGate()
  private let limit = ContestLimit()
  /// What makes reports, and keeps them.
  let reports: ReportOffice
  /// Lets trials of rules through, one at a time.
  let trials = Turnstile()
  /// The numbers for the public, as they were counted last.
  let numbers = PublicNumbers()

  init(journal: Journal, configuration: CordonConfiguration) {
    self.journal = journal
    self.configuration = configuration
    reports = ReportOffice(
      journal: journal, reporter: configuration.notices.settings?.reporter)
  }

  /// The answers to requests that came with a key.
  func answers() throws -> AnswerBook {
    try book.withLock { book throws(StoreError) in
      if let book { return book }
      let made = try AnswerBook(beside: journal)
      book = made
      return made
    }
  }

  /// How often accounts post.
  func counts() throws -> PostCounts {
    try postCounts.withLock { counts throws(StoreError) in
      if let counts { return counts }
      let made = try PostCounts(beside: journal)
      counts = made
      return made
    }
  }

  /// What knows the tokens of account holders.
  func appealKey() throws -> AppealKey {
    try key.withLock { key throws(PrivateFileFault) in
      if let key { return key }
      let made = try AppealKey(directory: journal.dataDirectory)
      key = made
      return made
    }
  }

  /// The secrets that webhooks are signed with.
  var secrets: WebhookSecretStore { WebhookSecretStore(directory: journal.dataDirectory) }

  /// Takes one thing in that everyone may hand in; refuses where too many come.
  func takeFromPublic(at now: Instant) throws(APIProblem) {
    guard let seconds = limit.take(at: now) else { return }
    throw .busy(seconds: seconds, "too many write at this moment: try again in \(seconds) s")
  }
}

// MARK: - Posts

extension ConductOffice {
  /// Has posts screened; all that follows from them is on the disk when it answers.
  ///
  /// - Throws: ``IntakeGate/Full`` where too much is under way; then nothing was taken.
  func screen(_ octets: [UInt8], of platform: Slug) async throws -> ScreenedBatch {
    let screener = try openScreener()
    return try await gate.admit(
      posts: octets.count { $0 == 0x0A } + 1, octets: octets.count
    ) {
      try await screener.screen(octets, of: platform)
    }
  }

  /// What each version of a rule made of posts, now or before this program began.
  func ruleFigures() throws -> [RuleReference: RuleWatch.Figures] {
    if let screener = screener.withLock({ $0 }) { return screener.watch.figures }
    return RuleWatch(from: try counts().ruleTallies()).figures
  }

  private func openScreener() throws -> Screener {
    try screener.withLock { screener in
      if let screener { return screener }
      let detector = try DetectorFolder.load(policies: configuration.policies)
      let made = try Screener(detector: detector, journal: journal, counts: try counts())
      screener = made
      return made
    }
  }
}

// MARK: - Services

extension ConductOffice {
  /// What tells platforms of their sanctions.
  func effects(_ logger: Logger) throws -> EffectService {
    var settings = EffectService.Settings()
    settings.rules = configuration.conduct.webhookRules
    return try EffectService(
      journal: journal, secrets: secrets, appealKey: try appealKey(), settings: settings,
      logger: logger)
  }

  /// What makes and sends reports.
  func reporting(_ logger: Logger) throws -> ReportService {
    try ReportService(office: reports, settings: configuration.reports, logger: logger)
  }

  /// The secrets that reports to authorities are signed with.
  var reportSecrets: WebhookSecretStore {
    WebhookSecretStore(reportsOf: journal.dataDirectory)
  }

  /// What takes posts from a stream; nil where none is set.
  func stream(_ logger: Logger) -> StreamIntake? {
    guard let stream = configuration.conduct.stream else { return nil }
    return StreamIntake(settings: stream.settings, logger: logger) { octets in
      try await self.screen(octets, of: stream.platform)
    }
  }
}
