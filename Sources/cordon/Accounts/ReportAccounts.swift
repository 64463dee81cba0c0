import ArgumentParser
import Console

struct ReportAccounts: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accounts",
    abstract: "Writes the list of a platform's accounts, as it is filed with the authority.",
    discussion: """
      Who stands behind each account, its category and filing number, who reviewed it and when, \
      and whether it may post political news. It tells of people: keep it as such.
      """)

  @OptionGroup var common: CommonOptions

  @Argument(help: "The platform.")
  var platform: String

  @Option(help: "Only the accounts of a group that one operator runs.")
  var group: String?

  @Option(help: "csv, or json: an object a line.")
  var content = "csv"

  func run() async throws {
    try await common.perform(
      .conduct(.reportAccounts(platform: platform, group: group, form: content)), asPerson: true)
  }
}
