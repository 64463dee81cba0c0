import Records
import Synchronization

/// What an observer was told.
final class Heard: Sendable {
  private struct State {
    var events: [RecordedEvent] = []
    var allKnown = true
  }

  private let state = Mutex(State())

  var events: [RecordedEvent] { state.withLock { $0.events } }
  var allKnown: Bool { state.withLock { $0.allKnown } }

  func add(_ event: RecordedEvent, known: Bool) {
    state.withLock { state in
      state.events.append(event)
      state.allKnown = state.allKnown && known
    }
  }
}
