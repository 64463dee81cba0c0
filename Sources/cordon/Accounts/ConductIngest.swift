import ArgumentParser
import Console
import Foundation

struct ConductIngest: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Takes posts in, and answers each: its verdict, and what follows from it.",
    discussion: """
      Reads lines of {"id","account","published","text","lang","links","public"}, and writes one \
      answer a line, in their order. The same post id again answers the same and counts once, so \
      what broke off can be sent again whole. Ends with 1 where a line was no post.
      """)

  @OptionGroup var common: CommonOptions

  @Option(help: "The platform.")
  var platform: String

  @Argument(help: "The file, or - for standard input.")
  var file: String

  /// Lines, and octets, that are handed in together.
  private static let linesAtOnce = 2_000
  private static let octetsAtOnce = 4 << 20

  func run() async throws {
    guard let source = file == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: file)
    else {
      try Terminal.fail(.refused, "refused: the file \(file) is not there, or may not be read")
    }
    let token = try common.token(prompts: file != "-")
    var waiting: [UInt8] = []
    var progress = IngestProgress()
    while true {
      let more = source.availableData
      waiting += more
      while let end = Self.end(of: waiting, atLast: more.isEmpty) {
        let batch = Array(waiting[..<end])
        waiting.removeFirst(end)
        try await hand(batch, token, &progress)
      }
      if more.isEmpty { break }
    }
    progress.end()
  }

  private func hand(
    _ batch: [UInt8], _ token: String?, _ progress: inout IngestProgress
  ) async throws {
    let code = try await common.run(
      .conduct(.ingest(platform: platform)), token: token, file: batch)
    guard code == .done else { throw ArgumentParser.ExitCode(Int32(code.rawValue)) }
    progress.add(batch.count { $0 == 0x0A })
  }

  /// How many of the octets that wait make a batch; nil where they do not yet.
  private static func end(of waiting: [UInt8], atLast: Bool) -> Int? {
    guard !waiting.isEmpty else { return nil }
    var lines = 0
    var end: Int?
    for (place, octet) in waiting.enumerated() where octet == 0x0A {
      if place >= octetsAtOnce, end != nil { return end }
      lines += 1
      end = place + 1
      if lines == linesAtOnce { return end }
    }
    return atLast ? waiting.count : (waiting.count >= octetsAtOnce ? end : nil)
  }
}

/// Tells on a terminal how far a long file has come.
private struct IngestProgress {
  private let start = ContinuousClock.now
  private var lines = 0
  private var shown = ContinuousClock.now

  mutating func add(_ more: Int) {
    lines += more
    guard Terminal.isScreen, start.duration(to: .now) > .seconds(2),
      shown.duration(to: .now) > .milliseconds(200)
    else { return }
    shown = .now
    tell("\r\(lines) posts")
  }

  func end() {
    guard Terminal.isScreen, start.duration(to: .now) > .seconds(2) else { return }
    let seconds = max(0.001, start.duration(to: .now) / .seconds(1))
    tell("\r\(lines) posts, \(Int(Double(lines) / seconds)) a second\n")
  }

  private func tell(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
