import ArgumentParser
import Console

struct ConfigCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "The configuration.",
    subcommands: [ConfigCheck.self]
  )
}

struct ConfigCheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks the configuration; names a wrong key with its line and the nearest right one."
  )

  @OptionGroup var common: CommonOptions

  func run() async throws {
    _ = try common.loadConfiguration()
    let sentence = common.format == .json ? #"{"valid":true}"# : "The configuration is right."
    try await Terminal.output.out(Array("\(sentence)\n".utf8))
  }
}
