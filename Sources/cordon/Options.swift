import ArgumentParser
import Console
import Foundation

/// What every verb takes.
struct CommonOptions: ParsableArguments {
  @Option(help: "How to print: text or json.")
  var format = OutputFormat.text

  @Option(
    name: .customLong("config"), help: "The configuration (default: cordon.yaml, if there is one).")
  var configPath: String?

  @Option(name: .customLong("data"), help: "The data directory.")
  var dataDirectory = "./cordon-data"

  @Option(help: "The file that holds your token (default: the token in CORDON_TOKEN).")
  var tokenFile: String?

  enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  func loadConfiguration() throws -> CordonConfiguration {
    do throws(ConfigurationFault) {
      return try CordonConfiguration.load(
        path: configPath, environment: ProcessInfo.processInfo.environment)
    } catch {
      try Terminal.fail(.refused, "refused: \(error)")
    }
  }

  /// Has a verb done, and exits as it ended.
  func perform(
    _ task: DeskRequest.Task, file: [UInt8] = [], asPerson: Bool = false, prompts: Bool = true
  ) async throws {
    let code = try await run(task, file: file, asPerson: asPerson, prompts: prompts)
    if code != .done { throw ArgumentParser.ExitCode(Int32(code.rawValue)) }
  }

  func run(
    _ task: DeskRequest.Task, file: [UInt8] = [], asPerson: Bool = false, prompts: Bool = true,
    asText: Bool = false, output: DeskOutput = Terminal.output
  ) async throws -> Console.ExitCode {
    try await run(
      task, token: asPerson ? try token(prompts: prompts) : nil, file: file, asText: asText,
      output: output)
  }

  /// Has a verb done as the person whose token this is.
  func run(
    _ task: DeskRequest.Task, token: String?, file: [UInt8], asText: Bool = false,
    output: DeskOutput = Terminal.output
  ) async throws -> Console.ExitCode {
    let verb = Verb(directory: dataDirectory, configuration: try loadConfiguration())
    let request = DeskRequest(
      task: task, token: token,
      json: format == .json && !asText,
      color: format == .text && !asText && Terminal.wantsColor)
    return await verb.run(request, file: file, output: output)
  }

  func token(prompts: Bool) throws -> String? {
    if let tokenFile {
      guard let text = try? String(contentsOfFile: tokenFile, encoding: .utf8) else {
        try Terminal.fail(
          .refused, "refused: the token file \(tokenFile) is not there, or may not be read")
      }
      return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
    if let token = ProcessInfo.processInfo.environment["CORDON_TOKEN"] { return token }
    return prompts ? Terminal.askSecretly("Token: ") : nil
  }
}
