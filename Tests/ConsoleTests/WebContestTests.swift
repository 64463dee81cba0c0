import DomainNames
import Enforcement
import Foundation
import HTTPTypes
import Records
import Testing

@testable import Console

@Suite struct `Contesting a block` {
  @Test func `a contest ends on the record, and its number is the reference`() async throws {
    let office = try await WebOffice()
    let id = try await office.enforce()
    try await office.serving { reader in
      let entries = office.journal.size
      let answer = try await reader.contest([
        "order": id.text, "name": "https://Shop.Cordon-Sample-Alpha.com/cart",
        "statement": " First line.\r\nSecond line. ", "contact": " me@person.test ",
      ])
      #expect(answer.status == 201)
      #expect(answer.text.contains(">\(entries)</dd>"))
      #expect(answer.text.contains("they can answer you there"))
      #expect(answer.text.contains("href=\"/orders/\(id)\""))
      let recorded = try office.journal.event(at: entries)
      #expect(recorded.event.actor == .system)
      let name = try DomainName(presentation: "shop.cordon-sample-alpha.com")
      #expect(
        recorded.event.change
          == .contestReceived(
            Contest(
              order: id, name: name, statement: "First line.\nSecond line.",
              contact: "me@person.test")))
      #expect(office.journal.verify().verified)
      #expect(try await reader.get("/orders/\(id)").text.contains("Contested so far: 1."))
    }
  }

  @Test func `a statement alone is enough`() async throws {
    let office = try await WebOffice()
    try await office.serving { reader in
      let answer = try await reader.contest(["statement": "A name is blocked by mistake."])
      #expect(answer.status == 201)
      #expect(answer.text.contains("they cannot answer you"))
      #expect(office.journal.verify().verified)
    }
  }

  @Test func `programs send JSON and get JSON`() async throws {
    let office = try await WebOffice()
    let id = try await office.enforce()
    let json = ["accept": "application/json", "content-type": "application/json; charset=utf-8"]
    try await office.serving { reader in
      let entries = Int(office.journal.size)
      let body = "{\"order\":\"\(id)\",\"statement\":\"Wrong.\"}"
      let answer = try await reader.ask("/contest", .post, json, body: body)
      #expect(answer.status == 201)
      #expect(answer["reference"] as? Int == entries)
      #expect(answer["order"] as? String == id.text)
      let wrong = try await reader.ask("/contest", .post, json, body: "{\"statement\":\" \"}")
      #expect(wrong.status == 422)
      #expect(wrong.field("content-type") == "application/problem+json")
      #expect(wrong["field"] as? String == "statement")
      for broken in ["{", "[]", "{\"statement\":1}", ""] {
        let answer = try await reader.ask("/contest", .post, json, body: broken)
        #expect(answer.status == 400, "\(broken)")
        #expect(answer["status"] as? Int == 400)
      }
    }
  }

  @Test(arguments: [
    (["statement": ""], "Please say what is wrong."),
    (["statement": " \r\n "], "Please say what is wrong."),
    (["name": "shop.example.com"], "Please say what is wrong."),
    (["statement": "x", "order": "o-19990101-1"], "no public order"),
    (["statement": "x", "order": "../etc"], "no public order"),
    (["statement": "x", "name": "two names"], "cannot be read as a domain name"),
    (["statement": "x", "contact": "nobody"], "no e-mail address"),
    (["statement": "x", "contact": "a b@person.test"], "no e-mail address"),
    (["statement": "x", "contact": "a@person.test\r\nBcc: b@person.test"], "no e-mail address"),
    (["statement": String(repeating: "y", count: 4_001)], "has 4001 characters"),
  ])
  func `what cannot be taken in comes back with what was written`(
    fields: [String: String], sentence: String
  ) async throws {
    let office = try await WebOffice()
    try await office.serving { reader in
      let entries = office.journal.size
      let answer = try await reader.contest(fields)
      #expect(answer.status == 422)
      #expect(answer.text.contains(sentence))
      #expect(answer.text.contains("role=\"alert\""))
      #expect(office.journal.size == entries)
      for value in fields.values.map({ $0.trimmingCharacters(in: .whitespacesAndNewlines) }) {
        let shown = value.replacing("\r\n", with: "[U+000D]\n")
        #expect(shown.isEmpty || answer.text.contains(shown))
      }
    }
  }

  @Test func `a draft is as unknown as an order that is not there`() async throws {
    let office = try await WebOffice()
    let draft = try await office.receive()
    try await office.serving { reader in
      let one = try await reader.contest(["statement": "x", "order": draft.text])
      let other = try await reader.contest(["statement": "x", "order": "o-19990101-1"])
      #expect(one.status == 422 && other.status == 422)
      #expect(
        one.text.replacing(draft.text, with: "") == other.text.replacing("o-19990101-1", with: ""))
    }
  }

  @Test func `four thousand characters go in, whatever they are`() async throws {
    let office = try await WebOffice()
    let statement = String(repeating: "封", count: 4_000)
    try await office.serving { reader in
      let answer = try await reader.ask(
        "/contest", .post, ["content-type": "application/json"],
        body: "{\"statement\":\"\(statement)\"}")
      #expect(answer.status == 201)
      guard
        case .contestReceived(let contest) = try office.journal.event(
          at: office.journal.size - 1
        ).event.change
      else {
        Issue.record("the last entry is no contest")
        return
      }
      #expect(contest.statement == statement)
    }
  }

  @Test func `thirty a minute are taken in, the next is told when to come back`() async throws {
    let office = try await WebOffice()
    try await office.serving { reader in
      for _ in 1...30 { #expect(try await reader.contest(["statement": "x"]).status == 201) }
      let entries = office.journal.size
      let late = try await reader.contest(["statement": "keep this text"])
      #expect(late.status == 429)
      #expect(late.field("retry-after") == "60")
      #expect(late.text.contains("keep this text"))
      #expect(office.journal.size == entries)
      #expect(try await reader.contest([:]).status == 422)
      try office.set("2026-06-01T12:01:00Z")
      #expect(try await reader.contest(["statement": "x"]).status == 201)
    }
  }

  @Test func `too much is refused, and other media are`() async throws {
    let office = try await WebOffice()
    try await office.serving { reader in
      let entries = office.journal.size
      let large = try await reader.contest(["statement": String(repeating: "x", count: 20_000)])
      #expect(large.status == 413)
      let plain = try await reader.contest(["statement": "x"], ["content-type": "text/plain"])
      #expect(plain.status == 415)
      #expect(office.journal.size == entries)
    }
  }

  @Test func `where the record takes nothing in, the person is told and keeps the text`()
    async throws
  {
    let office = try await WebOffice()
    try await office.serving { reader in
      let entries = office.journal.size
      try office.set("2026-05-01T00:00:00Z")
      let answer = try await reader.contest(["statement": "keep this text"])
      #expect(answer.status == 503)
      #expect(answer.text.contains("was not recorded"))
      #expect(answer.text.contains("keep this text"))
      #expect(!answer.text.contains(office.directory))
      #expect(office.journal.size == entries)
      #expect(try await reader.get("/transparency").status == 200)
    }
  }

  @Test func `the form takes order and name from the address`() async throws {
    let office = try await WebOffice()
    try await office.serving { reader in
      let page = try await reader.get("/contest?order=o-1&name=%22%3E%3Cb%3Ex").text
      #expect(page.contains("value=\"o-1\""))
      #expect(page.contains("value=\"&quot;&gt;&lt;b&gt;x\""))
    }
  }
}
