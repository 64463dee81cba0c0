import ArgumentParser
import Console

struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "What the authority and others are told.",
    subcommands: [ReportList.self, ReportShow.self]
  )
}

struct ReportList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the reports, and which of them have arrived.")

  @OptionGroup var common: CommonOptions

  @Option(help: "Only those of a kind: authority or dsa.")
  var kind: String?

  func run() async throws { try await common.perform(.conduct(.reportList(kind: kind))) }
}

struct ReportShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows a report.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The report's number.")
  var id: String

  func run() async throws { try await common.perform(.conduct(.reportShow(id: id))) }
}
