import ArgumentParser
import Console

struct OrderAmend: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "amend",
    abstract: "Brings in the next version of an order; a second officer confirms it.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var file: OrderFileOptions

  @Argument(help: "The order's number.")
  var id: String

  @Argument(help: "The file with the whole new wording, or - for standard input.")
  var path: String

  func run() async throws {
    try await common.perform(
      .orderAmend(id: id, file.input(path)), file: Terminal.read(path), asPerson: true)
  }
}
