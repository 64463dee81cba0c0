internal import Detection
internal import Egress
internal import Enforcement
internal import Records
internal import Watch

/// Tries the settings of notices: whom a search finds, and whether mail gets through.
///
/// It touches no case and needs no store.
public struct NoticeTrial: Sendable {
  private let configuration: CordonConfiguration

  /// Takes the settings.
  public init(configuration: CordonConfiguration) {
    self.configuration = configuration
  }

  /// Tells who can be written to about a site, and every step of the search.
  ///
  /// - Parameters:
  ///   - host: the site's host name.
  ///   - address: the IP address that it answers from, where it is known.
  ///   - json: whether to print for programs.
  ///   - color: whether to colour text.
  ///   - output: where it goes.
  /// - Returns: how it ended.
  public func contacts(
    host: String, address: String?, json: Bool, color: Bool, output: DeskOutput
  ) async -> ExitCode {
    await telling(json: json, color: color, output: output) { teller in
      let fetcher = try fetcher()
      let search = ContactSearch(settings: configuration.notices.contacts, fetching: fetcher)
      let report = await search.contacts(host: host, address: address, at: SystemClock.now())
      await fetcher.shutDown()
      try await teller.tell(ContactReply(host: host, report))
      return report.contacts.isEmpty ? .failed : .done
    }
  }

  /// Sends a notice that is marked as a test to an address.
  ///
  /// - Parameters:
  ///   - recipient: who gets it.
  ///   - language: the language of the letter, as a BCP 47 tag.
  ///   - json: whether to print for programs.
  ///   - color: whether to colour text.
  ///   - output: where it goes.
  /// - Returns: how it ended.
  public func send(
    to recipient: String, language: String?, json: Bool, color: Bool, output: DeskOutput
  ) async -> ExitCode {
    await telling(json: json, color: color, output: output) { teller in
      guard MailAddress(recipient) != nil else {
        try await teller.output.err("refused: \"\(recipient)\" is no mail address")
        return .refused
      }
      let fetcher = try fetcher()
      let office = NoticeOffice(
        settings: configuration.notices.settings, contacts: configuration.notices.contacts,
        server: configuration.notices.server, fetching: fetcher)
      let plan = await office.prepare(Self.sample(to: recipient, language: language))
      await fetcher.shutDown()
      guard let notice = plan.notices.first else {
        try await teller.output.err("refused: \(plan.obstacles.joined(separator: "; "))")
        return .refused
      }
      do throws(MailFailure) {
        try await office.deliver(notice.message)
      } catch {
        try await teller.output.err("failed: \(error)")
        return .failed
      }
      let server = configuration.notices.server.map { "\($0.host):\($0.port)" } ?? ""
      try await teller.tell(
        TestReply(recipient: recipient, messageId: notice.message.messageID, server: server))
      return .done
    }
  }

  /// A sample that nobody can take for a real case; its host is a reserved name (RFC 2606).
  private static func sample(to recipient: String, language: String?) -> NoticeFacts {
    let now = Instant(seconds: SystemClock.now().seconds)
    return NoticeFacts(
      caseNumber: "test", identifier: RandomOctets.system.octets(16), host: "site.example",
      url: "https://site.example/", category: .tokenSale, score: 0.5,
      evidence: [
        Evidence(
          signal: "test.sample", text: "This is a test of the mail settings.",
          location: Evidence.Location(part: .text, start: 0, end: 36), weight: 1)
      ],
      language: language, seen: now, captureDigest: String(repeating: "0", count: 64),
      rule: "None: this is a test of the mail settings, and reports nothing.",
      deadline: now + .seconds(86_400), written: now, siteAddresses: [recipient],
      scopes: [.operator], tags: ["lifecycle:test"])
  }

  private func fetcher() throws -> Fetcher {
    try Fetcher(
      policy: FetchPolicy(version: ProgramVersion.text, contact: configuration.watch.contactURL),
      addressGuard: AddressGuard(
        rules: AddressGuard.Rules(exceptions: configuration.notices.exceptions)),
      now: SystemClock.now)
  }

  private func telling(
    json: Bool, color: Bool, output: DeskOutput,
    _ body: (inout DeskTeller) async throws -> ExitCode
  ) async -> ExitCode {
    var teller = DeskTeller(json: json, color: color, output: output)
    do {
      let code = try await body(&teller)
      try await teller.flush()
      return code
    } catch {
      try? await output.err("failed: \(error)")
      return .failed
    }
  }
}
