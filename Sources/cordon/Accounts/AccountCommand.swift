import ArgumentParser
import Console

struct AccountCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "account",
    abstract: "Public accounts on platforms: their strikes, and what followed from them.",
    subcommands: [
      AccountList.self, AccountShow.self, AccountRegister.self, AccountReview.self,
      AccountSanction.self, AccountLift.self, AccountHold.self,
    ]
  )
}

struct AccountList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists accounts.")

  @OptionGroup var common: CommonOptions

  @Option(help: "Only those of a platform.")
  var platform: String?

  @Option(help: "Only those that stand so: clear, warn, restrict, suspend or close.")
  var standing: String?

  @Flag(help: "Only those that nobody has reviewed.")
  var unreviewed = false

  @OptionGroup var length: ListLength

  func run() async throws {
    try await common.perform(
      .conduct(
        .accountList(
          AccountSelection(
            platform: platform, standing: standing, isUnreviewed: unreviewed,
            limit: length.limit))))
  }
}

struct AccountShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Shows all about an account, and why it stands where it stands.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "PLATFORM/ID, or the account's number here.")
  var account: String

  func run() async throws {
    try await common.perform(.conduct(.accountShow(account: account)))
  }
}

struct AccountRegister: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "register",
    abstract: "Enters accounts that a platform tells of, or changes what is known of them.",
    discussion: """
      The file holds one account a line: {"id","handle","filing","category","party","language",\
      "agreement","agreement_sha256","agreed","opened"}; all but id may be left out.
      """)

  @OptionGroup var common: CommonOptions

  @Option(help: "The platform.")
  var platform: String

  @Argument(help: "The file, or - for standard input.")
  var file: String

  func run() async throws {
    try await common.perform(
      .conduct(.accountRegister(platform: platform)), file: try Terminal.read(file),
      asPerson: true)
  }
}

/// A sanction and its length.
struct TermsOptions: ParsableArguments {
  @Option(help: "What is done: warn, restrict, suspend or close.")
  var kind: String?

  @Option(
    help: "What a restricted account may not do: posting, replying, links, promotion, messaging.")
  var restrict: String?

  @Option(help: "For how many days.")
  var days: Int?

  var terms: TermsInput? {
    kind.map { kind in
      TermsInput(
        kind: kind,
        restrictions: restrict.map { text in
          text.split(separator: ",").map { $0.filter { $0 != " " } }
        }, days: days)
    }
  }
}

struct AccountSanction: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sanction",
    abstract: "Proposes a sanction outside the ladder; a suspension or closing waits for others.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var terms: TermsOptions

  @Argument(help: "PLATFORM/ID, or the account's number here.")
  var account: String

  @Option(help: "An infraction that it rests on; may be repeated.")
  var infraction: [String] = []

  @Option(help: "The law or the clause of the agreement that is broken.")
  var clause: String

  @Option(help: "Why, in writing.")
  var reason: String

  func validate() throws {
    guard terms.kind != nil else { throw ValidationError("say what is done: --kind") }
  }

  func run() async throws {
    guard let wanted = terms.terms else { return }
    let input = SanctionInput(
      terms: wanted, infractions: infraction, clause: clause, reason: reason)
    try await common.perform(
      .conduct(.accountSanction(account: account, input)), asPerson: true)
  }
}

struct AccountLift: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lift", abstract: "Lifts the gravest sanction in effect on an account.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "PLATFORM/ID, or the account's number here.")
  var account: String

  @Option(help: "Why, in writing.")
  var reason: String

  func run() async throws {
    try await common.perform(
      .conduct(.accountLift(account: account, reason: reason)), asPerson: true)
  }
}

struct AccountHold: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold",
    abstract: "Forbids that anything about an account be erased, or allows it again.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "PLATFORM/ID, or the account's number here.")
  var account: String

  @Option(help: "On whose word, and why.")
  var reason: String?

  @Flag(help: "Release the hold.")
  var release = false

  func validate() throws {
    guard release == (reason == nil) else {
      throw ValidationError("give --reason to hold, or --release")
    }
  }

  func run() async throws {
    try await common.perform(
      .conduct(.accountHold(account: account, reason: reason)), asPerson: true)
  }
}
