import DomainNames
import Testing

@Suite("Name index") struct NameIndexTests {
  private let key = NameIndex.Key(0x0123_4567_89AB_CDEF, 42)

  private func name(_ text: String) throws -> DomainName {
    try DomainName(presentation: text)
  }

  private func rule(_ index: NameIndex, _ text: String) throws -> RuleNumber? {
    index.lookup(try name(text)) { _ in true }.rule
  }

  @Test(arguments: [0, 1, 2, 3, 4, 5, 6, 7] as [UInt64])
  func `an index answers as a walk over dictionaries does`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var slow = SlowNameIndex()
    var builder = NameIndex.Builder(key: NameIndex.Key(random.next(), random.next()))
    for number in 0..<RuleNumber(200) {
      let (name, coverage) = (random.name(depth: 4), random.coverage())
      if Int.random(in: 0..<12, using: &random) == 0 {
        slow.apply(.protect(name, coverage))
        builder.protect(name, coverage)
      } else {
        slow.apply(.block(name, coverage, rule: number))
        builder.block(name, coverage, rule: number)
      }
    }
    let index = builder.build()
    #expect(index.count == slow.listedNames.count)
    #expect(
      Set(index.entries.map(EntryState.init))
        == Set(slow.listedNames.map { EntryState($0, in: slow) }))
    for _ in 0..<2_000 {
      let name = random.name(depth: 6)
      let bit = RuleNumber.random(in: 0..<8, using: &random)
      let accept: (RuleNumber) -> Bool = { $0 & 7 != bit }
      let wire = random.wire(name)
      let answer = Answer(index.lookup(wire.span, accept: accept))
      #expect(answer == slow.lookup(name, accept: accept), "\(name)")
      #expect(index.matches(name) == slow.matches(name), "\(name)")
    }
  }

  @Test func `names that only look like a listed name are not matched`() throws {
    var builder = NameIndex.Builder(key: key)
    builder.block(try name("binance.com"), .subtree, rule: 1)
    builder.block(try name("a.example"), .exact, rule: 2)
    let index = builder.build()
    for text in [
      "notbinance.com", "binance.com.evil.example", "binance.co", "inance.com", "com", "binance",
      "b.example", "x.a.example", "aa.example", "xa.example", "example", ".",
    ] {
      #expect(try rule(index, text) == nil, "\(text)")
    }
    #expect(try rule(index, "binance.com") == 1)
    #expect(try rule(index, "WWW.Api.BINANCE.com") == 1)
    #expect(try rule(index, "A.Example") == 2)
  }

  @Test func `a label that holds the octets of a listed name is not that name`() throws {
    var builder = NameIndex.Builder(key: key)
    let listed = try name("binance.com")
    builder.block(listed, .subtree, rule: 1)
    let index = builder.build()
    let inside = Array(listed.wire.dropLast())
    let whole = try DomainName(labels: [[0x78] + inside])
    let endsAlike = try DomainName(labels: [[0x78, 7] + Array("binance".utf8), Array("com".utf8)])
    for name in [whole, endsAlike, try whole.prepending(label: "www".utf8)] {
      #expect(index.lookup(name) { _ in true } == .nothing)
    }
  }

  @Test func `the more specific rule wins unless it is not accepted`() throws {
    var builder = NameIndex.Builder(key: key)
    builder.block(try name("example"), .subtree, rule: 1)
    builder.block(try name("shop.example"), .subtree, rule: 2)
    builder.block(try name("shop.example"), .exact, rule: 3)
    let index = builder.build()
    let shop = try name("shop.example")
    var refused: Set<RuleNumber> = []
    for (rule, coverage, labels) in [(3, .exact, 2), (2, .subtree, 2), (1, .subtree, 1)]
      as [(RuleNumber, Coverage, Int)]
    {
      let lookup = index.lookup(shop) { !refused.contains($0) }
      #expect(lookup.rule == rule)
      #expect(lookup.coverage == coverage)
      #expect(lookup.matchedLabels == labels)
      refused.insert(rule)
    }
    #expect(index.lookup(shop) { !refused.contains($0) } == .nothing)
  }

  @Test func `a protection beats a more specific rule`() throws {
    var builder = NameIndex.Builder(key: key)
    builder.protect(try name("bank.example"), .subtree)
    builder.block(try name("www.bank.example"), .exact, rule: 1)
    builder.block(try name("example"), .subtree, rule: 2)
    let index = builder.build()
    let below = index.lookup(try name("www.bank.example")) { _ in true }
    #expect(below.isProtected)
    #expect(below.rule == nil)
    let above = index.lookup(try name("example")) { _ in true }
    #expect(above.hasProtectedBelow)
    #expect(above.rule == 2)
    #expect(!index.lookup(try name("other.example")) { _ in true }.hasProtectedBelow)
  }

  @Test func `the root can be looked up, blocked and protected`() throws {
    #expect(NameIndex().lookup(.root) { _ in true } == .nothing)
    var builder = NameIndex.Builder(key: key)
    builder.block(.root, .subtree, rule: 7)
    let index = builder.build()
    #expect(index.lookup(.root) { _ in true }.rule == 7)
    #expect(try rule(index, "a.b.c") == 7)
    builder.protect(.root, .exact)
    let guarded = builder.build()
    #expect(guarded.lookup(.root) { _ in true }.isProtected)
    #expect(try rule(guarded, "a.b.c") == 7)
  }

  @Test func `the last of several rules for a name counts`() throws {
    var builder = NameIndex.Builder(key: key)
    for number in 0..<RuleNumber(10_000) {
      builder.block(try name("a.example"), .exact, rule: number)
      builder.block(try name("n\(number).example"), .subtree, rule: number)
    }
    let index = builder.build()
    #expect(index.count == 10_001)
    #expect(try rule(index, "a.example") == 9_999)
    for number in 0..<RuleNumber(10_000) {
      #expect(try rule(index, "n\(number).example") == number)
      #expect(try rule(index, "m\(number).example") == nil)
    }
  }

  @Test(arguments: [(0, 0), (.max, .max), (1, 0)] as [(UInt64, UInt64)])
  func `any key gives the same answers`(first: UInt64, second: UInt64) throws {
    var builder = NameIndex.Builder(key: NameIndex.Key(first, second))
    for number in 0..<RuleNumber(5_000) {
      builder.block(try name("n\(number).example"), .exact, rule: number)
    }
    let index = builder.build()
    for number in 0..<RuleNumber(5_000) {
      #expect(try rule(index, "n\(number).example") == number)
    }
    #expect(index.memoryFootprint < 5_000 * 40)
  }

  @Test func `names of every length and depth are found`() throws {
    var names: [DomainName] = []
    for labels in 1...127 {
      names.append(try DomainName(labels: Array(repeating: "a".utf8, count: labels)))
    }
    for length in 2...63 {
      names.append(try DomainName(labels: [Array(repeating: 0x62, count: length)]))
    }
    let long = Array(repeating: Array(repeating: UInt8(0x63), count: 63), count: 3)
    for length in 1...61 {
      names.append(try DomainName(labels: [Array(repeating: 0x64, count: length)] + long))
    }
    var builder = NameIndex.Builder(key: key)
    for (number, name) in names.enumerated() {
      builder.block(name, .exact, rule: RuleNumber(number))
    }
    let index = builder.build()
    for (number, name) in names.enumerated() {
      #expect(index.lookup(name) { _ in true }.rule == RuleNumber(number))
    }
  }
}
