import Detection
import Egress
import Enforcement
import Foundation
import Testing

@testable import Watch

/// From the facts of a case to messages at a mail server, with real servers at both ends.
@Suite("Notice office") struct NoticeOfficeTests {
  @Test func `a case becomes letters to whom RDAP names, and they arrive`() async throws {
    let rdap = try await RDAPTestServer.started()
    let smtp = try await SMTPTestServer.started()
    rdap.answer(
      "/domain/shop.example",
      RDAPDocuments.domain("shop.example", entities: [RDAPDocuments.registrar]))
    rdap.answer("/ip/192.0.2.7", "", status: 503)
    let exception = try #require(AddressException("127.0.0.1"))
    let fetcher = try Fetcher(
      policy: FetchPolicy(version: "test", contact: "https://operator.example/"),
      addressGuard: AddressGuard(rules: AddressGuard.Rules(exceptions: [exception])),
      now: { NoticeSamples.facts.written })
    let office = NoticeOffice(
      settings: NoticeSamples.settings,
      contacts: ContactSettings(servers: ["example": rdap.url, "192.0.2.0/24": rdap.url]),
      server: MailServer(host: "127.0.0.1", port: smtp.port, protection: .off), fetching: fetcher)

    let plan = await office.prepare(NoticeSamples.facts)
    #expect(plan.notices.map(\.contact.scope) == [.operator, .registrar])
    #expect(plan.obstacles == ["no contact of the host was found"])
    #expect(plan.contacts.steps.contains { $0.failure == "the server answered 503" })
    #expect(await office.prepare(NoticeSamples.facts) == plan)

    for notice in plan.notices { try await office.deliver(notice.message) }
    try #require(smtp.messages.count == 2)
    for (message, notice) in zip(smtp.messages, plan.notices) {
      #expect(message.octets == notice.message.octets)
      let mail = try MailReader(message.octets)
      #expect(mail["To"] == notice.contact.address.text)
      #expect(mail["Message-ID"] == notice.message.messageID)
      #expect(mail.decoded("Subject") == notice.subject)
      let text = String(decoding: mail.parts[0].body, as: UTF8.self).replacing("\r\n", with: "\n")
      #expect(text.hasPrefix(notice.text))
      #expect(mail.parts[1].body == notice.report)
    }
    await fetcher.shutDown()
    try await rdap.stop()
    try await smtp.stop()
  }

  @Test func `without settings there are contacts and no letters`() async throws {
    let fetcher = try Fetcher(
      policy: FetchPolicy(version: "test", contact: "https://operator.example/"),
      addressGuard: AddressGuard(), now: { NoticeSamples.facts.written })
    let office = NoticeOffice(
      settings: nil, contacts: ContactSettings(bootstrap: "/nowhere"), server: nil,
      fetching: fetcher)
    let plan = await office.prepare(NoticeSamples.facts)
    await fetcher.shutDown()
    #expect(plan.notices.isEmpty)
    #expect(plan.obstacles.first?.contains("notice.reporter") == true)
    #expect(plan.contacts.best(.operator)?.isGuess == true)
  }

  @Test func `a scope that is not asked for gets nothing`() async throws {
    let fetcher = try Fetcher(
      policy: FetchPolicy(version: "test", contact: "https://operator.example/"),
      addressGuard: AddressGuard(), now: { NoticeSamples.facts.written })
    let office = NoticeOffice(
      settings: NoticeSamples.settings, contacts: ContactSettings(bootstrap: "/nowhere"),
      server: nil, fetching: fetcher)
    var facts = NoticeSamples.facts
    facts.scopes = [.registrar]
    let plan = await office.prepare(facts)
    await fetcher.shutDown()
    #expect(plan.notices.isEmpty)
    #expect(plan.obstacles == ["no contact of the registrar was found"])
  }

  // MARK: The report

  private func report(
    _ scope: ContactScope = .registrar, _ change: (inout NoticeFacts) -> Void = { _ in }
  ) throws -> [String: Any] {
    let octets = try NoticeSamples.notice(scope, change).report
    return try #require(try JSONSerialization.jsonObject(with: Data(octets)) as? [String: Any])
  }

  @Test func `a host is told the address, a registrar the name`() throws {
    #expect(try report(.host)["source_identifier"] as? String == "192.0.2.7")
    #expect(try report(.registrar)["source_identifier"] as? String == "www.shop.example")
    #expect(
      try report(.host) { $0.address = nil }["source_identifier"] as? String == "www.shop.example")
  }

  @Test func `reports to two recipients are two reports, the same one twice is one`() throws {
    let identifiers = try ContactScope.allCases.map { try report($0)["report_id"] as? String }
    #expect(Set(identifiers).count == 3)
    #expect(try report(.host)["report_id"] as? String == identifiers[1])
    #expect(try report(.host) { $0.round = 2 }["report_id"] as? String != identifiers[1])
  }

  @Test func `the evidence holds the finding with its rule in full`() throws {
    let rule = String(repeating: "An endless rule. ", count: 200)
    let report = try report { $0.rule = rule }
    #expect((report["description"] as? String)?.unicodeScalars.count ?? 0 <= 1000)
    let evidence = try #require(report["evidence"] as? [[String: Any]])
    let payload = try #require(
      (evidence[0]["payload"] as? String).flatMap { Data(base64Encoded: $0) })
    let finding = try #require(try JSONSerialization.jsonObject(with: payload) as? [String: Any])
    #expect(finding["rule"] as? String == rule)
    #expect(finding["capture_sha256"] as? String == NoticeSamples.facts.captureDigest)
    #expect((finding["evidence"] as? [Any])?.count == 3)
  }

  @Test func `what is too large to mail is named with its hash`() throws {
    let report = try report { facts in
      facts.exhibits = [
        NoticeExhibit(mediaType: "text/html", description: "The page", octets: [1, 2, 3]),
        NoticeExhibit(
          mediaType: "image/png", description: "A screenshot",
          octets: [UInt8](repeating: 0, count: NoticeReport.exhibitLimit + 1)),
      ]
    }
    let evidence = try #require(report["evidence"] as? [[String: Any]])
    #expect(evidence.map { $0["description"] as? String }.contains("The page"))
    #expect(evidence.count == 2)
    let payload = try #require(
      (evidence[0]["payload"] as? String).flatMap { Data(base64Encoded: $0) })
    let text = String(decoding: payload, as: UTF8.self)
    #expect(text.contains("A screenshot"))
    #expect(text.contains("\"octets\":1048577"))
  }

  @Test func `a page address of any characters is reported in ASCII`() throws {
    let report = try report { $0.url = "https://www.shop.example/预售 \"x\"?q=ö" }
    #expect(
      report["url"] as? String
        == "https://www.shop.example/%E9%A2%84%E5%94%AE%20%22x%22?q=%C3%B6")
  }
}
