import ArgumentParser
import Console

struct PlatformCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "platform",
    abstract: "Platforms whose public accounts are in Cordon's care.",
    subcommands: [
      PlatformAdd.self, PlatformSet.self, PlatformList.self, PlatformShow.self,
      PlatformToken.self, PlatformSecret.self,
    ]
  )
}

/// What is set of a platform.
struct PlatformOptions: ParsableArguments {
  @Option(help: "Its name for people.")
  var name: String?

  @Option(help: "The language of notices where an account's own is not known, such as zh-Hans.")
  var language: String?

  @Option(help: "Where its sanctions hold, as ISO 3166-1 codes: DE, or DE,FR.")
  var territory: String?

  @Option(help: "The law whose clocks it takes: cn-2014, eu-dsa, eu-tco, uk-osa, or your own.")
  var profile: String?

  @Option(help: "Days for an appeal, from the delivery of the notice (default: 184).")
  var appealDays: Int?

  @Option(help: "Days within which an appeal is answered; 0 where no time is set (default: 0).")
  var answerDays: Int?

  @Option(help: "Hours within which the authority is told; 0 where it is not (default: 24).")
  var reportHours: Int?

  @Option(help: "Days for which records are kept after the last sanction (default: 1826).")
  var keepDays: Int?

  @Option(help: "Where account holders read and appeal (default: the console's address).")
  var appealAddress: String?

  @Option(help: "Where sanctions are announced; empty for nowhere.")
  var webhook: String?

  @Flag(
    inversion: .prefixedNo,
    help: "All that the platform hands in is public; otherwise each post must say so.")
  var postsArePublic: Bool?

  var input: PlatformInput {
    var input = PlatformInput()
    input.name = name
    input.language = language
    input.territory = territory.map { text in
      text.split(separator: ",").map { $0.filter { $0 != " " } }
    }
    input.profile = profile
    input.appealDays = appealDays
    input.answerDays = answerDays
    input.reportHours = reportHours
    input.keepDays = keepDays
    input.appealAddress = appealAddress
    input.webhook = webhook
    input.postsArePublic = postsArePublic
    return input
  }
}

struct PlatformAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Adds a platform, and prints its token, once.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var platform: PlatformOptions

  @Argument(help: "Its short name: small letters, digits and hyphens.")
  var id: String

  func run() async throws {
    try await common.perform(
      .conduct(.platformSet(id: id, platform.input, isNew: true)), asPerson: true)
  }
}

struct PlatformSet: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: "Changes what is set of a platform; what is not said stays.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var platform: PlatformOptions

  @Argument(help: "Its short name.")
  var id: String

  func run() async throws {
    try await common.perform(
      .conduct(.platformSet(id: id, platform.input, isNew: false)), asPerson: true)
  }
}

struct PlatformList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the platforms.")

  @OptionGroup var common: CommonOptions

  func run() async throws { try await common.perform(.conduct(.platformList)) }
}

struct PlatformShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows a platform: its clocks, its ladder, its addresses.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "Its short name.")
  var id: String

  func run() async throws { try await common.perform(.conduct(.platformShow(id: id))) }
}

struct PlatformToken: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token",
    abstract: "Replaces a platform's token; the old one ends at once.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "Its short name.")
  var id: String

  func run() async throws {
    try await common.perform(.conduct(.platformToken(id: id)), asPerson: true)
  }
}

struct PlatformSecret: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "secret",
    abstract: "Makes a new secret for a platform's webhooks, and prints it, once.",
    discussion: "The one before goes on signing beside it until the next change.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "Its short name.")
  var id: String

  func run() async throws {
    try await common.perform(.conduct(.platformSecret(id: id)), asPerson: true)
  }
}
