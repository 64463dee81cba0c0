internal import Synchronization

/// Remembers which links of a site were read already: most of a page's links are on all its pages.
///
/// It only saves work: forgetting costs time, and a link wrongly taken for known is met with a
/// chance of one in 2^64.
public final class LinkMemo: Sendable {
  private let seen = Mutex<Set<UInt64>>([])

  /// The most links that are remembered; then it begins anew.
  private static let limit = 16_384

  /// An empty memory.
  public init() {}

  /// Which of these are new; they are known afterwards.
  func new(_ hashes: [UInt64]) -> [Bool] {
    seen.withLock { seen in
      if seen.count > Self.limit { seen.removeAll() }
      return hashes.map { seen.insert($0).inserted }
    }
  }
}

/// FNV-1a with 64 bits (Fowler, Noll, Vo): short keys, no allocation.
struct OctetHash {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func feed(_ octets: some Sequence<UInt8>) {
    for octet in octets { value = (value ^ UInt64(octet)) &* 0x100_0000_01B3 }
  }
}
