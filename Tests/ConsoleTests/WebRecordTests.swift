import Enforcement
import Foundation
import Gate
import HTTPTypes
import HummingbirdTesting
import Logging
import Records
import Testing
import TransparencyLog

@testable import Console

@Suite struct `The record on the web` {
  @Test func `the list tells every public order once, however it is paged`() async throws {
    let office = try await WebOffice()
    var ids: [String] = []
    for number in 1...7 {
      ids.append(try await office.enforce(SampleOrder(reference: "REF-\(number)")).text)
    }
    _ = try await office.receive(SampleOrder(reference: "DRAFT"))
    let expected = ids
    try await office.serving { reader in
      for limit in 1...8 {
        var seen: [String] = []
        var path: String? = "/transparency/orders.json?limit=\(limit)"
        while let next = path {
          let page = try await reader.get(next)
          #expect(page.status == 200)
          let orders = try #require(page["orders"] as? [[String: Any]])
          #expect(orders.count <= limit)
          seen += orders.compactMap { $0["id"] as? String }
          path = page["next"] as? String
        }
        #expect(seen == expected)
      }
      for query in ["limit=0", "limit=501", "limit=x", "cursor=o-1"] {
        let answer = try await reader.get("/transparency/orders.json?\(query)")
        #expect(answer.status == 400)
        #expect(answer.field("content-type") == "application/problem+json")
      }
    }
  }

  @Test func `the page tells totals, and the newest order first`() async throws {
    let office = try await WebOffice()
    let first = try await office.enforce()
    let second = try await office.enforce(SampleOrder(reference: "REF-2"))
    try await office.act(.orderRevoke(id: first.text, reason: "r"), as: "confirmer")
    try await office.serving { reader in
      let page = try await reader.get("/transparency").text
      let newer = try #require(page.range(of: "/orders/\(second)\""))
      let older = try #require(page.range(of: "/orders/\(first)\""))
      #expect(newer.lowerBound < older.lowerBound)
      for total in [
        "Orders in force</dt><dd>1<", "Names in orders in force</dt><dd>2<",
        "Orders ended</dt><dd>1<", "Orders in all</dt><dd>2<",
      ] {
        #expect(page.contains(total), "\(total)")
      }
      #expect(page.contains("Revoked") && page.contains("In force"))
    }
  }

  @Test func `an empty record says so`() async throws {
    let office = try await WebOffice()
    try await office.serving { reader in
      #expect(try await reader.get("/transparency").text.contains("There are no public orders."))
      let list = try await reader.get("/transparency/orders.json")
      #expect(list.text == "{\"orders\":[]}\n")
    }
  }

  @Test func `the checkpoint verifies as it is served`() async throws {
    let office = try await WebOffice()
    try await office.serving { reader in
      let answer = try await reader.get("/log/checkpoint")
      #expect(answer.field("content-type") == "text/plain; charset=utf-8")
      let checkpoint = try VerifiedCheckpoint(
        try SignedNote(bytes: Array(answer.text.utf8)), by: office.journal.verifierKey)
      #expect(checkpoint.size == office.journal.size)
    }
  }

  @Test func `small things are there, unknown ones are not, and methods are named`() async throws {
    let office = try await WebOffice()
    try await office.serving { reader in
      #expect(try await reader.get("/healthz").text == "ok\n")
      #expect(try await reader.get("/readyz").text == "ready\n")
      #expect(try await reader.get("/robots.txt").text.hasPrefix("User-agent: *\n"))
      let style = try await reader.get("/style.css")
      #expect(style.field("content-type") == "text/css; charset=utf-8")
      #expect(!style.text.contains("http") && !style.text.contains("url("))
      let home = try await reader.get("/")
      #expect(home.status == 302 && home.field("location") == "/transparency")
      for path in ["/nothing", "/orders", "/orders/", "/orders/O-1", "/orders/%2e%2e", "/log"] {
        let page = try await reader.get(path)
        #expect(
          page.status == 404 && page.text.contains("<h1>There is nothing here</h1>"), "\(path)")
        let json = try await reader.get(path, ["accept": "application/problem+json"])
        #expect(json.status == 404 && json["status"] as? Int == 404)
        #expect(json["title"] as? String == "There is nothing here")
      }
      for (path, allow) in [("/transparency", "GET, HEAD"), ("/contest", "GET, HEAD, POST")] {
        let answer = try await reader.ask(path, .delete)
        #expect(answer.status == 405 && answer.field("allow") == allow)
      }
    }
  }

  @Test func `a taken port is told as a sentence before anything starts`() async throws {
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let first = try await WebListener(ListenAddress(address: "127.0.0.1", port: 0), logger: logger)
    await #expect(throws: WebError.portTaken(first.address.description)) {
      try await WebListener(first.address, logger: logger)
    }
    #expect(WebError.portTaken("x").description.contains("console.listen"))
    await first.close()
    let elsewhere = ListenAddress(address: "192.0.2.1", port: 0)
    await #expect(throws: WebError.badAddress("192.0.2.1:0")) {
      try await WebListener(elsewhere, logger: logger)
    }
  }

  @Test func `pages go over the wire, and the service ends when it is told to`() async throws {
    let office = try await WebOffice()
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let listener = try await WebListener(office.desk.configuration.console, logger: logger)
    let service = try WebService(listener, desk: office.desk, logger: logger)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await service.run() }
      let client = TestClient(
        host: "127.0.0.1", port: listener.address.port,
        configuration: TestClient.Configuration(timeout: .seconds(300)))
      client.connect()
      let own = listener.address.description
      for (path, status) in [("/healthz", 200), ("/transparency", 200), ("/none", 404)] {
        let answer = try await client.execute(
          TestClient.Request(path, method: .get, authority: own))
        #expect(answer.status.code == status)
      }
      group.cancelAll()
      for try await _ in group {}
      try await client.shutdown()
    }
  }

  @Test func `the port that the system chose stands in the console's address`() throws {
    var configuration = try CordonConfiguration.load(path: nil, environment: [:])
    configuration.console = ListenAddress(address: "127.0.0.1", port: 0)
    configuration.consoleURL = "http://127.0.0.1:0"
    let bound = ListenAddress(address: "127.0.0.1", port: 4711)
    #expect(configuration.listening(on: bound).consoleURL == "http://127.0.0.1:4711")
    configuration.consoleURL = "https://console.test"
    #expect(configuration.listening(on: bound).consoleURL == "https://console.test")
  }
}
