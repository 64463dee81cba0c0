import Detection
import Enforcement
import Records
import Testing

@testable import Conduct

struct ScreenerTests {
  @Test func `every line is answered in order, and an infraction is on the disk by then`()
    async throws
  {
    let office = try await TestOffice.open()
    let answers = try await office.screen([
      Line.post("1"), Line.post("2", Line.soliciting), "no post", Line.post("3"),
      Line.post("4", Line.sale, account: "u-2"), "", Line.post("5"),
    ])
    #expect(answers.map(\.id) == ["1", "2", nil, "3", "4", "5"])
    #expect(
      answers.map(\.verdict) == ["none", "solicitation", nil, "none", "token-sale", "none"])
    #expect(answers[2].line == 3 && answers[2].error != nil)
    #expect(answers[1].infraction == "i-1" && answers[4].infraction == "i-2")
    #expect(answers[1].sanction?.kind == "warn" && answers[1].sanction?.state == "imposed")
    #expect(answers[4].sanction?.kind == "restrict")
    #expect(answers[4].sanction?.until == "2026-11-30T00:00:00Z")
    let evidence = try #require(answers[1].evidence?.first)
    let place = evidence.where
    let quoted = String(
      decoding: Array(Line.soliciting.utf8)[place.start..<place.end], as: UTF8.self)
    #expect(place.part == "text" && quoted == evidence.text)
    // Another process would find the same on the disk.
    let digest = Hit.digest(platform: office.platform, post: "2")
    let file = try #require(office.journal.register.conduct.infraction(ofPost: digest))
    #expect("\(file.id)" == "i-1")
    #expect(office.journal.verify().verified)
  }

  @Test func `the same posts again answer the same and record nothing`() async throws {
    let office = try await TestOffice.open()
    let lines = [
      Line.post("1", Line.soliciting), Line.post("2"), Line.post("3", Line.sale, account: "u-2"),
    ]
    let first = try await office.screen(lines)
    let size = office.journal.size
    let again = try await office.screen(lines)
    #expect(again == first)
    #expect(office.journal.size == size)
  }

  @Test func `a post that comes twice in a batch counts once`() async throws {
    let office = try await TestOffice.open()
    let answers = try await office.screen([
      Line.post("1", Line.soliciting), Line.post("1", Line.soliciting),
    ])
    #expect(answers[0].infraction == "i-1" && answers[1].infraction == "i-1")
    let account = try #require(
      office.journal.register.conduct.account(on: office.platform, key: "u-1"))
    #expect(account.strikes.count == 1)
  }

  @Test func `batches that come at once count each post once`() async throws {
    let office = try await TestOffice.open()
    let screener = try office.screener()
    let lines = (0..<40).map { Line.post("p\($0 % 10)", Line.soliciting, account: "u\($0 % 10)") }
    let platform = office.platform
    try await withThrowingTaskGroup(of: Void.self) { group in
      for start in stride(from: 0, to: 40, by: 5) {
        let batch = Array(lines[start..<start + 5].joined(separator: "\n").utf8)
        group.addTask { _ = try await screener.screen(batch, of: platform) }
      }
      try await group.waitForAll()
    }
    #expect(office.journal.register.conduct.infractions.count == 10)
  }

  @Test func `nothing of a private post is kept`() async throws {
    let office = try await TestOffice.open()
    let answers = try await office.screen([
      Line.post("1", Line.soliciting + " xyzzy-private", extra: #","public":false"#),
      Line.post("2", Line.talk + " xyzzy-harmless"),
      Line.post("3", Line.soliciting + " xyzzy-public"),
    ])
    #expect(answers[0].error != nil && answers[0].verdict == nil)
    #expect(answers[2].infraction != nil)
    #expect(try !office.folder.holds("xyzzy-private"))
    #expect(try !office.folder.holds("xyzzy-harmless"))
  }

  @Test func `where a platform declares nothing each post has to be called public`() async throws {
    let office = try await TestOffice.open(postsArePublic: false)
    let answers = try await office.screen([
      Line.post("1", Line.soliciting), Line.post("2", Line.soliciting, extra: #","public":true"#),
    ])
    #expect(answers[0].error != nil)
    #expect(answers[1].infraction == "i-1")
  }

  @Test func `parts side by side answer as one after the other`() async throws {
    let office = try await TestOffice.open(stage: .shadow)
    var random = SeededGenerator(seed: 3)
    var lines: [String] = []
    for number in 0..<3_000 {
      switch Int.random(in: 0..<40, using: &random) {
      case 0: lines.append(Line.post("p\(number)", Line.soliciting))
      case 1: lines.append("{\"id\":\"p\(number)\"}")
      case 2: lines.append("")
      case let kind:
        lines.append(Line.post("p\(number)", String(repeating: Line.talk, count: kind % 4)))
      }
    }
    let batch = Array(lines.joined(separator: "\n").utf8)
    let one = try await office.screener(workers: 1).screen(batch, of: office.platform)
    let many = try await office.screener(workers: 8).screen(batch, of: office.platform)
    #expect(one == many)
    #expect(one.answers.count { $0 == 0x0A } == lines.count { !$0.isEmpty })
  }

  @Test func `a batch beyond the bounds is refused whole`() async throws {
    let office = try await TestOffice.open()
    let many = Array(repeating: Line.post("1"), count: Screener.lineLimit + 1)
    await #expect(throws: ScreeningFault.self) {
      try await office.screener().screen(
        Array(many.joined(separator: "\n").utf8), of: office.platform)
    }
    await #expect(throws: ScreeningFault.self) {
      try await office.screener().screen([], of: Slug(text: "nobody")!)
    }
  }

  @Test func `a rule in the shadow counts its matches and does nothing`() async throws {
    let office = try await TestOffice.open(stage: .shadow)
    let screener = try office.screener()
    let batch = [Line.post("1"), Line.post("2", Line.soliciting)].joined(separator: "\n")
    let screened = try await screener.screen(Array(batch.utf8), of: office.platform)
    #expect(screened.infractions == 0 && screened.posts == 2)
    let rule = RuleReference(rule: Slug(text: "no-solicitation")!, version: 1)
    #expect(screener.watch.figures[rule] == .init(seen: 2, matched: 1))
  }

  private static let rule = RuleReference(rule: Slug(text: "no-solicitation")!, version: 1)

  private func batch(_ numbers: Range<Int>, _ name: String, soliciting: Int) -> [UInt8] {
    let lines = numbers.map {
      Line.post("\(name)\($0)", $0 % soliciting == 0 ? Line.soliciting : Line.talk)
    }
    return Array(lines.joined(separator: "\n").utf8)
  }

  @Test func `a week in the shadow goes on after a restart from where it was`() async throws {
    let office = try await TestOffice.open(stage: .shadow)
    for round in 1...3 {
      // Each round is a program of its own, the last one killed before it wrote.
      let counts = try PostCounts(beside: office.journal)
      let screener = try office.screener(counts: counts)
      #expect(screener.watch.figures[Self.rule]?.seen ?? 0 == 20 * (round - 1))
      _ = try await screener.screen(
        batch(0..<20, "r\(round)-", soliciting: 10), of: office.platform)
      #expect(
        screener.watch.figures[Self.rule] == .init(seen: 20 * round, matched: 2 * round))
      try counts.flush()
    }
  }

  @Test func `a restart does not hide a rule that matches too much`() async throws {
    let breaker = ConductRule.Breaker(share: 100, window: 100, least: 8)
    let office = try await TestOffice.open(breaker: breaker)
    for round in 0..<2 {
      #expect(office.journal.register.conduct.rules[Self.rule]?.stage == .live)
      let counts = try PostCounts(beside: office.journal)
      // Five matches of thirty, twice: too few each time, too many in all.
      _ = try await office.screener(counts: counts).screen(
        batch(0..<30, "b\(round)-", soliciting: 6), of: office.platform)
      try counts.flush()
    }
    #expect(office.journal.register.conduct.rules[Self.rule]?.stage == .stopped)
    let kept = try PostCounts(beside: office.journal).ruleTallies()[Self.rule]
    #expect(kept?.seen == 60 && kept?.matched == 10 && kept?.recent == [])
  }

  @Test func `a rule that suddenly matches too much is stopped, and what it matched waits`()
    async throws
  {
    let breaker = ConductRule.Breaker(share: 100, window: 50, least: 5)
    let office = try await TestOffice.open(breaker: breaker)
    let calm = (0..<50).map { Line.post("calm\($0)", $0 == 7 ? Line.soliciting : Line.talk) }
    let screener = try office.screener()
    func screen(_ lines: [String]) async throws -> ScreenedBatch {
      try await screener.screen(Array(lines.joined(separator: "\n").utf8), of: office.platform)
    }
    #expect(try await screen(calm).infractions == 1)
    let rule = RuleReference(rule: Slug(text: "no-solicitation")!, version: 1)
    #expect(office.journal.register.conduct.rules[rule]?.stage == .live)
    let storm = (0..<10).map { Line.post("storm\($0)", Line.soliciting, account: "u\($0)") }
    _ = try await screen(storm)
    #expect(office.journal.register.conduct.rules[rule]?.stage == .stopped)
    let before = office.journal.register.conduct.infractions.count
    let held = office.journal.register.conduct.infractions.values.filter { $0.state == .held }
    #expect(held.allSatisfy { $0.infraction.held == .ruleStopped })
    _ = try await screen((0..<10).map { Line.post("late\($0)", Line.soliciting) })
    #expect(office.journal.register.conduct.infractions.count == before)
    // Everything that the rule brought about is taken back as one.
    try await office.conduct(.revertRule(rule, reason: "it was wrong"), TestOffice.officer)
    let counted = office.journal.register.conduct.infractions.values.filter { $0.state == .counted }
    #expect(counted.isEmpty)
  }
}

