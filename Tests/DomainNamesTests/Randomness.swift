import DomainNames

/// A random number generator that gives the same numbers for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension SeededGenerator {
  /// Labels that often meet, and some that imitate a length octet with a label after it.
  private static let labels: [[UInt8]] = [
    Array("com".utf8), Array("a".utf8), Array("b".utf8), Array("example".utf8),
    Array("notexample".utf8), Array("xn--bcher-kva".utf8), [1, 0x61], [0x61, 3, 0x63, 0x6F, 0x6D],
    [0], [0, 0], [0xFF], [0xC0, 0x0C], Array(repeating: 0x7A, count: 63),
    Array(repeating: 0x7A, count: 7), Array(repeating: 0x7A, count: 8), Array("wwwwwwwww".utf8),
  ]

  /// A name of up to `depth` labels, sometimes the root.
  mutating func name(depth: Int) -> DomainName {
    var name = DomainName.root
    for _ in 0..<Int.random(in: 0...depth, using: &self) {
      let label = Self.labels.randomElement(using: &self) ?? []
      guard let longer = try? name.prepending(label: label) else { return name }
      name = longer
    }
    return name
  }

  mutating func coverage() -> Coverage {
    Bool.random(using: &self) ? .exact : .subtree
  }

  /// The octets of a name with random ASCII letter case.
  mutating func wire(_ name: DomainName) -> [UInt8] {
    name.wire.map { octet in
      octet >= 0x61 && octet <= 0x7A && Bool.random(using: &self) ? octet - 0x20 : octet
    }
  }
}
