import ArgumentParser
import Console

struct AppealCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "appeal",
    abstract: "Appeals of account holders, decided by someone who took no part.",
    subcommands: [AppealList.self, AppealShow.self, AppealAnswer.self, AppealDecide.self]
  )
}

struct AppealList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the appeals that are open, and by when they are due.")

  @OptionGroup var common: CommonOptions

  @Flag(help: "With those that were decided.")
  var all = false

  @Flag(help: "Only those past their time for an answer.")
  var overdue = false

  @OptionGroup var list: ListOptions

  func validate() throws {
    guard !(all && overdue) else { throw ValidationError("give --all or --overdue, not both") }
  }

  func run() async throws {
    let state = all ? "all" : overdue ? "overdue" : "open"
    try await common.perform(.conduct(.appealList(state: state, list.selection)))
  }
}

struct AppealShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows an appeal: what was said, and what it is about.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The appeal's number.")
  var id: String

  func run() async throws { try await common.perform(.conduct(.appealShow(id: id))) }
}

struct AppealAnswer: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "answer", abstract: "Says something to the account holder, or asks.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The appeal's number.")
  var id: String

  @Option(help: "What you say; the account holder reads it.")
  var text: String

  func run() async throws {
    try await common.perform(.conduct(.appealAnswer(id: id, text: text)), asPerson: true)
  }
}

struct AppealDecide: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decide",
    abstract: "Decides an appeal: the sanction stands, is milder, or was wrong.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var terms: TermsOptions

  @Argument(help: "The appeal's number.")
  var id: String

  @Option(name: .customLong("as"), help: "upheld, reduced or overturned.")
  var outcome: String

  @Option(
    help: """
      An infraction that was none, where the sanction is overturned; may be repeated (default: all \
      that it leans on).
      """)
  var infraction: [String] = []

  @Option(help: "Why, in writing; the account holder reads it.")
  var reason: String

  func run() async throws {
    let decision = AppealDecision(
      outcome: outcome, terms: terms.terms, infractions: infraction, reason: reason)
    try await common.perform(.conduct(.appealDecide(id: id, decision)), asPerson: true)
  }
}
