public import Egress
public import Enforcement
public import Logging
public import Records
internal import Synchronization

/// Tells platforms what took effect: in order for each account, side by side for different ones.
///
/// A message goes out under the number of its event, and is noted as arrived once the platform has
/// answered. What a crash leaves behind:
///
/// 1. before it was sent: it waits in the record, and is sent at the next start;
/// 2. sent, not noted: it is sent again under the same `webhook-id`, and the platform knows it;
/// 3. confirmed on the record, not noted: as before; the second confirmation changes nothing.
public final class EffectService: Sendable {
  /// How effects are told.
  public struct Settings: Sendable, Hashable {
    /// Where webhooks may go: to any port of public addresses, and to exceptions.
    public var rules = AddressGuard.Rules(ports: nil)
    /// The most messages under way.
    public var parallel = 32
    /// The most of them to one platform.
    public var parallelPerPlatform = 16
    /// When a message that failed is sent again.
    public var backoff = Backoff()
    /// A platform that has not taken a message for so long is told to people.
    public var alarmAfter = Duration.seconds(600)

    /// The defaults.
    public init() {}
  }

  /// What was done so far, and what waits.
  public struct Figures: Sendable, Hashable {
    /// Messages that platforms took.
    public var taken = 0
    /// Tries that failed.
    public var failures = 0
    /// Messages that were given up.
    public var givenUp = 0
    /// Since when the message that waits longest could be sent; nil where none waits.
    public var waitingSince: Instant?
    /// Whether one waits longer than ``Settings/alarmAfter``.
    public var isOverdue = false
  }

  let journal: Journal
  let settings: Settings
  let logger: Logger
  private let secrets: WebhookSecretStore
  private let appealKey: AppealKey
  private let addressGuard: AddressGuard
  private let sender: WebhookSender
  private let state = Mutex(State())

  private struct State {
    var figures = Figures()
    var underWay: Set<UInt64> = []
    var busy: [Slug: Int] = [:]
    var finished: [(PendingEffect, WebhookOutcome)] = []
    /// When it was last looked at how long messages wait.
    var looked: ContinuousClock.Instant?
  }

  /// How often the record is asked for more.
  private static let pace = Duration.milliseconds(250)
  /// The most messages that wait among which one is looked for that has room.
  private static let lookAhead = 4_096

  /// Takes what it works with.
  ///
  /// - Throws: where the system's certificates cannot be read.
  public init(
    journal: Journal, secrets: WebhookSecretStore, appealKey: AppealKey,
    settings: Settings = Settings(), resolver: any Resolving = SystemResolver(), logger: Logger
  ) throws {
    addressGuard = AddressGuard(rules: settings.rules, resolver: resolver)
    sender = try WebhookSender(addressGuard)
    self.journal = journal
    self.secrets = secrets
    self.appealKey = appealKey
    self.settings = settings
    self.logger = logger
  }

  /// What was done so far, and what waits.
  public var figures: Figures { state.withLock { $0.figures } }

  /// Tells what takes effect until the task is cancelled.
  public func run() async {
    let (signals, signal) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    await withDiscardingTaskGroup { group in
      group.addTask {
        while !Task.isCancelled {
          signal.yield()
          do { try await Task.sleep(for: Self.pace) } catch { break }
        }
        signal.finish()
      }
      var told = false
      for await _ in signals {
        do {
          try await settleFinished()
          for effect in try next() {
            group.addTask {
              let outcome = await self.deliver(effect)
              self.state.withLock { $0.finished.append((effect, outcome)) }
              signal.yield()
            }
          }
          told = false
        } catch {
          if !told { logger.error("effects cannot be read or noted: \(error)") }
          told = true
        }
      }
    }
    try? await settleFinished()
    await sender.close()
  }

  /// What is to be sent now, up to the bounds; it is under way from here on.
  private func next() throws(StoreError) -> [PendingEffect] {
    try watchDelay()
    guard state.withLock({ $0.underWay.count }) < settings.parallel else { return [] }
    // Where the first that wait all go to platforms that are busy, those behind them are looked at.
    var limit = 2 * settings.parallel
    while true {
      let (taken, seen) = try take(limit)
      if !taken.isEmpty || seen < limit || limit >= Self.lookAhead { return taken }
      limit = min(8 * limit, Self.lookAhead)
    }
  }

  /// Takes what has room of the first that wait; answers how many were looked at too.
  private func take(_ limit: Int) throws(StoreError) -> (taken: [PendingEffect], seen: Int) {
    let before = state.withLock { $0.underWay }
    let pending = try journal.pendingEffects(on: .webhook, limit: limit)
    let taken = state.withLock { state in
      pending.filter { effect in
        guard let platform = effect.platform, !before.contains(effect.id),
          state.underWay.count < settings.parallel,
          state.busy[platform, default: 0] < settings.parallelPerPlatform
        else { return false }
        state.underWay.insert(effect.id)
        state.busy[platform, default: 0] += 1
        return true
      }
    }
    return (taken, pending.count)
  }

  private func watchDelay() throws(StoreError) {
    let isTime = state.withLock { state in
      guard state.looked.map({ $0.duration(to: .now) >= .seconds(1) }) ?? true else { return false }
      state.looked = .now
      return true
    }
    guard isTime else { return }
    let tally = try journal.effectTally(on: .webhook)
    let isOverdue =
      tally.oldest.map { journal.now.duration(since: $0) > settings.alarmAfter } ?? false
    let wasOverdue = state.withLock { state in
      defer {
        state.figures.waitingSince = tally.oldest
        state.figures.givenUp = tally.failed
        state.figures.isOverdue = isOverdue
      }
      return state.figures.isOverdue
    }
    if isOverdue, !wasOverdue, let oldest = tally.oldest {
      logger.error(
        "a platform has not confirmed what took effect",
        metadata: ["since": "\(oldest)", "waiting": "\(tally.pending)"])
    }
  }

