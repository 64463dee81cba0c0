/// SipHash-2-4: a short keyed hash that cannot be foretold without the key (Aumasson and Bernstein,
/// 2012).
///
/// It takes whole words and one rest, and allocates nothing.
public struct SipHash: Sendable {
  private var v0: UInt64
  private var v1: UInt64
  private var v2: UInt64
  private var v3: UInt64
  private var octets: UInt64 = 0

  /// Starts with a key: its first and last eight octets, each as a little-endian number.
  public init(key: (UInt64, UInt64)) {
    v0 = key.0 ^ 0x736F_6D65_7073_6575
    v1 = key.1 ^ 0x646F_7261_6E64_6F6D
    v2 = key.0 ^ 0x6C79_6765_6E65_7261
    v3 = key.1 ^ 0x7465_6462_7974_6573
  }

  /// Takes eight octets, as a little-endian number.
  @inline(__always)
  public mutating func add(_ word: UInt64) {
    octets &+= 8
    compress(word)
  }

  /// Takes the octets that are left and ends.
  ///
  /// - Parameters:
  ///   - rest: at most seven octets, as a little-endian number.
  ///   - count: how many.
  /// - Returns: the hash; as a little-endian number where it goes on the wire.
  @inline(__always)
  public mutating func finish(_ rest: UInt64 = 0, count: UInt64 = 0) -> UInt64 {
    compress((octets &+ count) << 56 | rest)
    v2 ^= 0xFF
    for _ in 0..<4 { round() }
    return v0 ^ v1 ^ v2 ^ v3
  }

  @inline(__always)
  private mutating func compress(_ word: UInt64) {
    v3 ^= word
    round()
    round()
    v0 ^= word
  }

  @inline(__always)
  private mutating func round() {
    v0 &+= v1
    v1 = Self.rotate(v1, by: 13) ^ v0
    v0 = Self.rotate(v0, by: 32)
    v2 &+= v3
    v3 = Self.rotate(v3, by: 16) ^ v2
    v0 &+= v3
    v3 = Self.rotate(v3, by: 21) ^ v0
    v2 &+= v1
    v1 = Self.rotate(v1, by: 17) ^ v2
    v2 = Self.rotate(v2, by: 32)
  }

  @inline(__always)
  private static func rotate(_ word: UInt64, by count: UInt64) -> UInt64 {
    word &<< count | word &>> (64 &- count)
  }
}
