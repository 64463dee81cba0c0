import Foundation
import Testing

@testable import DNSWire

@Suite("base64url without padding (RFC 4648)") struct Base64URLTests {
  /// The one text of some octets, by another implementation.
  private func text(of octets: [UInt8]) -> String {
    Data(octets).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }

  @Test func `the examples of RFC 4648 and RFC 8484 are read`() {
    for (text, octets) in [
      ("", ""), ("Zg", "f"), ("Zm8", "fo"), ("Zm9v", "foo"), ("Zm9vYg", "foob"),
      ("Zm9vYmE", "fooba"), ("Zm9vYmFy", "foobar"),
    ] {
      #expect(Base64URL.decode(text, limit: 6) == Array(octets.utf8))
    }
    let example = "AAABAAABAAAAAAAAA3d3dwdleGFtcGxlA2NvbQAAAQAB"
    #expect(Base64URL.decode(example, limit: 33)?.suffix(4) == [0, 1, 0, 1])
  }

  static let refused = [
    "Z", "Zg==", "Zm8=", "Zh", "Zm9", "Zm9vY", "Zm+v", "Zm/v", "Zm 8", "Zm8\n", "Zm8%3D", "é",
    "Zm\u{0}8",
  ]

  @Test(arguments: refused) func `any other form is refused`(text: String) {
    #expect(Base64URL.decode(text, limit: 100) == nil)
  }

  @Test func `more octets than may be are refused`() {
    for count in 0..<40 {
      let octets = [UInt8](repeating: 7, count: count)
      #expect(Base64URL.decode(text(of: octets), limit: count) == octets)
      #expect(count == 0 || Base64URL.decode(text(of: octets), limit: count - 1) == nil)
    }
  }

  @Test func `whatever is read has that text and no other`() {
    var random = SeededGenerator(seed: 11)
    var taken = 0
    for _ in 0..<50_000 {
      let octets = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      let right = text(of: octets)
      #expect(Base64URL.decode(right, limit: 40) == octets)
      let mutated = random.mutation(of: Array(right.utf8))
      let other = String(decoding: mutated, as: UTF8.self)
      guard let read = Base64URL.decode(other, limit: 200) else { continue }
      taken += 1
      #expect(text(of: read) == other)
    }
    #expect(taken > 5_000)
  }
}
