import Detection
import Testing

@Suite("Pages") struct PageTests {
  static let shared = Result {
    try Engine(packs: [
      Pack(
        name: "test", version: 1, title: "Test",
        signals: [Signal(id: "x.word", role: .context, phrases: ["register now", "bitcoin"])],
        venues: [
          Venue(
            id: "okx", name: "OKX", hosts: ["okx.com"], apiHosts: ["api.okx.example", "ws.okx.com"])
        ])
    ])
  }

  let engine: Engine

  init() throws {
    engine = try Self.shared.get()
  }

  private func observe(_ page: String, url: String? = nil) -> Observations {
    engine.observe(Subject(url: url, content: .html(Array(page.utf8))))
  }

  @Test func `the head, forms, links and references of a page are told`() throws {
    let page = """
      <!doctype html><html lang="zh-TW"><head><title>A &amp; B</title>
      <meta name=description content="About us"><meta property="og:type" content="article">
      <link rel="shortcut icon" href="/favicon.ico"><link rel=canonical href="https://a.example/">
      <meta http-equiv="refresh" content="5; url='https://b.example/x'">
      <script src="https://cdn.example/a.js"></script>
      <script type="application/ld+json">{"@type":["NewsArticle"],"author":{"name":"Li"}}</script>
      </head><body><nav><ul><li><a href="/x?a=1&amp;b=2" rel="nofollow">One  <b>two</b></a></ul></nav>
      <form action="https://pay.example/go" method="POST"><label>Mail</label><input type=email name=m>
      <input type=password placeholder="Password"><input type=hidden name=k value=v>
      <button>Register Now</button></form>
      <iframe src="https://frame.example/w"></iframe><img src="q.png" alt="A code">
      </body></html>
      """
    let facts = try #require(observe(page).page)
    #expect(facts.title == "A & B")
    #expect(facts.metaDescription == "About us")
    #expect(facts.declaredLanguage == "zh-TW")
    #expect(facts.canonical == "https://a.example/")
    #expect(facts.refreshTarget == "https://b.example/x")
    #expect(facts.icons.map(\.url) == ["/favicon.ico"])
    #expect(facts.scripts.map(\.url) == ["https://cdn.example/a.js"])
    #expect(facts.frames.map(\.url) == ["https://frame.example/w"])
    #expect(facts.images.map(\.alternative) == ["A code"])
    #expect(facts.linkedDataTypes == ["NewsArticle"])
    #expect(facts.meta["og:type"] == "article")
    let link = try #require(facts.links.first)
    #expect(link.href == "/x?a=1&b=2")
    #expect(link.text == "one two")
    #expect(link.rel == "nofollow")
    #expect(link.regions.contains(RegionSet(.navigation)))
    let form = try #require(facts.forms.first)
    #expect(form.action == "https://pay.example/go")
    #expect(form.method == "post")
    #expect(form.fields.map(\.type) == ["email", "password", "hidden"])
    #expect(form.fields.map(\.label) == ["mail", "Password", ""])
    #expect(form.fields.map(\.value) == ["", "", "v"])
    #expect(form.buttons == ["register now"])
  }

