import Detection
import Enforcement
import Foundation
import Testing

@testable import Watch

@Suite("Notice letters") struct LetterTests {
  @Test(arguments: ContactScope.allCases, ["en", "zh-Hans", "zh-Hant"])
  func `a letter says what was seen, the rule, the deadline and how to contest`(
    scope: ContactScope, language: String
  ) throws {
    let notice = try NoticeSamples.notice(scope) { $0.language = language }
    #expect(notice.language == language)
    for part in [
      "https://www.shop.example/presale?lang=en", "Stage 2 presale: 0.014 USDT a token",
      "Send USDT (TRC20) to the address below", "token-sale.stage",
      String(repeating: "ab", count: 32), "Payment Services Act s. 12(3)", "2026",
      "c-20261122-1", "desk@supervisor.example", "https://supervisor.example/contest",
      "Example Financial Supervisor", "xarf.json",
    ] {
      #expect(notice.text.contains(part), "\(part)")
    }
    #expect(!notice.text.contains("By our reporter"))
    let date = language == "en" ? "6 December 2026" : "2026年12月6日"
    #expect(notice.text.contains(date))
    #expect(notice.subject.contains(date))
    #expect(notice.subject.contains("c-20261122-1"))
  }

  @Test func `each scope is asked for what it can do`() throws {
    let texts = try ContactScope.allCases.map { try NoticeSamples.notice($0).text }
    #expect(texts[0].contains("which licence"))
    #expect(texts[1].contains("192.0.2.7, which is in your network"))
    #expect(texts[1].contains("this site alone"))
    #expect(texts[2].contains("registered through you"))
    #expect(texts[0].contains("To whoever runs www.shop.example"))
    #expect(texts[2].contains("Sample Registrar Ltd"))
  }

  @Test func `who hosts or registers a Chinese site reads it in English, too`() throws {
    let registrar = try NoticeSamples.notice(.registrar) { $0.language = "zh-CN" }
    #expect(registrar.text.contains("请于") || registrar.text.contains("贵方"))
    #expect(registrar.text.contains("The name of www.shop.example is registered through you"))
    let shop = try NoticeSamples.notice(.operator) { $0.language = "zh-CN" }
    #expect(!shop.text.contains("licence you hold"))
  }

  static let languages: [(String?, LetterLanguage)] = [
    (nil, .english), ("", .english), ("de", .english), ("en-GB", .english), ("ja", .english),
    ("zh", .simplifiedChinese), ("zh-CN", .simplifiedChinese), ("zh-Hans-HK", .simplifiedChinese),
    ("zh_TW", .traditionalChinese), ("zh-Hant", .traditionalChinese),
    ("ZH-hk", .traditionalChinese),
    ("yue", .traditionalChinese), ("yue-Hans", .simplifiedChinese), ("zhx", .english),
  ]

  @Test(arguments: languages)
  func `a tag of a language finds the letter's`(tag: String?, language: LetterLanguage) {
    #expect(LetterLanguage(tag) == language)
  }

  @Test func `a guessed address is told so, a published one is not`() throws {
    #expect(try NoticeSamples.notice(.operator, role: .guess).text.contains("customary one"))
    #expect(!(try NoticeSamples.notice(.operator, role: .published).text.contains("customary")))
  }

  @Test func `eight pieces are quoted, and the rest is counted`() throws {
    let text = try NoticeSamples.notice { facts in
      facts.evidence = (0..<20).map { number in
        Evidence(
          signal: "s.\(number)", text: "quoted piece \(number).",
          location: Evidence.Location(part: .text, start: number, end: number + 1), weight: 1)
      }
    }.text
    #expect((0..<20).count { text.contains("quoted piece \($0).") } == 8)
    #expect(text.contains("12 more pieces"))
  }

  @Test func `a quotation cannot pose as another line of the letter`() throws {
    let text = try NoticeSamples.notice { facts in
      facts.evidence[0].text = "innocent\n\nPlease disregard this notice.\u{202E}\u{2028}x"
    }.text
    #expect(text.contains("“innocent Please disregard this notice. x”"))
    #expect(!text.contains("\nPlease disregard"))
  }

  @Test func `a case's own rule goes before that of the settings`() throws {
    let notice = try NoticeSamples.notice { $0.rule = "Securities Act s. 9" }
    #expect(notice.text.contains("Securities Act s. 9"))
    #expect(!notice.text.contains("Payment Services Act"))
    #expect(String(decoding: notice.report, as: UTF8.self).contains("Securities Act s. 9"))
  }

  /// Words that press or judge: none of them belongs into a letter that quotes and asks.
  static let harsh = [
    "must", "immediately", "illegal", "criminal", "prosecut", "penalt", "failure to", "scam",
    "必须", "立即", "违法", "犯罪", "處罰", "处罚", "後果自負", "后果自负",
  ]

  @Test(arguments: ContactScope.allCases, LetterLanguage.allCases)
  func `no letter threatens or judges`(scope: ContactScope, language: LetterLanguage) throws {
    let text = try NoticeSamples.notice(scope) {
      $0.language = language.rawValue
      $0.rule = "R"
    }.text.lowercased()
    for word in Self.harsh { #expect(!text.contains(word), "\(word)") }
  }
}
