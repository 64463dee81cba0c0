import Enforcement
import Testing

@testable import Records

@Suite("The clock") struct ClockTests {
  @Test func `a clock that is far behind stops writing, not reading`() async throws {
    let office = try await Office.open()
    let (journal, clock) = (office.journal, office.clock)
    let size = journal.size
    clock.set("2018-08-23T11:59:54.999Z")
    let parcel = try Parcel()
    await #expect(
      throws: StoreError.clockBehind(
        now: "2018-08-23T11:59:54.999Z", lastEvent: "2018-08-23T12:00:00Z")
    ) {
      try await journal.perform(
        .receiveOrder(parcel.submission), by: Office.clerk, targets: parcel.targets)
    }
    #expect(journal.size == size)
    #expect(try journal.event(at: 0).event.actor == .system)
    clock.set("2018-08-23T12:00:01Z")
    _ = try await journal.receive(parcel)
    #expect(journal.verify().verified)
  }

  @Test func `a clock that is a little behind is waited for`() async throws {
    let office = try await Office.open()
    office.clock.set("2018-08-23T11:59:55Z")
    let id = try await office.journal.receive(try Parcel())
    #expect(office.journal.register.orders[id]?.firstReceived == instant("2018-08-23T12:00:00Z"))
  }

  @Test func `time on the record runs back only where an administrator accepted it`() async throws {
    let office = try await Office.open()
    let (journal, clock) = (office.journal, office.clock)
    clock.set("2030-01-01")
    let id = try await journal.receive(
      try Parcel(.sample(effective: nil, expires: "2031-01-01")))
    clock.set("2018-08-25")
    let size = journal.size
    #expect(
      try await journal.refusal(of: .correctClock(reason: "please"), Office.officer)?.code
        == .notAllowed)
    #expect(journal.size == size, "the attempt would stand before the newest event")
    await #expect(throws: StoreError.self) {
      try await journal.perform(.confirmOrder(id), by: Office.officer)
    }
    let corrected = try await journal.record(
      .correctClock(reason: "the clock was ahead"), Office.administrator)
    #expect(
      corrected.map(\.event) == [
        Event(
          time: instant("2018-08-25"), actor: Office.administrator,
          change: .clockCorrected(from: instant("2030-01-01"), reason: "the clock was ahead"))
      ])
    _ = try await journal.record(.confirmOrder(id), Office.officer)
    #expect(journal.register.lastEvent == instant("2018-08-25"))
    #expect(journal.verify().verified)
    #expect(times(try journal.events()) == [size])
  }

  @Test func `nothing else slips in before the newest event beside an accepted clock`()
    async throws
  {
    let office = try await Office.open()
    let (journal, clock) = (office.journal, office.clock)
    clock.set("2030-01-01")
    let id = try await journal.receive(
      try Parcel(.sample(effective: nil, expires: "2031-01-01")))
    clock.set("2018-08-25")
    // Whatever the order in which they are committed, and however they are batched.
    await withTaskGroup { group in
      for number in 0..<60 {
        group.addTask {
          let command: Command =
            switch number % 3 {
            case 0: .correctClock(reason: "the clock was ahead")
            case 1: .suspendOrder(id, reason: "x")
            default: .confirmOrder(id)
            }
          let actor = number % 2 == 0 ? Office.auditor : Office.administrator
          _ = try? await journal.perform(command, by: actor)
        }
      }
    }
    let events = try journal.events()
    for index in times(events) {
      guard case .clockCorrected = events[Int(index)].event.change else {
        Issue.record("entry \(index) stands before the one ahead of it: \(events[Int(index)])")
        return
      }
    }
    #expect(times(events).count == 1)
    #expect(journal.verify().verified)
  }

  /// The entries whose time is before that of the entry ahead of them.
  private func times(_ events: [RecordedEvent]) -> [UInt64] {
    zip(events, events.dropFirst()).filter { $1.event.time < $0.event.time }.map(\.1.index)
  }
}
