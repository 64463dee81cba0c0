import Testing

@testable import Detection

@Suite("Folding") struct FoldingTests {
  /// Texts and what they fold to, as Unicode's own data and ICU have it, written by a script.
  static let samples: [(text: String, folded: String)] = {
    let rows = Fixture.text("folding.txt").split(separator: "\n")
    return rows.map { row in
      let sides = row.split(separator: ";", omittingEmptySubsequences: false)
      return (Fixture.scalars(sides[0]), Fixture.scalars(sides[1]))
    }
  }()

  @Test func `texts fold as Unicode's tables say`() {
    #expect(Self.samples.count > 2_000)
    var wrong: [String] = []
    for sample in Self.samples {
      let folded = String(decoding: Folding.fold(sample.text), as: UTF8.self)
      if !folded.unicodeScalars.elementsEqual(sample.folded.unicodeScalars) {
        wrong.append("\(Fixture.codes(sample.text)) → \(Fixture.codes(folded))")
      }
    }
    #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(5))")
  }

  @Test func `folding twice changes nothing more`() {
    for sample in Self.samples.shuffled(seed: 3).prefix(1_000) {
      let once = Folding.fold(sample.text)
      #expect(Folding.fold(String(decoding: once, as: UTF8.self)) == once)
    }
  }

  @Test func `every octet of folded text leads back to the character it came from`() {
    for sample in Self.samples.shuffled(seed: 4).prefix(500) {
      let text = "Ab \(sample.text)  ｃd"
      let source = Array(text.utf8)
      var octets = [UInt8](repeating: 0, count: 16 * source.count + 256)
      let folded = Folding.fold(
        source, in: 0..<source.count, regions: [], into: &octets, after: FoldedText())
      var last = 0
      for offset in 0..<folded.count {
        let place = folded.original(offset..<offset + 1)
        #expect(place.lowerBound >= last, "\(Fixture.codes(text)) at \(offset)")
        #expect(place.upperBound <= source.count)
        last = place.lowerBound
      }
      #expect(folded.original(0..<1) == 0..<1)
    }
  }

  @Test func `the ends of blocks are the line feeds of folded text`() {
    var random = SeededGenerator(seed: 6)
    let pieces = [
      " ", "\n", "\t", "<p>", "</p>", "<br>", "<a href=x>", "</a>", "&nbsp;", "&#10;", "e\u{301}",
    ]
    for _ in 0..<500 {
      let text = (0..<40).map { _ in
        Bool.random(using: &random)
          ? pieces.randomElement(using: &random) ?? ""
          : Self.samples.randomElement(using: &random)?.text ?? ""
      }.joined()
      let source = Array(text.utf8)
      var octets = [UInt8](repeating: 0, count: 16 * source.count + 256)
      let plain = Folding.fold(
        source, in: 0..<source.count, regions: [], into: &octets, after: FoldedText())
      #expect(plain.blockEnds.map { Int($0) } == Self.lineFeeds(octets, plain.count))
      // A page is folded behind a title.
      let page = Folding.read(source, count: source.count, into: &octets, after: plain).text
      #expect(page.blockEnds.map { Int($0) } == Self.lineFeeds(octets, page.count))
    }
  }

  private static func lineFeeds(_ octets: [UInt8], _ count: Int) -> [Int] {
    (0..<count).filter { octets[$0] == 0x0A }
  }

  @Test func `a text is English where a twelfth of its words is common`() {
    var random = SeededGenerator(seed: 7)
    let rare = ["zebra", "quokka", "x", "plinth", "ogham", "gneiss"]
    let common = ["the", "and", "of", "you", "about"]
    var (english, other) = (0, 0)
    for round in 0..<400 {
      // Common words stand at the beginning, at the end, or anywhere.
      let words = (0..<900).map { index in
        let share = [index / 60, (900 - index) / 60, 7, 8, 9][round % 5]
        return UInt64(share) > random.next() % 100
          ? common.randomElement(using: &random) ?? "" : rare.randomElement(using: &random) ?? ""
      }
      let octets = Array(words.joined(separator: " ").utf8)
      let read = octets.prefix(4 << 10).split(separator: 0x20).map {
        String(decoding: $0, as: UTF8.self)
      }
      let isEnglish = read.count { common.contains($0) } * 12 >= read.count
      let guess = LanguageGuess.language(
        octets, count: octets.count, traditional: 0, declared: "xx")
      #expect(guess == (isEnglish ? "en" : "xx"))
      if isEnglish { english += 1 } else { other += 1 }
    }
    #expect(english > 50 && other > 50)
  }

  @Test func `octets that are no UTF-8 are passed over`() {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<2_000 {
      let source = (0..<64).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      var octets = [UInt8](repeating: 0, count: 16 * source.count + 256)
      let folded = Folding.fold(
        source, in: 0..<source.count, regions: [], into: &octets, after: FoldedText())
      #expect(String(validating: octets[..<folded.count], as: UTF8.self) != nil)
    }
  }

  @Test(arguments: [
    ("私募額度", "私募额度"), ("ＵＳＤＴ　充值", "usdt 充值"), ("pri\u{200B}vate", "private"),
    ("Token\n\tSale", "token\nsale"), ("𝐁𝐮𝐲 ① ﬁ", "buy 1 fi"), ("cafe\u{301}", "café"),
    ("ｶﾞ", "ガ"), ("a \u{A0} b", "a b"),
  ])
  func `a text folds`(_ text: String, _ folded: String) {
    #expect(String(decoding: Folding.fold(text), as: UTF8.self) == folded)
  }
}
