import ArgumentParser
import Console

struct CaseClose: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "close",
    abstract: "Ends a case, as dismissed (it was none) or resolved (it is gone, or set right).")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The case's number.")
  var id: String

  @Option(
    name: .customLong("as"),
    help: "dismissed, which holds until the evidence changes, or resolved.")
  var closing: String

  @Option(help: "Why, in writing.")
  var reason: String?

  func run() async throws {
    try await common.perform(.caseClose(id: id, as: closing, reason: reason), asPerson: true)
  }
}
