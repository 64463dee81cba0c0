import Enforcement
import Records

@testable import Watch

/// Random histories that are the same on every run (SplitMix64).
struct FrontierRandom: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &self) }
  mutating func happens(oneIn odds: Int) -> Bool { number(1...odds) == 1 }
  mutating func pick<Element>(_ some: [Element]) -> Element { some[number(0...(some.count - 1))] }
  mutating func milliseconds(_ range: ClosedRange<Int>) -> Duration { .milliseconds(number(range)) }
}

extension Instant {
  /// A moment at which histories begin.
  static let dawn = Instant("2026-11-22T08:00:00Z")!
}