  @Test func `text stands in the regions that elements and their classes name`() {
    let page = """
      <header><h1>bitcoin</h1></header><div class="siteFooter"><p>bitcoin</div>
      <blockquote>bitcoin</blockquote><div id="comments"><ul><li>bitcoin</ul></div>
      <table><tr><td>bitcoin<td class="btn btn-primary">bitcoin</table>
      <script>bitcoin</script><style>bitcoin</style><!-- bitcoin --><svg><text>bitcoin</text></svg>
      """
    let met = observe(page)[id: "x.word"]
    #expect(met?.count == 6)
    #expect(
      met?.regions == [
        .header: 1, .heading: 1, .footer: 1, .paragraph: 1, .quotation: 1, .comment: 1, .list: 1,
        .tableCell: 2, .button: 1,
      ])
  }

  @Test func `evidence in markup quotes the octets of the original`() throws {
    let page = "<p>Weiß &amp; <b>Reg</b>ister&nbsp;&#110;ow</p>"
    let evidence = try #require(observe(page)[id: "x.word"]?.evidence.first)
    #expect(evidence.text == "Reg</b>ister&nbsp;&#110;ow")
    #expect(evidence.location.part == .html)
  }

  @Test(arguments: [
    ("<a href='https://www.okx.com/join/1234567'>x</a>", "page.referral-link"),
    ("<a href='https://okx.com/register?ref=betrys'>x</a>", "page.referral-link"),
    (
      "<a href='/302.html?target=https%3A%2F%2Fokx.com%2Fjoin%2F88551234'>x</a>",
      "page.referral-link"
    ),
    ("<a href='https://okx.com/join?ref==BIFAN88'>x</a>", "page.referral-link"),
    ("<a href='https://www.okx.com/join/XXXXXXX'>x</a>", "page.venue-link"),
    ("<a href='https://www.okx.com/join?ref=YOUR_CODE'>x</a>", "page.venue-link"),
    ("<a href='https://cnouyi.shop.example/join/1837888'>x</a>", "page.mirror-referral-link"),
    ("<a href='https://u.example/zh-hans/join/1837888'>x</a>", "page.mirror-referral-link"),
    ("<a href='https://u.example/register?vipCode=abcd1'>x</a>", "page.mirror-referral-link"),
    ("<a href='https://dl.example/okx-6.1.apk'>x</a>", "page.app-download"),
    ("<script src='https://ws.okx.com/sdk.js'></script>", "page.venue-api"),
    ("<script>fetch('https://api.okx.example/v5/ticker')</script>", "page.venue-api"),
    ("<p>欧易邀请码：betrys88，注册立减</p>", "page.referral-code"),
    (
      "<form><input name=email><input type=password><button>Create account</button></form>",
      "page.sign-up-form"
    ),
    (
      "<form><input name=email><input type=password><button>Log in</button></form>",
      "page.login-form"
    ),
    (
      "<div><label>Price</label><input name=p><label>Amount</label><input name=q><button>Buy</button>"
        + "<button>Sell</button></div>", "page.order-form"
    ),
    (
      "<ul><li>BTC/USDT<li>ETH/USDT<li>SOL/USDT<li>XRP/USDT</ul>", "page.pair-list"
    ),
    (
      "<p>Leverage</p><button>10x</button><button>20x</button><button>50x</button>",
      "page.leverage-selector"
    ),
    (
      "<p>充值地址 (TRC20)</p><p>TNPeeaaFB7K9cmo4uQpcU32zGK8G1NYqeL</p>", "wallet.checksum"
    ),
    (
      "<h2>Presale stage 3</h2><p>1 ABC = 0.02 USDT</p><p>We accept ETH and BNB</p>"
        + "<button>Buy now</button>", "page.sale-terms"
    ),
  ])
  func `a page shows what it is for`(_ page: String, _ signal: String) {
    let ids = observe(page).signals.map(\.id)
    #expect(ids.contains(signal), "\(ids)")
  }

  @Test(arguments: [
    ("<p>BTC/USDT, ETH/USDT, SOL/USDT and XRP/USDT fell.</p>", "page.pair-list"),
    ("<a href='https://vpn.example/?ref=abc123'>x</a>", "page.mirror-referral-link"),
    ("<a href='https://news.example/share/today'>x</a>", "page.mirror-referral-link"),
    ("<p>The referral code is optional.</p>", "page.referral-code"),
    ("<p>50x 20x 10x faster</p>", "page.leverage-selector"),
    ("<script>var a='api.okx.example'</script>", "page.venue-link"),
  ])
  func `a page that only resembles shows nothing`(_ page: String, _ signal: String) {
    let ids = observe(page).signals.map(\.id)
    #expect(!ids.contains(signal), "\(ids)")
  }

  @Test func `a venue's own page does not front itself`() {
    let page = "<script src='https://ws.okx.com/sdk.js'></script>"
    let ids = observe(page, url: "https://www.okx.com/markets").signals.map(\.id)
    #expect(ids == ["page.venue-host"])
  }

  @Test func `links in plain text are judged too`() {
    let text = "注册 https://www.okx.com/join/1234567，返佣20%"
    let observations = engine.observe(Subject(content: .text(Array(text.utf8))))
    let met = observations[id: "page.referral-link"]
    #expect(met?.evidence.map(\.text) == ["https://www.okx.com/join/1234567"])
  }

  @Test func `an article tells byline, date, quotations and law`() {
    let page = """
      <html lang=en><head><meta property="article:published_time" content="2026-03-01"></head><body>
      <article><h1>Court fines exchange</h1><span class="byline">By Ann Lee</span>
      <p>“The exchange had no licence whatsoever,” the judge said, citing section 12 of the Act.</p>
      <blockquote>A quotation</blockquote></article></body></html>
      """
    let facts = observe(page).reporting
    #expect(facts.byline?.text.contains("By Ann Lee") == true)
    #expect(facts.dateline?.text == "2026-03-01")
    #expect(facts.quotations == 2)
    #expect(facts.attributions >= 1)
    #expect(facts.legalCitations == 1)
    #expect(facts.proseShare > 0.3)
  }

  @Test(arguments: [
    ("Terms\nBy clicking Register you accept the rules.", false),
    ("Terms\nBy your use of the service you agree.", false),
    ("A market falls\nBy Ann Lee\nShares fell.", true),
    ("Terms\nBy using Deposit you agree.\nBy Ann Lee\nShares fell.", true),
  ])
  func `a name signs a page, a deed does not`(_ text: String, _ isSigned: Bool) {
    let observations = engine.observe(Subject(content: .text(Array(text.utf8))))
    #expect((observations.reporting.byline != nil) == isSigned)
  }

  @Test(arguments: [
    ("en", "The exchange will open for you and all of our users in the city this month."),
    ("zh-Hans", "这个交易所将于本月开业，用户可以注册并获得奖励。"),
    ("zh-Hant", "這個交易所將於本月開業，用戶可以註冊並獲得獎勵。"),
    ("ja", "この取引所は今月オープンします。登録してください。"), ("ko", "이 거래소는 이번 달에 문을 엽니다"),
    ("ru", "Эта биржа откроется в этом месяце для всех"),
  ])
  func `the language is told`(_ language: String, _ text: String) {
    let observations = engine.observe(Subject(content: .text(Array(text.utf8))))
    #expect(observations.language == language)
  }

  @Test func `an empty shell of scripts needs rendering, an article does not`() {
    let shell = "<div id=root></div><script src=/app.js></script>"
    #expect(observe(shell).needsRendering)
    #expect(
      observe("<noscript>You need to enable JavaScript to run this app.</noscript>").needsRendering)
    let article = "<p>" + String(repeating: "Words of an article. ", count: 50) + "</p>" + shell
    #expect(!observe(article).needsRendering)
  }

  @Test func `deep nesting and long pages are read up to the bounds`() {
    let deep = String(repeating: "<div><ul><li>", count: 50_000) + "bitcoin"
    let facts = observe(deep)
    #expect(facts[id: "x.word"]?.count == 1)
    let long = Array("bitcoin ".utf8) + [UInt8](repeating: 0x20, count: PageBounds.octets)
    let cut = engine.observe(Subject(content: .text(long + Array("bitcoin".utf8))))
    #expect(cut.isTruncated)
    #expect(cut[id: "x.word"]?.count == 1)
    let growing = String(repeating: "\u{FDFA}", count: 400_000)
    #expect(engine.observe(Subject(content: .text(Array(growing.utf8)))).isTruncated)
  }
}
