import Enforcement
import Foundation
import Testing

@testable import Watch

/// What others make of our files: warcio, which web archives read and write theirs with.
@Suite("Captures, read by warcio") struct ForeignReaderTests {
  private static let tool = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent(".build/test-tools/bin/warcio")

  /// Runs the tool on a file.
  private func warcio(_ arguments: [String]) throws -> (status: Int32, output: String) {
    guard FileManager.default.isExecutableFile(atPath: Self.tool.path) else {
      Issue.record("warcio is not installed; run scripts/bootstrap --test")
      return (-1, "")
    }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = Self.tool
    process.arguments = arguments
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  private func exchange(_ path: String, _ body: [UInt8], fields: String = "", status: Int = 200)
    -> Exchange
  {
    Exchange(
      url: "http://site.example\(path)", address: "192.0.2.7",
      time: Instant(seconds: 1_700_000_000),
      request: Array("GET \(path) HTTP/1.1\r\nHost: site.example\r\n\r\n".utf8),
      responseHead: Array(
        "HTTP/1.1 \(status) OK\r\nContent-Type: text/html\r\n\(fields)\r\n".utf8),
      body: body, status: status, fields: [])
  }

  @Test func `every record is found, and every digest holds`() async throws {
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("cordon-foreign-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let captures = try CaptureStore(
      directory: directory, software: "Cordon/test", random: Dice(seed: 3))
    let packed = try #require(GzipMember.pack(Array("<p>packed</p>".utf8)))
    let page = try await captures.capture([
      exchange("/old", Array("moved".utf8), fields: "Location: /new\r\n", status: 302),
      exchange("/new", packed, fields: "Content-Encoding: gzip\r\n"),
    ])
    _ = try await captures.capture(unchanged: exchange("/new", [], status: 304), since: page)
    _ = try await captures.capture(
      CapturedResource(
        target: "urn:view:http://site.example/new", mediaType: "image/png", time: page.time,
        content: [0x89, 0x50, 0x4E, 0x47]), of: page)
    _ = try await captures.capture([
      exchange("/交易?x=\u{7F}", Array("中文".utf8) + [0, 13, 10, 13, 10])
    ])
    let file = directory + "/" + page.file

    let check = try warcio(["check", "-v", file])
    #expect(check.status == 0, "\(check.output)")
    #expect(!check.output.contains("digest failed"), "\(check.output)")
    #expect(check.output.components(separatedBy: "digest pass").count - 1 == 9, "\(check.output)")

    let index = try warcio(["index", "-f", "warc-type,offset,warc-target-uri,http:status", file])
    let lines = index.output.split(separator: "\n")
    #expect(
      lines.map { line in
        ["warcinfo", "request", "response", "revisit", "resource"].first {
          line.contains("\"warc-type\": \"\($0)\"")
        }
      } == [
        "warcinfo", "request", "response", "request", "response", "request", "revisit", "resource",
        "request", "response",
      ], "\(index.output)")
    // The offset that we keep is the one that others find.
    try #require(lines.count > 4)
    #expect(lines[4].contains("\"offset\": \"\(page.offset)\""))

    let content = try warcio(["extract", "--payload", file, String(page.offset)])
    #expect(content.output == "<p>packed</p>")
  }

  @Test func `a record that was changed is found out`() async throws {
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("cordon-foreign-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let captures = try CaptureStore(
      directory: directory, software: "Cordon/test", random: Dice(seed: 3))
    let page = try await captures.capture([exchange("/", Array("the evidence".utf8))])
    let path = directory + "/" + page.file
    let url = URL(fileURLWithPath: path)
    let octets = Array(try Data(contentsOf: url))
    let member = Array(octets[page.offset..<(page.offset + page.length)])
    var record = try #require(Inflation.unpack(member, wrapping: .gzip, limit: 1 << 20)).octets
    let place = try #require(record.firstRange(of: Array("evidence".utf8)))
    record[place.lowerBound] = UInt8(ascii: "E")
    let changed = try #require(GzipMember.pack(record))
    try Data(octets[..<page.offset] + changed).write(to: url)
    #expect(try warcio(["check", path]).status != 0)
    #expect(throws: CaptureError.self) {
      try CaptureReader(directory: directory).record(
        in: page.file, at: page.offset, payloadDigest: page.payloadDigest)
    }
  }
}
