import Testing

@testable import DomainNames

@Suite("Names with the same fingerprint") struct FingerprintCollisionTests {
  private static let key = NameIndex.Key(17, 4)

  /// Two names of the same length that the table can tell apart only by their octets.
  private static let pair: (DomainName, DomainName)? = {
    let hash = NameHash(key)
    var seen: [UInt32: DomainName] = [:]
    for number in 1_000_000..<1_900_000 {
      guard let name = try? DomainName(labels: ["\(number)".utf8, "example".utf8]) else { continue }
      var fingerprint: UInt32 = 0
      name.wire.withUnsafeBytes { octets in
        let body = UnsafeRawBufferPointer(rebasing: octets.dropLast())
        hash.forEachSuffix(of: body, depths: 4) { fingerprint = $0.fingerprint }
      }
      if let other = seen.updateValue(name, forKey: fingerprint) { return (other, name) }
    }
    return nil
  }()

  @Test func `a name is not taken for a listed one with the same fingerprint`() throws {
    let (one, other) = try #require(Self.pair)
    var builder = NameIndex.Builder()
    builder.block(one, .subtree, rule: 1)
    let index = builder.build(key: Self.key)
    #expect(index.lookup(one) { _ in true }.rule == 1)
    #expect(index.lookup(other) { _ in true } == .nothing)
  }

  @Test func `listed names with the same fingerprint keep their own rules`() throws {
    let (one, other) = try #require(Self.pair)
    var builder = NameIndex.Builder()
    builder.block(one, .exact, rule: 1)
    builder.block(other, .exact, rule: 2)
    builder.block(one, .exact, rule: 3)
    let index = builder.build(key: Self.key)
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
