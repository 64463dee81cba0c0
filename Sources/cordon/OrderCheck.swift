import ArgumentParser
import Console

struct OrderCheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Says what an order would block and what it would hit besides; changes nothing.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var file: OrderFileOptions

  @Argument(help: "The order's file, or - for standard input.")
  var path: String

  func run() async throws {
    try await common.perform(.orderCheck(file.input(path)), file: Terminal.read(path))
  }
}
