import Enforcement
import Foundation
import HTTPTypes
import Testing

@testable import Console

@Suite struct `What stays private` {
  @Test func `no page says who decided, why, which parties are meant, or how to reach anyone`()
    async throws
  {
    let canary = WebOffice.canary
    let office = try await WebOffice()
    let id = try await office.enforce()
    let draft = try await office.receive(SampleOrder(reference: "\(canary) draft"))
    try await office.act(.orderSuspend(id: id.text, reason: "\(canary) why"), as: "confirmer")
    try await office.act(.orderResume(id: id.text, reason: "\(canary) why"), as: "importer")
    try await office.serving { reader in
      let sent = try await reader.contest([
        "order": id.text, "name": "\(canary).example.com", "statement": "\(canary) statement",
        "contact": "\(canary)@person.test",
      ])
      #expect(sent.status == 201)
      var seen = sent.text.lowercased()
      for path in [
        "/orders/\(id)", "/orders/\(id).json", "/orders/\(draft)", "/transparency",
        "/transparency/orders.json", "/contest", "/log/checkpoint", "/healthz", "/readyz", "/none",
        "/", "/robots.txt",
      ] {
        for language in ["en", "zh-Hans"] {
          let answer = try await reader.get("\(path)?lang=\(language)")
          seen += answer.text.lowercased() + "\(answer.headers)".lowercased()
        }
      }
      for accept in ["text/html", "application/json"] {
        let blocked = try await reader.get(
          "/", host: "www.cordon-sample-alpha.com", ["accept": accept])
        #expect(blocked.status == 451)
        seen += blocked.text.lowercased() + "\(blocked.headers)".lowercased()
      }
      #expect(seen.contains("ref-2026-1"))
      #expect(!seen.contains(canary))
    }
  }

  @Test func `every answer carries the strict fields, and none a cookie`() async throws {
    let office = try await WebOffice()
    let id = try await office.enforce()
    try await office.serving { reader in
      for path in ["/orders/\(id)", "/transparency", "/none", "/style.css", "/contest", "/"] {
        for method in [HTTPRequest.Method.get, .head] {
          let answer = try await reader.ask(path, method)
          let policy = answer.field("content-security-policy") ?? ""
          for rule in [
            "default-src 'none'", "style-src 'self'", "form-action 'self'",
            "frame-ancestors 'none'",
          ] {
            #expect(policy.contains(rule), "\(path) \(rule)")
          }
          #expect(answer.field("referrer-policy") == "no-referrer")
          #expect(answer.field("x-content-type-options") == "nosniff")
          #expect(answer.field("set-cookie") == nil)
          #expect(answer.field("date") == "Mon, 01 Jun 2026 12:00:00 GMT")
          if path != "/style.css" { #expect(answer.field("cache-control") == "no-store") }
          if method == .head { #expect(answer.text.isEmpty) }
        }
      }
    }
  }

  @Test func `pages load nothing and link nowhere but here`() async throws {
    let office = try await WebOffice()
    let id = try await office.enforce()
    try await office.serving { reader in
      for path in ["/orders/\(id)", "/transparency", "/contest", "/none"] {
        let page = try await reader.get(path).text
        #expect(!page.contains("<script") && !page.contains("<img") && !page.contains("style=\""))
        #expect(!page.contains("http://") && !page.contains("https://"))
        #expect(page.contains("<h1") && page.contains("<main id=\"main\">"))
      }
    }
  }
}
