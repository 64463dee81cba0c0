import Enforcement
import Foundation
import Testing

@testable import Watch

@Suite("Captures", .timeLimit(.minutes(2))) struct CaptureTests {
  /// Runs with a directory of its own, removed afterwards.
  private func withDirectory(_ body: (String) async throws -> Void) async throws {
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("cordon-captures-\(UUID().uuidString)").path
    do {
      try await body(directory)
    } catch {
      try? FileManager.default.removeItem(atPath: directory)
      throw error
    }
    try FileManager.default.removeItem(atPath: directory)
  }

  private func store(_ directory: String, seed: UInt64 = 1, fileSize: Int = CaptureStore.fileSize)
    throws -> CaptureStore
  {
    try CaptureStore(
      directory: directory, software: "Cordon/test", fileSize: fileSize, random: Dice(seed: seed))
  }

  /// Opens a directory again; the thread that wrote last may hold it for a moment longer.
  private func reopened(
    _ directory: String, seed: UInt64 = 1, fileSize: Int = CaptureStore.fileSize
  ) async throws -> CaptureStore {
    while true {
      do {
        return try store(directory, seed: seed, fileSize: fileSize)
      } catch CaptureError.inUse {
        await Task.yield()
      }
    }
  }

  private func exchange(_ path: String, body: [UInt8], status: Int = 200) -> Exchange {
    Exchange(
      url: "http://site.example\(path)", address: "192.0.2.7",
      time: Instant("2026-01-02T03:04:05.678Z")!,
      request: Array("GET \(path) HTTP/1.1\r\nHost: site.example\r\n\r\n".utf8),
      responseHead: Array("HTTP/1.1 \(status) OK\r\nContent-Type: text/html\r\n\r\n".utf8),
      body: body, status: status, fields: [])
  }

  @Test func `what was captured is read back, and says where and when it was`() async throws {
    try await withDirectory { directory in
      let captures = try store(directory)
      let body = Array("<p>开户送币</p>".utf8) + [0, 255, 13, 10, 13, 10]
      let reference = try await captures.capture([
        exchange("/old", body: [], status: 302), exchange("/new", body: body),
      ])
      let reader = CaptureReader(directory: directory)
      let record = try reader.record(at: reference)
      #expect(Array(record.payload) == body)
      #expect(
        try reader.record(
          in: reference.file, at: reference.offset, payloadDigest: reference.payloadDigest)
          == record)
      #expect(record.fields["warc-type"] == "response")
      #expect(record.fields["warc-target-uri"] == "http://site.example/new")
      #expect(record.fields["warc-date"] == "2026-01-02T03:04:05.678Z")
      #expect(record.fields["warc-ip-address"] == "192.0.2.7")
      #expect(reference.url == "http://site.example/new")
      #expect(reference.time == Instant("2026-01-02T03:04:05.678Z"))
    }
  }

  @Test func `records of every kind lie one behind the other and refer to each other`() async throws
  {
    try await withDirectory { directory in
      let captures = try store(directory)
      var page = exchange("/", body: Array("x".utf8))
      page.truncation = .length
      page.certificateFault = "expired\r\nX-Injected: 1"
      let first = try await captures.capture([page])
      _ = try await captures.capture(
        unchanged: exchange("/", body: [], status: 304), since: first)
      let shot = CapturedResource(
        target: "urn:view:http://site.example/", mediaType: "image/png", time: first.time,
        content: [1, 2, 3])
      let last = try await captures.capture(shot, of: first)
      let records = try all(in: directory, file: first.file)
      #expect(
        records.map { $0.fields["warc-type"] } == [
          "warcinfo", "request", "metadata", "response", "request", "revisit", "resource",
        ])
      let response = records[3].fields
      #expect(response["warc-truncated"] == "length")
      #expect(records[1].fields["warc-concurrent-to"] == response["warc-record-id"])
      #expect(records[2].fields["warc-concurrent-to"] == response["warc-record-id"])
      #expect(records[5].fields["warc-refers-to"] == response["warc-record-id"])
      #expect(records[5].fields["warc-refers-to-target-uri"] == "http://site.example/")
      #expect(records[6].fields["warc-concurrent-to"] == response["warc-record-id"])
      #expect(records.allSatisfy { $0.fields["x-injected"] == nil })
      #expect(Set(records.map { $0.fields["warc-record-id"] }).count == records.count)
      #expect(Array(try CaptureReader(directory: directory).record(at: last).payload) == [1, 2, 3])
    }
  }

  /// The records of a file, its members unpacked one by one.
  private func all(in directory: String, file: String) throws -> [CaptureReader.Record] {
    let octets = Array(try Data(contentsOf: URL(fileURLWithPath: directory + "/" + file)))
    let bounds = try members(octets)
    return try zip(bounds, bounds.dropFirst()).map { start, end in
      let unpacked = Inflation.unpack(Array(octets[start..<end]), wrapping: .gzip, limit: 1 << 20)
      let record = CaptureReader.parse(unpacked?.octets ?? [])
      return try #require(record)
    }
  }

  /// Where members begin, and where the last one ends.
  private func members(_ octets: [UInt8]) throws -> [Int] {
    var bounds = [0]
    var walk = try #require(GzipWalk())
    for octet in octets {
      walk.take([octet])
      if let last = bounds.last, walk.end != last { bounds.append(walk.end) }
    }
    return bounds
  }

  @Test func `a file torn at any octet is cut to its whole records, and goes on`() async throws {
    try await withDirectory { directory in
      var captures: CaptureStore? = try store(directory)
      let first = try await #require(captures).capture([exchange("/1", body: Array("one".utf8))])
      let path = directory + "/" + first.file
      let whole = Array(try Data(contentsOf: URL(fileURLWithPath: path))).count
      _ = try await #require(captures).capture([exchange("/2", body: Array("two".utf8))])
      captures = nil
      let octets = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
      let bounds = try members(octets)
      #expect(bounds.contains(whole))
      for length in whole...octets.count {
        try Data(octets[..<length]).write(to: URL(fileURLWithPath: path))
        let again = try await reopened(directory, seed: UInt64(length))
        let kept = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(kept.count == bounds.last { $0 <= length })
        #expect(octets.starts(with: kept))
        let third = try await again.capture([exchange("/3", body: Array("three".utf8))])
        #expect(third.file == first.file)
        let reader = CaptureReader(directory: directory)
        #expect(Array(try reader.record(at: first).payload) == Array("one".utf8))
        #expect(Array(try reader.record(at: third).payload) == Array("three".utf8))
      }
    }
  }

  @Test func `a record changed in any octet is not believed`() async throws {
    try await withDirectory { directory in
      let captures = try store(directory)
      let body = Array("the evidence".utf8)
      let reference = try await captures.capture([exchange("/", body: body)])
      let url = URL(fileURLWithPath: directory + "/" + reference.file)
      let octets = Array(try Data(contentsOf: url))
      let reader = CaptureReader(directory: directory)
      let original = try reader.record(at: reference)
      for index in reference.offset..<(reference.offset + reference.length) {
        var changed = octets
        changed[index] ^= 0x20
        try Data(changed).write(to: url)
        // Some bits of the packing mean nothing: the header's time, the last octet's padding.
        do throws(CaptureError) {
          let record = try reader.record(at: reference)
          #expect(record == original)
        } catch {
          guard case .damaged = error else { return #expect(Bool(false), "\(error)") }
        }
      }
    }
  }

  @Test func `a reference that leads elsewhere is not followed`() async throws {
    try await withDirectory { directory in
      let captures = try store(directory)
      let good = try await captures.capture([exchange("/", body: [1])])
      let other = try await captures.capture([exchange("/", body: [1])])
      let reader = CaptureReader(directory: directory)
      for change: (inout Watch.CaptureReference) -> Void in [
        { $0.file = "../" + $0.file }, { $0.file = "none.warc.gz" }, { $0.offset += 1 },
        { $0.offset = -1 }, { $0.length -= 1 }, { $0.length = 0 }, { $0.length = .max },
        { $0.payloadDigest = String(repeating: "0", count: 64) }, { $0.recordID = other.recordID },
        { $0.offset = other.offset },
      ] {
        var bad = good
        change(&bad)
        #expect(throws: CaptureError.self) { try reader.record(at: bad) }
      }
    }
  }

  @Test func `a full file is followed by the next, in order`() async throws {
    try await withDirectory { directory in
      var references: [Watch.CaptureReference] = []
      for round in 0..<3 {
        let captures = try await reopened(directory, seed: UInt64(round), fileSize: 3_000)
        var dice = Dice(seed: UInt64(round))
        for number in 0..<10 {
          let body = (0..<700).map { _ in UInt8.random(in: 0...255, using: &dice) }
          references.append(try await captures.capture([exchange("/\(number)", body: body)]))
        }
      }
      let files = try CaptureLock.files(in: directory)
      #expect(files.count > 5)
      #expect(Set(references.map(\.file)) == Set(files))
      #expect(references.map(\.file) == references.map(\.file).sorted())
      let reader = CaptureReader(directory: directory)
      for reference in references { _ = try reader.record(at: reference) }
      for file in files {
        #expect(try all(in: directory, file: file).first?.fields["warc-type"] == "warcinfo")
      }
    }
  }

  @Test func `the same random numbers give the same file`() async throws {
    var files: [[UInt8]] = []
    for _ in 0..<2 {
      try await withDirectory { directory in
        let reference = try await store(directory).capture([exchange("/", body: [7])])
        files.append(
          Array(try Data(contentsOf: URL(fileURLWithPath: directory + "/" + reference.file))))
        #expect(reference.recordID.hasPrefix("urn:uuid:"))
      }
    }
    #expect(files[0] == files[1])
  }

  @Test func `a record as large as the largest body is kept and read back`() async throws {
    try await withDirectory { directory in
      var dice = Dice(seed: 9)
      let block = (0..<4_096).map { _ in UInt8.random(in: 0...255, using: &dice) }
      let body = Array(repeatElement(block, count: 2_048).joined())
      let reference = try await store(directory).capture([exchange("/", body: body)])
      let record = try CaptureReader(directory: directory).record(at: reference)
      #expect(record.payload.elementsEqual(body))
    }
  }

  @Test func `a directory is written by one at a time`() async throws {
    try await withDirectory { directory in
      let captures = try store(directory)
      #expect(throws: CaptureError.inUse(directory: directory)) { try store(directory) }
      _ = try await captures.capture([exchange("/", body: [])])
    }
  }

  @Test func `a directory that cannot be is an error with a reason`() {
    #expect(throws: CaptureError.self) { try store("/proc/none/captures") }
  }
}
