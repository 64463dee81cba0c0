import Testing

@testable import Enforcement

@Suite("Dictionaries in parts") struct ShardedDictionaryTests {
  @Test(arguments: [1, 2, 3] as [UInt64])
  func `they hold what a plain dictionary holds, and copies stay as they were`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var parts = ShardedDictionary<Int, [Int]>()
    var plain: [Int: [Int]] = [:]
    var kept: [(ShardedDictionary<Int, [Int]>, [Int: [Int]])] = []
    for step in 0..<6_000 {
      let key = Int.random(in: 0..<2_000, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0:
        parts[key] = nil
        plain[key] = nil
      case 1:
        parts[key] = [step]
        plain[key] = [step]
      default:
        parts[key]?.append(step)
        plain[key]?.append(step)
      }
      #expect(parts[key] == plain[key])
      #expect(parts.count == plain.count)
      if step.isMultiple(of: 1_000) { kept.append((parts, plain)) }
    }
    for (parts, plain) in kept + [(parts, plain)] {
      #expect(parts.count == plain.count)
      #expect(parts.keys.sorted() == plain.keys.sorted())
      #expect(parts.values.sorted { $0[0] < $1[0] } == plain.values.sorted { $0[0] < $1[0] })
      #expect((0..<2_000).allSatisfy { parts[$0] == plain[$0] })
      var again = ShardedDictionary<Int, [Int]>()
      for (key, value) in plain { again[key] = value }
      #expect(again == parts)
      again[-1] = [0]
      #expect(again != parts)
    }
  }
}
