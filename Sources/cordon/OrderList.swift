import ArgumentParser
import Console

struct OrderList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists orders, oldest first.")

  @OptionGroup var common: CommonOptions

  @Option(
    help: "Only those in a state: assessed, confirmed, in-force, suspended, expired, revoked.")
  var state: String?

  func run() async throws {
    try await common.perform(.orderList(state: state))
  }
}
