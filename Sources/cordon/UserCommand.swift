import ArgumentParser
import Console

struct UserCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user",
    abstract: "The people who may act, and their tokens.",
    subcommands: [UserAdd.self, UserToken.self, UserList.self]
  )
}

struct UserAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Adds a person and prints a token, once. The first person is an administrator.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The name the person signs with.")
  var name: String

  @Option(help: "clerk, officer, reviewer, auditor or administrator.")
  var role: String?

  func run() async throws {
    // The first person of all needs no token, so none is asked for.
    try await common.perform(
      .userAdd(name: name, role: role), asPerson: true, prompts: false)
  }
}

struct UserToken: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token",
    abstract: "Replaces a person's token; the old one ends at once.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The person's name.")
  var name: String

  func run() async throws {
    try await common.perform(.userToken(name: name), asPerson: true)
  }
}

struct UserList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists the people who may act.")

  @OptionGroup var common: CommonOptions

  func run() async throws { try await common.perform(.userList) }
}
