import ArgumentParser
import Console

struct CaseShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Shows all about a case: the evidence as it stood, notices, history, proofs.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The case's number.")
  var id: String

  @Flag(name: .customLong("all"), help: "Show every piece of evidence.")
  var everyPiece = false

  func run() async throws {
    try await common.perform(.caseShow(id: id, everyPiece: everyPiece))
  }
}
