import DomainNames

/// Makes names like those of venues, the same ones for the same seed.
struct VenueNames {
  private var random: SeededGenerator

  private static let first = [
    "bit", "coin", "crypto", "block", "hash", "sat", "token", "chain", "nova", "alpha", "swift",
    "prime", "orbit", "delta", "zen", "lumen",
  ]
  private static let second = [
    "trade", "markets", "pro", "fx", "exchange", "invest", "capital", "swap", "hub", "vault",
  ]
  private static let endings = ["com", "net", "org", "io", "top", "xyz", "co.uk", "com.br"]

  init(seed: UInt64) {
    random = SeededGenerator(state: seed)
  }

  /// The next name, such as `bitswap-k3x9q.top`.
  mutating func next() -> String {
    let digits = String(random.next() % 2_176_782_336, radix: 36)
    return pick(Self.first) + pick(Self.second) + "-" + digits + "." + pick(Self.endings)
  }

  /// The next `count` names, no two alike.
  mutating func next(_ count: Int) -> [String] {
    var names: Set<String> = []
    var list: [String] = []
    list.reserveCapacity(count)
    while list.count < count {
      let name = next()
      if names.insert(name).inserted { list.append(name) }
    }
    return list
  }

  private mutating func pick(_ words: [String]) -> String {
    words[Int(random.next() % UInt64(words.count))]
  }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): small, and the same on every machine.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
