import ArgumentParser
import Console

struct ConductVerbs: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conduct",
    abstract: "Posts in, and the rules and ladders that say what follows.",
    subcommands: [ConductIngest.self, ConductRuleVerbs.self, ConductLadderVerbs.self]
  )
}

struct ConductRuleVerbs: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rule",
    abstract: "Which verdict is which infraction: written, tried, let live by another officer.",
    subcommands: [
      RuleAdd.self, RuleList.self, RuleTrialVerb.self, RuleStageVerb.self, RuleRevert.self,
    ]
  )
}

struct RuleAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Writes a new version of a rule, as a draft.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The rule's file (YAML or JSON), or - for standard input.")
  var file: String

  func run() async throws {
    try await common.perform(
      .conduct(.ruleAdd(fileName: file)), file: try Terminal.read(file), asPerson: true)
  }
}

struct RuleList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the rules.")

  @OptionGroup var common: CommonOptions

  @Flag(help: "Every version.")
  var all = false

  func run() async throws { try await common.perform(.conduct(.ruleList(all: all))) }
}

struct RuleStageVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stage",
    abstract: "Moves a rule on: shadow counts, share and live take effect, stopped ends it.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The rule's version, such as no-solicitation@3.")
  var rule: String

  @Argument(help: "shadow, share, live or stopped.")
  var stage: String

  @Option(help: "With share: thousandths of the posts.")
  var share: Int?

  @Option(help: "Why, in writing.")
  var reason: String

  func run() async throws {
    try await common.perform(
      .conduct(.ruleStage(rule: rule, stage: stage, share: share, reason: reason)),
      asPerson: true)
  }
}

struct RuleTrialVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trial",
    abstract: "Tries a rule on stored posts: who would stand on another rung.",
    discussion: "Nothing of the posts is kept. With --accept, the outcome goes on the record.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The rule's version, such as no-solicitation@3.")
  var rule: String

  @Argument(help: "A file of posts, as a platform hands them in, or - for standard input.")
  var file: String

  @Option(help: "The platform whose ladder and accounts are taken.")
  var platform: String

  @Flag(help: "Put the outcome on the record: the rule counts as tested.")
  var accept = false

  func run() async throws {
    try await common.perform(
      .conduct(.ruleTrial(rule: rule, platform: platform, accept: accept)),
      file: try Terminal.read(file), asPerson: accept)
  }
}

struct RuleRevert: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revert",
    abstract: "Takes back everything that a version of a rule brought about.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The rule's version, such as no-solicitation@3.")
  var rule: String

  @Option(help: "Why, in writing.")
  var reason: String

  func run() async throws {
    try await common.perform(.conduct(.ruleRevert(rule: rule, reason: reason)), asPerson: true)
  }
}

struct ConductLadderVerbs: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ladder",
    abstract: "What strikes lead to, on a platform.",
    subcommands: [LadderAdopt.self, LadderList.self]
  )
}

struct LadderAdopt: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adopt", abstract: "Has a ladder hold on a platform from now on.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The platform.")
  var platform: String

  @Argument(help: "The ladder's file (YAML or JSON), or - for standard input.")
  var file: String

  func run() async throws {
    try await common.perform(
      .conduct(.ladderAdopt(platform: platform, fileName: file)), file: try Terminal.read(file),
      asPerson: true)
  }
}

struct LadderList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Shows the ladders that hold, and those that held.")

  @OptionGroup var common: CommonOptions

  @Option(help: "Only those of a platform.")
  var platform: String?

  func run() async throws {
    try await common.perform(.conduct(.ladderList(platform: platform)))
  }
}
