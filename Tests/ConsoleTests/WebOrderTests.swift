import Enforcement
import Foundation
import Records
import Testing
import TransparencyLog

@testable import Console

@Suite struct `The page of an order` {
  @Test func `it tells who ordered what, on which basis, and until when`() async throws {
    let office = try await WebOffice()
    let id = try await office.enforce()
    try await office.serving { reader in
      let page = try await reader.get("/orders/\(id)")
      #expect(page.status == 200)
      #expect(page.field("content-type") == "text/html; charset=utf-8")
      for text in [
        "Example Supervisor", "REF-2026-1", "Example Act s. 1", "XX", "In force",
        "datetime=\"2026-05-01T00:00:00Z\"", "datetime=\"2027-01-01T00:00:00Z\"", "2 in all",
        "cordon-sample-alpha.com", "cordon-sample-beta.com", "And all below it",
        "Confirmed by a second officer", "Took effect", "action=\"/contest\"",
        "name=\"order\" value=\"\(id)\"",
      ] {
        #expect(page.text.contains(text), "\(text)")
      }
    }
  }

  @Test func `JSON comes by suffix and by Accept, and says the same`() async throws {
    let office = try await WebOffice()
    let id = try await office.enforce()
    try await office.serving { reader in
      let bySuffix = try await reader.get("/orders/\(id).json")
      let byField = try await reader.get(
        "/orders/\(id)", ["accept": "text/html;q=0.5, application/json"])
      #expect(bySuffix.status == 200 && bySuffix.text == byField.text)
      #expect(bySuffix.field("content-type") == "application/json")
      #expect(bySuffix["authority"] as? String == "Example Supervisor")
      #expect(bySuffix["state"] as? String == "in-force")
      #expect(bySuffix["names"] as? Int == 2)
      #expect(bySuffix["contest"] as? String == "http://console.test:8480/contest")
      #expect(bySuffix["address"] as? String == "http://console.test:8480/orders/\(id)")
      let html = try await reader.get(
        "/orders/\(id)", ["accept": "text/html, application/json;q=0.9, */*;q=0.1"])
      #expect(html.field("content-type") == "text/html; charset=utf-8")
    }
  }

