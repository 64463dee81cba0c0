import Testing

@testable import Enforcement

@Suite struct `A ladder` {
  private static func facts(
    _ points: Int, gravity: Gravity = .serious, share: Int = 1_000, warned: Bool = true,
    reached: Int = 0, standing: [LadderFacts.Standing] = []
  ) -> LadderFacts {
    LadderFacts(
      points: points, gravity: gravity, share: share, warned: warned, reached: reached,
      standing: standing)
  }

  @Test(
    arguments: [
      (2, nil), (3, .warn), (5, .warn), (6, .restrict), (9, .restrict), (10, .suspend),
      (19, .suspend), (20, .close), (9_999, .close),
    ] as [(Int, SanctionKind?)])
  func `answers the highest rung that the points reach`(points: Int, kind: SanctionKind?) {
    #expect(Ladder.sample().rung(for: Self.facts(points)).rung?.sanction.kind == kind)
  }

  @Test(
    arguments: [
      (Self.facts(12, reached: 10), nil, []), (Self.facts(12, reached: 6), .suspend, [.points]),
      (Self.facts(12, warned: false), .restrict, [.points, .unwarned]),
      (Self.facts(12, warned: false, reached: 6), nil, [.points, .unwarned]),
      (Self.facts(12, gravity: .grave, warned: false), .suspend, [.points]),
      (Self.facts(25, gravity: .grave, warned: false), .suspend, [.unwarned]),
      (
        Self.facts(7, standing: [LadderFacts.Standing(kind: .suspend, days: 1)]), nil,
        [.points, .points, .standing, .standing]
      ),
      (
        Self.facts(
          7, standing: [LadderFacts.Standing(kind: .restrict, restrictions: [.posting], days: 3)]),
        .restrict, [.points, .points]
      ),
    ] as [(LadderFacts, SanctionKind?, [SanctionGround.SetAside.Why])])
  func `says why each higher rung was set aside`(
    facts: LadderFacts, kind: SanctionKind?, why: [SanctionGround.SetAside.Why]
  ) {
    let answer = Ladder.sample().rung(for: facts)
    #expect(answer.rung?.sanction.kind == kind)
    // Rungs that were answered are no question any more, and are not named.
    #expect(answer.setAside.map(\.why).suffix(why.count) == why[...])
  }

  @Test func `a share that is too small keeps a rung away, and not those below it`() {
    var ladder = Ladder.sample()
    ladder.rungs[3].leastShare = 200
    let answer = ladder.rung(for: Self.facts(25, share: 199))
    #expect(answer.rung?.sanction.kind == .suspend)
    #expect(answer.setAside == [SanctionGround.SetAside(kind: .close, why: .share)])
    #expect(ladder.rung(for: Self.facts(25, share: 200)).rung?.sanction.kind == .close)
  }

  @Test func `what is in force covers what adds nothing to it`() {
    let week = LadderFacts.Standing(kind: .restrict, restrictions: [.posting, .links], days: 7)
    #expect(week.covers(.warning) && week.covers(.restriction(days: 7)))
    #expect(!week.covers(.restriction(days: 8)) && !week.covers(.suspension(days: 1)))
    let other = SanctionTerms(kind: .restrict, restrictions: [.messaging], days: 1)
    #expect(!week.covers(other))
    let closed = LadderFacts.Standing(kind: .close, days: nil)
    #expect(closed.covers(.closing) && closed.covers(.suspension(days: 366)))
  }

  @Test func `milder is less in one respect and more in none`() {
    let both = SanctionTerms(kind: .restrict, restrictions: [.posting, .links], days: 7)
    #expect(SanctionTerms.warning.isMilder(than: both))
    #expect(SanctionTerms.restriction(days: 7).isMilder(than: both))
    #expect(!SanctionTerms.restriction(days: 8).isMilder(than: both))
    #expect(!both.isMilder(than: both))
    let other = SanctionTerms(kind: .restrict, restrictions: [.messaging], days: 1)
    #expect(!other.isMilder(than: both) && other.comesBefore(both))
  }
}
