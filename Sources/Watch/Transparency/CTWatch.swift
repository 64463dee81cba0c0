internal import AsyncHTTPClient
public import Enforcement
public import Records

/// Reads certificate logs from where each was left, and keeps the leads.
public struct CTWatch: Sendable {
  /// The most entries of a log that are read at a time.
  public static let usualEntryLimit: UInt64 = 20_000

  private let store: WatchStore
  private let rules: LeadRules
  private let userAgent: String
  private let entryLimit: UInt64
  private let clock: @Sendable () -> Instant

  /// Takes where leads go, what is looked for, and how requests introduce themselves.
  public init(
    store: WatchStore, rules: LeadRules, userAgent: String,
    entryLimit: UInt64 = CTWatch.usualEntryLimit, clock: @escaping @Sendable () -> Instant
  ) {
    self.store = store
    self.rules = rules
    self.userAgent = userAgent
    self.entryLimit = entryLimit
    self.clock = clock
  }

  /// What one look at a log came to.
  public enum Outcome: Sendable {
    /// It was read to its newest checkpoint.
    case read(CTReading)
    /// It was not, and its position stays where it was.
    case failed(CTFault)
  }

  /// Reads on in a log, once.
  ///
  /// - Throws: ``StoreError`` where the store fails; a log that fails is an outcome.
  public func look(at log: CTLog) async throws(StoreError) -> Outcome {
    let position = try await store.reading(of: log.prefix).map {
      CTPosition(origin: $0.origin, frontier: $0.frontier)
    }
    let follower = CTFollower(log: log, rules: rules, entryLimit: entryLimit)
    let client = WebCTSource.makeClient()
    let source = WebCTSource(prefix: log.prefix, client: client, userAgent: userAgent)
    let result: Result<CTReading, CTFault>
    do throws(CTFault) {
      result = .success(try await follower.read(after: position, from: source))
    } catch {
      result = .failure(error)
    }
    try? await client.shutdown()
    switch result {
    case .failure(let fault): return .failed(fault)
    case .success(let reading):
      try await keep(reading, of: log)
      return .read(reading)
    }
  }

  private func keep(_ reading: CTReading, of log: CTLog) async throws(StoreError) {
    let origin = reading.position.origin
    let leads = reading.leads.map { lead in
      LeadEntry(
        name: lead.name, venue: lead.reason.venue, reason: lead.reason.text,
        source: "\(origin) #\(lead.entry)",
        time: Instant(milliseconds: Int64(clamping: lead.time)))
    }
    try await store.keep(
      leads,
      after: LogReading(
        prefix: log.prefix, origin: origin, frontier: reading.position.frontier, read: clock()))
  }
}

extension NameLead.Reason {
  /// The venue that the name reminds of.
  fileprivate var venue: String? {
    switch self {
    case .likeness(let venue, _, _): venue
    case .keyword: nil
    }
  }

  /// The reason as a person reads it.
  fileprivate var text: String {
    switch self {
    case .likeness(_, let known, let variation): "\(variation) of \(known)"
    case .keyword(let word): "holds \(word)"
    }
  }
}
