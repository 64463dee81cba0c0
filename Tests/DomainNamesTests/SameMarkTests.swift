import Testing

@testable import DomainNames

@Suite("Names with the same mark") struct SameMarkTests {
  private static let key = NameIndex.Key(17, 4)

  /// Two names of the same length that fall into one bucket of a small table and bear one mark there.
  private static let pair: (DomainName, DomainName)? = {
    let hash = NameHash(key)
    var seen: [UInt8: DomainName] = [:]
    for number in 1_000..<9_999 {
      guard let name = try? DomainName(labels: ["\(number)".utf8, "example".utf8]) else { continue }
      var mark: UInt8 = 0
      name.wire.withUnsafeBytes { octets in
        let body = UnsafeRawBufferPointer(rebasing: octets.dropLast())
        hash.forEachSuffix(of: body, depths: 4) { mark = UInt8(truncatingIfNeeded: $0.hash) }
      }
      if let other = seen.updateValue(name, forKey: mark) { return (other, name) }
    }
    return nil
  }()

  @Test func `a name is not taken for a listed one with the same mark`() throws {
    let (one, other) = try #require(Self.pair)
    var builder = NameIndex.Builder(key: Self.key)
    builder.block(one, .subtree, rule: 1)
    let index = builder.build()
    #expect(index.lookup(one) { _ in true }.rule == 1)
    #expect(index.lookup(other) { _ in true } == .nothing)
  }

  @Test func `listed names with the same mark keep their own rules`() throws {
    let (one, other) = try #require(Self.pair)
    var builder = NameIndex.Builder(key: Self.key)
    builder.block(one, .exact, rule: 1)
    builder.block(other, .exact, rule: 2)
    builder.block(one, .exact, rule: 3)
    let index = builder.build()
    #expect(index.count == 2)
    #expect(index.lookup(one) { _ in true }.rule == 3)
    #expect(index.lookup(other) { _ in true }.rule == 2)
    var layered = LayeredNameIndex(base: index)
    layered.unblock(one, .exact)
    for merged in [layered.merged(key: Self.key), layered.merged(key: NameIndex.Key(1, 1))] {
      #expect(merged.lookup(one) { _ in true } == .nothing)
      #expect(merged.lookup(other) { _ in true }.rule == 2)
    }
  }
}
