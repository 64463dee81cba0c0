import Enforcement
import Foundation
import Mustache
import Testing

@testable import Console

@Suite struct `Text on pages` {
  static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onfocus='alert(1)",
    "</title><h1>x", "{{state}} {{{state}}}", "&lt;b&gt;", "{time}",
    // One character each, of a sign and the mark upon it.
    "\"\u{301} onfocus=alert(1) x=\"\u{301}", "<\u{338}b>", "&\u{301}amp;",
  ]

  @Test(arguments: hostile)
  func `foreign text never becomes markup, wherever it stands`(text: String) async throws {
    let office = try await WebOffice()
    let id = try await office.enforce(
      SampleOrder(reference: text, authority: "A \(text)", basis: "B \(text)"))
    try await office.serving { reader in
      var pages: [String] = []
      for path in ["/orders/\(id)", "/transparency"] {
        pages.append(try await reader.get(path).text)
      }
      pages.append(try await reader.get("/", host: "cordon-sample-alpha.com").text)
      pages.append(try await reader.contest(["name": text, "statement": text]).text)
      for page in pages {
        let raw = page.unicodeScalars
        #expect(!Self.contains(raw, text.unicodeScalars) || !Self.isMarkup(text))
        let shown = PageText().escapeText(text)
        #expect(Self.contains(raw, shown.unicodeScalars))
      }
    }
  }

  private static func isMarkup(_ text: String) -> Bool {
    text.unicodeScalars.contains { "<>&\"'".unicodeScalars.contains($0) }
  }

  private static func contains(
    _ text: String.UnicodeScalarView, _ part: String.UnicodeScalarView
  ) -> Bool {
    Array(text).split(separator: Array(part), maxSplits: 1, omittingEmptySubsequences: false).count
      > 1
  }

  @Test func `every sign that means something to HTML is escaped, also under a mark`() {
    for sign in "<>&\"'".unicodeScalars {
      for mark in ["", "\u{301}", "\u{20DD}", "\u{338}"] {
        let escaped = PageText().escapeText("a\(Character(sign))\(mark)b").unicodeScalars
        #expect(!escaped.dropFirst().dropLast().contains { $0 == sign && $0 != "&" })
        #expect(escaped.contains("&") && escaped.contains(";"))
      }
    }
  }

  @Test func `what steers or hides shows as its number`() {
    let page = PageText()
    #expect(page.escapeText("a\u{202E}b") == "a[U+202E]b")
    for scalar in (0...0xFFFF).compactMap(Unicode.Scalar.init) {
      let hidden: Bool =
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse: true
        default: false
        }
      guard hidden, scalar != "\n", scalar != "\t" else { continue }
      let shown = page.escapeText(String(Character(scalar)))
      #expect(shown.hasPrefix("[U+"), "\(scalar.value)")
    }
    #expect(page.escapeText("证券 é\n\t") == "证券 é\n\t")
  }

  @Test func `no template fills anything in unescaped, and each sets its own content type`() throws
  {
    for template in Pages.Template.allCases {
      #expect(template.text.hasPrefix("{{% CONTENT_TYPE:\(PageText.name)}}\n"))
      #expect(!template.text.contains("{{{") && !template.text.contains("{{&"))
    }
    _ = try Pages()
  }

  @Test func `templates ask for phrases that there are`() throws {
    let pattern = try Regex("\\{\\{t\\.([A-Za-z]+)\\}\\}")
    for template in Pages.Template.allCases {
      for match in template.text.matches(of: pattern) {
        let name = try #require(match.output[1].substring)
        #expect(Phrase(rawValue: String(name)) != nil, "\(name)")
      }
    }
  }

  @Test(arguments: Phrase.allCases)
  func `every phrase is there in both languages, with the same words to fill in`(phrase: Phrase)
    throws
  {
    let words = try Regex("\\{[a-z]+\\}")
    func gaps(_ text: String) -> Set<String> {
      Set(text.matches(of: words).map { String(text[$0.range]) })
    }
    let (english, chinese) = phrase.texts
    #expect(!english.isEmpty && !chinese.isEmpty)
    #expect(gaps(english) == gaps(chinese))
    let isHan = { (scalar: Unicode.Scalar) in (0x4E00...0x9FFF).contains(scalar.value) }
    if phrase != .otherLanguage {
      #expect(!english.unicodeScalars.contains(where: isHan))
      #expect(chinese.unicodeScalars.contains(where: isHan))
    }
  }

  @Test func `what is filled in is not filled in again`() {
    let text = Phrase.blockedLead.text(.english, ["host": "{host}{host}"])
    #expect(text.contains("{host}{host}"))
  }

  @Test(arguments: [
    ("", "en"), ("zh", "zh-Hans"), ("zh-TW, en;q=0.9", "zh-Hans"), ("en, zh", "en"),
    ("zh;q=0.1, en;q=0.2", "en"), ("fr, de", "en"), ("*", "en"), ("zh;q=0", "en"),
    ("zh;q=x, en;q=0.1", "en"), (";;,,q=", "en"), ("ZH-hans", "zh-Hans"),
  ])
  func `the language is the one that the reader weighs most`(field: String, language: String)
    async throws
  {
    let office = try await WebOffice()
    try await office.serving { reader in
      let page = try await reader.get("/transparency", ["accept-language": field])
      #expect(page.field("content-language") == language)
    }
  }

  @Test func `dates are as HTTP wants them`() throws {
    for (text, date) in [
      ("1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
      ("1994-11-06T08:49:37Z", "Sun, 06 Nov 1994 08:49:37 GMT"),
      ("2024-02-29T23:59:59.999Z", "Thu, 29 Feb 2024 23:59:59 GMT"),
    ] {
      #expect(HTTPDate.text(try #require(Instant(text))) == date)
    }
  }
}
