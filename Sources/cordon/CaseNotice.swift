import ArgumentParser
import Console

struct CaseNotice: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notice",
    abstract: "Writes to the people of a site: what was found, the rule, by when to act.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The case's number.")
  var id: String

  @Option(help: "Days until they are to have acted, 1 to 90 (default: 14).")
  var deadline: Int?

  @Option(help: "An address to write to instead of those a search finds. May be repeated.")
  var to: [String] = []

  @Option(
    name: .customLong("scope"),
    help: "Whom to write to: operator, host or registrar (default: all). May be repeated.")
  var scopes: [String] = []

  @Option(help: "The rule, where it is another than notice.rule.")
  var rule: String?

  @Flag(help: "Show contacts, letters and reports, and send nothing.")
  var preview = false

  func run() async throws {
    try await common.perform(
      .caseNotice(
        id: id,
        NoticeRequest(
          deadlineDays: deadline, to: to, scopes: scopes, rule: rule, preview: preview)),
      asPerson: true)
  }
}
