import Foundation
import Testing

@testable import Enforcement

/// Histories of people who ask for everything, in every state, while time passes.
@Suite struct `A register over random histories` {
  @Test(arguments: 0..<12 as Range<UInt64>) func `keeps the law of the house at every step`(
    seed: UInt64
  ) throws {
    var crowd = Crowd(seed: seed)
    var desk = Desk()
    var audit = Audit()
    try audit.check(desk)
    for _ in 0..<600 {
      let events = desk.events.count
      desk.wait(until: desk.now + crowd.pause(), catchingUp: false)
      try audit.checkNextDue(desk)
      let due = desk.catchUp()
      try audit.checkDue(due, desk)
      let command = crowd.command(on: desk.register, at: desk.now)
      let actor = crowd.actor(for: command)
      let before = desk.register
      if let refusal = desk.refusal(of: command, by: actor) {
        audit.checkSentence(refusal)
      } else {
        let new = try desk.register.decide(command, by: actor, at: desk.now)
        #expect(new.allSatisfy { $0.time == desk.now })
        #expect(new.allSatisfy { $0.actor == actor || $0.isResolution })
        #expect(try desk.register.decide(command, by: actor, at: desk.now) == new)
        #expect(desk.register == before)
        desk.record(new)
        audit.decided += 1
      }
      if desk.events.count > events { try audit.check(desk) }
    }
    try audit.checkWhole(desk)
    #expect(audit.decided > 60)
    #expect(audit.refusals.count >= 8)
  }

  @Test func `reach every state, every refusal and the rare turns between them`() {
    var states: Set<OrderState> = []
    var refusals: Set<Refusal.Code> = []
    var caseStates: Set<CaseState> = []
    var happenings: Set<String> = []
    var amendedByTime = 0
    var expiredUnconfirmed = 0
    var suspendedWithAmendment = 0
    var lines: Set<String> = []
    for seed in 100..<140 as Range<UInt64> {
      var crowd = Crowd(seed: seed)
      var desk = Desk()
      for _ in 0..<400 {
        let earlier = desk.register
        desk.wait(until: desk.now + crowd.pause())
        let command = crowd.command(on: desk.register, at: desk.now)
        let actor = crowd.actor(for: command)
        if let refusal = desk.refusal(of: command, by: actor) {
          refusals.insert(refusal.code)
        } else {
          _ = try? desk.perform(command, by: actor)
        }
        for order in desk.register.orders.values {
          let before = earlier.orders[order.id]
          if order.current.number > 1, order.current.number != before?.current.number,
            desk.events.last?.actor == .system
          {
            amendedByTime += 1
          }
          if order.state == .expired, before?.state == .assessed { expiredUnconfirmed += 1 }
          if order.state == .suspended, order.pending?.confirmedBy != nil {
            suspendedWithAmendment += 1
          }
        }
        states.formUnion(desk.register.orders.values.map(\.state))
        caseStates.formUnion(desk.register.book.cases.values.map(\.state))
      }
      happenings.formUnion(desk.events.compactMap(\.happening))
      lines.formUnion(desk.events.story.filter { $0.contains("line ") }.map { "\($0.prefix(6))" })
    }
    #expect(states == Set(OrderState.allCases))
    #expect(caseStates == Set(CaseState.allCases))
    #expect(happenings.count == 14, "\(happenings.sorted())")
    #expect(lines == ["paused", "resume"])
    #expect(refusals == Set(Refusal.Code.allCases).subtracting(Refusal.Code.ofConduct))
    #expect(amendedByTime > 0 && expiredUnconfirmed > 0 && suspendedWithAmendment > 0)
  }
}
