internal import DNSWire
internal import NIOCore

/// The options that belong to the way an answer goes, not to what it says: how long the connection
/// may idle, and padding.
struct AnswerOptions: Sendable {
  /// Answers over encrypted ways are as long as a multiple of so many octets, for those who ask for
  /// padding (RFC 8467, Section 4.1).
  static let block = 468

  /// The idle time as clients are told: tenths of a second (RFC 7828, Section 3.1).
  let keepalive: UInt16

  init(idle: Duration) {
    keepalive = UInt16(clamping: TimeAmount(idle).nanoseconds / 100_000_000)
  }

  /// An answer with the options that its query asks for; without EDNS it stays as it is.
  ///
  /// - Parameters:
  ///   - answer: the answer, whole but for these options.
  ///   - message: the query.
  ///   - transport: the way both go.
  /// - Returns: the whole answer.
  func complete(_ answer: [UInt8], to message: [UInt8], over transport: Transport) -> [UInt8] {
    guard case .query(let query) = QuestionView.parse(message.span), query.edns != nil else {
      return answer
    }
    var answer = answer
    if transport.hasIdleTime, query.option(.tcpKeepalive, in: message.span) != nil {
      let data = [UInt8(keepalive >> 8), UInt8(keepalive & 0xFF)]
      OptionAppending.append(EDNSOption(code: .tcpKeepalive, data: data), to: &answer)
    }
    if transport.isEncrypted, query.option(.padding, in: message.span) != nil {
      OptionAppending.pad(&answer, toMultipleOf: Self.block)
    }
    return answer
  }
}

extension Transport {
  /// Whether the idle time of the connection is DNS's own to tell: HTTP has its own ways
  /// (RFC 8484, Section 5).
  fileprivate var hasIdleTime: Bool {
    switch self {
    case .tcp, .tls: true
    case .udp, .https: false
    }
  }
}