struct PostVerdictTests {
  /// Pieces of posts: words that matter to some pack, words that do not, and half words.
  private static let pieces = [
    "bitcoin", "whether", "ethernet", "eth", "usdt", "token", "wallet", "登记", "比特币", "币",
    "私募价 0.05",
    "注册送", "邀请码 abc123", "use code FARM10", "https://binance.com/register?ref=ABCD12",
    "https://news.example/p/1", "sign up", "join now", "trade", "swap", "presale", "1 ETH = 5000",
    "0x52908400098527886E0F7030069857D2E4169EE7", "according to", "据报道", "Section 4", "\n", ". ",
    "，",
    "the", "of", "and", "library", "council", "充值地址", "trc20", "TJRabPrwbZy45sbavfcjinPJC18kjpRTv8",
    "ＢＩＴＣＯＩＮ", "b i t c o i n", "加密貨幣", "数字资产", "crypto", "cryptography", "perp", "index", "dex",
  ]

  @Test func `the quick look at a post comes to the verdict of the full one`() {
    var random = SeededGenerator(seed: 11)
    let detector = ShippedDetector.detector
    var findings = 0
    var quick = 0
    for _ in 0..<6_000 {
      let count = Int.random(in: 1...14, using: &random)
      let words = (0..<count).map { _ in
        Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)]
      }
      let text = Array(words.joined(separator: Bool.random(using: &random) ? " " : "").utf8)
      let full = detector.verdict(on: Subject(content: .text(text)))
      let fast = detector.verdict(onPost: text)
      #expect(fast.category == full.category && fast.score == full.score)
      if fast != full {
        quick += 1
        #expect(full.category == .none && full.score == 1)
      }
      if full.category.isFinding { findings += 1 }
    }
    #expect(findings > 50 && quick > 50)
  }

  @Test func `links beside the words are evidence too, counted within the link`() async throws {
    let office = try await TestOffice.open()
    let answers = try await office.screen([
      Line.post(
        "1", "Bitcoin: sign up now, welcome bonus for new users, our group",
        extra: #","links":["news.example/a","https://www.binance.com/register?ref=ABCD12"]"#)
    ])
    let evidence = try #require(answers[0].evidence)
    let link = "https://www.binance.com/register?ref=ABCD12"
    let pieces = evidence.filter { $0.where.part == "url" }
    #expect(!pieces.isEmpty)
    for piece in pieces where piece.text.contains("binance") {
      let octets = Array(link.utf8)
      #expect(
        String(decoding: octets[piece.where.start..<piece.where.end], as: UTF8.self) == piece.text)
    }
  }
}

