import ArgumentParser
import Console

struct OrderResume: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Puts a suspended order back in force.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The order's number.")
  var id: String

  @Option(help: "Why, in writing.")
  var reason: String?

  func run() async throws {
    try await common.perform(.orderResume(id: id, reason: reason), asPerson: true)
  }
}
