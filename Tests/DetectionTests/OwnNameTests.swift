import Detection
import Testing

@Suite("A page that names its own host") struct OwnNameTests {
  static let shared = Result {
    try Engine(packs: [
      Pack(
        name: "test", version: 1, title: "Test",
        signals: [Signal(id: "x.word", role: .context, phrases: ["bitcoin"])], venues: [])
    ])
  }

  let engine: Engine

  init() throws {
    engine = try Self.shared.get()
  }

  private func names(_ text: String, on url: String?, title: String? = nil) -> [Evidence] {
    engine.observe(Subject(url: url, title: title, content: .text(Array(text.utf8))))
      .own?.evidence ?? []
  }

  private func isNamed(in page: String, on url: String?) -> Bool {
    engine.observe(Subject(url: url, content: .html(Array(page.utf8)))).own != nil
  }

  @Test func `the name of the host is met in the page's own words, and quoted as it stands`() {
    let text = "Fees. On NorthSwap you pay 0.1%."
    let met = names(text, on: "https://docs.northswap.example/fees")
    #expect(met.map(\.text) == ["NorthSwap"])
    #expect(met.first?.location == .init(part: .text, start: 9, end: 18))
  }

  @Test(arguments: [
    ("在NorthSwap上交易", "https://www.northswap.example/zh"),
    ("使用ＮｏｒｔｈＳｗａｐ充值", "https://northswap.example/"),
    ("NorthSwap.", "https://help.northswap.example:8443/a"),
    ("Write to a@northswap.example. NorthSwap answers.", "https://northswap.example/"),
  ])
  func `it is met in any letter case and width, beside other writing`(text: String, url: String) {
    #expect(!names(text, on: url).isEmpty)
  }

  @Test(arguments: [
    // Within another word, an address or a mailbox.
    ("NorthSwapper and mynorthswap", "https://northswap.example/"),
    ("https://northswap.example/x", "https://northswap.example/"),
    ("see northswap.example or help@northswap", "https://northswap.example/"),
    // Another's name.
    ("On NorthSwap you pay 0.1%.", "https://news.example/"),
    // Words that any page on the subject uses, and hosts that others write on.
    ("The bitcoin wallet", "https://bitcoin.example/"),
    ("Our docs are on Medium", "https://docs.medium.example/"),
    // Short labels are met by chance.
    ("The OKX app", "https://okx.example/"),
    ("NorthSwap", "northswap"),
  ])
  func `other words are not taken for it`(text: String, url: String) {
    #expect(names(text, on: url).isEmpty)
  }

  @Test func `without an address there is no name to look for`() {
    #expect(names("On NorthSwap you pay 0.1%.", on: nil).isEmpty)
  }

  @Test func `a title names it unless it only signs what the site holds`() {
    let url = "https://northswap.example/"
    #expect(!names("Fees.", on: url, title: "NorthSwap: fees").isEmpty)
    for title in [
      "Fees | NorthSwap", "Fees - NorthSwap", "Fees – NorthSwap", "费用_NorthSwap",
    ] {
      #expect(names("Fees.", on: url, title: title).isEmpty, "\(title)")
    }
    #expect(!names("Fees of NorthSwap.", on: url, title: "Fees | NorthSwap").isEmpty)
  }

  @Test func `the frame of a page does not count, its words do`() {
    let url = "https://northswap.example/a"
    let framed = """
      <title>Fees | NorthSwap</title><header>NorthSwap</header><nav>NorthSwap</nav>
      <p>Fees. <a href="/">NorthSwap</a></p><pre>northswap --help</pre><footer>NorthSwap</footer>
      """
    #expect(!isNamed(in: framed, on: url))
    #expect(isNamed(in: framed + "<p>NorthSwap lists it.</p>", on: url))
  }

  @Test func `a page without an address is on the host that it declares`() {
    let page = "<p>NorthSwap lists it.</p>"
    let declared = "<link rel=canonical href='https://northswap.example/a'>" + page
    #expect(isNamed(in: declared, on: nil))
    #expect(!isNamed(in: declared, on: "https://mirror.example/"))
    #expect(!isNamed(in: page, on: nil))
  }

  @Test func `only the beginning of a page is searched`() {
    let far = String(repeating: "word ", count: 4_000) + "NorthSwap"
    #expect(names(far, on: "https://northswap.example/").isEmpty)
  }
}

extension Observations {
  fileprivate var own: SignalMet? { self[id: "page.own-name"] }
}
