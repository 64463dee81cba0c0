import ArgumentParser
import Console

struct CaseList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists the cases that are open, oldest first, with what is next and when.")

  @OptionGroup var common: CommonOptions

  @Option(
    help: """
      Only those in a state: new, reviewed, noticed, waiting, re-checked, resolved, referred, \
      dismissed.
      """)
  var state: String?

  @Option(help: "Only those of a site, or of a host and the hosts below it.")
  var site: String?

  @Flag(name: .customLong("all"), help: "Show cases that have ended too.")
  var everyCase = false

  func run() async throws {
    try await common.perform(
      .caseList(CaseSelection(state: state, site: site, everyCase: everyCase)))
  }
}
