import DomainNames
import Testing

struct NameProbeTests {
  private static func index() throws -> LayeredNameIndex {
    var builder = NameIndex.Builder(key: NameIndex.Key(7, 11))
    for number in 0..<500 {
      builder.block(
        try DomainName(presentation: "n\(number).example"), .subtree, rule: RuleNumber(number))
    }
    return LayeredNameIndex(base: builder.build())
  }

  @Test func `a probe takes any octets and leaves the answers as they are`() throws {
    let index = try Self.index()
    var random = SeededGenerator(seed: 20)
    for round in 0..<2_000 {
      var message = (0..<Int.random(in: 0...300, using: &random)).map { _ in
        UInt8.random(in: 0...(round % 2 == 0 ? 255 : 12), using: &random)
      }
      let name = try DomainName(presentation: "www.n\(round % 600).example")
      if round % 3 == 0 { message = [UInt8](repeating: 0, count: 12) + name.wire }
      index.fetchRecords(of: index.probe(message.span, at: 12))
      let lookup = index.lookup(name) { _ in true }
      #expect(lookup.rule == (round % 600 < 500 ? RuleNumber(round % 600) : nil))
    }
  }

  @Test func `a probe past the end of a message asks for nothing`() throws {
    let index = try Self.index()
    for length in [0, 1, 11, 12, 13] {
      let message = [UInt8](repeating: 63, count: length)
      index.fetchRecords(of: index.probe(message.span, at: 12))
    }
    let name = try DomainName(presentation: "n1.example")
    #expect(index.lookup(name) { _ in true }.rule == 1)
  }

  @Test func `a lookup with the probe of its name answers as one without`() throws {
    var builder = NameIndex.Builder(key: NameIndex.Key(7, 11))
    var random = SeededGenerator(seed: 21)
    let labels = ["a", "b", "longer-than-eight-octets", "x"]
    func made(_ depth: Int, _ random: inout SeededGenerator) throws -> DomainName {
      let words = (0..<depth).map { _ in labels.randomElement(using: &random) ?? "a" }
      return try DomainName(presentation: (words + ["example"]).joined(separator: "."))
    }
    for number in 0..<60 {
      // More depths than a probe has room for.
      let depth = Int.random(in: 2...6, using: &random)
      builder.block(
        try made(depth, &random), number % 2 == 0 ? .subtree : .exact, rule: RuleNumber(number))
    }
    var index = LayeredNameIndex(base: builder.build())
    var found = 0
    for round in 0..<4_000 {
      if round % 500 == 499 {
        let depth = Int.random(in: 2...8, using: &random)
        index.block(try made(depth, &random), .subtree, rule: RuleNumber(1_000 + round))
      }
      let name = try made(Int.random(in: 0...8, using: &random), &random)
      // In lower case or not, it is the same name.
      let wire = name.wire.map { round % 3 == 0 && $0 > 0x60 && $0 % 3 == 1 ? $0 - 0x20 : $0 }
      // What stands behind the name, if it is read, is none of it.
      let behind = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        UInt8.random(in: 0x30...0x7A, using: &random)
      }
      let message = [UInt8](repeating: 0, count: 12) + wire + behind
      let probe = index.probe(message.span, at: 12)
      let lookup = index.lookup(wire.span, probed: probe) { _ in true }
      #expect(lookup == index.lookup(name) { _ in true }, "\(name)")
      if lookup.rule != nil { found += 1 }
    }
    #expect(found > 300 && found < 4_000)
  }

  @Test func `the probe of another name finds nothing else`() throws {
    let index = try Self.index()
    var random = SeededGenerator(seed: 22)
    let texts = ["n1.example", "www.n1.example", "b.a.n77.example", "example", "x.n1.examplf"]
    let names = try texts.map { try DomainName(presentation: $0) }
    for _ in 0..<500 {
      guard let one = names.randomElement(using: &random),
        let other = names.randomElement(using: &random)
      else { return }
      let message = [UInt8](repeating: 0, count: 12) + other.wire + [0, 1, 0, 1]
      let probe = index.probe(message.span, at: 12)
      let rule = index.lookup(one.wire.span, probed: probe) { _ in true }.rule
      #expect(rule == nil || rule == index.lookup(one) { _ in true }.rule)
    }
  }
}
