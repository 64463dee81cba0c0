import DomainNames
import Testing

@Suite("Layered name index") struct LayeredNameIndexTests {
  private func change(_ random: inout SeededGenerator) -> LayeredNameIndex.Change {
    let (name, coverage) = (random.name(depth: 3), random.coverage())
    switch Int.random(in: 0..<8, using: &random) {
    case 0..<3:
      return .block(name, coverage, rule: RuleNumber.random(in: 0...9, using: &random))
    case 3..<5: return .unblock(name, coverage)
    case 5..<6: return .protect(name, coverage)
    default: return .unprotect(name, coverage)
    }
  }

  @Test(arguments: [20, 21, 22, 23] as [UInt64])
  func `after each change it answers as an index built anew`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let key = NameIndex.Key(random.next(), random.next())
    var slow = SlowNameIndex()
    for _ in 0..<60 { slow.apply(change(&random)) }
    var layered = LayeredNameIndex(base: slow.rebuilt(key: key))
    for step in 0..<150 {
      let change = change(&random)
      slow.apply(change)
      layered.apply([change])
      let rebuilt = slow.rebuilt(key: key)
      for _ in 0..<60 {
        let name = random.name(depth: 5)
        let wire = random.wire(name)
        let accept: (RuleNumber) -> Bool = { Int($0) != step % 10 }
        let lookup = layered.lookup(wire.span, accept: accept)
        #expect(lookup == rebuilt.lookup(name, accept: accept), "\(name)")
        #expect(Answer(lookup) == slow.lookup(name, accept: accept), "\(name)")
        #expect(layered.matches(name) == slow.matches(name), "\(name)")
      }
      #expect(layered.count == slow.listedNames.count)
      let entries = layered.entries.map(EntryState.init)
      #expect(entries.count == layered.count)
      #expect(Set(entries) == Set(rebuilt.entries.map(EntryState.init)))
      if step % 40 == 39 {
        layered = LayeredNameIndex(
          base: layered.merged(key: NameIndex.Key(random.next(), random.next())))
        #expect(layered.changedNames == 0)
        #expect(layered.count == slow.listedNames.count)
      }
    }
  }

  @Test func `changes that undo each other leave no overlay`() throws {
    var builder = NameIndex.Builder(key: NameIndex.Key(1, 2))
    let name = try DomainName(presentation: "a.example")
    builder.block(name, .subtree, rule: 1)
    var layered = LayeredNameIndex(base: builder.build())
    layered.unblock(name, .subtree)
    layered.protect(name, .exact)
    #expect(layered.changedNames == 3)
    #expect(layered.lookup(DomainName.root) { _ in true }.hasProtectedBelow)
    layered.unprotect(name, .exact)
    layered.block(name, .subtree, rule: 1)
    #expect(layered.changedNames == 0)
    #expect(!layered.lookup(DomainName.root) { _ in true }.hasProtectedBelow)
  }

  @Test func `a snapshot does not see later changes`() throws {
    let name = try DomainName(presentation: "a.example")
    var layered = LayeredNameIndex(base: NameIndex())
    let snapshot = layered
    layered.block(name, .exact, rule: 5)
    #expect(snapshot.lookup(name) { _ in true }.rule == nil)
    #expect(layered.lookup(name) { _ in true }.rule == 5)
  }

  @Test func `a merge is due past the threshold and folds all changes in`() throws {
    var layered = LayeredNameIndex(base: NameIndex())
    let names = try (0...LayeredNameIndex.mergeThreshold).map {
      try DomainName(presentation: "n\($0).example")
    }
    layered.apply(names.dropLast().enumerated().map { .block($1, .exact, rule: RuleNumber($0)) })
    #expect(!layered.needsMerge)
    layered.block(names[names.count - 1], .exact, rule: 9)
    #expect(layered.needsMerge)
    let merged = layered.merged(key: NameIndex.Key(3, 4))
    #expect(merged.count == names.count)
    for (number, name) in names.dropLast().enumerated() {
      #expect(merged.lookup(name) { _ in true }.rule == RuleNumber(number))
    }
  }
}
