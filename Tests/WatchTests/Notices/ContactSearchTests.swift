import DomainNames
import Egress
import Enforcement
import Foundation
import Testing

@testable import Watch

/// Searches run against a real server on loopback, through the watch's own fetcher.
@Suite("Contact search") struct ContactSearchTests {
  static let moment = Instant("2026-11-22T20:00:00Z")!

  /// Runs a body with a server, and with a search that asks it about `example` and 192.0.2.0/24.
  private func withSearch(
    servers: [String]? = nil, bootstrap: String = "/nowhere",
    _ body: (RDAPTestServer, ContactSearch) async throws -> Void
  ) async throws {
    let server = try await RDAPTestServer.started()
    let entries = servers ?? ["example", "192.0.2.0/24"]
    let settings = ContactSettings(
      bootstrap: bootstrap.replacing("{base}", with: server.url),
      servers: Dictionary(uniqueKeysWithValues: entries.map { ($0, server.url) }))
    let exception = try #require(AddressException("127.0.0.0/8"))
    let fetcher = try Fetcher(
      policy: FetchPolicy(version: "test", contact: "https://operator.example/"),
      addressGuard: AddressGuard(rules: AddressGuard.Rules(exceptions: [exception])),
      now: { Self.moment })
    let outcome = await Result {
      try await body(server, ContactSearch(settings: settings, fetching: fetcher))
    }
    await fetcher.shutDown()
    try? await server.stop()
    try outcome.get()
  }

  private func search(
    _ search: ContactSearch, host: String = "www.shop.example", address: String? = "192.0.2.7",
    site: [String] = []
  ) async -> ContactReport {
    await search.contacts(host: host, address: address, siteAddresses: site, at: Self.moment)
  }

  private func texts(_ report: ContactReport, _ scope: ContactScope) -> [String] {
    report.contacts.filter { $0.scope == scope }.map { "\($0.role.rawValue) \($0.address)" }
  }

  private func failures(_ report: ContactReport) -> [String] { report.steps.compactMap(\.failure) }

  // MARK: What is found

