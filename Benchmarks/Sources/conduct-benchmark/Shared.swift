import Synchronization

/// A value that several tasks change, one at a time.
final class Shared<Value: Sendable>: Sendable {
  private let value: Mutex<Value>

  init(_ value: Value) {
    self.value = Mutex(value)
  }

  func withLock<Outcome: Sendable>(_ body: @Sendable (inout Value) -> Outcome) -> Outcome {
    value.withLock { value in body(&value) }
  }
}
