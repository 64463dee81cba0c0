import ArgumentParser
import Console

struct NoticeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notice",
    abstract: "Tries what notices need: a search for contacts, and mail.",
    subcommands: [NoticeContacts.self, NoticeTest.self]
  )
}

struct NoticeContacts: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "contacts",
    abstract: "Looks up who can be written to about a site, and shows what could not be asked.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The site's host name.")
  var host: String

  @Option(help: "The IP address that the site answers from; finds who holds the network.")
  var address: String?

  func run() async throws {
    let code = await NoticeTrial(configuration: try common.loadConfiguration()).contacts(
      host: host, address: address, json: common.format == .json,
      color: common.format == .text && Terminal.wantsColor, output: Terminal.output)
    if code != .done { throw ArgumentParser.ExitCode(Int32(code.rawValue)) }
  }
}

struct NoticeTest: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Sends a notice marked as a test, to see whether mail gets through.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The mail address that gets it.")
  var recipient: String

  @Option(help: "The language of the letter: en, zh-Hans or zh-Hant.")
  var language: String?

  func run() async throws {
    let code = await NoticeTrial(configuration: try common.loadConfiguration()).send(
      to: recipient, language: language, json: common.format == .json,
      color: common.format == .text && Terminal.wantsColor, output: Terminal.output)
    if code != .done { throw ArgumentParser.ExitCode(Int32(code.rawValue)) }
  }
}
