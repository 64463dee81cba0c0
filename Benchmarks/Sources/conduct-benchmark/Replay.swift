import Enforcement
import Foundation
import Records

/// Decides all again that a record holds: whether the same comes out.
///
/// Accounts that are entered, posts that broke rules, and what time brings about are decided anew,
/// each on the register as it then was; the events that come out, sanctions and their grounds among
/// them, have to be those on the record, one by one. What people decided is folded in.
struct Replay {
  let journal: Journal

  private var register = Register()
  private var expected: ArraySlice<Event> = []
  private var decided = 0

  init(_ journal: Journal) { self.journal = journal }

  mutating func run() throws {
    let start = ContinuousClock.now
    let size = journal.size
    var events = try journal.events(from: 0)[...]
    while let recorded = events.popFirst() {
      if events.isEmpty { events = try journal.events(from: recorded.index + 1)[...] }
      let event = recorded.event
      if expected.isEmpty { expected = try again(event, before: events.first?.event)[...] }
      if let same = expected.popFirst() {
        guard same == event else {
          throw BenchmarkFault(
            text: "entry \(recorded.index) was \(event), and would be \(same)")
        }
        decided += 1
      }
      register.apply(event)
    }
    guard expected.isEmpty, register == journal.register else {
      throw BenchmarkFault(text: "the register came out otherwise")
    }
    print("replay_events \(size)")
    print("replay_decided \(decided)")
    print("replay_s \((start.duration(to: .now) / .seconds(1)).hundredths)")
  }

  /// What is decided now where an event was; nothing where a person decided freely.
  private func again(_ event: Event, before next: Event?) throws -> [Event] {
    guard case .conduct(let change) = event.change else { return [] }
    switch change {
    case .accountOpened(let id, let platform, let entry):
      if case .conduct(.infractionFound(_, id, let infraction, _)) = next?.change,
        event.actor == .system
      {
        return try report(infraction, entry.identity, on: platform, event)
      }
      return try register.decide(
        .conduct(.registerAccounts(platform: platform, [entry])), by: event.actor, at: event.time)
    case .infractionFound(_, let id, let infraction, _):
      guard let account = register.conduct.accounts[id] else { return [] }
      return try report(infraction, account.entry.identity, on: account.platform, event)
    case .sanctionLifted(_, .due, _, _): return register.dueEvents(at: event.time)
    default: return []
    }
  }

  private func report(
    _ infraction: Infraction, _ identity: AccountIdentity, on platform: Slug, _ event: Event
  ) throws -> [Event] {
    try register.decide(
      .conduct(
        .reportInfractions(
          platform: platform,
          [InfractionReport(account: identity, infraction: infraction, saidPublic: true)])),
      by: event.actor, at: event.time)
  }
}
