import ArgumentParser
import Console

struct LeadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lead",
    abstract: "Things that two accounts share: for a person to look at, never a ground.",
    subcommands: [LeadList.self, LeadShow.self, LeadSettle.self]
  )
}

struct LeadList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the leads that nobody has looked at.")

  @OptionGroup var common: CommonOptions

  @Flag(help: "With those that were settled.")
  var all = false

  @OptionGroup var list: ListOptions

  func run() async throws {
    try await common.perform(.conduct(.leadList(state: all ? "all" : "open", list.selection)))
  }
}

struct LeadShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows a lead: both accounts, and what they share.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The lead's number.")
  var id: String

  func run() async throws { try await common.perform(.conduct(.leadShow(id: id))) }
}

struct LeadSettle: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settle", abstract: "Says what you make of a lead.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The lead's number.")
  var id: String

  @Option(name: .customLong("as"), help: "same, or different.")
  var word: String

  @Option(help: "Why, in writing.")
  var reason: String

  func run() async throws {
    try await common.perform(
      .conduct(.leadSettle(id: id, as: word, reason: reason)), asPerson: true)
  }
}
