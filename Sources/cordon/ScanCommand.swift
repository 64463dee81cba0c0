import ArgumentParser
import Console
import Foundation

struct ScanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Says what pages or texts are for, and shows the evidence; changes nothing.",
    discussion: """
      Reads each FILE, or standard input where none is given. With --jsonl, standard input holds \
      lines of {"id","url","title","html" or "text"}, and one verdict a line is written, in their \
      order; a bad line is answered with an error, and the others go on.
      """)

  @Argument(help: "Pages (HTML) or texts in UTF-8; - is standard input.")
  var files: [String] = []

  @Option(parsing: .singleValue, help: "A page of the web to fetch and judge; may be repeated.")
  var url: [String] = []

  @Option(help: "Where the file was found; helps to tell what it is for.")
  var foundAt: String?

  @Flag(help: "Read lines of JSON, write lines of JSON.")
  var jsonl = false

  @Flag(help: "With --jsonl: write the features that verdicts weigh, to learn weights from.")
  var features = false

  @Flag(help: "Show the page with its evidence marked.")
  var explain = false

  @Option(help: "Write the explained pages to this file, as one self-contained page.")
  var htmlOut: String?

  @Option(help: "How to print: text or json.")
  var format = CommonOptions.OutputFormat.text

  @Option(
    name: .customLong("config"), help: "The configuration (default: cordon.yaml, if there is one).")
  var configPath: String?

  func validate() throws {
    if jsonl, !files.isEmpty || !url.isEmpty || explain || htmlOut != nil {
      throw ValidationError("--jsonl reads standard input; it takes no pages and explains none")
    }
    if features, !jsonl { throw ValidationError("--features goes with --jsonl") }
  }

  func run() async throws {
    let scan = Scan(
      configuration: try configuration(), json: format == .json, explains: explain,
      explanationPath: htmlOut,
      color: format == .text && Terminal.wantsColor)
    let code =
      if jsonl {
        await scan.lines(features: features, read: Terminal.nextInput, output: Terminal.output)
      } else {
        await scan.pages(try pages(), addresses: url, output: Terminal.output)
      }
    if code != .done { throw ArgumentParser.ExitCode(Int32(code.rawValue)) }
  }

  private func pages() throws -> [Scan.Page] {
    try (files.isEmpty && url.isEmpty ? ["-"] : files).map { path in
      Scan.Page(name: path, url: foundAt, octets: try Terminal.read(path))
    }
  }

  private func configuration() throws -> CordonConfiguration {
    do throws(ConfigurationFault) {
      return try CordonConfiguration.load(
        path: configPath, environment: ProcessInfo.processInfo.environment)
    } catch {
      try Terminal.fail(.refused, "refused: \(error)")
    }
  }
}
