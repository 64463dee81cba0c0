internal import CMail

/// One delivery by libcurl; it blocks until the server has answered or a time is up.
///
/// Safety: the request's pointers are those of `withCString` and of the array's own storage. All of
/// them hold until `cordon_mail_send` returns, and it keeps none of them. The result is read after
/// that only, and its reply ends with a zero octet by the contract of CMail.h.
///
/// The switch is made once and freed when nobody holds the transfer any more; it is an atomic flag,
/// which any thread may set.
final class MailTransfer: @unchecked Sendable {
  let server: MailServer
  let message: OutgoingMessage
  /// Never changed after `init`; what it points to is atomic.
  private let off: OpaquePointer?

  init(server: MailServer, message: OutgoingMessage) {
    self.server = server
    self.message = message
    off = cordon_mail_switch_create()
  }

  deinit {
    if let off { cordon_mail_switch_destroy(off) }
  }

  /// Calls the delivery off, unless the message is out already.
  func callOff() {
    if let off { cordon_mail_switch_off(off) }
  }

  /// What came of a delivery.
  struct Result: Sendable {
    let outcome: Int
    let code: Int
    let reply: String
  }

  /// Hands the message over.
  func run(_ credentials: MailCredentials?) -> Result {
    var request = cordon_mail_request()
    request.protection = Int32(protection)
    request.connect_timeout_ms = Int(server.connectTimeout / .milliseconds(1))
    request.timeout_ms = Int(server.timeout / .milliseconds(1))
    let texts = [
      server.url(greeting: message.sender.domain), message.sender.text, message.recipient.text,
      server.authorityFile ?? "", credentials?.user ?? "", credentials?.password ?? "",
    ]
    return Self.withPointers(to: texts) { texts in
      request.url = texts[0]
      request.sender = texts[1]
      request.recipient = texts[2]
      if server.authorityFile != nil { request.ca_file = texts[3] }
      if credentials != nil {
        request.user = texts[4]
        request.password = texts[5]
      }
      return message.octets.withUnsafeBufferPointer { octets in
        request.message = octets.baseAddress
        request.message_length = octets.count
        return send(request)
      }
    }
  }

  private var protection: Int {
    switch server.protection {
    case .off: CORDON_MAIL_PLAIN
    case .opportunistic: CORDON_MAIL_OPPORTUNISTIC
    case .starttls: CORDON_MAIL_STARTTLS
    case .implicit: CORDON_MAIL_IMPLICIT
    }
  }

  private func send(_ request: cordon_mail_request) -> Result {
    var request = request
    var result = cordon_mail_result()
    cordon_mail_send(&request, off, &result)
    let reply = withUnsafeBytes(of: result.reply) { octets in
      String(decoding: octets.prefix { $0 != 0 }, as: UTF8.self)
    }
    return Result(outcome: Int(result.outcome), code: result.reply_code, reply: reply)
  }

  /// Lends all texts at once, each ended by a zero octet.
  private static func withPointers<Answer>(
    to texts: [String], _ lent: [UnsafePointer<CChar>] = [],
    _ body: ([UnsafePointer<CChar>]) -> Answer
  ) -> Answer {
    guard lent.count < texts.count else { return body(lent) }
    return texts[lent.count].withCString { withPointers(to: texts, lent + [$0], body) }
  }
}
