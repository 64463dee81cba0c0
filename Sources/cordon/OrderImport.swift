import ArgumentParser
import Console

struct OrderImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Takes orders in, each with its targets assessed; a second officer confirms them.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var file: OrderFileOptions

  @Argument(help: "The orders' files, or - for standard input.")
  var paths: [String]

  func run() async throws {
    var last = Console.ExitCode.done
    for path in paths {
      let code = try await common.run(
        .orderImport(file.input(path)), file: Terminal.read(path), asPerson: true)
      if code != .done { last = code }
    }
    if last != .done { throw ArgumentParser.ExitCode(Int32(last.rawValue)) }
  }
}
