internal import Synchronization

/// Places of a ballot whose votes are used up, as bits that are read without a lock.
///
/// Whoever writes holds the ballot's lock.
///
/// Safety: there are `count` words, all set, this object's own and freed with it; a place is checked
/// against them.
final class SpentVotes: @unchecked Sendable {
  // Unchecked: the words behind the pointer are atomic.
  private let words: UnsafeMutablePointer<Atomic<UInt64>>
  private let count: Int
  private let currentKey = Atomic<UInt64>(0)

  init(places: Int) {
    count = (places + 63) / 64
    words = .allocate(capacity: count)
    for word in 0..<count { (words + word).initialize(to: Atomic(0)) }
  }

  deinit {
    words.deinitialize(count: count)
    words.deallocate()
  }

  /// The key that places are made with.
  var key: UInt64 { currentKey.load(ordering: .relaxed) }

  /// Whether a place's votes are used up.
  func contain(_ place: Int) -> Bool {
    guard place >> 6 < count else { return false }
    return (words + place >> 6).pointee.load(ordering: .relaxed) >> UInt64(place & 63) & 1 != 0
  }

  /// Notes that a place's votes are used up.
  func insert(_ place: Int, key: UInt64) {
    guard place >> 6 < count else { return }
    currentKey.store(key, ordering: .relaxed)
    (words + place >> 6).pointee.bitwiseOr(1 << UInt64(place & 63), ordering: .relaxed)
  }

  /// Begins anew.
  func removeAll() {
    for word in 0..<count { (words + word).pointee.store(0, ordering: .relaxed) }
  }
}
