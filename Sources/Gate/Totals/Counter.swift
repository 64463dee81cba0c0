internal import Synchronization

/// A number that only grows.
final class Counter: Sendable {
  private let number = Atomic<UInt64>(0)

  var value: UInt64 { number.load(ordering: .relaxed) }

  func add(_ count: Int) {
    number.add(UInt64(count), ordering: .relaxed)
  }
}
