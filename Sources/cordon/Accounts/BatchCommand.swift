import ArgumentParser
import Console

struct BatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "The same for many accounts: looked at first, let through by another, undone whole.",
    subcommands: [
      BatchPreviewVerb.self, BatchPropose.self, BatchApprove.self, BatchDecline.self,
      BatchUndo.self, BatchList.self,
    ]
  )
}

/// What is to be done to which accounts.
struct BatchOptions: ParsableArguments {
  @OptionGroup var terms: TermsOptions

  @Option(help: "impose or lift.")
  var action = "impose"

  @Option(help: "The law or the clause of the agreement that is broken.")
  var clause: String?

  @Option(help: "A file with an account a line, or - for standard input.")
  var from: String?

  @Argument(help: "The accounts: PLATFORM/ID, or their numbers here.")
  var accounts: [String] = []

  func input(reason: String?) throws -> BatchInput {
    var all = accounts
    if let from {
      all += String(decoding: try Terminal.read(from), as: UTF8.self)
        .split(whereSeparator: \.isNewline).map(String.init)
    }
    return BatchInput(
      action: action, terms: terms.terms, clause: clause, accounts: all, reason: reason)
  }
}

struct BatchPreviewVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview", abstract: "Shows what a batch would do; changes nothing.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var batch: BatchOptions

  func run() async throws {
    try await common.perform(.conduct(.batchPreview(try batch.input(reason: nil))))
  }
}

struct BatchPropose: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "propose", abstract: "Prepares a batch; another officer lets it through.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var batch: BatchOptions

  @Option(help: "Why, in writing.")
  var reason: String

  func run() async throws {
    try await common.perform(
      .conduct(.batchPropose(try batch.input(reason: reason))), asPerson: true)
  }
}

/// A batch, and why.
struct BatchMoveOptions: ParsableArguments {
  @Argument(help: "The batch's number.")
  var id: String

  @Option(help: "Why, in writing.")
  var reason: String
}

struct BatchApprove: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve", abstract: "Agrees to a batch that somebody else prepared.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var batch: BatchMoveOptions

  func run() async throws {
    try await common.perform(
      .conduct(.batchMove(id: batch.id, to: "approve", reason: batch.reason)), asPerson: true)
  }
}

struct BatchDecline: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decline", abstract: "Decides against a batch.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var batch: BatchMoveOptions

  func run() async throws {
    try await common.perform(
      .conduct(.batchMove(id: batch.id, to: "decline", reason: batch.reason)), asPerson: true)
  }
}

struct BatchUndo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Takes a batch back, whole.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var batch: BatchMoveOptions

  func run() async throws {
    try await common.perform(
      .conduct(.batchMove(id: batch.id, to: "undo", reason: batch.reason)), asPerson: true)
  }
}

struct BatchList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the batches.")

  @OptionGroup var common: CommonOptions

  func run() async throws { try await common.perform(.conduct(.batchList)) }
}
