import ArgumentParser
import Console

struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "What the authority and others are told.",
    subcommands: [ReportMake.self, ReportReceive.self, ReportList.self, ReportShow.self]
  )
}

struct ReportMake: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make",
    abstract: "Writes a report to standard output; what is owed to someone goes on the record.",
    discussion: """
      authority  account, party, infractions, sanction, proof: JSON, or CSV with --table
      dsa        statements of reasons for the DSA Transparency Database, one a line
      stix       a STIX 2.1 bundle
      misp       an event in MISP's core format
      """)

  @OptionGroup var common: CommonOptions

  @Option(help: "What kind of report: authority, dsa, stix or misp.")
  var kind: String

  @Argument(help: "The platform.")
  var platform: String

  @Option(
    name: .customLong("sanction"),
    help: "Only this sanction; may be given again. Without it: all that were not told yet.")
  var sanctions: [String] = []

  @Option(help: "The report that this one corrects.")
  var corrects: String?

  @Flag(help: "The authority's report as a table (CSV).")
  var table = false

  func run() async throws {
    try await common.perform(
      .conduct(
        .reportMake(
          ReportInput(
            kind: kind, platform: platform, sanctions: sanctions, corrects: corrects,
            isTable: table))), asPerson: true)
  }
}

struct ReportReceive: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "receive", abstract: "Notes what the recipient gave for a report.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The report's number.")
  var id: String

  @Option(help: "The receipt, such as the recipient's own number.")
  var receipt: String

  func run() async throws {
    try await common.perform(.conduct(.reportReceive(id: id, receipt: receipt)), asPerson: true)
  }
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
