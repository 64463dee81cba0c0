import ArgumentParser
import Console

struct SanctionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sanction",
    abstract: "Sanctions: those that wait for officers, those in effect, and why.",
    subcommands: [
      SanctionList.self, SanctionShow.self, SanctionApprove.self, SanctionDecline.self,
      SanctionLift.self,
    ]
  )
}

struct SanctionList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists sanctions.")

  @OptionGroup var common: CommonOptions

  @Option(help: "Only those in a state: proposed, imposed, declined, lifted or overturned.")
  var state: String?

  @OptionGroup var list: ListOptions

  func run() async throws {
    try await common.perform(.conduct(.sanctionList(state: state, list.selection)))
  }
}

struct SanctionShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Shows a sanction: facts, rule, points, rung, what was set aside, and its history.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The sanction's number.")
  var id: String

  func run() async throws { try await common.perform(.conduct(.sanctionShow(id: id))) }
}

struct SanctionApprove: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve", abstract: "Agrees to a sanction that somebody else proposed.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The sanction's number.")
  var id: String

  @Option(help: "Why, in writing.")
  var reason: String

  func run() async throws {
    try await common.perform(
      .conduct(.sanctionApprove(id: id, reason: reason)), asPerson: true)
  }
}

struct SanctionDecline: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decline", abstract: "Decides against a sanction that waits.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The sanction's number.")
  var id: String

  @Option(help: "Why, in writing.")
  var reason: String

  func run() async throws {
    try await common.perform(
      .conduct(.sanctionDecline(id: id, reason: reason)), asPerson: true)
  }
}

struct SanctionLift: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lift", abstract: "Ends a sanction that is in effect.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The sanction's number.")
  var id: String

  @Option(help: "Why, in writing.")
  var reason: String

  func run() async throws {
    try await common.perform(.conduct(.sanctionLift(id: id, reason: reason)), asPerson: true)
  }
}
