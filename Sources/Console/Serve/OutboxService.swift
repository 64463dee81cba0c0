internal import Enforcement
internal import Logging
internal import Records
internal import ServiceLifecycle
internal import Watch

/// Sends the letters that wait, and records what became of them.
///
/// A letter is recorded as sent when a server has taken it over. Where the program ends between the
/// two, it is sent again with the same Message-ID, so that the recipient can tell the copy.
struct OutboxService: Service {
  let journal: Journal
  let carrier: MailCarrier
  let logger: Logger

  /// How often the outbox is looked at.
  private static let pace = Duration.seconds(1)
  /// For so long sending a letter is tried.
  static let patience = Duration.seconds(3 * 86_400)
  /// The pause after the first failure; each further one doubles it, up to the longest.
  static let firstPause = Duration.seconds(60)
  static let longestPause = Duration.seconds(4 * 3_600)

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var told = false
      while !Task.isCancelled {
        do {
          try await deliverWaiting()
          told = false
        } catch {
          if !told { logger.error("the outbox cannot be read or written: \(error)") }
          told = true
        }
        do { try await Task.sleep(for: Self.pace) } catch { return }
      }
    }
  }

  private func deliverWaiting() async throws {
    guard let next = try journal.nextDelivery(), next <= journal.now else { return }
    for delivery in try journal.pendingDeliveries() {
      guard !Task.isCancelled else { return }
      try await deliver(delivery)
    }
  }

  private func deliver(_ delivery: PendingDelivery) async throws {
    // The case may have ended since the letters were read.
    guard journal.register.book[delivery.id]?.state.isFinal == false else { return }
    guard let message = OutgoingMessage(delivery.letter) else {
      try await settle(delivery, .failed(reason: "the letter names no mail address"))
      return
    }
    do throws(MailFailure) {
      try await carrier.carry(message)
    } catch {
      try await note(error, delivery)
      return
    }
    try await settle(delivery, .sent(reply: "taken over by the mail server"))
  }

  private func note(_ failure: MailFailure, _ delivery: PendingDelivery) async throws {
    switch failure.remedy {
    case .giveUp: try await settle(delivery, .failed(reason: "\(failure)"))
    case .retry, .mendSettings:
      guard journal.now.duration(since: delivery.since) < Self.patience else {
        let tries = delivery.attempts + 1
        try await settle(
          delivery, .failed(reason: "tried \(tries) times in three days: \(failure)"))
        return
      }
      let pause = Self.pause(afterAttempts: delivery.attempts + 1)
      try journal.noteFailedAttempt(
        of: delivery.id, delivery.place, error: "\(failure)", nextTry: journal.now + pause)
      logger.warning(
        "a letter waits",
        metadata: [
          "case": "\(delivery.id)", "tries": "\(delivery.attempts + 1)", "why": "\(failure)",
        ])
    }
  }

  /// The pause after so many failed tries.
  static func pause(afterAttempts attempts: Int) -> Duration {
    min(longestPause, firstPause * (1 << min(max(0, attempts - 1), 10)))
  }

  private func settle(_ delivery: PendingDelivery, _ result: DeliveryResult) async throws {
    _ = try await journal.perform(
      .recordDelivery(delivery.id, delivery.place, result), by: .system)
  }
}

extension OutgoingMessage {
  fileprivate init?(_ letter: NoticeLetter) {
    guard let sender = MailAddress(letter.sender),
      let recipient = MailAddress(letter.recipient.address)
    else { return nil }
    self.init(
      sender: sender, recipient: recipient, messageID: letter.messageID,
      octets: Array(letter.message.utf8))
  }
}
