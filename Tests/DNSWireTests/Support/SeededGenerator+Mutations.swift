extension SeededGenerator {
  /// A copy with one to four faults of the kinds that break parsers.
  mutating func mutation(of octets: [UInt8]) -> [UInt8] {
    var octets = octets
    for _ in 0..<Int.random(in: 1...4, using: &self) where !octets.isEmpty {
      mutate(&octets)
    }
    return octets
  }

  private mutating func mutate(_ octets: inout [UInt8]) {
    let at = Int.random(in: 0..<octets.count, using: &self)
    switch Int.random(in: 0..<9, using: &self) {
    case 0: octets[at] ^= 1 << UInt8.random(in: 0..<8, using: &self)
    case 1: octets[at] = UInt8.random(in: 0...255, using: &self)
    case 2: octets.insert(UInt8.random(in: 0...255, using: &self), at: at)
    case 3: octets.remove(at: at)
    case 4: octets.removeLast(Int.random(in: 0...min(20, octets.count), using: &self))
    case 5:
      // A pointer to anywhere: forward, backward, to itself.
      octets[at] = 0xC0 | UInt8.random(in: 0...1, using: &self)
      if at + 1 < octets.count { octets[at + 1] = UInt8.random(in: 0...255, using: &self) }
    case 6:
      // A count, which promises more or less than there is.
      let count = pick([5, 7, 9, 11])
      if count < octets.count { octets[count] = UInt8.random(in: 0...3, using: &self) }
    case 7:
      // A piece repeated, such as a record.
      let end = min(octets.count, at + Int.random(in: 1...40, using: &self))
      octets.insert(contentsOf: octets[at..<end], at: end)
    default:
      octets[at] = pick([0x00, 0x3F, 0x40, 0x80, 0xC0, 0xFF])
    }
  }
}
