import DomainNames
import Testing

@Suite("Lookup of octets that are no name") struct MalformedLookupTests {
  /// An index that has a rule for everything, so that only the octets decide.
  private func indexOfAll() throws -> NameIndex {
    var builder = NameIndex.Builder(key: NameIndex.Key(1, 2))
    builder.block(.root, .subtree, rule: 1)
    builder.block(try DomainName(presentation: "www.example.com"), .subtree, rule: 2)
    return builder.build()
  }

  /// Looks octets up in memory of exactly their size, and says whether something matched.
  private func matches(_ index: NameIndex, _ octets: [UInt8]) -> Bool {
    let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: octets.count)
    defer { memory.deallocate() }
    _ = memory.initialize(from: octets)
    return index.lookup(UnsafeBufferPointer(memory).span) { _ in true } != .nothing
  }

  @Test func `every cut of a name matches nothing`() throws {
    let index = try indexOfAll()
    let wire = try DomainName(presentation: "www.example.com").wire
    #expect(matches(index, wire))
    for count in 0..<wire.count { #expect(!matches(index, Array(wire[..<count]))) }
    #expect(!matches(index, wire + [0]))
    #expect(!matches(index, wire + wire))
  }

  @Test(
    arguments: [
      [], [1], [64, 0], [0xC0, 0], [0xC0, 0x0C], [1, 0x61], [2, 0x61, 0], [0, 0],
      [1, 0x61, 0, 1, 0x62, 0], [255, 0], [63, 0],
    ] as [[UInt8]])
  func `octets that are not exactly one name match nothing`(octets: [UInt8]) throws {
    #expect(!matches(try indexOfAll(), octets))
  }

  @Test func `a name of 256 octets matches nothing, one of 255 does`() throws {
    let index = try indexOfAll()
    let labels = Array(repeating: [1, 0x61] as [UInt8], count: 127).joined()
    #expect(matches(index, Array(labels) + [0]))
    #expect(!matches(index, [2, 0x61] + labels + [0]))
    #expect(!matches(index, [1, 0x61] + labels + [0]))
    #expect(!matches(index, Array(repeating: 0, count: 70_000)))
  }

  @Test func `random octets match exactly when they are a name`() throws {
    let index = try indexOfAll()
    var random = SeededGenerator(seed: 11)
    for _ in 0..<20_000 {
      let octets = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        UInt8.random(in: 0...4, using: &random)
      }
      let isName = (try? DomainName(wire: octets)) != nil
      #expect(matches(index, octets) == isName, "\(octets)")
    }
  }
}
