import DomainNames
import Testing

@Suite("Suffixes that are searched for") struct SuffixSignsTests {
  private static func name(_ labels: Int, _ first: String) throws -> DomainName {
    let rest = (1..<labels).map { "l\($0)" }
    return try DomainName(presentation: ([first] + rest).joined(separator: "."))
  }

  /// Few names of each depth, so that most others are known not to be listed without a search.
  @Test func `names of any depth count for themselves, and only subtrees below`() throws {
    var builder = NameIndex.Builder(key: NameIndex.Key(3, 5))
    for labels in 1...24 {
      builder.block(try Self.name(labels, "exact"), .exact, rule: RuleNumber(labels))
      builder.block(try Self.name(labels, "tree"), .subtree, rule: RuleNumber(100 + labels))
      builder.protect(try Self.name(labels, "safe"), .subtree)
      builder.protect(try Self.name(labels, "alone"), .exact)
    }
    var layered = LayeredNameIndex(base: builder.build())
    layered.block(try DomainName(presentation: "later.example"), .subtree, rule: 200)
    for labels in 1...24 {
      try expect(layered, labels)
      try expect(LayeredNameIndex(base: layered.base), labels)
    }
    let below = try DomainName(presentation: "a.b.later.example")
    #expect(layered.lookup(below) { _ in true }.rule == 200)
    #expect(layered.lookup(.root) { _ in true }.hasProtectedBelow)
  }

  private func expect(_ index: LayeredNameIndex, _ labels: Int) throws {
    func found(_ first: String, below: Bool = false) throws -> NameIndex.Lookup {
      let name = try Self.name(labels, first)
      let wire = (below ? [5] + Array("below".utf8) : []) + name.wire
      let message = [UInt8](repeating: 0, count: 12) + wire + [UInt8](repeating: 0, count: 12)
      let probed = index.lookup(wire.span, probed: index.probe(message.span, at: 12)) { _ in true }
      #expect(probed == index.lookup(wire.span) { _ in true })
      return probed
    }
    #expect(try found("exact").rule == RuleNumber(labels))
    #expect(try found("exact", below: true).rule == nil)
    #expect(try found("tree").rule == RuleNumber(100 + labels))
    #expect(try found("tree", below: true).rule == RuleNumber(100 + labels))
    #expect(try found("safe").isProtected && found("safe", below: true).isProtected)
    #expect(try found("alone").isProtected)
    #expect(try !found("alone", below: true).isProtected)
    #expect(try found("other") == .nothing)
  }

  @Test func `a change on top is seen where nothing below has such a name`() throws {
    var index = LayeredNameIndex(base: NameIndex.Builder(key: NameIndex.Key(3, 5)).build())
    let name = try Self.name(6, "new")
    index.block(name, .subtree, rule: 1)
    let below = try DomainName(presentation: "www.\(name)")
    #expect(index.lookup(below) { _ in true }.rule == 1)
    index.unblock(name, .subtree)
    #expect(index.lookup(below) { _ in true } == .nothing)
  }
}
