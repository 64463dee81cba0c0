import DomainNames
import Enforcement
import Foundation
import Gate
import HTTPTypes
import Testing

@testable import Console

@Suite struct `Requests for other hosts` {
  @Test(arguments: ["/", "/any/path?x=1", "/orders/o-1", "/style.css", "/transparency"])
  func `at a blocked name every path answers 451 and names the order`(path: String) async throws {
    let office = try await WebOffice()
    let id = try await office.enforce()
    try await office.serving { reader in
      let page = try await reader.get(path, host: "WWW.Cordon-Sample-Alpha.com.")
      #expect(page.status == 451)
      #expect(page.field("link") == "<http://console.test:8480>; rel=\"blocked-by\"")
      #expect(page.field("cache-control") == "no-store")
      #expect(page.field("set-cookie") == nil)
      for text in [
        "www.cordon-sample-alpha.com is blocked", "已被封锁", "Example Supervisor",
        "Example Act s. 1", "REF-2026-1", "lang=\"zh-Hans\"",
        "href=\"http://console.test:8480/orders/\(id)?lang=en\"", "In force since", "Expires",
        "Issued", "签发", "到期", "开始执行", "Contest this block", "对本封锁提出异议",
        "/contest?order=\(id)&amp;name=www.cordon-sample-alpha.com&amp;lang=zh-Hans",
      ] {
        #expect(page.text.contains(text), "\(text)")
      }
      let policy = try #require(page.field("content-security-policy"))
      let style = try #require(Self.styleDigest(page.text))
      #expect(policy.contains("style-src 'sha256-\(style)'"))
      #expect(policy.contains("form-action 'none'"))
    }
  }

  /// The digest that a browser makes of the page's own style.
  private static func styleDigest(_ page: String) -> String? {
    guard let start = page.range(of: "<style>"), let end = page.range(of: "</style>") else {
      return nil
    }
    let style = Array(page[start.upperBound..<end.lowerBound].utf8)
    let hex = Array(hexadecimalSHA256(of: style))
    let octets = stride(from: 0, to: hex.count, by: 2).compactMap {
      UInt8(String(hex[$0...$0 + 1]), radix: 16)
    }
    return Data(octets).base64EncodedString()
  }

  @Test func `other methods are blocked alike, and programs get a problem document`() async throws {
    let office = try await WebOffice()
    let id = try await office.enforce()
    let host = "cordon-sample-beta.com:8080"
    try await office.serving { reader in
      for method in [HTTPRequest.Method.post, .put, .delete, .options, .patch] {
        #expect(try await reader.ask("/contest", method, host: host).status == 451)
      }
      let head = try await reader.ask("/", .head, host: host)
      #expect(head.status == 451 && head.text.isEmpty)
      let json = try await reader.get("/", host: host, ["accept": "application/json"])
      #expect(json.status == 451)
      #expect(json.field("content-type") == "application/problem+json")
      let orders = try #require(json["orders"] as? [[String: Any]])
      #expect(orders.compactMap { $0["id"] as? String } == [id.text])
    }
  }

