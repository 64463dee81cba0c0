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
}