  /// Notes what has come of messages, those that arrived in one transaction.
  private func settleFinished() async throws {
    let finished = state.withLock { state in
      defer { state.finished = [] }
      return state.finished
    }
    guard !finished.isEmpty else { return }
    defer {
      state.withLock { state in
        for (effect, _) in finished {
          state.underWay.remove(effect.id)
          if let platform = effect.platform { state.busy[platform, default: 1] -= 1 }
        }
      }
    }
    var taken: [UInt64: ContentDigest?] = [:]
    for (effect, outcome) in finished {
      switch outcome {
      case .taken: taken.updateValue(nil, forKey: effect.id)
      case .gone:
        // A time beyond all patience: it is given up, and what waits behind it goes on.
        try note(
          effect, "the platform wants no more messages at this address",
          after: settings.backoff.patience * 2)
      case .failed(let reason, let wait):
        let pause = settings.backoff.pause(
          afterAttempts: effect.attempts + 1, chance: .random(in: 0...1))
        try note(effect, reason, after: max(pause, wait ?? .zero))
      }
    }
    guard !taken.isEmpty else { return }
    try journal.settleEffects(taken)
    state.withLock { $0.figures.taken += taken.count }
  }

  private func note(
    _ effect: PendingEffect, _ reason: String, after pause: Duration
  ) throws(StoreError) {
    let next = journal.now + pause
    let outcome = try journal.noteFailedEffect(effect.id, error: reason, nextTry: next)
    state.withLock { $0.figures.failures += 1 }
    logger.warning(
      outcome == .failed ? "a platform was not told" : "a platform will be told again",
      metadata: [
        "effect": "\(effect.webhookID)", "platform": "\(effect.platform?.text ?? "")",
        "tries": "\(effect.attempts + 1)", "why": "\(reason)",
      ])
  }
}

// MARK: - One message

extension EffectService {
  /// Sends one message, and puts the platform's answer on the record.
  private func deliver(_ effect: PendingEffect) async -> WebhookOutcome {
    let book = journal.register.conduct
    guard let platform = effect.platform.flatMap({ book.platforms[$0] }),
      let account = effect.account.flatMap({ book.accounts[$0] }),
      let sanction = effect.sanction.flatMap({ book.sanctions[$0] }),
      let body = WebhookBody(effect, context(platform, account, sanction, book))
    else { return .failed(reason: "the record does not know what is to be told", retryAfter: nil) }
    guard let target = platform.webhook else {
      return .failed(reason: "the platform has no webhook any more", retryAfter: nil)
    }
    let outcome: WebhookOutcome
    do {
      outcome = await sender.send(
        WebhookMessage(id: effect.webhookID, body: body.octets),
        to: try WebhookAddress(target, addressGuard: addressGuard),
        secrets: try secrets.secrets(of: platform.id), at: journal.now.seconds)
    } catch {
      return .failed(reason: "\(error)", retryAfter: nil)
    }
    guard case .taken(let noticeDelivered, _) = outcome else { return outcome }
    do {
      try await record(sanction.id, effect, noticeDelivered: noticeDelivered)
    } catch {
      return .failed(reason: "the platform's answer cannot be recorded: \(error)", retryAfter: nil)
    }
    return outcome
  }

  /// A second confirmation changes nothing.
  ///
  /// What has ended meanwhile is confirmed by the message
  /// that tells so, which waits behind this one.
  private func record(
    _ sanction: SanctionID, _ effect: PendingEffect, noticeDelivered: Bool
  ) async throws(StoreError) {
    let state = journal.register.conduct.sanctions[sanction]?.state
    if effect.webhookType == "sanction.lifted" || state == .imposed {
      _ = try await journal.perform(.conduct(.confirmSanction(sanction)), by: .system)
    }
    guard noticeDelivered, effect.webhookType == "sanction.imposed" else { return }
    _ = try await journal.perform(.conduct(.recordNoticeDelivery(sanction)), by: .system)
  }

  private func context(
    _ platform: Platform, _ account: Account, _ sanction: Sanction, _ book: ConductBook
  ) -> WebhookBody.Context {
    let facts = sanction.plan.ground.infractions.compactMap { id in
      book.infractions[id].map { file in
        SanctionLetter.Fact(
          post: file.infraction.evidence == .erased ? nil : file.infraction.evidence.post,
          published: file.infraction.published, category: file.infraction.category)
      }
    }
    return WebhookBody.Context(
      platform: platform, account: account, sanction: sanction, facts: facts,
      token: appealKey.token(for: sanction.id))
  }
}

extension PendingEffect {
  /// The sanction that it tells of; nil for a report.
  var sanction: SanctionID? {
    guard case .conduct(let change) = event.event.change else { return nil }
    return switch change {
    case .sanctionImposed(let id, _, _, _), .sanctionReduced(let id, _, _, _),
      .sanctionLifted(let id, _, _, _):
      id
    case .platformSet, .ladderAdopted, .ruleWritten, .ruleStaged, .ruleReverted, .partySet,
      .accountOpened, .accountChanged, .accountReviewed, .infractionFound, .infractionSettled,
      .sanctionProposed,
      .sanctionApproved, .sanctionDeclined, .sanctionConfirmed, .noticeDelivered, .appealFiled,
      .appealMessage, .appealDecided, .leadNoted, .leadSettled, .batchProposed, .batchApproved,
      .batchMoved, .reportMade, .reportReceived, .holdSet, .partyErased:
      nil
    }
  }
}
