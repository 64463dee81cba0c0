import DomainNames
import Testing

@testable import Enforcement

@Suite struct `A slip between names` {
  @Test(arguments: 0..<4 as Range<UInt64>) func `is a restricted edit distance of exactly one`(
    seed: UInt64
  ) {
    var random = SeededRandom(seed: seed)
    var slips = 0
    for _ in 0..<20_000 {
      let one = Self.word(&random)
      let other = random.chance(1, in: 2) ? Self.word(&random) : Self.changed(one, &random)
      let isOneSlip = PopularNames.isOneSlip(one, other)
      #expect(isOneSlip == (Self.distance(one, other) == 1), "\(one) \(other)")
      #expect(isOneSlip == PopularNames.isOneSlip(other, one))
      slips += isOneSlip ? 1 : 0
    }
    #expect(slips > 1000)
  }

  @Test func `is found among popular names exactly where the slow definition finds one`() {
    var random = SeededRandom(seed: 99)
    var popular: [DomainName] = []
    for _ in 0..<120 {
      let text = String(decoding: Self.word(&random, 4...7), as: UTF8.self) + ".com"
      popular.append(domain(text))
    }
    let names = PopularNames(ranked: popular)
    var found = 0
    for _ in 0..<800 {
      let base = Array(random.pick(popular).labels[0])
      let text = String(decoding: Self.changed(base, &random), as: UTF8.self)
      guard !text.isEmpty else { continue }
      let asked = domain(text + ".com")
      let octets = Array(asked.description.utf8)
      let slow = popular.first { Self.distance(Array($0.description.utf8), octets) == 1 }
      let expected = names.rank(of: asked) == nil ? slow : nil
      #expect(names.lookAlike(of: asked) == expected)
      found += expected == nil ? 0 : 1
    }
    #expect(found > 200)
  }

  @Test func `means nothing between names shorter than seven characters`() {
    let names = PopularNames(ranked: [domain("ab.com"), domain("abc.com"), domain("vk.cc")])
    #expect(names.lookAlike(of: domain("vx.cc")) == nil)
    #expect(names.lookAlike(of: domain("ac.com")) == nil)
    #expect(names.lookAlike(of: domain("abd.com")) == domain("abc.com"))
  }

  @Test func `is looked for among the best known names alone`() {
    let filler = (0..<PopularNames.slipRanks).map { domain("filler\($0).net") }
    let names = PopularNames(ranked: filler + [domain("binance.com")])
    #expect(names.rank(of: domain("binance.com")) == PopularNames.slipRanks + 1)
    #expect(names.lookAlike(of: domain("binnance.com")) == nil)
    #expect(
      PopularNames(ranked: [domain("binance.com")]).lookAlike(of: domain("binnance.com")) != nil)
  }

  @Test func `by letters of another script is found at any length`() {
    let names = PopularNames(ranked: [domain("apple.com"), domain("binance.com")])
    #expect(names.lookAlike(of: domain("xn--80ak6aa92e.com")) == domain("apple.com"))
    #expect(names.lookAlike(of: domain("xn--bnance-pvf.com")) == domain("binance.com"))
    #expect(names.lookAlike(of: domain("xn--e1afmkfd.com")) == nil)
  }

  @Test func `is answered with the best ranked of several`() {
    let first = [domain("binance.net"), domain("binanca.com"), domain("binance.com")]
    #expect(PopularNames(ranked: first).lookAlike(of: domain("binancd.com")) == first[1])
    #expect(PopularNames(ranked: first.reversed()).lookAlike(of: domain("binancd.com")) == first[2])
  }

  @Test func `knows ranks, and the best known name below another`() {
    let names = PopularNames(
      ranked: ["b.a.com", "c.a.com", "b.a.com", "d.net"].map { domain($0) })
    #expect(names.count == 3)
    #expect(names.rank(of: domain("b.a.com")) == 1)
    #expect(names.rank(of: domain("d.net")) == 3)
    #expect(names.rank(of: domain("a.com")) == nil)
    #expect(names.popularName(below: domain("a.com")) == domain("b.a.com"))
    #expect(names.popularName(below: domain("net")) == domain("d.net"))
    #expect(names.popularName(below: domain("d.net")) == nil)
  }

  /// Restricted edit distance by the textbook's table: insert, delete, replace, swap neighbours.
  static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
    var table = Array(repeating: Array(repeating: 0, count: other.count + 1), count: one.count + 1)
    for row in 0...one.count { table[row][0] = row }
    for column in 0...other.count { table[0][column] = column }
    guard !one.isEmpty, !other.isEmpty else { return max(one.count, other.count) }
    for row in 1...one.count {
      for column in 1...other.count {
        let replaced = one[row - 1] == other[column - 1] ? 0 : 1
        table[row][column] = min(
          table[row - 1][column] + 1, table[row][column - 1] + 1,
          table[row - 1][column - 1] + replaced)
        let swapped =
          row > 1 && column > 1 && one[row - 1] == other[column - 2]
          && one[row - 2] == other[column - 1]
        if swapped { table[row][column] = min(table[row][column], table[row - 2][column - 2] + 1) }
      }
    }
    return table[one.count][other.count]
  }

  private static func word(
    _ random: inout SeededRandom, _ length: ClosedRange<Int> = 0...6
  ) -> [UInt8] {
    (0..<Int.random(in: length, using: &random)).map { _ in random.pick(Array("abc".utf8)) }
  }

  /// The word with one or two small changes.
  private static func changed(_ word: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    var word = word
    for _ in 0..<Int.random(in: 1...2, using: &random) {
      let letter = random.pick(Array("abcd".utf8))
      let at = Int.random(in: 0...word.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: word.insert(letter, at: at)
      case 1 where at < word.count: word.remove(at: at)
      case 2 where at < word.count: word[at] = letter
      case 3 where at + 1 < word.count: word.swapAt(at, at + 1)
      default: break
      }
    }
    return word
  }
}
