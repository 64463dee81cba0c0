extension SeededGenerator {
  /// Octets with a few changes: bits, octets more or fewer, pieces twice, another end.
  mutating func mutation(of octets: [UInt8]) -> [UInt8] {
    var octets = octets
    for _ in 0..<Int.random(in: 1...4, using: &self) where !octets.isEmpty {
      let at = Int.random(in: 0..<octets.count, using: &self)
      switch Int.random(in: 0..<7, using: &self) {
      case 0: octets[at] ^= 1 << UInt8.random(in: 0..<8, using: &self)
      case 1: octets[at] = .random(in: 0...255, using: &self)
      case 2: octets.insert(.random(in: 0...255, using: &self), at: at)
      case 3: octets.remove(at: at)
      case 4: octets.removeLast(Int.random(in: 0...min(20, octets.count), using: &self))
      case 5: octets[at] = [0x00, 0x3F, 0x40, 0x80, 0xC0, 0xFF].randomElement(using: &self)!
      default:
        let end = min(octets.count, at + Int.random(in: 1...40, using: &self))
        octets.insert(contentsOf: octets[at..<end], at: end)
      }
    }
    return octets
  }
}