struct TraitFinderTests {
  private func traits(_ text: String, links: [String] = [], pieces: [EvidencePiece] = [])
    -> [String]
  {
    let post = PublicPost(
      id: "1", account: "a", published: Instant(seconds: 0), text: Array(text.utf8), links: links)
    return TraitFinder.traits(of: post, pieces: pieces).map { "\($0.kind.rawValue) \($0.value)" }
  }

  @Test func `codes, links and filing numbers are found, and what many share is not`() {
    #expect(
      traits(
        "see https://Promo.example/join/A1B2C3 and 京ICP备12345678号",
        links: [
          "https://www.okx.com/register", "t.me/best_signals", "https://x.example/?ref=ZZ9",
          "https://binance.com/",
        ])
        == [
          "link t.me/best_signals", "referral x.example zz9", "referral promo.example a1b2c3",
          "filing 京ICP备12345678",
        ])
  }

  @Test func `wallets of chains without capitals are compared without them`() {
    let piece = EvidencePiece(
      signal: "page.wallet", text: "0x52908400098527886E0F7030069857D2E4169EE7", part: .text,
      start: 0, end: 42, weight: 1)
    #expect(traits("", pieces: [piece]) == ["wallet 0x52908400098527886e0f7030069857d2e4169ee7"])
  }
}
