import Detection
import Enforcement
import Foundation

@testable import Watch

/// A case to write about.
enum NoticeSamples {
  static let settings = NoticeSettings(
    reporter: "Example Financial Supervisor", contact: MailAddress("desk@supervisor.example")!,
    sender: MailAddress("watch@supervisor.example")!,
    rule:
      "Payment Services Act s. 12(3): no one may run a venue for crypto-assets without a licence.",
    contestURL: "https://supervisor.example/contest")

  static let facts = NoticeFacts(
    caseNumber: "c-20261122-1", identifier: Array(0..<16), host: "www.shop.example",
    address: "192.0.2.7", url: "https://www.shop.example/presale?lang=en",
    category: .tokenSale, score: 0.97,
    evidence: [
      Evidence(
        signal: "token-sale.stage", text: "Stage 2 presale: 0.014 USDT a token",
        location: Evidence.Location(part: .text, start: 120, end: 155), weight: 2.4),
      Evidence(
        signal: "token-sale.contribute", text: "Send USDT (TRC20)\r\nto the address below",
        location: Evidence.Location(part: .text, start: 300, end: 340), weight: 1.9),
      Evidence(
        signal: "page.byline", text: "By our reporter",
        location: Evidence.Location(part: .text, start: 10, end: 25), weight: -0.4),
    ],
    language: "en", seen: Instant("2026-11-22T20:31:05Z")!,
    captureDigest: String(repeating: "ab", count: 32),
    deadline: Instant("2026-12-06T12:00:00Z")!, written: Instant("2026-11-22T21:00:09Z")!)

  static func contact(_ scope: ContactScope, _ role: ContactRole = .abuse) -> Contact {
    Contact(
      address: MailAddress("abuse@\(scope.rawValue).example")!, scope: scope, role: role,
      organization: "Sample \(scope.rawValue.capitalized) Ltd", source: "https://rdap.example/x")
  }

  static func notice(
    _ scope: ContactScope = .registrar, role: ContactRole = .abuse,
    _ change: (inout NoticeFacts) -> Void = { _ in }
  ) throws -> PlannedNotice {
    var facts = facts
    change(&facts)
    return try PlannedNotice(
      facts, to: contact(scope, role), ContactReport(registrar: "Sample Registrar, LLC"), settings)
  }
}
