@testable import Detection
import Testing

/// Many phrases are looked up by their words, few are left to Vectorscan: both find the same.
@Suite("Matching") struct MatchingTests {
  private static let pieces = [
    "a", "i", "we", "the", "coin", "token", "exchange", "exchanges", "trading", "tradings", "usdt",
    "btc", "x", "2fa", "p2p", "24", "private", "round", "don", "café", "été", "ß", "我们", "注册", "币",
    "交易所", "账户", "点", "“", "”", "://", "-", ".", ",", "_", "'", "<code>", "😀", "+", "＄",
  ]
  private static let between = [" ", " ", " ", "", "", "-", "_", ".", ", ", "\n", "\u{200B}", "  "]
  private static let patterns = [
    "\\b(?:[a-z]{2,8}\\d{1,7}[a-z0-9]{0,6}|\\d{1,3}[a-z]{1,6}\\d{0,4}[a-z]{0,4}|\\d{5,10})\\b",
    "\\b(?:[a-z0-9]{2,4}\\d)\\b", "\\b(?:\\d{2})\\b",
  ]

  private static func text(_ count: Int, _ random: inout SeededGenerator) -> String {
    var text = ""
    for _ in 0..<count {
      text += pieces.randomElement(using: &random) ?? ""
      if Int.random(in: 0..<6, using: &random) == 0 {
        text += String(Int.random(in: 0..<1_000_000, using: &random))
      }
      text += between.randomElement(using: &random) ?? ""
    }
    return text
  }

  private static func signals(_ random: inout SeededGenerator) -> [Signal] {
    let phrases = (0..<1_100).map { _ in
      var phrase = text(Int.random(in: 1...4, using: &random), &random)
      while phrase.last?.isWhitespace == true || phrase.last == "\u{200B}" { phrase.removeLast() }
      return phrase
    }
    let words = stride(from: 0, to: phrases.count, by: 4).map { start in
      Signal(id: "words.\(start)", role: .context, phrases: Array(phrases[start..<start + 4]))
    }
    let shapes = patterns.enumerated().map { index, pattern in
      Signal(id: "shapes.\(index)", role: .context, patterns: [pattern])
    }
    return words + shapes
  }

  private static func engine(_ signals: some Sequence<Signal>) throws -> Engine {
    try Engine(packs: [Pack(name: "test", version: 1, title: "Test", signals: Array(signals))])
  }

  @Test(arguments: [
    ("[1-9][0-9]{0,2} ?x", true), ("\\b(19|20)[0-9]{2}-\\d\\b", true),
    ("token [^\\n]{2}1", true),
    ("[0-9]{0,2} x", false), ("[0-9]?x", false), ("[a-z0-9]{3}", false), ("(1|x)", false),
    ("1|x", false), ("1\\sx", false), ("1[^x]", false), ("1\\n", false), ("[0-9", false),
    ("", false),
  ])
  func `an expression is left to lines with digits where it needs one`(
    expression: String, isNeeded: Bool
  ) {
    #expect(DigitNeed.holds(for: expression) == isNeeded)
  }

  @Test func `an expression with digits is met in every line that has them`() throws {
    let engine = try Engine(packs: [
      Pack(
        name: "codes", version: 1, title: "Codes",
        signals: [
          Signal(id: "codes.code", role: .context, patterns: ["\\bcode [0-9]{3}\\b"])
        ])
    ])
    // Lines without digits, of all lengths around those that are read at once.
    for gap in [0, 1, 40, 63, 64, 200, 254, 255, 256, 257, 258, 700] {
      let text = "code 123\n\(String(repeating: "x", count: gap))\nno code 4567\na code 890"
      let seen = engine.observe(Subject(content: .text(Array(text.utf8))))
      #expect(seen[id: "codes.code"]?.evidence.map(\.text) == ["code 123", "code 890"], "\(gap)")
    }
  }

  @Test(arguments: [
    ("k(?:iss|ill)s", "K(?:ISS|ill)S", ["kiſſs", "\u{212A}ISSS", "KillS", "ＫＩＳＳｓ"]),
    ("\\btokens?\\s\\d", "\\bTOKENS?\\s\\d", ["Tokens 5", "TO\u{212A}EN 7", "ｔoken ５"]),
    ("ångström", "ÅNGSTRÖM", ["\u{212B}ngström", "A\u{30A}NGSTRO\u{308}M", "ångström"]),
  ])
  func `capitals in an expression mean the same as small letters, whatever the text has`(
    small: String, capitals: String, texts: [String]
  ) throws {
    let engine = try Self.engine([
      Signal(id: "small", role: .context, patterns: [small]),
      Signal(id: "capitals", role: .context, patterns: [capitals]),
    ])
    for text in texts {
      let found = engine.observe(Subject(content: .text(Array("so: \(text) it is".utf8)))).signals
      #expect(found.map(\.id).sorted() == ["capitals", "small"], "\(text)")
      #expect(found.first?.evidence.map(\.location) == found.last?.evidence.map(\.location))
    }
  }

