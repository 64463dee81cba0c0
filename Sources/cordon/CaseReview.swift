import ArgumentParser
import Console

struct CaseReview: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Records that you looked at the evidence; nothing leaves the house before.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The case's number.")
  var id: String

  @Option(help: "What you saw, in writing.")
  var remark: String?

  @Option(
    help: """
      The digest of the evidence you saw, or its first 8 digits: refused where newer has come in \
      (default: the newest).
      """)
  var evidence: String?

  func run() async throws {
    try await common.perform(
      .caseReview(id: id, evidence: evidence, remark: remark), asPerson: true)
  }
}
