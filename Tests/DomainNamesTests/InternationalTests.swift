import DomainNames
import Testing

@Suite("International names (UTS 46)") struct InternationalTests {
  @Test(arguments: [
    ("bücher.example", "xn--bcher-kva.example"), ("BÜCHER.Example", "xn--bcher-kva.example"),
    ("bu\u{308}cher.example", "xn--bcher-kva.example"), ("faß.de", "xn--fa-hia.de"),
    ("日本語。jp", "xn--wgv71a119e.jp"), ("ｇｏｏｇｌｅ．com", "google.com"), ("例｡jp.", "xn--fsq.jp"),
    ("_dmarc.bücher.example", "_dmarc.xn--bcher-kva.example"),
    ("r3---sn.bücher.example", "r3---sn.xn--bcher-kva.example"),
    ("xn--fa-hia.bücher", "xn--fa-hia.xn--bcher-kva"), ("βόλος.com", "xn--nxasmm1c.com"),
    ("аррӏе.com", "xn--80ak6aa92e.com"), ("a\u{AD}b.example", "ab.example"),
  ])
  func `international text becomes A-labels`(text: String, ascii: String) throws {
    let name = try DomainName(international: text)
    #expect(name.description == ascii)
    #expect(try DomainName(international: ascii) == name)
    #expect(try DomainName(international: name.unicode) == name)
  }

  @Test(arguments: [
    "_dmarc.example.com", "r3---sn.example", "-a.example", "a-.example", "--.example", ".",
    "ab--cd.example", "*.example", #"a\.b.example"#, "xn--i-7iq.ws", "_443._tcp.example",
  ])
  func `ASCII names are taken as they are`(text: String) throws {
    #expect(try DomainName(international: text).description == text)
    #expect(try DomainName(international: text).unicode == text)
  }

  @Test(arguments: [
    "xn--a", "xn--", "xn--zzzzzz9.com", "xn--abc-.com", "XN--0.com", "xn--99999999999.example",
    "a／b.example", "⒈com", "-ü.example", "💩.la", "\u{301}a.example", "a\u{200D}b.example",
    "exa mple。com", "a。xn--abc-", "a\0ü.example", "ｘｎ－－ａｂｃ－.com", "example.com＼",
    String(repeating: "ü", count: 60),
  ])
  func `text that stands for no name is refused`(text: String) {
    #expect(throws: DomainName.Invalid.self) { try DomainName(international: text) }
  }

  @Test(arguments: ["ü..example", "。ü", "a.\u{AD}.example"])
  func `empty labels are refused`(text: String) {
    #expect(throws: DomainName.Invalid.emptyLabel) { try DomainName(international: text) }
  }

  @Test(arguments: [
    ("xn--bcher-kva.example", "bücher.example"), ("www.xn--wgv71a119e.jp", "www.日本語.jp"),
    ("xn--a-ecp.example", "xn--a-ecp.example"), ("xn--zzzzzz9.example", "xn--zzzzzz9.example"),
    (#"a\.b.example"#, #"a\.b.example"#), (".", "."),
  ])
  func `display shows U-labels where they stand for exactly the name`(ascii: String, shown: String)
    throws
  {
    #expect(try DomainName(presentation: ascii).unicode == shown)
  }
}

@Suite("Scripts (UTS 39)") struct MixedScriptsTests {
  @Test(arguments: [
    ("pаypal.com", "pаypal"), ("www.gοogle.com", "gοogle"), ("例а.jp", "例а"), ("бa.рф", "бa"),
    ("ελлα.example", "ελлα"), ("カナ한.example", "カナ한"),
  ])
  func `a label of mixed scripts is found`(text: String, label: String) throws {
    #expect(try DomainName(international: text).mixedScriptLabel == label)
  }

  @Test(arguments: [
    "example.com", "bücher.example", "пример.рф", "аррӏе.com", "日本語とカナabc.jp", "ラーメン.jp",
    "abc한국漢字.kr", "ㄅ中文abc.tw", "مثال.example", "उदाहरण.भारत", "ไทย123.th", "中文-1.example",
    "a.б.例", ".", "xn--zzzzzz9.example",
  ])
  func `a name in one script a label is left alone`(text: String) throws {
    let name =
      try text.hasPrefix("xn--z") ? DomainName(presentation: text) : DomainName(international: text)
    #expect(name.mixedScriptLabel == nil)
  }

  @Test(
    arguments: [
      ("abc", [.latin]), ("аб", [.cyrillic]), ("aб", [.latin, .cyrillic]), ("123-", []),
      ("日", [.han]), ("ー", [.hiragana, .katakana]), ("ᏣᎳ", [.cherokee]), ("한", [.hangul]),
      ("ა", [.georgian]), ("ա", [.armenian]), ("א", [.hebrew]), ("ก", [.thai]), ("ㄅ", [.bopomofo]),
      ("\u{20000}", [.han]), ("\u{10330}", [.other]),
    ] as [(String, Set<Script>)])
  func `characters belong to their scripts`(text: String, scripts: Set<Script>) {
    #expect(DomainName.scripts(of: text) == scripts)
  }

  @Test(arguments: [
    ("bіnаnсе.com", "binance.com"), ("bınance.com", "binance.com"), ("аррӏе.com", "apple.com"),
    ("ćöînbåsé.com", "coinbase.com"), ("binance.com", "binance.com"), ("κraken.com", "kraken.com"),
    ("日本.jp", "xn--wgv71a.jp"), ("b1nance.com", "b1nance.com"), (".", "."),
  ])
  func `look-alike letters become the letters they resemble`(text: String, skeleton: String) throws
  {
    #expect(try DomainName(international: text).asciiSkeleton == skeleton)
  }
}