  @Test func `the proof on it verifies with the key on it, and binds the entry on it`() async throws
  {
    let office = try await WebOffice()
    let id = try await office.enforce()
    try await office.serving { reader in
      let page = try await reader.get("/orders/\(id)")
      let proof = try #require(
        (try await reader.get("/orders/\(id).json"))["proof"] as? [String: Any])
      let leaf = try #require(proof["leaf"] as? String)
      let text = try #require(proof["bundle"] as? String)
      let key = try VerifierKey(try #require(proof["key"] as? String))
      #expect(key == office.journal.verifierKey)
      let bundle = try ProofBundle(bytes: Array(text.utf8))
      let checkpoint = try bundle.verify(leaf: TreeHash.leaf(Array(leaf.utf8)), by: key)
      #expect(checkpoint.size == office.journal.size)
      #expect(proof["leaf_hash"] as? String == TreeHash.leaf(Array(leaf.utf8)).hex)
      #expect(leaf.contains("order.in-force") && leaf.contains(id.text))
      #expect(throws: ProofBundleError.self) {
        try bundle.verify(leaf: TreeHash.leaf(Array((leaf + " ").utf8)), by: key)
      }
      // The very text stands on the page, between its tags.
      #expect(page.text.contains("<pre>\(text)</pre>"))
      #expect(page.text.contains(key.description))
    }
  }

  @Test func `an order that nobody confirmed has no page, confirmed ones keep theirs to the end`()
    async throws
  {
    let office = try await WebOffice()
    let id = try await office.receive()
    try await office.serving { reader in
      #expect(try await reader.get("/orders/\(id)").status == 404)
      #expect(try await reader.get("/orders/\(id).json").status == 404)
      #expect(try await reader.get("/transparency").text.contains("REF-2026-1") == false)
      try await office.confirm(id)
      #expect(try await reader.get("/orders/\(id)").status == 200)
      try await office.act(
        .orderSuspend(id: id.text, reason: "\(WebOffice.canary) why"), as: "confirmer")
      #expect(try await reader.get("/orders/\(id)").text.contains("Suspended"))
      try await office.act(
        .orderRevoke(id: id.text, reason: "\(WebOffice.canary) why"), as: "confirmer")
      let ended = try await reader.get("/orders/\(id)")
      #expect(ended.status == 200 && ended.text.contains("It blocks nothing."))
      #expect((try await reader.get("/orders/\(id).json"))["state"] as? String == "revoked")
    }
  }

  @Test func `an order revoked as a draft stays unseen`() async throws {
    let office = try await WebOffice()
    let id = try await office.receive()
    try await office.act(.orderRevoke(id: id.text, reason: "withdrawn"), as: "confirmer")
    try await office.serving { reader in
      let page = try await reader.get("/orders/\(id)")
      let list = try await reader.get("/transparency/orders.json")
      #expect(page.status == 404 && !list.text.contains(id.text))
    }
  }

  @Test func `it follows the clock: waiting, in force, expired`() async throws {
    let office = try await WebOffice()
    let id = try await office.enforce(SampleOrder(effective: "2026-07-01T00:00:00Z"))
    try await office.serving { reader in
      for (moment, state) in [
        ("2026-06-30T23:59:59Z", "confirmed"), ("2026-07-01T00:00:00Z", "in-force"),
        ("2026-12-31T23:59:59Z", "in-force"), ("2027-01-01T00:00:00Z", "expired"),
      ] {
        try office.set(moment)
        #expect((try await reader.get("/orders/\(id).json"))["state"] as? String == state)
      }
    }
  }

  @Test func `its names come in pages that together hold each name once`() async throws {
    let office = try await WebOffice()
    var order = SampleOrder()
    order.names = (1...450).map { "cordon-sample-\($0).com" }
    order.scope = "exact"
    let expected = order.names
    let id = try await office.enforce(order)
    try await office.serving { reader in
      var seen: [String] = []
      var path: String? = "/orders/\(id).json"
      while let next = path {
        let page = try await reader.get(next)
        let targets = try #require(page["targets"] as? [[String: Any]])
        #expect(targets.count <= WebRooms.namesOnPage)
        seen += targets.compactMap { $0["name"] as? String }
        path = page["next"] as? String
      }
      #expect(seen == expected)
      let first = try await reader.get("/orders/\(id)")
      #expect(first.text.contains("href=\"/orders/\(id)?from=200#names\""))
      #expect(first.text.contains("First names") == false)
      let last = try await reader.get("/orders/\(id)?from=400")
      #expect(last.text.contains("cordon-sample-450.com") && last.text.contains("First names"))
      #expect(last.text.contains("Next names") == false)
      #expect(try await reader.get("/orders/\(id)?from=-1").status == 400)
      #expect(try await reader.get("/orders/\(id)?from=99999999999999999999").status == 400)
    }
  }

  @Test func `international names show both forms, modes and answers in plain words`() async throws
  {
    let office = try await WebOffice()
    var order = SampleOrder(mode: "observe")
    order.names = ["xn--cordon-bcher-llb.com"]
    let observed = try await office.enforce(order)
    let refused = try await office.enforce(SampleOrder(reference: "REF-2", answer: "refused"))
    try await office.serving { reader in
      let page = try await reader.get("/orders/\(observed)").text
      #expect(page.contains("xn--cordon-bcher-llb.com"))
      #expect(page.contains("Nothing is blocked."))
      #expect(page.contains("class=\"unicode\""))
      #expect(try await reader.get("/orders/\(refused)").text.contains("refuses to answer"))
    }
  }

  @Test func `all pages speak Chinese to who asks for it`() async throws {
    let office = try await WebOffice()
    let id = try await office.enforce()
    try await office.serving { reader in
      for path in ["/orders/\(id)", "/transparency", "/contest", "/none"] {
        let byField = try await reader.get(path, ["accept-language": "de, zh-CN;q=0.9, en;q=0.5"])
        #expect(byField.field("content-language") == "zh-Hans")
        #expect(byField.text.contains("<html lang=\"zh-Hans\">"))
        #expect(byField.text.contains("封锁令"))
        let byLink = try await reader.get("\(path)?lang=zh-Hans", ["accept-language": "en"])
        #expect(byLink.field("content-language") == "zh-Hans")
        let english = try await reader.get(path, ["accept-language": "fr"])
        #expect(english.field("content-language") == "en")
      }
      let chosen = try await reader.get("/orders/\(id)?lang=zh-Hans").text
      #expect(chosen.contains("href=\"/transparency?lang=zh-Hans\""))
      #expect(chosen.contains("action=\"/contest?lang=zh-Hans\""))
      #expect(chosen.contains("href=\"/orders/\(id)?lang=en\""))
    }
  }
}
