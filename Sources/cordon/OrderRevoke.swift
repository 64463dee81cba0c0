import ArgumentParser
import Console

struct OrderRevoke: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke",
    abstract: "Lifts an order for good; its names resolve at once.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The order's number.")
  var id: String

  @Option(help: "Why, in writing.")
  var reason: String?

  func run() async throws {
    try await common.perform(.orderRevoke(id: id, reason: reason), asPerson: true)
  }
}
