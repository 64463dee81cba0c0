/// An order as a snapshot hands it to the hot path, which must not count references to it: all workers
/// would write to the same line of memory for each query.
///
/// Safety: the snapshot that makes a handle holds its order, and never lets go of it. A handle is used
/// only while its snapshot is.
struct OrderHandle {
  private let reference: Unmanaged<CompiledOrder>

  /// Takes an order that is held elsewhere.
  init(_ order: CompiledOrder) {
    reference = .passUnretained(order)
  }

  /// Lets a body read the order.
  @inline(__always)
  func read<Value>(_ body: (CompiledOrder) -> Value) -> Value {
    reference._withUnsafeGuaranteedRef(body)
  }

  /// The order, to be kept.
  var order: CompiledOrder { reference.takeUnretainedValue() }
}

// Safety: an order never changes, and its counters are atomic.
extension OrderHandle: @unchecked Sendable {}
