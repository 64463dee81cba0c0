/// A keyed hash of names that grows from the root label outward.
///
/// The state after a label is the state of the name that starts there, so one pass over a name
/// gives the hashes of all its suffixes. Each step multiplies eight octets with secret numbers to
/// 128 bits and folds the halves.
struct NameHash: Sendable {
  /// The state of the root.
  let seed: UInt64
  private let inner: UInt64
  private let last: UInt64
  private let final: UInt64

  /// Spreads the key's bits, so that even a poor key gives odd multipliers full of ones and zeros.
  @inline(__always)
  init(_ key: NameIndex.Key) {
    self.seed = Self.spread(key.first)
    self.inner = Self.spread(key.first ^ 0x9E37_79B9_7F4A_7C15) | 1
    self.last = Self.spread(key.second) | 1
    self.final = Self.spread(key.second ^ 0xD1B5_4A32_D192_ED03) | 1
  }

  /// Takes in eight octets that are not the end of a label.
  @inline(__always)
  func absorb(_ word: UInt64, into state: UInt64) -> UInt64 {
    Self.fold(state ^ word, inner)
  }

  /// Takes in a label's last octets, filled up with zeros.
  @inline(__always)
  func absorbEnd(_ word: UInt64, into state: UInt64) -> UInt64 {
    Self.fold(state ^ word, last)
  }

  /// The hash of the name that ends with this state: its upper bits place it in the table, its
  /// lowest octet tells it from its neighbours.
  @inline(__always)
  func finish(_ state: UInt64) -> UInt64 {
    Self.fold(state ^ seed, final)
  }

  @inline(__always)
  private static func fold(_ one: UInt64, _ other: UInt64) -> UInt64 {
    let product = one.multipliedFullWidth(by: other)
    return product.high ^ product.low
  }

  /// The finishing steps of SplitMix64 (Steele, Lea, Flood 2014).
  @inline(__always)
  private static func spread(_ number: UInt64) -> UInt64 {
    var z = number &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
