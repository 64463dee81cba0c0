import DNSWire
import DomainNames
import Enforcement
import Foundation
import Testing

@testable import Gate

@Suite("Structured errors") struct StructuredErrorTests {
  static let respondent = Respondent(
    organization: "Beispielnetz", contacts: ["mailto:help@isp.example", "tel:+1-201-555-0123"],
    database: "isp-orders")

  private static func rules(
    _ kind: BlockedAnswer = .nxdomain, origin: OrderOrigin = .authority,
    respondent: Respondent = respondent, contest: String = "https://cordon.example/orders/o-1",
    authority: String = "Example Supervisor"
  ) -> OrderRules {
    var rules = OrderRules.sample(
      blocking: [("venue.example", .subtree)], answer: kind, origin: origin, authority: authority,
      contest: contest)
    rules.respondent = respondent
    return rules
  }

  private static let asking = EDNSOption(code: .structuredError, data: [])

  /// The fields of the JSON in an extended error.
  private func fields(_ error: ExtendedError) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(error.extraText.utf8)) as? [String: Any])
  }

  enum Way: CaseIterable { case noEDNS, plain, structured }

  @Test(arguments: BlockedAnswer.allCases, Transport.allCases)
  func `each kind of answer explains itself as it was asked to, on every way`(
    kind: BlockedAnswer, transport: Transport
  ) throws {
    for origin in [OrderOrigin.authority, .operator] {
      let desk = try ClientDesk(board: .with(Self.rules(kind, origin: origin)))
      for way in Way.allCases {
        let edns: EDNS? =
          switch way {
          case .noEDNS: nil
          case .plain: EDNS()
          case .structured: .with(Self.asking)
          }
        let answer = try #require(
          try desk.answer(to: query("www.venue.example", edns: edns), by: transport))
        let errors = answer.edns?.extendedErrors ?? []
        switch way {
        case .noEDNS: #expect(answer.edns == nil)
        case .plain, .structured:
          #expect(errors.map(\.infoCode) == [origin == .authority ? .censored : .blocked])
        }
        let told =
          "Order IFRR-2018-117 of Example Supervisor, until 2019-08-24."
          + " Read and contest: https://cordon.example/orders/o-1"
        if way == .plain { #expect(errors[0].extraText == told) }
        if way == .structured {
          let fields = try fields(errors[0])
          #expect(Set(fields.keys) == ["c", "j", "o", "l", "fdbs"])
          #expect(fields["j"] as? String == told)
          #expect(fields["o"] as? String == "Beispielnetz" && fields["l"] as? String == "en")
          #expect(fields["c"] as? [String] == Self.respondent.contacts)
          #expect(
            fields["fdbs"] as? [[String: String]]
              == [["db": "isp-orders", "id": "o-20180824-1"]])
          #expect(!errors[0].extraText.contains(": ") || told.contains(": "))
        }
        #expect(answer.edns?.data(.structuredError) == nil)
      }
    }
  }

  @Test func `data in the option are passed over, and it can have another number`() throws {
    let desk = try ClientDesk(
      ClientConfiguration(allowed: everywhere, structuredErrorOption: 65_001),
      board: .with(Self.rules()))
    for (code, data, isStructured) in [
      (UInt16(65_001), [UInt8](), true), (65_001, [1, 2, 3], true), (65_015, [], false),
      (15, [0, 0], false),
    ] {
      let edns = EDNS.with(EDNSOption(code: EDNSOptionCode(rawValue: code), data: data))
      let answer = try #require(try desk.answer(to: query("venue.example", edns: edns)))
      let text = try #require(answer.edns?.extendedErrors.first?.extraText)
      #expect(text.hasPrefix("{") == isStructured, "\(code) \(data)")
    }
  }

  @Test func `where room is short, justification and organization go first, then all text`() throws
  {
    let desk = try ClientDesk(board: .with(Self.rules()))
    let label = String(repeating: "a", count: 60)
    var forms: [Int: Int] = [:]
    for labels in 0...3 {
      let name = (0..<labels).map { _ in label + "." }.joined() + "venue.example"
      for size: UInt16 in stride(from: 512, through: 1_232, by: 8) {
        let edns = EDNS(udpSize: size, options: [Self.asking])
        let octets = try #require(desk.octets(to: query(name, edns: edns)))
        #expect(octets.count <= size)
        let answer = try Message(parsing: octets)
        #expect(!answer.flags.contains(.truncated))
        let error = try #require(answer.edns?.extendedErrors.first)
        guard !error.extraText.isEmpty else {
          forms[0, default: 0] += 1
          continue
        }
        let keys = Set(try fields(error).keys)
        #expect(keys == ["c", "fdbs"] || keys == ["c", "fdbs", "j", "o", "l"])
        forms[keys.count, default: 0] += 1
      }
    }
    #expect(forms[2, default: 0] > 0 && forms[5, default: 0] > 0, "\(forms)")
  }

  @Test func `without contacts nothing is said that a client would throw away`() throws {
    let rules = Self.rules(
      respondent: Respondent(database: "isp-orders"),
      contest: "https://cordon.example/" + String(repeating: "o", count: 300))
    let desk = try ClientDesk(board: .with(rules))
    for size: UInt16 in [512, 1_232] {
      let edns = EDNS(udpSize: size, options: [Self.asking])
      let answer = try #require(
        try desk.answer(to: query("www.venue.example", edns: edns)))
      let error = try #require(answer.edns?.extendedErrors.first)
      #expect(error.infoCode == .censored)
      #expect(error.extraText.isEmpty == (size == 512))
      if !error.extraText.isEmpty {
        #expect(Set(try fields(error).keys) == ["fdbs", "j", "l"])
      }
    }
  }

  @Test func `names in any writing are told as they are`() throws {
    for authority in ["金融监管局", "Zürcher \"Aufsicht\" \\ Behörde", "a\u{0}\u{1F}\u{2028}b/c"] {
      let desk = try ClientDesk(board: .with(Self.rules(authority: authority)))
      let answer = try #require(
        try desk.answer(to: query("venue.example", edns: .with(Self.asking))))
      let error = try #require(answer.edns?.extendedErrors.first)
      #expect((try fields(error)["j"] as? String)?.contains(" of \(authority), until") == true)
    }
  }

  @Test func `however long its parts, an answer fits its datagram`() throws {
    let longest = Respondent(
      organization: String(repeating: "界", count: 40),
      contacts: (0..<3).map { "mailto:" + String(repeating: "\($0)", count: 110) + "@x" },
      database: String(repeating: "d", count: 120))
    let name = (0..<3).map { _ in String(repeating: "a", count: 60) + "." }.joined()
    let desk = try ClientDesk(
      board: .with(
        Self.rules(
          respondent: longest, contest: "https://" + String(repeating: "c", count: 900),
          authority: String(repeating: "\"", count: 300))))
    for size: UInt16 in [0, 512, 1_232, 65_535] {
      for options in [[], [Self.asking], [Self.asking, .cookie([UInt8](repeating: 1, count: 8))]] {
        let message = query(
          name + "venue.example", edns: EDNS(udpSize: size, options: options))
        let octets = try #require(desk.octets(to: message))
        #expect(octets.count <= max(512, min(Int(size), 1_232)))
        #expect(try Message(parsing: octets).edns?.extendedErrors.count == 1)
      }
    }
  }

  @Test(arguments: [
    ("mailto:help@isp.example", true), ("tel:+1-201-555-0123", true), ("mailto:", false),
    ("mailto:nobody", false), ("tel:", false), ("tel:home", false), ("https://isp.example", false),
    ("sips:help@isp.example", false), ("help@isp.example", false),
    ("mailto:a b@isp.example", false), ("", false), (":", false),
  ])
  func `only mail and telephone are contacts`(text: String, isContact: Bool) {
    #expect((Respondent.contact(text) != nil) == isContact)
  }
}
