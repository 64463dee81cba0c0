import Testing

@testable import Detection

/// What is read eight and sixteen octets at a time finds what octet by octet is found.
@Suite("Octets") struct OctetScanTests {
  private static func octets(_ count: Int, of kinds: [UInt8], _ random: inout SeededGenerator)
    -> [UInt8]
  {
    (0..<count).map { _ in kinds.randomElement(using: &random) ?? 0 }
  }

  /// A range within so many octets.
  private static func range(_ count: Int, _ random: inout SeededGenerator) -> Range<Int> {
    let start = Int.random(in: 0...count, using: &random)
    return start..<Int.random(in: start...count, using: &random)
  }

  @Test func `an octet and a pair of octets are found where they stand first`() {
    var random = SeededGenerator(seed: 21)
    for _ in 0..<4_000 {
      let kinds: [UInt8] = [0x26, 0x61, 0x62, 0xE4] + [UInt8](repeating: 0x20, count: 30)
      let octets = Self.octets(Int.random(in: 0...90, using: &random), of: kinds, &random)
      let range = Self.range(octets.count, &random)
      #expect(OctetScan.holds(0x26, in: octets, range) == octets[range].contains(0x26))
      let pair = range.first {
        $0 + 1 < range.upperBound && octets[$0] == 0x61 && octets[$0 + 1] == 0x62
      }
      #expect(
        OctetScan.find(0x61, before: 0x62, in: octets, range) == pair ?? range.upperBound)
    }
  }

  @Test func `sixteen octets of words are found in steps of eight`() {
    var random = SeededGenerator(seed: 22)
    for _ in 0..<4_000 {
      let rare: [UInt8] = [0x20, 0x2C, 0x80, 0xE4, 0xFF]
      let kinds = [0x2D, 0x30, 0x41, 0x7A, 0x7F].flatMap { [UInt8](repeating: $0, count: 30) }
      let octets = Self.octets(
        Int.random(in: 0...120, using: &random), of: kinds + rare + rare, &random)
      let range = Self.range(octets.count, &random)
      let dense = stride(from: range.lowerBound, through: range.upperBound - 16, by: 8).first {
        octets[$0..<$0 + 16].allSatisfy { (0x2D..<0x80).contains($0) }
      }
      #expect(OctetScan.denseOctets(in: octets, range) == dense ?? range.upperBound)
    }
  }

  @Test func `what stands behind a link does not change what it shows`() {
    var random = SeededGenerator(seed: 23)
    let pieces = [
      "/", "join", "ref", "a", "news", "?", "#", "=", "https", "%3A", "x.apk", "&", "r", "section",
      "1234567", "register",
    ]
    let tails = ["", "\"", "/join/1", "?u=https://a", "#ref", ".apk", "\" class=\"register\">"]
    var (bound, other) = (0, 0)
    for _ in 0..<2_000 {
      let host = Bool.random(using: &random) ? "https://a.example" : nil
      let path = (0..<Int.random(in: 0...9, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }
      let link = Array(((host ?? "") + path.joined()).utf8)
      let seen = tails.map { tail in
        LinkShape.mayBind(
          link + Array(tail.utf8), 0..<link.count, hostLength: host.map(\.utf8.count))
      }
      #expect(Set(seen).count == 1, "\(path)")
      if seen[0] { bound += 1 } else { other += 1 }
    }
    #expect(bound > 100 && other > 100)
  }
}
