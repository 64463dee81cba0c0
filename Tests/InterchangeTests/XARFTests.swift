import Crypto
import Enforcement
import Foundation
import Interchange
import Testing

@Suite("XARF reports") struct XARFTests {
  private static let party = XARFParty(
    organization: "Example Supervisor", contact: "desk@supervisor.example",
    domain: "supervisor.example")

  private func sample(_ change: (inout XARFReport) -> Void = { _ in }) -> XARFReport {
    var report = XARFReport(
      identifier: XARFIdentifier(random: 1, 2), time: Instant("2026-11-22T20:31:05.250Z")!,
      reporter: Self.party, sender: Self.party, source: "shop.example",
      url: "https://shop.example/presale", domain: "shop.example",
      addresses: ["192.0.2.7", "2001:db8::7"], registrar: "Sample Registrar",
      hostingProvider: "Sample Hosting",
      kind: .fraud(
        XARFKind.Fraud(
          type: .investment, payment: [.cryptocurrency],
          wallets: [
            XARFKind.Wallet(currency: .bitcoin, address: "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa")
          ])),
      verification: .manual, verified: Instant("2026-11-22T20:31:05Z")!, confidence: 0.97,
      description: "A sample.",
      exhibits: [
        XARFExhibit(mediaType: "text/html", description: "The page", octets: Array("<p>…".utf8))
      ], tags: ["lifecycle:test"])
    change(&report)
    return report
  }

  private func object(_ report: XARFReport) throws -> [String: Any] {
    let octets = try report.encoded()
    return try #require(try JSONSerialization.jsonObject(with: Data(octets)) as? [String: Any])
  }

  @Test func `a report says everything once`() throws {
    let object = try object(sample())
    #expect(object["xarf_version"] as? String == "4.2.0")
    #expect(object["category"] as? String == "content")
    #expect(object["type"] as? String == "fraud")
    #expect(object["fraud_type"] as? String == "investment")
    #expect(object["timestamp"] as? String == "2026-11-22T20:31:05.250Z")
    #expect(object["confidence"] as? Double == 0.97)
    #expect((object["dns_records"] as? [String: [String]])?["aaaa"] == ["2001:db8::7"])
    #expect(object["tags"] as? [String] == ["lifecycle:test"])
  }

  @Test func `a mirror is a suspicious registration`() throws {
    let object = try object(
      sample {
        $0.kind = .suspiciousRegistration(
          XARFKind.Registration(
            registered: Instant("2026-11-01")!, indicators: [.typosquatting, .brandKeyword],
            targets: ["Sample Venue"],
            related: [XARFKind.RelatedDomain(domain: "venue.example", relationship: .sameCampaign)])
        )
      })
    #expect(object["type"] as? String == "suspicious_registration")
    #expect(object["registration_date"] as? String == "2026-11-01T00:00:00Z")
    #expect(object["suspicious_indicators"] as? [String] == ["typosquatting", "brand_keyword"])
    #expect(object["fraud_type"] == nil)
  }

  @Test func `evidence comes back as it was, under its hash`() throws {
    var generator = SeededGenerator(seed: 7)
    for length in [0, 1, 2, 3, 100, 5000] {
      let octets = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let object = try object(sample { $0.exhibits[0].octets = octets })
      let evidence = try #require((object["evidence"] as? [[String: Any]])?.first)
      let payload = try #require(evidence["payload"] as? String)
      #expect(Data(base64Encoded: payload) == Data(octets))
      let hash = SHA256.hash(data: octets).map { String(format: "%02x", $0) }.joined()
      #expect(evidence["hash"] as? String == "sha256:\(hash)")
      #expect(evidence["size"] as? Int == length)
    }
  }

  @Test func `every identifier is a random UUID by its form`() throws {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<1000 {
      let text = XARFIdentifier(random: generator.next(), generator.next()).text
      #expect(
        text.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/)
          != nil)
    }
  }

  @Test func `any text is written so that it is read back the same`() throws {
    let texts = [
      "\"quotes\" \\ and \u{0}\u{1}\u{1F}\u{7F}", "line\nline\r\n\u{2028}\u{2029}", "预售 🧾",
      "</script>",
    ]
    for text in texts {
      #expect(try object(sample { $0.description = text })["description"] as? String == text)
    }
  }

  @Test func `the same report gives the same octets`() throws {
    #expect(try sample().encoded() == sample().encoded())
  }

  /// The schema's pattern for a domain allows neither A-labels nor a digit in the last label.
  @Test(arguments: [
    "xn--brse-5qa.example", "a.xn--p1ai", "192.0.2.7", "UPPER.example", "one", "a_b.example",
  ])
  func `a domain that the schema would refuse is left out`(domain: String) throws {
    #expect(try object(sample { $0.domain = domain })["domain"] == nil)
  }

  static let faults: [(String, @Sendable (inout XARFReport) -> Void)] = [
    ("description", { $0.description = String(repeating: "x", count: 1001) }),
    ("description", { $0.description = "" }),
    ("url", { $0.url = "ftp://shop.example/" }), ("url", { $0.url = "https://shop.example/a b" }),
    ("url", { $0.url = "https://shop.example/ö" }), ("url", { $0.url = "" }),
    ("url", { $0.url = "https://" }),
    ("confidence", { $0.confidence = 1.01 }), ("confidence", { $0.confidence = -.infinity }),
    ("confidence", { $0.confidence = .nan }),
    ("reporter.org", { $0.reporter.organization = String(repeating: "x", count: 201) }),
    ("reporter.org", { $0.reporter.organization = "" }),
    ("sender.contact", { $0.sender.contact = "nobody" }),
    ("sender.domain", { $0.sender.domain = "not a name" }),
    ("source_identifier", { $0.source = "" }),
    ("pieces of evidence", { $0.exhibits = Array(repeating: $0.exhibits[0], count: 51) }),
    ("5242881 octets", { $0.exhibits[0].octets = [UInt8](repeating: 0, count: (5 << 20) + 1) }),
    (
      "octets",
      {
        $0.exhibits = Array(repeating: $0.exhibits[0], count: 4)
        for index in 0..<4 { $0.exhibits[index].octets = [UInt8](repeating: 0, count: 4 << 20) }
      }
    ),
    ("evidence description", { $0.exhibits[0].description = String(repeating: "x", count: 501) }),
    ("tag", { $0.tags = ["plain"] }), ("tag", { $0.tags = ["Upper:case"] }),
    ("tag", { $0.tags = ["a:b:c"] }), ("tag", { $0.tags = [":b"] }),
    ("tags", { $0.tags = Array(repeating: "a:b", count: 21) }),
    (
      "suspicious_indicators",
      {
        $0.kind = .suspiciousRegistration(
          XARFKind.Registration(registered: Instant("2026-11-01")!, indicators: []))
      }
    ),
  ]

  @Test(arguments: faults.indices)
  func `what the format forbids is refused with its field`(index: Int) throws {
    let (name, change) = Self.faults[index]
    let fault = #expect(throws: XARFFault.self) { try sample(change).encoded() }
    #expect(fault?.description.contains(name) == true, "\(String(describing: fault))")
  }
}
