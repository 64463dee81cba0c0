import ArgumentParser
import Console

struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "What the authority and others are told.",
    subcommands: [
      ReportMake.self, ReportReceive.self, ReportSend.self, ReportList.self, ReportShow.self,
      ReportAccounts.self, ReportTransparency.self, ReportSecret.self,
    ]
  )
}

struct ReportMake: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make",
    abstract: "Writes a report to standard output; what is owed to someone goes on the record.",
    discussion: """
      authority  account, party, infractions, sanction, proof: JSON, or CSV with --table
      dsa        statements of reasons for the DSA Transparency Database, one a line
      xarf       a XARF 4 report for each place that posts lead to, one a line
      stix       a STIX 2.1 bundle
      misp       an event in MISP's core format
      """)

  @OptionGroup var common: CommonOptions

  @Option(help: "What kind of report: authority, dsa, xarf, stix or misp.")
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
    commandName: "show", abstract: "Shows a report, or writes it as it was made.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The report's number.")
  var id: String

  @Option(help: "Write the report itself: json as it was sent, or csv.")
  var content: String?

  func run() async throws {
    if let content {
      try await common.perform(.conduct(.reportContent(id: id, form: content)), asPerson: true)
    } else {
      try await common.perform(.conduct(.reportShow(id: id)))
    }
  }
}

struct ReportSend: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "send", abstract: "Has a report sent again that was given up.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The report's number.")
  var id: String

  func run() async throws {
    try await common.perform(.conduct(.reportSend(id: id)), asPerson: true)
  }
}

struct ReportTransparency: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transparency",
    abstract: "Counts what was done and told over a period, and holds it against what was sent.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The platform; all without it.")
  var platform: String?

  @Option(help: "The first day, such as 2026-01-01; the beginning without it.")
  var from: String?

  @Option(help: "The day after the last; now without it.")
  var until: String?

  func run() async throws {
    try await common.perform(
      .conduct(
        .reportTransparency(platform: platform, PeriodInput(from: from, until: until))))
  }
}

struct ReportSecret: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "secret",
    abstract: "Makes the secret that reports to a platform's authority are signed with.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The platform.")
  var platform: String

  func run() async throws {
    try await common.perform(.conduct(.reportSecret(platform: platform)), asPerson: true)
  }
}
