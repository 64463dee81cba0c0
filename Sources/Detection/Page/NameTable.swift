/// Short names to small numbers: open addressing over packed names, two words an entry.
struct NameTable: Sendable {
  private let keys: [UInt64]
  private let values: [UInt8]
  private let shift: UInt64

  /// Takes names in lower case with their numbers, which are not 0.
  init(_ names: [(String, UInt8)]) {
    var bits: UInt64 = 6
    while 1 << bits < names.count * 3 { bits += 1 }
    shift = 64 - bits
    var keys = [UInt64](repeating: 0, count: 1 << bits)
    var values = [UInt8](repeating: 0, count: 1 << bits)
    for (name, value) in names {
      var packed = PackedOctets()
      for octet in name.utf8 { packed.append(octet) }
      var slot = Int((packed.key &* Self.factor) >> shift)
      while keys[slot] != 0 { slot = (slot + 1) & (keys.count - 1) }
      keys[slot] = packed.key
      values[slot] = value
    }
    self.keys = keys
    self.values = values
  }

  private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The number of a name, or 0.
  @inline(__always)
  func value(of key: UInt64) -> UInt8 {
    var slot = Int((key &* Self.factor) >> shift)
    while keys[slot] != key {
      if keys[slot] == 0 { return 0 }
      slot = (slot + 1) & (keys.count - 1)
    }
    return values[slot]
  }
}

/// A few short names, each with a slot of its own, so that one comparison tells whether a word is one.
struct NameSet: Sendable {
  private var keys = [UInt64](repeating: 0, count: 256)
  private var factor: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Takes at most 48 names of at most eight octets in lower case.
  init(_ names: [String]) {
    let wanted = names.map { PackedName.key(of: $0.utf8) }
    // About one factor of twenty keeps 40 names apart.
    for _ in 0..<10_000 where !place(wanted) {
      factor = factor &* 0x5851_F42D_4C95_7F2D &+ 2
    }
  }

  /// Places all names; false where two of them share a slot.
  private mutating func place(_ wanted: [UInt64]) -> Bool {
    keys = [UInt64](repeating: 0, count: 256)
    for key in wanted {
      let slot = Int((key &* factor) >> 56)
      guard keys[slot] == 0 else { return false }
      keys[slot] = key
    }
    return true
  }

  /// Whether a packed word, which is not 0, is one of the names.
  @inline(__always)
  func contains(_ key: UInt64) -> Bool { keys[Int((key &* factor) >> 56)] == key }
}

/// A name in one machine word: its first eight octets, and its length where it is longer.
///
/// Names longer than eight octets that agree in both share a word; of the names known here none do.
struct PackedOctets {
  private var word: UInt64 = 0
  private(set) var count: UInt64 = 0

  /// Takes one more octet.
  @inline(__always)
  mutating func append(_ octet: UInt8) {
    if count < 8 { word |= UInt64(octet) << (count &* 8) }
    count &+= 1
  }

  /// The word; 0 for no name.
  @inline(__always)
  var key: UInt64 { count <= 8 ? word : word ^ (count << 57) }
}
