internal import CMail
internal import Dispatch
internal import Synchronization

/// Hands messages to the mail server, one at a time.
///
/// libcurl blocks, so deliveries run on a queue of their own: they never hold a thread that other
/// work waits for.
public final class MailCarrier: Sendable {
  private let server: MailServer?
  private let queue = DispatchQueue(label: "cordon.mail")
  private let waiting = Mutex(0)

  /// The most messages that wait for their turn.
  public static let waitingLimit = 64

  /// Takes the server; nil where none is set, and then every message fails with that reason.
  public init(server: MailServer?) {
    self.server = server
  }

  /// Delivers a message, and answers when the server has.
  ///
  /// A message whose acknowledgement was lost may be delivered twice, with the same Message-ID
  /// (RFC 5321, Section 4.5.4.1; RFC 1047). Where the task is cancelled, a delivery whose message
  /// is not out yet ends with a temporary failure.
  ///
  /// - Throws: ``MailFailure``.
  public func carry(_ message: OutgoingMessage) async throws(MailFailure) {
    guard let server else {
      throw .settings(reason: "no mail server is named (mail.server)")
    }
    guard server.credentialsFile == nil || server.protection.isCertain else {
      throw .settings(
        reason: "a password is sent over TLS only: set mail.tls to starttls or implicit")
    }
    guard enter() else {
      throw .temporary(code: nil, reason: "\(Self.waitingLimit) messages wait already")
    }
    let transfer = MailTransfer(server: server, message: message)
    let outcome: Result<Void, MailFailure> = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        queue.async {
          let outcome = Result<Void, MailFailure> { () throws(MailFailure) in
            try Self.deliver(transfer)
          }
          self.waiting.withLock { $0 -= 1 }
          continuation.resume(returning: outcome)
        }
      }
    } onCancel: {
      transfer.callOff()
    }
    try outcome.get()
  }

  private func enter() -> Bool {
    waiting.withLock { count in
      guard count < Self.waitingLimit else { return false }
      count += 1
      return true
    }
  }

  private static func deliver(_ transfer: MailTransfer) throws(MailFailure) {
    var credentials: MailCredentials?
    if let file = transfer.server.credentialsFile { credentials = try MailCredentials(file: file) }
    let result = transfer.run(credentials)
    if let failure = MailFailure(result) { throw failure }
  }
}

extension MailFailure {
  /// What a transfer came to; nil where the server took the message.
  init?(_ result: MailTransfer.Result) {
    let (code, reply) = (result.code, result.reply)
    switch result.outcome {
    case CORDON_MAIL_ACCEPTED: return nil
    case CORDON_MAIL_REPLIED where (400..<500).contains(code),
      CORDON_MAIL_LOGIN where (400..<500).contains(code):
      self = .temporary(code: code, reason: reply)
    case CORDON_MAIL_REPLIED where Self.loginCodes.contains(code), CORDON_MAIL_LOGIN:
      self = .settings(reason: "the server asks for another login (\(code)): \(reply)")
    case CORDON_MAIL_REPLIED: self = .permanent(code: code, reason: reply)
    case CORDON_MAIL_UNACKNOWLEDGED: self = .unacknowledged(reason: reply)
    case CORDON_MAIL_TLS: self = .settings(reason: "no protected connection: \(reply)")
    case CORDON_MAIL_LOCAL: self = .settings(reason: reply)
    default: self = .temporary(code: nil, reason: reply)
    }
  }

  /// Replies that speak of this program's login, not of the message (RFC 4954, Section 6).
  private static let loginCodes: Set<Int> = [530, 534, 535, 538]
}
