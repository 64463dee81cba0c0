internal import CDatagram
internal import Synchronization

/// A counter that workers raise without getting in each other's way.
///
/// Each worker has a stripe of its own, in a line of memory of its own, which nobody else writes; other
/// threads share one. The stripes are summed when the counter is read.
///
/// Safety: the memory is made with the counter, freed with it, and has ``stripes`` atomic numbers,
/// ``spacing`` apart; a stripe's number is checked against that.
final class StripedCounter: @unchecked Sendable {
  // Unchecked: the numbers behind the pointer are atomic.
  private let cells: UnsafeMutablePointer<Atomic<UInt64>>

  /// Stripes of workers, and the shared one; workers beyond them share.
  private static let stripes = 9
  /// Numbers in a line of memory.
  private static let spacing = 8

  init() {
    let count = Self.stripes * Self.spacing
    cells = UnsafeMutablePointer<Atomic<UInt64>>.allocate(capacity: count)
    for cell in 0..<count { (cells + cell).initialize(to: Atomic(0)) }
  }

  deinit {
    cells.deinitialize(count: Self.stripes * Self.spacing)
    cells.deallocate()
  }

  /// Adds to the count.
  @inline(__always)
  func add(_ number: UInt64) { tally.add(number) }

  /// Where to add, for those who must not count references to the counter.
  var tally: Tally { Tally(cells: cells) }

  /// Where a counter is added to; to be used only while the counter is held.
  struct Tally: @unchecked Sendable {
    // Unchecked: the numbers behind the pointer are atomic.
    fileprivate let cells: UnsafeMutablePointer<Atomic<UInt64>>

    /// Adds to the count.
    @inline(__always)
    func add(_ number: UInt64) {
      let worker = Int(cordon_worker_number())
      guard worker > 0, worker < StripedCounter.stripes else {
        cells.pointee.add(number, ordering: .relaxed)
        return
      }
      // Nobody else writes here, so reading and writing need not be one step.
      let cell = cells + worker &* StripedCounter.spacing
      cell.pointee.store(
        cell.pointee.load(ordering: .relaxed) &+ number, ordering: .relaxed)
    }
  }

  /// What was counted so far.
  var value: UInt64 {
    (0..<Self.stripes).reduce(0) { sum, stripe in
      sum &+ (cells + stripe * Self.spacing).pointee.load(ordering: .relaxed)
    }
  }
}
