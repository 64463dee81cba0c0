import ArgumentParser
import Console

struct OrderShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Shows all about an order: terms, versions, targets, settlements, history.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The order's number.")
  var id: String

  @Flag(name: .customLong("all"), help: "Show every target.")
  var everyTarget = false

  func run() async throws {
    try await common.perform(.orderShow(id: id, everyTarget: everyTarget))
  }
}
