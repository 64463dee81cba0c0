import ArgumentParser
import Console

struct OrderResume: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Puts a suspended order back in force, or a line that the brake paused.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The order's number.")
  var id: String

  @Option(help: "A line that the brake paused, such as 12; the order itself where none is given.")
  var line: String?

  @Option(help: "Why, in writing.")
  var reason: String?

  func run() async throws {
    try await common.perform(.orderResume(id: id, reason: reason, line: line), asPerson: true)
  }
}
