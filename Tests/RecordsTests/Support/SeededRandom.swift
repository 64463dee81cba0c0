import Records
import Synchronization

/// A small generator whose numbers are the same in every run (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// One element of a collection that is not empty.
  mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[Int.random(in: choices.indices, using: &self)]
  }

  /// Whether an event of the given chance comes about.
  mutating func chance(_ numerator: Int, in denominator: Int) -> Bool {
    Int.random(in: 0..<denominator, using: &self) < numerator
  }
}

extension RandomOctets {
  /// Octets that look random and are the same in every run.
  static func seeded(_ seed: UInt64) -> RandomOctets {
    let generator = SharedGenerator(seed: seed)
    return RandomOctets { generator.octets($0) }
  }

  /// The same octet again and again.
  static func constant(_ octet: UInt8) -> RandomOctets {
    RandomOctets { [UInt8](repeating: octet, count: $0) }
  }
}

private final class SharedGenerator: Sendable {
  private let random: Mutex<SeededRandom>

  init(seed: UInt64) { random = Mutex(SeededRandom(seed: seed)) }

  func octets(_ count: Int) -> [UInt8] {
    random.withLock { random in (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) } }
  }
}
