import ArgumentParser
import Console

struct OrderSuspend: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suspend",
    abstract: "Sets an order aside for now; its names resolve at once.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The order's number.")
  var id: String

  @Option(help: "Why, in writing.")
  var reason: String?

  func run() async throws {
    try await common.perform(.orderSuspend(id: id, reason: reason), asPerson: true)
  }
}
