import AsyncHTTPClient
import Crypto
import Detection
import DomainNames
import Foundation
import Testing
import TransparencyLog

@testable import Watch

/// Following a log that is served on loopback.
struct CTFollowerTests {
  private func rules() throws -> LeadRules {
    let venue = KnownVenue(
      id: "binance", name: "Binance", domains: [try DomainName(international: "www.binance.com")])
    let suffixes = try #require(PublicSuffixes.builtin)
    return LeadRules(names: VenueNames([venue], suffixes: suffixes), keywords: ["usdt"])
  }

  /// A log with so many entries of a few certificates.
  private func log(entries: Int) throws -> SampleLog {
    var log = SampleLog()
    let plain = try log.certificate(["shop.example", "www.shop.example"])
    for number in 0..<entries { try log.append(plain, isPrecertificate: number % 3 == 0) }
    return log
  }

  /// What one look at the log as it is now brings.
  private func read(
    _ log: SampleLog, after position: CTPosition? = nil, limit: UInt64 = 1000,
    change: (inout [String: [UInt8]]) -> Void = { _ in }
  ) async throws -> CTReading {
    var files = try log.files()
    change(&files)
    let site = try await LoopbackSite(
      files.mapValues { LoopbackSite.Answer(fields: [], body: $0) })
    let client = WebCTSource.makeClient()
    let source = WebCTSource(
      prefix: "http://127.0.0.1:\(site.port)/", client: client, userAgent: "test")
    let followed = try CTLog(prefix: source.prefix, key: log.publicKey)
    let follower = CTFollower(log: followed, rules: try rules(), entryLimit: limit)
    let result: Result<CTReading, any Error>
    do {
      result = .success(try await follower.read(after: position, from: source))
    } catch {
      result = .failure(error)
    }
    try await client.shutdown()
    try await site.close()
    return try result.get()
  }

  @Test func `names in certificates and precertificates become leads`() async throws {
    var log = try log(entries: 3)
    try log.append(try log.certificate(["*.binance-login.example", "binance-login.example"]))
    try log.append(try log.certificate(["b1nance.com", "a.example"]), isPrecertificate: true)
    try log.append(try log.certificate(["get-usdt.example", "api.binance.com"]))
    let reading = try await read(log)
    #expect(reading.entries == 6)
    #expect(
      reading.leads.map(\.name) == ["binance-login.example", "b1nance.com", "get-usdt.example"])
    #expect(reading.leads.map(\.entry) == [3, 4, 5])
    #expect(reading.leads.last?.reason == .keyword("usdt"))
  }

  @Test(arguments: [(0, 1), (1, 2), (255, 256), (256, 257), (200, 700), (300, 300)])
  func `a second look reads what is new, and nothing twice`(sizes: (Int, Int)) async throws {
    var log = try log(entries: sizes.0)
    let first = try await read(log)
    let lead = try log.certificate(["binance-app.example"])
    for _ in sizes.0..<sizes.1 { try log.append(lead) }
    let second = try await read(log, after: first.position)
    #expect(second.entries == UInt64(sizes.1 - sizes.0))
    #expect(second.leads.count == sizes.1 - sizes.0)
    #expect(second.position.frontier.size == UInt64(sizes.1))
  }

  @Test func `too much at once is passed over, with proof that nothing was taken back`()
    async throws
  {
    var log = try log(entries: 70)
    let first = try await read(log)
    let plain = try log.certificate(["shop.example"])
    for _ in 70..<900 { try log.append(plain) }
    let second = try await read(log, after: first.position, limit: 100)
    #expect(second.skipped == 730)
    #expect(second.entries == 100)
    #expect(second.position.frontier.size == 900)

    // The same size, another history: no proof leads from the old tree to this one.
    var other = SampleLog(continuing: log)
    other.cut(to: 0)
    for _ in 0..<900 { try other.append(plain) }
    await #expect(throws: CTFault.self) {
      try await self.read(other, after: first.position, limit: 100)
    }
  }

  @Test func `a log that shrinks contradicts itself`() async throws {
    var log = try log(entries: 10)
    let first = try await read(log)
    log.cut(to: 9)
    await #expect(throws: CTFault.contradiction("it had 10 entries, and now signs for 9")) {
      try await self.read(log, after: first.position)
    }
  }

  @Test func `a changed entry leads nowhere, and nothing of it is answered`() async throws {
    var log = try log(entries: 4)
    try log.append(try log.certificate(["binance-app.example"]))
    await #expect(throws: CTFault.self) {
      try await self.read(log) { files in
        // Within the first entry's certificate.
        files["/tile/data/000.p/5"]?[200] ^= 1
      }
    }
  }

  @Test func `a checkpoint by another key is refused`() async throws {
    let log = try log(entries: 2)
    let stranger = P256.Signing.PrivateKey()
    await #expect(throws: CTFault.checkpoint("the signature is wrong")) {
      try await self.read(log) { files in
        files["/checkpoint"] = try? log.checkpoint(
          size: 2, root: TreeHash.leaf([]), by: stranger)
      }
    }
  }

  @Test func `a partial tile that is gone is read from the full one`() async throws {
    let log = try log(entries: 300)
    let reading = try await read(log) { files in
      files["/tile/data/001"] = files.removeValue(forKey: "/tile/data/001.p/44")
    }
    #expect(reading.entries == 300)
  }

  @Test func `a cut tile is refused wherever it is cut`() throws {
    var log = try log(entries: 2)
    try log.append(try log.certificate(["a.example"]), isPrecertificate: true)
    let tile = try #require(try log.files()["/tile/data/000.p/3"])
    #expect(try CTEntry.read(tile: tile, first: 0, count: 3).last?.names == ["a.example"])
    for length in stride(from: 0, to: tile.count, by: 7) {
      #expect(throws: CTFault.self) {
        try CTEntry.read(tile: Array(tile.prefix(length)), first: 0, count: 3)
      }
    }
  }

  @Test func `a packed data tile is unpacked`() async throws {
    let log = try log(entries: 2)
    // gzip, stored without compression (RFC 1951, Section 3.2.4), to need no compressor here.
    let tile = try #require(try log.files()["/tile/data/000.p/2"])
    var packed: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1]
    let count = UInt16(tile.count)
    packed += [UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8(~count >> 8)]
    packed += tile + Gzip.trailer(of: tile)
    let site = try await LoopbackSite([
      "/tile": LoopbackSite.Answer(fields: [("content-encoding", "gzip")], body: packed)
    ])
    let client = WebCTSource.makeClient()
    let source = WebCTSource(
      prefix: "http://127.0.0.1:\(site.port)/", client: client, userAgent: "test")
    #expect(try await source.file("tile", limit: 1 << 20) == tile)
    await #expect(throws: CTFault.self) { try await source.file("tile", limit: 100) }
    try await client.shutdown()
    try await site.close()
  }
}

/// The end of a gzip member (RFC 1952, Section 2.3.1).
private enum Gzip {
  static func trailer(of octets: [UInt8]) -> [UInt8] {
    var crc: UInt32 = ~0
    for octet in octets {
      crc ^= UInt32(octet)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    let numbers = [~crc, UInt32(octets.count)]
    return numbers.flatMap { number in
      (0..<4).map { UInt8(truncatingIfNeeded: number >> UInt32(8 * $0)) }
    }
  }
}
