/// Why a message was not handed over, and so what to do.
public enum MailFailure: Error, Sendable, Hashable {
  /// The server said no for now (a 4xx reply), or could not be reached: try again later.
  case temporary(code: Int?, reason: String)
  /// The server refused it for good (a 5xx reply): trying again brings the same answer.
  case permanent(code: Int, reason: String)
  /// The whole message went out, but the server's answer was lost: it may have arrived.
  ///
  /// Trying again is right; the recipient can tell the second copy by its Message-ID.
  case unacknowledged(reason: String)
  /// No message can go this way until the operator mends the settings: no server named, a
  /// certificate that does not hold, a password that is refused.
  case settings(reason: String)

  /// What to do with the message.
  public enum Remedy: String, Sendable, Hashable, CaseIterable {
    /// Keep it, and try again after a while.
    case retry
    /// Show the failure; do not try again by itself.
    case giveUp = "give-up"
    /// Keep it, tell the operator, and try again once the settings are mended.
    case mendSettings = "mend-settings"
  }

  /// What to do with the message.
  public var remedy: Remedy {
    switch self {
    case .temporary, .unacknowledged: .retry
    case .permanent: .giveUp
    case .settings: .mendSettings
    }
  }
}

extension MailFailure: CustomStringConvertible {
  /// The failure as a sentence.
  public var description: String {
    switch self {
    case .temporary(let code, let reason):
      "the mail server did not take the message\(Self.text(code)): \(reason); "
        + "it will be tried again"
    case .permanent(let code, let reason):
      "the mail server refused the message\(Self.text(code)): \(reason); "
        + "write to another contact"
    case .unacknowledged(let reason):
      "the message went out, but no answer came back: \(reason); it will be sent again with the "
        + "same Message-ID"
    case .settings(let reason):
      "no mail can be sent: \(reason); mend the mail settings"
    }
  }

  private static func text(_ code: Int?) -> String { code.map { " (\($0))" } ?? "" }
}