  @Test func `every order that blocks the name is named, drafts and ended ones are not`()
    async throws
  {
    let office = try await WebOffice()
    let first = try await office.enforce()
    let second = try await office.enforce(SampleOrder(reference: "REF-2"))
    let draft = try await office.receive(SampleOrder(reference: "REF-3"))
    let ended = try await office.enforce(SampleOrder(reference: "REF-4"))
    let counted = try await office.enforce(SampleOrder(reference: "REF-5", mode: "observe"))
    try await office.act(.orderRevoke(id: ended.text, reason: "r"), as: "confirmer")
    try await office.serving { reader in
      let page = try await reader.get("/", host: "cordon-sample-alpha.com").text
      for id in [first, second] { #expect(page.contains("/orders/\(id)?")) }
      for id in [draft, ended, counted] { #expect(!page.contains("/orders/\(id)?")) }
    }
  }

  @Test func `where the gate leads to the page, a name that an alias led there gets it too`()
    async throws
  {
    let office = try await WebOffice(blockPage: ["192.0.2.80"])
    _ = try await office.enforce()
    try await office.serving { reader in
      for path in ["/", "/style.css", "/contest?x"] {
        let page = try await reader.get(path, host: "alias.example.com")
        #expect(page.status == 451)
        #expect(page.field("link") == "<http://console.test:8480>; rel=\"blocked-by\"")
        #expect(page.text.contains("No order in force names alias.example.com itself"))
        #expect(page.text.contains("http://console.test:8480/transparency?lang=zh-Hans"))
        #expect(!page.text.contains("/orders/"))
      }
      #expect(try await reader.get("/", host: "cordon-sample-alpha.com").text.contains("/orders/"))
      #expect(try await reader.get("/transparency").status == 200)
      #expect(try await reader.get("/", host: "192.0.2.7").status == 421)
    }
  }

  @Test func `a name that nothing blocks is misdirected, also once its block has ended`()
    async throws
  {
    let office = try await WebOffice()
    let id = try await office.enforce()
    try await office.serving { reader in
      for host in [
        "shop.example.com", "notcordon-sample-alpha.com", "192.0.2.7", "console.test:81",
      ] {
        let answer = try await reader.get("/transparency", host: host)
        #expect(answer.status == 421, "\(host)")
        #expect(answer.text.contains("no order in force blocks"))
      }
      #expect(try await reader.get("/", host: "cordon-sample-alpha.com").status == 451)
      try await office.act(.orderRevoke(id: id.text, reason: "r"), as: "confirmer")
      #expect(try await reader.get("/", host: "cordon-sample-alpha.com").status == 421)
    }
  }

  @Test func `a block that has run out is over at its second`() async throws {
    let office = try await WebOffice()
    _ = try await office.enforce()
    try await office.serving { reader in
      try office.set("2026-12-31T23:59:59Z")
      #expect(try await reader.get("/", host: "cordon-sample-alpha.com").status == 451)
      try office.set("2027-01-01T00:00:00Z")
      #expect(try await reader.get("/", host: "cordon-sample-alpha.com").status == 421)
    }
  }

  @Test(arguments: [
    "", " ", "a b", "shop.example:x", "shop.example:", "shop..example", "[::1", "::1", "a/b",
    "user@shop.example", "shop.example:99999", "sh\\op.example", "%41.example", "[192.0.2.1]",
    "shop.example:80:80",
  ])
  func `a Host that is no host is refused`(host: String) async throws {
    let office = try await WebOffice()
    try await office.serving { reader in
      let answer = try await reader.get("/transparency", host: host)
      #expect(answer.status == (host == "shop.example:" ? 421 : 400))
    }
  }

  @Test func `a request without Host, or with two, is refused`() async throws {
    let office = try await WebOffice()
    try await office.serving { reader in
      #expect(try await reader.get("/transparency", host: nil).status == 400)
      let two = try await reader.get("/transparency", ["host": "shop.example.com"])
      #expect(two.status == 400)
    }
  }

  @Test func `health is told to whoever asks by address`() async throws {
    let office = try await WebOffice()
    try await office.serving { reader in
      for path in ["/healthz", "/readyz"] {
        let byAddress = try await reader.get(path, host: "192.0.2.7:9000")
        let byName = try await reader.get(path, host: "shop.example.com")
        #expect(byAddress.status == 200 && byName.status == 421)
      }
    }
  }

  @Test func `the console's own hosts are its address on the web and where it listens`() throws {
    func own(_ url: String, _ listening: String, _ host: String) throws -> Bool {
      let hosts = OwnHosts(url: url, listening: try #require(ListenAddress(listening)))
      return hosts.contain(try #require(HostHeader(host)))
    }
    #expect(try own("https://Console.test", "10.0.0.1:8480", "console.test"))
    #expect(try own("https://console.test", "10.0.0.1:8480", "CONSOLE.test.:443"))
    #expect(try false == own("https://console.test", "10.0.0.1:8480", "console.test:80"))
    #expect(try own("https://console.test", "10.0.0.1:8480", "10.0.0.1:8480"))
    #expect(try false == own("https://console.test", "10.0.0.1:8480", "10.0.0.2:8480"))
    #expect(try false == own("https://console.test", "10.0.0.1:8480", "localhost:8480"))
    #expect(try own("http://console.test:8480", "127.0.0.1:8480", "localhost:8480"))
    #expect(try own("http://[::1]:8480", "[::1]:8480", "[::1]:8480"))
    #expect(try own("http://console.test", "0.0.0.0:8480", "192.0.2.7:8480"))
    #expect(try false == own("http://console.test", "0.0.0.0:8480", "192.0.2.7:80"))
    #expect(try false == own("http://console.test", "0.0.0.0:8480", "evil.test:8480"))
  }
}
