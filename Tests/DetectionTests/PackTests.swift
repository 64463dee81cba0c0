import Detection
import Testing

@Suite("Packs") struct PackTests {
  private func engine(_ signals: Signal...) throws -> Engine {
    try Engine(packs: [Pack(name: "test", version: 1, title: "Test", signals: signals)])
  }

  private func observe(_ engine: Engine, _ text: String) -> Observations {
    engine.observe(Subject(content: .text(Array(text.utf8))))
  }

  @Test(arguments: [
    ("私募額度開放", "私募額度"), ("私募额度", "私募额度"), ("A Private\u{200B} ROUND.", "Private\u{200B} ROUND"),
    ("ｐｒｉｖａｔｅ　ｒｏｕｎｄ", "ｐｒｉｖａｔｅ　ｒｏｕｎｄ"), ("private  \t round", "private  \t round"),
  ])
  func `a phrase is met in any width, case and script, and quoted as it stands`(
    _ text: String, _ quoted: String
  ) throws {
    let engine = try engine(
      Signal(
        id: "sale.private-round", role: .category(.tokenSale),
        phrases: ["private round", "私募额度"]))
    let met = try #require(observe(engine, text)[id: "sale.private-round"])
    let evidence = try #require(met.evidence.first)
    #expect(evidence.text == quoted)
    let octets = Array(text.utf8)[evidence.location.start..<evidence.location.end]
    #expect(String(decoding: octets, as: UTF8.self) == quoted)
  }

  @Test(arguments: ["reprivate round", "private rounds", "private roundé", "aprivate round_"])
  func `a Latin phrase ends at word boundaries`(_ text: String) throws {
    let engine = try engine(
      Signal(id: "sale.x", role: .category(.tokenSale), phrases: ["private round"]))
    #expect(observe(engine, text)[id: "sale.x"] == nil)
  }

  @Test func `a Latin phrase may touch Chinese`() throws {
    let engine = try engine(Signal(id: "a.b", role: .context, phrases: ["usdt"]))
    #expect(observe(engine, "买USDT吧")[id: "a.b"]?.count == 1)
  }

  @Test func `a phrase does not reach over the ends of blocks`() throws {
    let engine = try engine(Signal(id: "a.b", role: .context, phrases: ["private round"]))
    let page = "<p>private</p><p>round</p><p>pri<b>vate</b>\n  round</p>"
    let observations = engine.observe(Subject(content: .html(Array(page.utf8))))
    #expect(observations[id: "a.b"]?.evidence.map(\.text) == ["pri<b>vate</b>\n  round"])
  }

  @Test func `near and not near count characters, in either direction`() throws {
    let asset = Signal(id: "x.asset", role: .context, phrases: ["btc"], groups: ["asset"])
    func met(_ rule: ContextRule, _ text: String) throws -> Bool {
      let engine = try engine(
        asset, Signal(id: "x.pay", role: .context, phrases: ["pay", "付款"], context: [rule]))
      return observe(engine, text)[id: "x.pay"] != nil
    }
    let near = ContextRule.near(group: "asset", characters: 5)
    #expect(try met(near, "btc 12 pay"))
    #expect(try met(near, "付款一二三四五btc"))
    #expect(try !met(near, "付款一二三四五六btc"))
    #expect(try !met(.notNear(group: "asset", characters: 5), "btc 12 pay"))
    #expect(try met(.notNear(group: "asset", characters: 5), "pay with cash"))
  }

  @Test func `within and not within look at regions`() throws {
    let engine = try engine(
      Signal(
        id: "x.in", role: .context, phrases: ["register"], context: [.within([.button, .link])]),
      Signal(id: "x.out", role: .context, phrases: ["register"], context: [.notWithin([.code])]))
    func ids(_ page: String) -> [String] {
      engine.observe(Subject(content: .html(Array(page.utf8)))).signals.map(\.id)
    }
    #expect(ids("<a href=x>Register</a>") == ["x.in", "x.out"])
    #expect(ids("<pre>register</pre>") == [])
    #expect(ids("<p>register</p>") == ["x.out"])
  }

  @Test func `a signal below its least count is not met`() throws {
    let engine = try engine(
      Signal(id: "x.y", role: .context, phrases: ["token"], minimumCount: 3))
    #expect(observe(engine, "token token")[id: "x.y"] == nil)
    #expect(observe(engine, "token token token")[id: "x.y"]?.count == 3)
  }

  @Test func `overlapping phrases of one signal count once`() throws {
    let engine = try engine(Signal(id: "x.y", role: .context, phrases: ["私募", "私募额度", "额度"]))
    let met = try #require(observe(engine, "私募额度")[id: "x.y"])
    #expect(met.count == 1)
    #expect(met.evidence.map(\.text) == ["私募额度"])
  }

  @Test func `a pattern quotes its match, also where Vectorscan does not tell the start`() throws {
    let engine = try engine(
      Signal(id: "x.long", role: .context, patterns: ["接受[^\\n]{0,40}(eth|btc|usdt)\\b"]),
      Signal(id: "x.short", role: .context, patterns: ["\\b[0-9]+ ?x\\b"]))
    let observations = observe(engine, "本页接受多种币，例如 USDT。杠杆 100X")
    #expect(observations[id: "x.long"]?.evidence.first?.text == "接受多种币，例如 USDT")
    #expect(observations[id: "x.short"]?.evidence.first?.text == "100X")
  }