  @Test func `registry, registrar, network and site are read, each with its scope`() async throws {
    try await withSearch { server, search in
      server.answer(
        "/domain/shop.example",
        RDAPDocuments.domain(
          "shop.example",
          entities: [
            RDAPDocuments.registrar,
            RDAPDocuments.entity(
              ["registrant"], RDAPDocuments.card("A Person", email: "person@home.example")),
            RDAPDocuments.entity(
              ["technical"], RDAPDocuments.card("Ops", email: "ops@shop.example")),
          ], related: ["{base}registrar/domain/SHOP.EXAMPLE"]))
      server.answer(
        "/registrar/domain/SHOP.EXAMPLE",
        RDAPDocuments.domain(
          "shop.example",
          entities: [
            RDAPDocuments.entity(
              ["registrar"],
              RDAPDocuments.card("Sample Registrar, LLC", email: "hello@registrar.example")),
            RDAPDocuments.entity(
              ["administrative"], RDAPDocuments.card("Office", email: "office@shop.example")),
          ]))
      server.answer(
        "/ip/192.0.2.7",
        RDAPDocuments.network(
          "SAMPLE-NET",
          entities: [
            RDAPDocuments.entity(
              ["registrant"],
              RDAPDocuments.card("Sample Hosting AB", email: "owner@hosting.example"),
              [
                RDAPDocuments.entity(
                  ["abuse"], RDAPDocuments.card("Abuse", email: "abuse@hosting.example"))
              ]),
            RDAPDocuments.entity(
              ["noc"], RDAPDocuments.card("NOC", email: "noc@hosting.example")),
          ]))
      let report = await self.search(
        search, site: ["mailto:Info@shop.example?subject=Hi", "mailto:fan@mail.example"])
      #expect(
        texts(report, .operator) == [
          "published Info@shop.example", "published fan@mail.example",
          "technical ops@shop.example", "administrative office@shop.example",
          "guess abuse@shop.example",
        ])
      #expect(
        texts(report, .registrar)
          == ["abuse abuse@registrar.example", "general hello@registrar.example"])
      #expect(
        texts(report, .host) == ["abuse abuse@hosting.example", "technical noc@hosting.example"])
      #expect(report.contacts.allSatisfy { !$0.address.text.contains("person@") })
      #expect(report.contacts.allSatisfy { !$0.address.text.contains("owner@") })
      #expect(report.best(.registrar)?.organization == "Sample Registrar, LLC")
      #expect(report.best(.registrar)?.telephone == "+1.5550100")
      #expect(report.best(.registrar)?.source == "\(server.url)domain/shop.example")
      #expect(report.best(.host)?.organization == "Sample Hosting AB")
      #expect(report.registrar == "Sample Registrar, LLC")
      #expect(report.network == "Sample Hosting AB")
      #expect(report.registered == Instant("2026-11-01T10:00:00Z"))
      #expect(failures(report).isEmpty)
      #expect(report.steps.map(\.aim) == [.registry, .registrar, .network, .site, .convention])
      #expect(server.requests.allSatisfy { $0.accept.hasPrefix("application/rdap+json") })
    }
  }

  @Test func `a desk that stands beside its registrar is found, too`() async throws {
    try await withSearch { server, search in
      server.answer(
        "/domain/shop.example",
        RDAPDocuments.domain(
          "shop.example",
          entities: [
            RDAPDocuments.entity(
              ["abuse"], RDAPDocuments.card("Abuse", email: "abuse@registrar.example"))
          ]))
      let report = await self.search(search, address: nil)
      #expect(texts(report, .registrar) == ["abuse abuse@registrar.example"])
      #expect(failures(report) == ["the address of the host is not known"])
    }
  }

  @Test func `the bootstrap registry says which server to ask`() async throws {
    try await withSearch(servers: [], bootstrap: "{base}rdap") { server, search in
      server.answer(
        "/rdap/dns.json",
        #"{"version": "1.0", "services": [[["net"], ["https://192.0.2.1/"]], "#
          + #"[["example"], ["{base}registry"]]]}"#)
      server.answer(
        "/rdap/ipv4.json",
        #"{"services": [[["192.0.0.0/8"], ["http://192.0.2.1/"]], "#
          + #"[["192.0.2.0/24"], ["{base}net/"]]]}"#)
      server.answer(
        "/registry/domain/shop.example",
        RDAPDocuments.domain("shop.example", entities: [RDAPDocuments.registrar]))
      let report = await self.search(search)
      #expect(texts(report, .registrar) == ["abuse abuse@registrar.example"])
      #expect(
        report.steps.map(\.asked).prefix(2)
          == ["\(server.url)rdap/dns.json", "\(server.url)registry/domain/shop.example"])
      #expect(failures(report) == ["the server does not know it (404)"])
      _ = await self.search(search)
      #expect(server.requests.count { $0.path == "/rdap/dns.json" } == 1)
    }
  }

  @Test func `the bootstrap registry may be a folder`() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(#"{"services": [[["com"], ["https://rdap.example/"]]]}"#.utf8)
      .write(to: folder.appendingPathComponent("dns.json"))
    try await withSearch(servers: [], bootstrap: folder.path) { _, search in
      let report = await self.search(search)
      #expect(
        failures(report) == [
          "no RDAP server is known for shop.example",
          "it could not be asked: the file is not there, is too large, or may not be read",
        ])
    }
  }

  // MARK: What goes wrong

  static let broken: [(Int, [(String, String)], String, String, Int?)] = [
    (404, [], "{}", "does not know it (404)", nil),
    (429, [("Retry-After", "120")], "", "ask again in 120 seconds", 120),
    (429, [("Retry-After", "tomorrow")], "", "ask again later", nil),
    (429, [("Retry-After", "-1")], "", "ask again later", nil),
    (429, [("Retry-After", "99999999999")], "", "ask again later", nil),
    (503, [], "down", "answered 503", nil),
    (200, [], "<html>sign in</html>", "it is not JSON", nil),
    (200, [], #"{"objectClassName": "domain""#, "it is not JSON", nil),
    (200, [], #"{"objectClassName": "entity"}"#, "no RDAP domain", nil),
    (200, [], #"{"objectClassName": "domain", "errorCode": 500}"#, "no RDAP domain", nil),
    (200, [], "[]", "no RDAP domain", nil),
    (200, [], "", "it is not JSON", nil),
    (200, [], String(repeating: "[", count: 49), "nested deeper than 48", nil),
    (200, [], String(repeating: " ", count: 1 << 20) + "{}", "more than 1048576 octets", nil),
    (200, [], #"{"objectClassName": "domain"}"#, "names nobody", nil),
    (200, [], #"{"objectClassName": "domain", "entities": 3}"#, "names nobody", nil),
    (
      200, [],
      #"{"objectClassName": "domain", "entities": [{"roles": ["abuse"], "vcardArray": ["#
        + #""vcard", [["email", {}, "text", "see our form"], [], 7, ["email"]]]}]}"#,
      "names nobody", nil
    ),
  ]

  @Test(arguments: broken)
  func `a step that fails is shown with its reason`(
    status: Int, fields: [(String, String)], body: String, reason: String, retryAfter: Int?
  ) async throws {
    try await withSearch { server, search in
      server.answer("/domain/shop.example", body, status: status, fields: fields)
      let report = await self.search(search, address: nil)
      let step = try #require(report.steps.first { $0.aim == .registry })
      #expect(step.failure?.contains(reason) == true, "\(step)")
      #expect(step.found == 0)
      #expect(step.retryAfter == retryAfter)
      #expect(texts(report, .operator) == ["guess abuse@shop.example"])
      #expect(texts(report, .registrar).isEmpty)
    }
  }

  @Test func `links that go round end`() async throws {
    try await withSearch { server, search in
      server.answer(
        "/domain/shop.example",
        RDAPDocuments.domain(
          "shop.example", entities: [RDAPDocuments.registrar], related: ["{base}domain/two"]))
      server.answer(
        "/domain/two",
        RDAPDocuments.domain("shop.example", related: ["{base}domain/shop.example"]))
      let report = await self.search(search, address: nil)
      #expect(failures(report).contains("the link leads back to an answer that was read before"))
      #expect(server.requests.count == 2)
      #expect(texts(report, .registrar) == ["abuse abuse@registrar.example"])
    }
  }

  @Test func `a chain of referrals is followed two steps, and then said to be too long`()
    async throws
  {
    try await withSearch { server, search in
      for number in 0..<20 {
        let path = number == 0 ? "/domain/shop.example" : "/domain/\(number)"
        server.answer(
          path, RDAPDocuments.domain("shop.example", related: ["{base}domain/\(number + 1)"]))
      }
      let report = await self.search(search, address: nil)
      #expect(server.requests.count == ContactSearch.referralLimit)
      #expect(failures(report).contains("there are more than 2 referrals"))
    }
  }

  @Test func `a referral to a private address is refused, and said so`() async throws {
    try await withSearch { server, search in
      server.answer(
        "/domain/shop.example",
        RDAPDocuments.domain(
          "shop.example", entities: [RDAPDocuments.registrar],
          related: ["http://169.254.169.254/domain/x"]))
      let report = await self.search(search, address: nil)
      #expect(failures(report).contains { $0.contains("169.254.169.254") })
      #expect(texts(report, .registrar) == ["abuse abuse@registrar.example"])
    }
  }

  @Test func `a server that is not there is said to be unreachable`() async throws {
    try await withSearch { server, search in
      try await server.stop()
      let report = await self.search(search)
      #expect(failures(report).count == 2)
      #expect(failures(report).allSatisfy { $0.hasPrefix("it could not be asked: ") })
    }
  }

  // MARK: Whose name it is

  @Test func `below a name that hosts strangers, the registrar is not asked`() async throws {
    try await withSearch { server, search in
      let report = await self.search(search, host: "alice.github.io", address: nil)
      #expect(server.requests.isEmpty)
      #expect(texts(report, .host) == ["guess abuse@github.io"])
      #expect(texts(report, .operator).isEmpty)
      #expect(failures(report).contains { $0.contains("stands below github.io") })
    }
  }

  @Test func `a site at a bare address has a network and no name`() async throws {
    try await withSearch { server, search in
      server.answer(
        "/ip/192.0.2.9",
        RDAPDocuments.network(
          "NET",
          entities: [
            RDAPDocuments.entity(["abuse"], RDAPDocuments.card("A", email: "abuse@net.example"))
          ]))
      let report = await self.search(search, host: "192.0.2.9", address: nil)
      #expect(texts(report, .host) == ["abuse abuse@net.example"])
      #expect(report.contacts.count == 1)
      #expect(failures(report).isEmpty)
    }
  }

  static let registered = [
    ("www.shop.example", "shop.example", false), ("shop.co.uk", "shop.co.uk", false),
    ("a.b.shop.co.uk", "shop.co.uk", false), ("alice.github.io", "github.io", true),
    ("x.s3.amazonaws.com", "amazonaws.com", true), ("börse.example", "xn--brse-5qa.example", false),
  ]

  @Test(arguments: registered)
  func `the registered name of a host is found`(
    host: String, name: String, isShared: Bool
  ) throws {
    let found = try RegisteredName(host: host, suffixes: .builtin)
    #expect("\(found.name)" == name)
    #expect(found.isShared == isShared)
  }

  @Test(arguments: ["com", "co.uk", "", ".", "localhost"])
  func `a suffix is no name that someone registered`(host: String) {
    #expect(throws: ContactFault.self) { try RegisteredName(host: host, suffixes: .builtin) }
  }
}

extension Result where Failure == any Error, Success == Void {
  /// What a body came to.
  fileprivate init(_ body: () async throws -> Void) async {
    do {
      self = .success(try await body())
    } catch {
      self = .failure(error)
    }
  }
}
