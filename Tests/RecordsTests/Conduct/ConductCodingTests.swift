import Enforcement
import Testing
import TransparencyLog

@testable import Records

@Suite("The form of entries about conduct") struct ConductCodingTests {
  private func entry(_ change: ConductChange, _ actor: Actor) throws -> Entry {
    try EventCoding.entry(
      for: Event(time: instant("2026-08-24T12:00:00.250Z"), actor: actor, change: .conduct(change)),
      random: .seeded(3))
  }

  private func read(_ entry: Entry, keeping isKept: (String) -> Bool = { _ in true }) throws
    -> Event
  {
    let sealed = entry.sealed.filter { isKept($0.name) }.map { ($0.name, $0.value) }
    return try EventCoding.event(
      leaf: entry.leaf, sealed: Dictionary(uniqueKeysWithValues: sealed)
    ) { [:] }
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func `each change is read back as it was`(seed: UInt64) throws {
    var generator = ConductGenerator(seed: seed)
    let changes = generator.allChanges()
    #expect(Set(changes.map(\.kind)).count == 31)
    for change in changes {
      let actor = generator.actor()
      let event = try read(try entry(change, actor))
      #expect(event.change == .conduct(change))
      #expect(event.actor == actor)
    }
  }

  @Test(arguments: 61...120 as ClosedRange<UInt64>)
  func `no leaf holds a word or a digest that tells of a person`(seed: UInt64) throws {
    var generator = ConductGenerator(seed: seed)
    for change in generator.allChanges() {
      let leaf = String(decoding: try entry(change, generator.actor()).leaf, as: UTF8.self)
      #expect(!leaf.contains(ConductGenerator.canary), "\(leaf)")
      switch change {
      case .infractionFound(_, _, let infraction, _):
        #expect(!leaf.contains(infraction.post.hex))
        #expect(!leaf.contains(infraction.content.hex))
      case .reportMade(let report): #expect(!leaf.contains(report.content.hex))
      default: break
      }
    }
  }

  @Test(arguments: 121...160 as ClosedRange<UInt64>)
  func `with all that an erasure takes away, a change is read with nothing of it left`(seed: UInt64)
    throws
  {
    var generator = ConductGenerator(seed: seed)
    for change in generator.allChanges() {
      let entry = try entry(change, .system)
      let event = try read(entry) { Erasure.keptNames.contains($0) }
      guard case .conduct(let left) = event.change else {
        Issue.record("\(event.change)")
        return
      }
      #expect(left.kind == change.kind)
      #expect(!"\(left)".contains(ConductGenerator.canary), "\(left)")
      // What is written of it again has the same open part.
      let open = EventCoding.parts(of: left).data.filter { !$0.0.hasPrefix("notice_ground") }
      let before = EventCoding.parts(of: change).data.filter { !$0.0.hasPrefix("notice_ground") }
      #expect(
        CanonicalJSON.object(CanonicalJSON.Object(open))
          == CanonicalJSON.object(CanonicalJSON.Object(before)))
    }
  }

  @Test func `a ladder that takes more room than an entry is refused before it is written`() {
    let weights = (0..<2_000).map { number in
      Ladder.Weight(
        kind: Slug(text: "kind-\(number)")!, points: 1, gravity: .minor, decayDays: nil)
    }
    let ladder = Ladder(
      name: Slug(text: "long")!, version: 1, infractions: weights, rungs: [], windowDays: 1)
    let error = #expect(throws: Refusal.self) {
      try EventCoding.demandRoom(for: .ladderAdopted(platform: Slug(text: "chat")!, ladder))
    }
    #expect(error?.code == .badField)
  }
}
