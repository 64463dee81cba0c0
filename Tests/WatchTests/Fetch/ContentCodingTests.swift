import Foundation
import Testing

@testable import Watch

@Suite("Content codings") struct ContentCodingTests {
  private let text = Array(String(repeating: "<p>text, packed and unpacked</p>", count: 500).utf8)

  private func unpack(_ body: [UInt8], _ field: String?, limit: Int = 1 << 20) -> [UInt8]? {
    ContentCoding.unpack(body, field: field, limit: limit)?.octets
  }

  @Test func `what was packed comes out whole`() throws {
    let gzip = try #require(GzipMember.pack(text))
    // The member without its header of ten octets and its trailer of eight is bare deflate.
    let bare = Array(gzip[10..<gzip.count - 8])
    for (body, field) in [
      (gzip, "gzip"), (gzip, "X-GZIP"), (gzip, " identity , gzip"), (bare, "deflate"),
      (text, "identity"), (text, ""),
    ] { #expect(unpack(body, field) == text, "\(field)") }
    #expect(unpack(text, nil) == text)
    #expect(unpack(gzip + gzip, "gzip") == text + text)
    let twice = try #require(GzipMember.pack(gzip))
    #expect(unpack(twice, "gzip, gzip") == text)
  }

  @Test func `Brotli is unpacked within the bound too`() throws {
    // 50 times `<p>brotli works</p>`, and 16 MiB of zeros, packed by the reference encoder.
    let words = try #require(
      Data(base64Encoded: "G7UD+J0JduwSTtd2xJonje1Nwom9FAhd+cjVQKWVCDAA/nRXAg=="))
    #expect(
      unpack(Array(words), "br") == Array(String(repeating: "<p>brotli works</p>", count: 50).utf8))
    let bomb = try #require(Data(base64Encoded: "y///P/gnAOKxQCD3/o///3/wTwDEYRGA7v3f"))
    let outcome = try #require(ContentCoding.unpack(Array(bomb), field: "br", limit: 100_000))
    #expect(outcome.octets.count == 100_000 && outcome.isTruncated)
  }

  @Test func `a bound cuts exactly`() throws {
    let packed = try #require(GzipMember.pack(text))
    for limit in [0, 1, 100, text.count - 1, text.count, text.count + 1] {
      let outcome = ContentCoding.unpack(packed, field: "gzip", limit: limit)
      #expect(outcome?.octets == Array(text.prefix(limit)))
      // With no room left, whether the stream would have ended is not known.
      if limit != text.count { #expect(outcome?.isTruncated == (limit < text.count)) }
    }
  }

  @Test func `a stream cut anywhere gives what it held`() throws {
    let packed = try #require(GzipMember.pack(text))
    for length in stride(from: 0, to: packed.count, by: 1) {
      let outcome = ContentCoding.unpack(Array(packed[..<length]), field: "gzip", limit: 1 << 20)
      guard let outcome else { continue }
      #expect(text.starts(with: outcome.octets))
      #expect(outcome.isTruncated || length == 0)
    }
  }

  @Test func `a member comes out the same in one go as from a stream, whatever it holds`() throws {
    var dice = Dice(seed: 4)
    for size in [0, 1, 2, 100, 5_000, 70_000] {
      let noise = (0..<size).map { _ in UInt8.random(in: 0...255, using: &dice) }
      for content in [noise, noise.map { $0 & 3 }, [UInt8](repeating: 7, count: size)] {
        let packed = try #require(GzipMember.pack(content))
        #expect(WholeMember.unpack(packed, limit: size) == content)
        #expect(WholeMember.unpack(packed, limit: size - 1) == nil)
        #expect(WholeMember.unpack(packed + [0], limit: 1 << 20) == nil)
        #expect(WholeMember.unpack(packed + packed, limit: 1 << 20) == nil)
        for _ in 0..<40 {
          var changed = packed
          let place = Int.random(in: 0..<changed.count, using: &dice)
          changed[place] ^= 1 << UInt8.random(in: 0...7, using: &dice)
          guard let octets = WholeMember.unpack(changed, limit: 1 << 20) else { continue }
          let streamed = Inflation.unpack(changed, wrapping: .gzip, limit: 1 << 20)
          #expect(streamed?.octets == octets && octets == content)
        }
      }
    }
  }

  @Test func `what is not packed, or by no coding we know, is not unpacked`() {
    #expect(unpack(text, "gzip") == nil)
    #expect(unpack(text, "br") == nil)
    #expect(unpack(text, "compress") == nil)
    #expect(unpack(text, "gzip,gzip,gzip,gzip") == nil)
  }

  @Test func `no octets bring the decoders down`() throws {
    var dice = Dice(seed: 21)
    let gzip = try #require(GzipMember.pack(text))
    for _ in 0..<3_000 {
      var octets = gzip
      for _ in 0..<4 {
        octets[Int.random(in: 0..<octets.count, using: &dice)] = UInt8.random(
          in: 0...255, using: &dice)
      }
      for coding in ["gzip", "deflate", "br"] {
        #expect((unpack(octets, coding, limit: 100_000)?.count ?? 0) <= 100_000)
      }
    }
  }
}
