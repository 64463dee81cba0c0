import Detection
import Foundation
import Testing

/// Pages broken at random: nothing may crash, and every place must lie within the page.
///
/// `CORDON_FUZZ_PAGES` sets the number of pages; the default keeps the run short.
@Suite("Mutated pages") struct MutationTests {
  static let seeds = [
    """
    <!doctype html><html lang=en><head><title>T &amp; x</title><meta name=a content="b">
    <script>var a='<div>';</script><script type="application/ld+json">{"@type":"Article","a":[1]}
    </script><style>p{}</style></head><body class="x"><nav><a href="https://okx.com/join/12345">go</a>
    </nav><form action='/f'><input name=price><input name=amount placeholder=Qty><button>Buy</button>
    </form><p>Send 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa &#x6B22;&copy; “quoted text in a paragraph” said.
    <table><tr><td>BTC/USDT<td>10x<tr><th>x</table><!-- c --><svg><path d="M0"/></svg></body></html>
    """,
    "私募額度 ＵＳＤＴ 充值地址 TRC20 TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t 邀请码：abc123 http://a.example/?ref=1x2y "
      + "「引文引文引文引文引文引文」 第十二条 ﬁ e\u{301} か\u{3099} 𝐁 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
  ]

  @Test func `broken pages crash nothing and lead nowhere outside`() throws {
    let engine = try Engine(packs: [
      Pack(
        name: "test", version: 1, title: "Test",
        signals: [
          Signal(
            id: "x.a", role: .context, phrases: ["buy", "send", "私募"], patterns: ["充[^\\n]{0,20}t"],
            markup: [MarkupPattern(elements: [.inlineScript], script: ["div"])])
        ], venues: [Venue(id: "okx", name: "OKX", hosts: ["okx.com"], apiHosts: ["api.okx.com"])])
    ])
    let rounds = ProcessInfo.processInfo.environment["CORDON_FUZZ_PAGES"].flatMap(Int.init) ?? 1_500
    var random = SeededGenerator(seed: 20_261_122)
    for round in 0..<rounds {
      let page = Self.mutated(Array(Self.seeds[round % 2].utf8), &random)
      let isHTML = round % 3 > 0
      let observations = engine.observe(
        Subject(
          url: "https://a.example/", title: "Buy 私募", content: isHTML ? .html(page) : .text(page)))
      let evidence = observations.signals.flatMap(\.evidence).map(\.location)
      for place in evidence + observations.wallets.map(\.location) {
        let bound = place.part == .title ? "Buy 私募".utf8.count : page.count
        try #require(0 <= place.start && place.start <= place.end && place.end <= bound)
      }
    }
  }

  /// A page with pieces cut, doubled, swapped or overwritten.
  private static func mutated(_ page: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var page = page
    for _ in 0..<1 + Int(random.next() % 8) where !page.isEmpty {
      let at = Int(random.next() % UInt64(page.count))
      let length = min(page.count - at, Int(random.next() % 40))
      switch random.next() % 6 {
      case 0: page.removeSubrange(at..<at + length)
      case 1: page.insert(contentsOf: page[at..<at + length], at: at)
      case 2: page[at] = UInt8(truncatingIfNeeded: random.next())
      case 3: page[at] = Array("<>\"'&;/=!-\0".utf8)[Int(random.next() % 11)]
      case 4: page.removeSubrange(at...)
      case _:
        let from = Int(random.next() % UInt64(page.count))
        let piece = Array(page[from..<min(page.count, from + 60)])
        page.insert(contentsOf: piece, at: at)
      }
    }
    return page
  }
}