  @Test func `an expression that many tasks meet first at once is quoted to all`() async throws {
    let engine = try engine(
      Signal(id: "x.y", role: .context, patterns: ["接受[^\\n]{0,40}(eth|btc|usdt)\\b"]))
    let subject = Subject(content: .text(Array("本页接受多种币，例如 USDT。".utf8)))
    let quotes = await withTaskGroup(of: String?.self) { group in
      for _ in 0..<32 {
        group.addTask { engine.observe(subject)[id: "x.y"]?.evidence.first?.text }
      }
      return await group.reduce(into: [String?]()) { $0.append($1) }
    }
    #expect(quotes == Array(repeating: "接受多种币，例如 USDT", count: 32))
  }

  @Test func `markup patterns look at hosts, paths and keys`() throws {
    let engine = try engine(
      Signal(
        id: "pay.widget", role: .category(.paymentAcceptance),
        markup: [
          MarkupPattern(elements: [.script, .frame], hosts: ["bitpay.com", "*.banxa.com"]),
          MarkupPattern(elements: [.script], paths: ["/modal/btcpay.js"]),
          MarkupPattern(elements: [.frame], hosts: ["nowpayments.io"], queryKeys: ["iid"]),
          MarkupPattern(elements: [.inlineScript], script: ["onBTCPayFormSubmit"]),
        ]))
    func count(_ page: String) -> Int {
      engine.observe(Subject(content: .html(Array(page.utf8))))[id: "pay.widget"]?.count ?? 0
    }
    #expect(count("<script src='https://bitpay.com/bitpay.min.js'></script>") == 1)
    #expect(count("<script src='//BitPay.com/x.js'></script>") == 1)
    #expect(count("<script src='https://evilbitpay.com/x.js'></script>") == 0)
    #expect(count("<script src='https://a.bitpay.com/x.js'></script>") == 0)
    #expect(count("<iframe src='https://shop.banxa.com/'></iframe>") == 1)
    #expect(count("<script src='https://pay.shop.example/modal/btcpay.js'></script>") == 1)
    #expect(count("<iframe src='https://nowpayments.io/embeds/payment-widget?iid=5'>") == 1)
    #expect(count("<iframe src='https://nowpayments.io/embeds/payment-widget'>") == 0)
    #expect(count("<a href='https://bitpay.com/'>BitPay</a>") == 0)
    #expect(count("<script>function onBTCPayFormSubmit(e){}</script>") == 1)
    #expect(count("<pre>&lt;script src='https://bitpay.com/bitpay.min.js'></pre>") == 0)
  }

  @Test func `faults name pack, signal and example`() {
    func fault(_ signal: Signal) -> String {
      do {
        _ = try engine(signal)
        return ""
      } catch { return "\(error)" }
    }
    let cases: [(Signal, [String])] = [
      (
        Signal(id: "x.a", role: .context, phrases: ["token"], mustMatch: [.text("no coin")]),
        ["test@1", "x.a", "no coin"]
      ),
      (
        Signal(id: "x.b", role: .context, phrases: ["token"], mustNotMatch: [.text("a Token")]),
        ["x.b", "'Token'", "a Token"]
      ),
      (
        Signal(
          id: "x.b2", role: .context, patterns: ["tok[a-z]+"], mustNotMatch: [.text("a Token")]),
        ["x.b2", "'Token'", "a Token"]
      ),
      (Signal(id: "x.c", role: .context, patterns: ["(unclosed"]), ["x.c", "(unclosed"]),
      (Signal(id: "x.d", role: .context, patterns: ["a*"]), ["x.d", "a*"]),
      (Signal(id: "x.e", role: .context), ["x.e", "nothing"]),
      (Signal(id: "page.x", role: .context, phrases: ["a"]), ["page.x"]),
      (
        Signal(
          id: "x.f", role: .context, phrases: ["a"],
          context: [.near(group: "ghost", characters: 9)]), ["x.f", "ghost"]
      ),
      (Signal(id: "x.g", role: .context, phrases: ["a"], minimumCount: 0), ["x.g", "0"]),
      (Signal(id: "x.h", role: .context, phrases: ["a"], weight: .nan), ["x.h", "nan"]),
    ]
    for (signal, parts) in cases {
      let text = fault(signal)
      for part in parts { #expect(text.contains(part), "\(signal.id): \(text)") }
    }
  }

  @Test func `a title apart from the content has places of its own`() throws {
    let engine = try engine(Signal(id: "x.y", role: .context, phrases: ["token sale"]))
    let observations = engine.observe(
      Subject(title: "Our Token Sale", content: .text(Array("the token sale".utf8))))
    let places = try #require(observations[id: "x.y"]).evidence.map(\.location)
    #expect(
      places == [
        .init(part: .title, start: 4, end: 14), .init(part: .text, start: 4, end: 14),
      ])
  }

  @Test func `an expression is met at the very end of a text, from its true beginning`() throws {
    let pattern = "\\b1 ?[a-z]{2,10} ?[=≈] ?[$€]?[0-9][0-9.,]{0,12} ?(usdt?|usdc|eth|bnb)?\\b"
    let engine = try engine(Signal(id: "x.price", role: .context, patterns: [pattern]))
    for length in Array(0...80) + Array(2_000...2_080) {
      let before = String(repeating: "价", count: length) + "("
      let observations = engine.observe(
        Subject(content: .text(Array("\(before)1TBX=100".utf8))))
      let met = try #require(observations[id: "x.price"], "\(length) characters before")
      #expect(met.evidence.map(\.text) == ["1TBX=100"])
      #expect(met.evidence.first?.location.start == before.utf8.count)
    }
  }
}
