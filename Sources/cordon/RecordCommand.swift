import ArgumentParser
import Console

struct RecordCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "The record of all decisions: verify it, prove an entry, show its checkpoint.",
    subcommands: [
      RecordVerify.self, RecordProve.self, RecordCheckpoint.self, RecordRebuild.self,
      RecordAcceptClock.self, RecordErase.self,
    ]
  )
}

struct RecordVerify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Checks the whole record; names the first bad entry if there is one.")

  @OptionGroup var common: CommonOptions

  func run() async throws { try await common.perform(.recordVerify) }
}

struct RecordProve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove",
    abstract: "Proves that an entry is on the record.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The entry's number, from 0.")
  var entry: String

  func run() async throws { try await common.perform(.recordProve(entry: entry)) }
}

struct RecordCheckpoint: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint",
    abstract: "Shows the newest signed checkpoint, and the key that verifies it.")

  @OptionGroup var common: CommonOptions

  func run() async throws { try await common.perform(.recordCheckpoint) }
}

struct RecordRebuild: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Makes all views again from the journal, and says whether they had been right.")

  @OptionGroup var common: CommonOptions

  func run() async throws { try await common.perform(.recordRebuild) }
}

struct RecordAcceptClock: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept-clock",
    abstract: "Accepts the clock as it is now, after it had been ahead.")

  @OptionGroup var common: CommonOptions

  @Option(help: "Why, in writing.")
  var reason: String?

  func run() async throws {
    try await common.perform(.recordAcceptClock(reason: reason), asPerson: true)
  }
}
