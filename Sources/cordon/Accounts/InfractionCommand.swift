import ArgumentParser
import Console

struct InfractionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "infraction",
    abstract: "Posts that broke a rule, and those that a person must look at before they count.",
    subcommands: [InfractionList.self, InfractionShow.self, InfractionSettle.self]
  )
}

struct InfractionList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists infractions.")

  @OptionGroup var common: CommonOptions

  @Option(help: "Only those in a state: held, counted, dismissed or overturned.")
  var state: String?

  @OptionGroup var list: ListOptions

  func run() async throws {
    try await common.perform(.conduct(.infractionList(state: state, list.selection)))
  }
}

struct InfractionShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows an infraction with its evidence.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The infraction's number.")
  var id: String

  func run() async throws { try await common.perform(.conduct(.infractionShow(id: id))) }
}

struct InfractionSettle: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settle",
    abstract: "Counts or dismisses an infraction that is held, or overturns one that counts.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The infraction's number.")
  var id: String

  @Option(name: .customLong("as"), help: "count, dismiss or overturn.")
  var ruling: String

  @Option(help: "Why, in writing.")
  var reason: String

  func run() async throws {
    try await common.perform(
      .conduct(.infractionSettle(id: id, ruling: ruling, reason: reason)), asPerson: true)
  }
}
