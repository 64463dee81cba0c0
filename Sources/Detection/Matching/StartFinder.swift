internal import Synchronization

/// Finds where matches begin of a pattern that tells only where they end.
///
/// What ends at an offset matches from one place on and from all before it, so that the last place
/// can be searched for by halves.
final class StartFinder: Sendable {
  private let database: PatternDatabase
  private let scratch = Mutex<PatternDatabase.Scratch?>(nil)

  /// Octets before an end in which the beginning is searched for.
  private static let reach = 1_024

  init(_ database: PatternDatabase) {
    self.database = database
  }

  /// The last offset from which on the pattern matches up to an end.
  func start(of end: Int, in octets: borrowing [UInt8]) -> Int {
    var low = max(0, end - Self.reach)
    var high = end - 1
    let borrowed = scratch.withLock { scratch in
      defer { scratch = nil }
      return scratch
    }
    guard let mine = borrowed ?? database.makeScratch() else { return high }
    while low < high {
      var middle = (low + high + 1) / 2
      while middle < high, octets[middle] & 0xC0 == 0x80 { middle += 1 }
      if database.matches(octets, in: middle..<end, scratch: mine) {
        low = middle
      } else {
        high = middle - 1
        while high > low, octets[high] & 0xC0 == 0x80 { high -= 1 }
      }
    }
    while low < end - 1, octets[low] & 0xC0 == 0x80 { low += 1 }
    scratch.withLock { $0 = mine }
    return low
  }
}
