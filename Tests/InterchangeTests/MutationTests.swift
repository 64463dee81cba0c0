import DomainNames
import Enforcement
import Foundation
import Testing

@testable import Interchange

/// Files changed at random: whatever comes, nothing crashes and no line is lost.
@Suite("Mutated order files") struct MutationTests {
  /// `CORDON_LONG_TESTS=1` in the environment takes fifty thousand of each.
  private static let rounds =
    ProcessInfo.processInfo.environment["CORDON_LONG_TESTS"] == nil ? 5_000 : 50_000

  private static let samples: [OrderFormat: String] = [
    .json: """
    {"reference": "R-1", "basis": "Act s. 1", "note": "\\u00e9\\n",
     "targets": [{"name": "a.example", "scope": "subtree", "party": "A \\"B\\""},
       "*.b.example", {"name": "https://c.example/x", "note": null}, 12, [1.5e3, true]]}
    """,
    .csv: """
    name,scope,party,note\r
    a.example,subtree,"A, Ltd",\r
    https://b.example/x,exact,B,"two\r
    lines"\r
    ttps://c.example,,,"say ""c"" x"\r
    \r
    *.d.example,subtree,D,\r

    """,
    .text: """
    # list
    a.example
    https://b.example/en # path
    1.2.3.4

    *.c.example
    münchen.example
    com
    """,
    .hosts: """
    # hosts
    127.0.0.1 localhost
    0.0.0.0 a.example b.example # two
    :: c.example

    192.0.2.1 d.example
    """,
    .esma: """
    \u{FEFF}ae_competentAuthority,ae_lei_name,ae_commercial_name,ae_website,ae_decision_date\r
    CONSOB,Dobibo,Dobibo,https://dobibo.com|https://dobibo1.com,12/02/2025\r
    CONSOB,RYE036,RYE036,https://rye026.it,03/12/2025\r
    AFM,MEXC Global,MEXC,https://www.mexc.com/,16/09/2025\r
    NBS,,LWEX,,10/02/2025\r

    """,
  ]

  private static let tokens: [[UInt8]] = [
    "\"", ",", "|", "\r", "\n", "\r\n", "#", "{", "}", "[", "]", ":", "\\", "\\u", "//", "://",
    "*.",
    " ", "\t", "\u{0}", "\u{200B}", "\u{FEFF}", "é", "。", "0", "-", "null", ".", "..", "@", "%",
  ].map { Array($0.utf8) }

  private static func mutated(
    _ sample: [UInt8], _ random: inout SeededGenerator
  ) -> [UInt8] {
    var bytes = sample
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let at = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, at + Int.random(in: 1...12, using: &random))
      switch Int.random(in: 0..<8, using: &random) {
      case 0: bytes.removeSubrange(at..<end)
      case 1: bytes.insert(contentsOf: bytes[at..<end], at: at)
      case 2: bytes.removeSubrange(at...)
      case 3 where at < end: bytes[at] = UInt8.random(in: 0...255, using: &random)
      case 4 where at < end: bytes[at] = UInt8.random(in: 0x20...0x7E, using: &random)
      default: bytes.insert(contentsOf: tokens.randomElement(using: &random)!, at: at)
      }
    }
    return bytes
  }

  /// Reads mutations of a sample, and hands those that are read to `check`.
  private func run(
    _ format: OrderFormat, seed: UInt64, _ check: ([UInt8], OrderFile) throws -> Void
  ) throws {
    var random = SeededGenerator(seed: seed)
    let sample = Array(try #require(Self.samples[format]).utf8)
    var readFiles = 0
    for _ in 0..<Self.rounds {
      let bytes = Self.mutated(sample, &random)
      _ = OrderFormat.detected(in: bytes)
      guard let file = try? OrderFile.read(bytes, format: format) else { continue }
      readFiles += 1
      try check(bytes, file)
    }
    #expect(readFiles > Self.rounds / 20)
  }

  /// The octets without a byte order mark, cut at every line break; empty lines do not matter here.
  private func plainLines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return bytes[start...].split { $0 == 0x0A || $0 == 0x0D }
  }

  private func hasContent(_ line: ArraySlice<UInt8>) -> Bool {
    line.first { ![0x20, 0x09, 0x0B, 0x0C].contains($0) }.map { $0 != 0x23 } ?? false
  }

  @Test func `in a list each line with content is one line`() throws {
    try run(.text, seed: 21) { bytes, file in
      #expect(file.lines.count == plainLines(bytes).count(where: hasContent))
    }
  }

  @Test func `in a hosts file each line with content is at least one line`() throws {
    try run(.hosts, seed: 22) { bytes, file in
      #expect(
        Set(file.lines.map(\.id.line)).count == plainLines(bytes).count(where: hasContent))
    }
  }

  @Test func `in a table each row is one line, and the rows are the whole file`() throws {
    for (format, seed) in [(OrderFormat.csv, UInt64(23)), (.esma, 24)] {
      try run(format, seed: seed) { bytes, file in
        var reader = CSVReader(try SourceText(bytes))
        var rows: [CSVReader.Row] = []
        while let row = try reader.next() { rows.append(row) }
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let rest = bytes[start...].filter { !$0.isLineBreak }
        #expect(rows.flatMap { $0.raw.utf8.filter { !$0.isLineBreak } } == rest)
        let header = rows.first { !$0.isBlank }?.line
        let data = rows.filter { !$0.isBlank && $0.line != header }
        #expect(Set(file.lines.map(\.id.line)) == Set(data.map(\.line)))
        #expect(format == .esma || file.lines.count == data.count)
        #expect(Set(file.lines.map(\.id)).count == file.lines.count)
      }
    }
  }

  @Test func `in JSON each target is one line, as another reader counts them`() throws {
    try run(.json, seed: 25) { bytes, file in
      let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      let judged = try JSONSerialization.jsonObject(with: Data(bytes[start...]))
      let targets = (judged as? [String: Any])?["targets"] as? [Any]
      #expect(targets?.count == file.lines.count, "\(String(decoding: bytes, as: UTF8.self))")
    }
  }
}
