internal import DNSWire

/// Why a name could not be resolved.
enum UpstreamFailure: Error, Sendable, Hashable {
  /// Nobody answered in time.
  case noReachableAuthority
  /// The network said that nobody can be reached: refused, unreachable.
  case networkError
  /// The data does not stand up to DNSSEC; the reason is libunbound's.
  case bogus(reason: String)
  /// Every server declined, and none said so in a message that could be passed on.
  case serverFailure
  /// More queries are waiting than are allowed, or the system has no more sockets.
  case overloaded
  /// The task that asked was cancelled, or the upstream was shut down.
  case cancelled
}

extension UpstreamFailure: CustomStringConvertible {
  /// The failure as a short sentence, without a full stop.
  var description: String {
    switch self {
    case .noReachableAuthority: "no server answered in time"
    case .networkError: "no server could be reached"
    case .bogus(let reason): "DNSSEC: \(reason)"
    case .serverFailure: "every server declined to answer"
    case .overloaded: "too many queries are waiting for an answer"
    case .cancelled: "the server is stopping"
    }
  }
}

extension UpstreamFailure {
  /// What the asker is told beside SERVFAIL (RFC 8914, Section 4).
  var extendedError: ExtendedError {
    ExtendedError(infoCode, extraText: description)
  }

  private var infoCode: ExtendedError.InfoCode {
    switch self {
    case .noReachableAuthority: .noReachableAuthority
    case .networkError: .networkError
    case .bogus: .dnssecBogus
    case .serverFailure, .overloaded: .other
    case .cancelled: .notReady
    }
  }
}
