internal import DNSWire

/// How one try to ask one server ended.
enum Reply: Sendable, Hashable {
  /// An answer, positive or negative.
  case answer(Message)
  /// The server failed or does not want to answer; its message, where it holds the question.
  case declined(Message?)
  /// The server cannot read the query, perhaps because of EDNS (RFC 6891, Section 7).
  case notUnderstood(Message?)
  /// The answer did not fit a datagram, or did not repeat the question's case: ask on a stream.
  case needsStream
  /// The answer is to this question but not a message that can be used.
  case malformed
  /// No answer came in time.
  case late
  /// The network says that the server cannot be reached.
  case unreachable
  /// The system has no more sockets or memory.
  case exhausted
  /// The socket was closed because the asker is gone or the upstream is shut down.
  case closed
}

extension Reply {
  /// Sorts an answer by its response code.
  init(_ message: Message) {
    switch message.responseCode {
    case .noError, .nxDomain, .yxDomain: self = .answer(message)
    case .formErr, .notImp: self = .notUnderstood(message)
    default: self = .declined(message)
    }
  }

  /// Whether the server itself was heard.
  var showsLife: Bool {
    switch self {
    case .answer, .declined, .notUnderstood, .needsStream, .malformed: true
    case .late, .unreachable, .exhausted, .closed: false
    }
  }

  /// Whether the server was not to be reached; what went wrong on our side does not count.
  var showsSilence: Bool {
    switch self {
    case .late, .unreachable: true
    case .answer, .declined, .notUnderstood, .needsStream, .malformed, .exhausted, .closed: false
    }
  }
}
