import Enforcement
import Foundation
import Testing

@testable import Watch

@Suite("Mail messages") struct MailDraftTests {
  /// Texts that have broken a mailer somewhere.
  static let texts = [
    "plain", "", "Grüße aus Köln", "关于 example.com 的通知：请答复", "a\r\nBcc: victim@x.example",
    "=?UTF-8?B?aGk=?=", "\"quoted\" and \\ back", "trailing space ", "emoji 🧾🧾🧾🧾🧾🧾🧾🧾🧾🧾🧾🧾🧾",
    String(repeating: "long", count: 60), String(repeating: "lang und breit ", count: 20),
    "a\u{0}b\u{7F}c\u{85}d", "\u{202E}reversed", "e\u{301}\u{301}\u{301}", ".", "..", "From here",
    "-- ", "tab\there", String(repeating: "é", count: 300),
  ]

  private func draft(_ text: String) -> MailDraft {
    MailDraft(
      senderName: text, sender: MailAddress("watch@operator.example")!,
      replyTo: MailAddress("desk@operator.example")!,
      recipient: MailAddress("abuse@host.example")!, subject: text,
      date: Instant("2026-11-22T21:00:09Z")!, key: "c-1\n1\nhost", language: "en",
      text: text.replacing("\r\n", with: "\n") + "\nsecond line\n\nlast",
      attachments: [
        MailDraft.Attachment(
          name: "xarf.json", mediaType: "application/json", octets: Array("{\"t\":1}".utf8))
      ])
  }

  @Test(arguments: texts)
  func `whatever a text holds, the message keeps to the lines of mail`(text: String) throws {
    let octets = draft(text).composed().octets
    #expect(octets.allSatisfy { $0 == 0x0D || $0 == 0x0A || (0x20...0x7E).contains($0) })
    let lines = String(decoding: octets, as: UTF8.self).components(separatedBy: "\r\n")
    #expect(lines.allSatisfy { !$0.contains("\r") && !$0.contains("\n") })
    #expect(lines.allSatisfy { $0.utf8.count <= 998 })
    let head = lines.prefix { !$0.isEmpty }
    #expect(
      head.map { line in String(line.prefix { $0 != ":" && $0 != " " }) }.filter { !$0.isEmpty }
        == [
          "Date", "From", "Reply-To", "To", "Subject", "Message-ID", "MIME-Version",
          "Content-Language", "Content-Type",
        ])
  }

  @Test(arguments: texts)
  func `subject and text come back as they were meant`(text: String) throws {
    let draft = draft(text)
    let mail = try MailReader(draft.composed().octets)
    let shown = text.unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .control ? " " : String(scalar)
    }.joined()
    let words = { (text: String) in text.split(separator: " ").joined(separator: " ") }
    #expect(words(mail.decoded("Subject")) == words(shown))
    #expect(mail.parts.count == 2)
    let read = String(decoding: mail.parts[0].body, as: UTF8.self)
    #expect(read.replacing("\r\n", with: "\n").hasPrefix(draft.text.replacing("\r\n", with: "\n")))
    #expect(mail.parts[1].body == draft.attachments[0].octets)
    #expect(mail.parts[1]["Content-Type"] == "application/json; name=\"xarf.json\"")
    #expect(mail["To"] == "abuse@host.example")
    #expect(mail["From"]?.hasSuffix("<watch@operator.example>") == true)
  }

  @Test func `the same draft gives the same octets, another recipient another identifier`() {
    let first = draft("hello")
    #expect(first.composed() == draft("hello").composed())
    var other = first
    other.recipient = MailAddress("abuse@other.example")!
    #expect(other.messageID != first.messageID)
    other = first
    other.key = "c-1\n2\nhost"
    #expect(other.messageID != first.messageID)
    #expect(first.messageID.hasSuffix("@operator.example>"))
  }

  static let dates = [
    ("1970-01-01T00:00:00Z", "Thu, 1 Jan 1970 00:00:00 +0000"),
    ("2000-02-29T23:59:59Z", "Tue, 29 Feb 2000 23:59:59 +0000"),
    ("2026-11-22T21:00:09Z", "Sun, 22 Nov 2026 21:00:09 +0000"),
    ("2026-12-06T12:00:00.250Z", "Sun, 6 Dec 2026 12:00:00 +0000"),
  ]

  @Test(arguments: dates)
  func `a date is written as mail writes it`(moment: String, date: String) {
    #expect(MailDraft.date(Instant(moment)!) == date)
  }

  // MARK: Addresses

  static let good = [
    "a@b.example", "abuse+case@sub.host.example", "O'Brien@x.example", "first.last@x.example",
    "a@xn--brse-5qa.example", "\(String(repeating: "a", count: 64))@x.example",
  ]

  @Test(arguments: good)
  func `an address of mail is taken`(text: String) {
    #expect(MailAddress(text)?.text == text)
  }

  static let bad = [
    "", "a", "@x.example", "a@", "a@localhost", "a@b@c.example", "a b@x.example", "a@x .example",
    "a@x.example\r\nBcc: b@y.example", "a@x.example\n", "<a@x.example>", "\"a b\"@x.example",
    "a@[192.0.2.1]", "a@192.0.2.1", ".a@x.example", "a.@x.example", "a..b@x.example",
    "a@-x.example", "a@x-.example", "a@x..example", "a@.example", "a@x.example.", "ä@x.example",
    "a@börse.example", "a,b@x.example", "a;b@x.example", "a@x.example, b@y.example",
    "a@x.example>", "a(b)@x.example", "a\\@x.example", "a\u{0}@x.example",
    "\(String(repeating: "a", count: 65))@x.example",
    "a@\(String(repeating: "b.", count: 125))example",
  ]

  @Test(arguments: bad)
  func `what is no plain address of mail is refused`(text: String) {
    #expect(MailAddress(text) == nil)
  }

  static let published = [
    ("mailto:info@shop.example", "info@shop.example"),
    ("MAILTO:Info%2Bx@Shop.example?subject=a&body=b", "Info+x@shop.example"),
    (" info@shop.example\n", "info@shop.example"),
    ("info@börse.example", "info@xn--brse-5qa.example"),
    ("mailto:a@x.example,b@x.example", nil), ("mailto:a@x.example%0D%0ABcc:b@y.example", nil),
    ("mailto:", nil), ("https://shop.example/", nil), ("mailto:%FF@x.example", nil),
  ]

  @Test(arguments: published)
  func `an address that a page publishes is read`(text: String, address: String?) {
    #expect(MailAddress(published: text)?.text == address)
  }
}
