import Testing

@testable import Conduct

struct OctetSearchTests {
  /// Octets of which every few matter, so that each word of eight has some or none.
  private static func octets(_ random: inout SeededGenerator) -> [UInt8] {
    let some: [UInt8] = [
      0x0A, 0x1F, 0x20, 0x22, 0x21, 0x23, 0x5B, 0x5C, 0x5D, 0x00, 0x80, 0xA2, 0xFF,
    ]
    return (0..<Int.random(in: 0...70, using: &random)).map { _ in
      Int.random(in: 0..<9, using: &random) == 0
        ? some[Int.random(in: 0..<some.count, using: &random)]
        : UInt8.random(in: 0x61...0x7A, using: &random)
    }
  }

  @Test func `octets are found where a plain walk finds them`() {
    var random = SeededGenerator(seed: 20_261_124)
    var found = 0
    for _ in 0..<20_000 {
      let octets = Self.octets(&random)
      let start = Int.random(in: 0...octets.count, using: &random)
      let range = start..<Int.random(in: start...octets.count, using: &random)
      let end = range.first { octets[$0] == 0x22 || octets[$0] == 0x5C || octets[$0] < 0x20 }
      #expect(OctetSearch.endOfPlainText(in: octets, range) == end ?? range.upperBound)
      let feed = range.first { octets[$0] == 0x0A }
      #expect(OctetSearch.find(0x0A, in: octets, range) == feed ?? range.upperBound)
      #expect(OctetSearch.count(0x0A, in: octets) == octets.count { $0 == 0x0A })
      if end != nil { found += 1 }
    }
    #expect(found > 5_000)
  }
}
