import ArgumentParser
import Console

struct PartyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "party",
    abstract: "The persons and firms behind accounts.",
    subcommands: [PartySet.self, PartyList.self, PartyShow.self]
  )
}

struct PartySet: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Enters a party, or changes what is known of one.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "Its number, where it is known already.")
  var id: String?

  @Option(help: "Its name.")
  var name: String

  @Option(help: "person or firm.")
  var kind: String

  @Option(help: "A licence or registration number.")
  var registration: String?

  @Option(help: "A group of accounts that one operator runs.")
  var group: String?

  func run() async throws {
    let input = PartyInput(name: name, kind: kind, registration: registration, group: group)
    try await common.perform(.conduct(.partySet(id: id, input)), asPerson: true)
  }
}

struct PartyList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the parties.")

  @OptionGroup var common: CommonOptions

  @Option(help: "Only those of a group.")
  var group: String?

  func run() async throws { try await common.perform(.conduct(.partyList(group: group))) }
}

struct PartyShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Shows a party: its accounts, and from when on it may be erased.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The party's number.")
  var id: String

  func run() async throws { try await common.perform(.conduct(.partyShow(id: id))) }
}

struct RecordErase: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase",
    abstract: "Erases what is personal of a party and its accounts; every proof still holds.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The party's number.")
  var party: String

  func run() async throws {
    try await common.perform(.conduct(.eraseParty(party: party)), asPerson: true)
  }
}
