import Foundation
import Testing

@testable import Watch

/// Deliveries to a real mail server on loopback.
@Suite("Mail carrier") struct MailCarrierTests {
  static let message = OutgoingMessage(
    sender: MailAddress("watch@operator.example")!, recipient: MailAddress("abuse@host.example")!,
    messageID: "<1@operator.example>",
    octets: Array("Subject: x\r\n\r\n.a line with a dot\r\n..\r\n.\r\nend\r\n".utf8))

  /// What a delivery to a server with a script came to; nil where the message was taken.
  private func failure(
    _ script: SMTPTestServer.Script = SMTPTestServer.Script(),
    change: (inout MailServer) -> Void = { _ in },
    check: (SMTPTestServer) -> Void = { _ in }
  ) async throws -> MailFailure? {
    let server = try await SMTPTestServer.started(script)
    var target = MailServer(host: "127.0.0.1", port: server.port, protection: .off)
    change(&target)
    var failure: MailFailure?
    do throws(MailFailure) {
      try await MailCarrier(server: target).carry(Self.message)
    } catch {
      failure = error
    }
    check(server)
    try await server.stop()
    return failure
  }

  @Test func `a message arrives octet by octet, dots and all`() async throws {
    let failure = try await failure(check: { server in
      #expect(server.messages.map(\.octets) == [Self.message.octets])
      #expect(server.messages.first?.sender.hasPrefix("MAIL FROM:<watch@operator.example>") == true)
      #expect(server.messages.first?.recipients == ["RCPT TO:<abuse@host.example>"])
      #expect(server.messages.first?.greeting == "operator.example")
    })
    #expect(failure == nil)
  }

  static let refusals: [(String, SMTPTestServer.Script, MailFailure)] = [
    (
      "no such user", SMTPTestServer.Script(recipient: "550 5.1.1 no such user"),
      .permanent(code: 550, reason: "550 5.1.1 no such user")
    ),
    (
      "greylisted", SMTPTestServer.Script(recipient: "451 4.7.1 come back later"),
      .temporary(code: 451, reason: "451 4.7.1 come back later")
    ),
    (
      "sender refused", SMTPTestServer.Script(sender: "553 5.7.1 not you"),
      .permanent(code: 553, reason: "553 5.7.1 not you")
    ),
    (
      "login wanted", SMTPTestServer.Script(sender: "530 5.7.0 log in first"),
      .settings(reason: "the server asks for another login (530): 530 5.7.0 log in first")
    ),
    (
      "busy", SMTPTestServer.Script(greeting: "421 4.3.2 too busy"),
      .temporary(code: 421, reason: "421 4.3.2 too busy")
    ),
    (
      "no data", SMTPTestServer.Script(data: "554 5.5.1 no"),
      .permanent(code: 554, reason: "554 5.5.1 no")
    ),
    (
      "content refused", SMTPTestServer.Script(end: "554 5.6.0 spam"),
      .permanent(code: 554, reason: "554 5.6.0 spam")
    ),
    (
      "disk full", SMTPTestServer.Script(end: "452 4.3.1 no room"),
      .temporary(code: 452, reason: "452 4.3.1 no room")
    ),
  ]

  @Test(arguments: refusals)
  func `a reply says whether to try again`(
    name: String, script: SMTPTestServer.Script, expected: MailFailure
  ) async throws {
    let failure = try await failure(script)
    #expect(failure == expected, "\(name): \(String(describing: failure))")
  }

  @Test func `a lost acknowledgement is neither success nor failure`() async throws {
    let failure = try await failure(
      SMTPTestServer.Script(end: nil), check: { server in #expect(server.messages.count == 1) })
    guard case .unacknowledged = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(failure?.remedy == .retry)
  }

  @Test func `nobody there is a reason to try again`() async throws {
    let server = try await SMTPTestServer.started()
    let port = server.port
    try await server.stop()
    let carrier = MailCarrier(server: MailServer(host: "127.0.0.1", port: port, protection: .off))
    let failure = await #expect(throws: MailFailure.self) { try await carrier.carry(Self.message) }
    guard case .temporary(code: nil, _) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
  }

  @Test func `a delivery that is called off ends soon, and may be tried again`() async throws {
    // The server never greets: without the cancellation this would take its full two minutes.
    let server = try await SMTPTestServer.started(SMTPTestServer.Script(greeting: nil))
    let carrier = MailCarrier(
      server: MailServer(host: "127.0.0.1", port: server.port, protection: .off))
    let delivery = Task { () -> MailFailure? in
      do throws(MailFailure) {
        try await carrier.carry(Self.message)
        return nil
      } catch {
        return error
      }
    }
    delivery.cancel()
    let failure = await delivery.value
    #expect(failure?.remedy == .retry)
    #expect(failure?.description.contains("called off") == true, "\(String(describing: failure))")
    #expect(server.messages.isEmpty)
    try await server.stop()
  }

  @Test func `without STARTTLS nothing is sent where it is demanded`() async throws {
    let failure = try await failure(
      change: { $0.protection = .starttls },
      check: { server in
        #expect(server.messages.isEmpty)
        #expect(!server.commands.contains { $0.hasPrefix("MAIL") })
      })
    #expect(failure?.remedy == .mendSettings)
  }

  @Test func `without a server, the settings are said to be the reason`() async {
    let failure = await #expect(throws: MailFailure.self) {
      try await MailCarrier(server: nil).carry(Self.message)
    }
    #expect(failure?.remedy == .mendSettings)
    #expect(failure?.description.contains("mail.server") == true)
  }

  // MARK: Passwords

  @Test func `a password never goes over a line in the clear`() async throws {
    let failure = try await failure(
      change: { $0.credentialsFile = "/nowhere" },
      check: { server in
        #expect(server.commands.isEmpty)
      })
    #expect(failure?.description.contains("over TLS only") == true)
  }

  @Test func `a password file that others may read is not used`() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("watch\nsecret\n".utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    let failure = #expect(throws: MailFailure.self) { try MailCredentials(file: path) }
    #expect(failure?.description.contains("chmod 600") == true)
    #expect(failure?.description.contains("secret") == false)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    let credentials = try MailCredentials(file: path)
    #expect(credentials.user == "watch")
    #expect(credentials.password == "secret")
  }

  @Test(arguments: ["", "watch", "\nsecret\n", "watch\u{0}\nsecret"])
  func `a password file of another form is refused`(text: String) throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    #expect(throws: MailFailure.self) { try MailCredentials(file: path) }
  }

  // MARK: Settings

  static let places: [(String, String?, Int?)] = [
    ("smtp.example", "smtp.example", nil), ("smtp.example:587", "smtp.example", 587),
    ("192.0.2.25:25", "192.0.2.25", 25), ("[2001:db8::25]:465", "2001:db8::25", 465),
    ("[::1]", "::1", nil), ("", nil, nil), (":25", nil, nil), ("a b", nil, nil),
    ("smtp.example:", nil, nil), ("smtp.example:0", nil, nil), ("smtp.example:99999", nil, nil),
    ("smtp.example/x", nil, nil), ("user@smtp.example", nil, nil), ("-x", nil, nil),
    ("[::1", nil, nil), ("[x]:25", nil, nil), ("a\r\nb", nil, nil), ("::1", nil, nil),
  ]

  @Test(arguments: places)
  func `a mail server is a host, with a port or without`(text: String, host: String?, port: Int?) {
    let place = MailServer.place(text)
    #expect(place?.host == host)
    #expect(place?.port == port)
  }
}
