import Testing

@testable import Enforcement

@Suite struct `Findings and sites` {
  @Test(arguments: [
    ("shop.example", "shop.example"), ("shop.example:443", "shop.example"),
    ("shop.example:80/", "shop.example"), ("shop.example:8443", "shop.example:8443"),
    ("pages.example/club/", "pages.example/club/"), ("127.0.0.1:8080/a", "127.0.0.1:8080/a"),
    ("[2001:db8::1]", "[2001:db8::1]"), ("[2001:db8::1]:8080/x", "[2001:db8::1]:8080/x"),
    ("xn--fiqs8s", "xn--fiqs8s"),
  ])
  func `a site has one text`(text: String, written: String) throws {
    let site = try #require(Site(text))
    #expect(site.description == written)
    #expect(Site(site.description) == site)
  }

  @Test(arguments: [
    "", "/", "Shop.example", "shop.example:0", "shop.example:99999", "shop.example:x", "a b",
    "shop.example/a?b", "shop.example/a#b", "shop.example/a b", "中国", "shop.example:", "[::1",
    "https://shop.example",
  ])
  func `what is no site is none`(text: String) { #expect(Site(text) == nil) }

  @Test func `a finding keeps within its bounds, whatever it is made of`() {
    let long = String(repeating: "é有", count: 3_000)
    let piece = EvidencePiece(
      signal: long, text: long, part: .html, start: -5, end: -9, weight: .infinity)
    #expect(
      piece.text.utf8.count <= 400 && piece.text.utf8.count > 395 && long.hasPrefix(piece.text))
    #expect(piece.start == 0 && piece.end == 0 && piece.weight == -1000)
    let finding = Finding(
      site: .sample(), url: long, category: .venue, score: .nan, language: long,
      evidence: Array(repeating: piece, count: 99), packs: Array(repeating: long, count: 99),
      capture: CaptureReference(file: long, offset: -1, payload: .sample(1)),
      evidenceDigest: .sample(2), seen: Desk().now)
    #expect(finding.url.utf8.count <= 2_048 && finding.score == 0)
    #expect(finding.evidence.count == 64 && finding.packs.count == 32)
    #expect(finding.capture?.offset == 0)
  }

  @Test func `what a digest is made of leaves out what does not matter`() {
    func piece(_ signal: String, _ text: String, at start: Int, _ weight: Double) -> EvidencePiece {
      EvidencePiece(
        signal: signal, text: text, part: .text, start: start, end: start + 1, weight: weight)
    }
    let first = [piece("a", "x", at: 1, 1), piece("b", "y", at: 2, 2), piece("c", "z", at: 3, -1)]
    let same = [piece("b", "y", at: 9, 5), piece("a", "x", at: 8, 1), piece("a", "x", at: 7, 1)]
    let material = Finding.evidenceMaterial(category: .venue, evidence: first)
    #expect(material == Finding.evidenceMaterial(category: .venue, evidence: same))
    #expect(material == Array("venue\na\u{1F}x\nb\u{1F}y\n".utf8))
    #expect(material != Finding.evidenceMaterial(category: .tokenSale, evidence: first))
    #expect(
      material
        != Finding.evidenceMaterial(category: .venue, evidence: [piece("a", "x", at: 1, 1)]))
  }

  @Test func `prices, spaces and capitals change no evidence; words do`() {
    func material(_ text: String) -> [UInt8] {
      let piece = EvidencePiece(
        signal: "a", text: text, part: .text, start: 0, end: 1, weight: 1)
      return Finding.evidenceMaterial(category: .venue, evidence: [piece])
    }
    let first = material("Buy BTC  at 6,421.50 USDT")
    #expect(first == material("buy btc at 71 usdt"))
    #expect(first != material("Sell BTC at 6,421.50 USDT"))
    #expect(material("充值 100") == material("充值 2.5"))
    #expect(material("a.b") != material("a b"))
  }

  @Test func `a queue of what falls due answers as a list would`() {
    var random = SeededRandom(seed: 4)
    var queue = DueQueue<CaseID>()
    var list: [CaseID: Instant] = [:]
    for _ in 0..<2_000 {
      let id = CaseID(openedAt: Desk().now, ordinal: Int.random(in: 1...40, using: &random))
      let new =
        random.chance(1, in: 3)
        ? nil : Instant(milliseconds: Int64.random(in: 0...40_000_000, using: &random))
      queue.move(id, from: list[id], to: new)
      list[id] = new
      #expect(queue.earliest == list.values.min())
      let moment = Instant(milliseconds: Int64.random(in: 0...40_000_000, using: &random))
      let due = list.filter { $0.value <= moment }.sorted {
        ($0.value, $0.key) < ($1.value, $1.key)
      }
      #expect(queue.due(by: moment).map(\.id) == due.map(\.key))
    }
  }
}
