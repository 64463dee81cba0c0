import ArgumentParser
import Console

struct WatchRun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Looks at pages as they come due, until Ctrl-C.",
    discussion:
      "What is on its way when it is to end may still come in; the next run goes on there.")

  @OptionGroup var common: CommonOptions

  @Flag(help: "Look at what is due now, and end.")
  var once = false

  @Flag(help: "End when nothing is due any more.")
  var untilIdle = false

  @Option(parsing: .upToNextOption, help: "Only these sites.")
  var sites: [String] = []

  func validate() throws {
    guard !(once && untilIdle) else {
      throw ValidationError("--once and --until-idle exclude each other")
    }
  }

  func run() async throws {
    let extent: WatchExtent = once ? .once : untilIdle ? .untilIdle : .endless
    let screen = Terminal.isScreen ? LiveScreen() : nil
    var output = Terminal.output
    if let screen { output.live = { lines in await screen.show(lines) } }
    let code = try await common.run(.watchRun(extent, sites: sites), output: output)
    if code != .done { throw ArgumentParser.ExitCode(Int32(code.rawValue)) }
  }
}
