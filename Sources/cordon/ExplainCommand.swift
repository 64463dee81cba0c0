import ArgumentParser
import Console

struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract:
      "Says whether a name is blocked: by which order, on what basis, until when, and the proof.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The name.")
  var name: String

  @Option(name: .customLong("at"), help: "A moment, such as 2026-08-24T12:00:00Z (default: now).")
  var moment: String?

  func run() async throws {
    try await common.perform(.explain(name: name, at: moment))
  }
}
