import DNSWire
import DomainNames
import Synchronization

@testable import Gate

/// An upstream whose answers wait until a test lets them go.
final class HeldUpstream: Upstream {
  private struct State {
    var asked: [DomainName] = []
    var waiting: [(DomainName, CheckedContinuation<Bool, Never>)] = []
    var isOpen = false
  }

  private let state = Mutex(State())
  private let arrivals = Signal()

  /// The names asked for so far, in their order.
  var asked: [DomainName] { state.withLock { $0.asked } }

  /// Waits until so many more queries have come in.
  func waitForQueries(_ count: Int) async { await arrivals.wait(times: count) }

  /// Lets the answer about a name go.
  func release(_ name: String) {
    let name = domain(name)
    let released = state.withLock { state in
      let place = state.waiting.firstIndex { $0.0 == name }
      return place.map { state.waiting.remove(at: $0).1 }
    }
    released?.resume(returning: true)
  }

  /// Lets all answers go, now and from now on.
  func open() {
    let waiting = state.withLock { state in
      state.isOpen = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for (_, continuation) in waiting { continuation.resume(returning: true) }
  }

  func exchange(_ query: UpstreamQuery) async throws(UpstreamFailure) -> [UInt8] {
    let isAnswered = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOpen = state.withLock { state in
          state.asked.append(query.name)
          if !state.isOpen { state.waiting.append((query.name, continuation)) }
          return state.isOpen
        }
        arrivals.send()
        if isOpen { continuation.resume(returning: true) }
      }
    } onCancel: {
      open()
    }
    guard isAnswered, !Task.isCancelled else { throw .cancelled }
    let answer = Message(
      id: 0, flags: [.response, .recursionDesired, .recursionAvailable],
      questions: [Question(name: query.name, type: query.type)],
      answers: [Record(owner: query.name, ttl: 300, address: [192, 0, 2, 1])!])
    return answer.encoded()
  }
}