  @Test(arguments: [
    "\\b(the|coin) [a-z]{2,8}\\b", "coin[^\\n]{0,30}usdt", "(a|i|we) ?[0-9]{1,6}",
    "\\b[a-z]{2,8} ?x", "\\n[a-z]{1,5}", "(我们|账户)[^\\n]{0,12}币", "coin[^\\n]{0,20}btc",
    "\\btoken.*the",
  ])
  func `an expression begins where a search in the whole text says`(expression: String) throws {
    var random = SeededGenerator(seed: 13)
    let pattern = PatternDatabase.Pattern(expression: expression, tellsStart: true)
    let whole = try PatternDatabase([pattern])
    let finder = StartFinder(pattern)
    let scratch = try #require(whole.makeScratch())
    var list = MatchList()
    var met = 0
    for _ in 0..<60 {
      let octets = Array(Self.text(Int.random(in: 0...400, using: &random), &random).utf8)
      list.removeAll()
      whole.scan(octets, in: 0..<octets.count, scratch: scratch, into: &list)
      let expected = (0..<list.count).map { Int(list[$0].start)..<Int(list[$0].end) }
      var found: [Range<Int>] = []
      // All ends together, and some by themselves.
      let ends = expected.map(\.upperBound)
      for group in [ends] + ends.prefix(4).map({ [$0] }) {
        finder.matches(
          endingAt: group[...], in: octets, count: octets.count, scratch: scratch, into: &list
        ) { found.append($0) }
      }
      #expect(found == expected + expected.prefix(4))
      met += expected.count
    }
    #expect(met > 0, "\(expression)")
  }

  @Test func `signals come in the order of their ids, those of the engine among them`() throws {
    let ids = ["a", "page", "page-x", "pagf", "wallet", "wallet-x", "walleu", "page0"]
    let engine = try Self.engine(ids.map { Signal(id: $0, role: .context, phrases: ["coin"]) })
    let page = """
      coin <a href="x.apk">app</a> 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa
      <form><input name=user><input type=password></form>
      """
    let found = engine.observe(
      Subject(url: "https://coin.example/", content: .html(Array(page.utf8)))
    ).signals.map(\.id)
    #expect(found == found.sorted())
    #expect(found.count == ids.count + 3 && found.contains("page.app-download"))
  }

  @Test func `text that grows as far as it may is matched, and not read beyond its end`() throws {
    var random = SeededGenerator(seed: 12)
    let engine = try Self.engine(Self.signals(&random))
    // One character that becomes eighteen: room is made for twice the text and some.
    for length in [0, 1, 50, 99] + Array(stride(from: 200, to: 264, by: 5)) {
      let text = String(repeating: "\u{FDFA}", count: length) + " the coin"
      let found = engine.observe(Subject(content: .text(Array(text.utf8))))
      #expect(found.isTruncated == (length >= 200), "\(length)")
      #expect(found.textLength >= min(length * 18, 2_800), "\(length)")
    }
  }

  @Test func `a pack of many phrases meets what its parts meet`() throws {
    var random = SeededGenerator(seed: 11)
    let signals = Self.signals(&random)
    let whole = try Self.engine(signals)
    let middle = signals.count / 2
    let parts = [try Self.engine(signals[..<middle]), try Self.engine(signals[middle...])]
    var met = 0
    for _ in 0..<80 {
      let text = Self.text(Int.random(in: 0...120, using: &random), &random)
      let subject = Subject(content: .text(Array(text.utf8)))
      let found = whole.observe(subject).signals
      let expected = parts.flatMap { $0.observe(subject).signals }
        .filter { $0.id.contains(".") && !$0.id.hasPrefix("page.") }.sorted { $0.id < $1.id }
      #expect(found.filter { !$0.id.hasPrefix("page.") } == expected, "\(text)")
      met += expected.reduce(0) { $0 + $1.count }
    }
    #expect(met > 2_000)
  }
}
