import ArgumentParser
import Console

struct OrderConfirm: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm",
    abstract:
      "Confirms an order or its amendment, as a second officer. A reason accepts held lines too.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The order's number.")
  var id: String

  @Option(help: "Why, in writing.")
  var reason: String?

  func run() async throws {
    try await common.perform(.orderConfirm(id: id, reason: reason), asPerson: true)
  }
}
