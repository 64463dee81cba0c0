import ArgumentParser
import Console

struct CaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "case",
    abstract: "What becomes of a finding: review, notice, close, refer.",
    subcommands: [
      CaseList.self, CaseShow.self, CaseReview.self, CaseNotice.self, CaseClose.self,
      CaseRefer.self,
    ]
  )
}
