import ArgumentParser
import Console

struct CaseRefer: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "refer",
    abstract: "Asks an officer to make a case an order, and drafts that order.",
    discussion: """
      The draft is an order file: complete it, then `cordon order check` and `import` it. Without a \
      reason, a case that is referred already is drafted again.
      """)

  @OptionGroup var common: CommonOptions

  @Argument(help: "The case's number.")
  var id: String

  @Option(help: "Why, in writing.")
  var reason: String?

  @Option(name: .customLong("out"), help: "Write the draft to a file (default: standard output).")
  var path: String?

  func run() async throws {
    let task = DeskRequest.Task.caseRefer(id: id, reason: reason)
    guard let path else {
      try await common.perform(task, asPerson: true)
      return
    }
    let draft = KeptOutput()
    let code = try await common.run(task, asPerson: true, asText: true, output: draft.output)
    guard code == .done else { throw ArgumentParser.ExitCode(Int32(code.rawValue)) }
    try Terminal.write(draft.octets, to: path)
    guard common.format == .text else { return }
    try await Terminal.output.out(
      Array("The draft is in \(path): cordon order check \(path)\n".utf8))
  }
}
