import ArgumentParser
import Console
import Foundation

/// The program.
@main
enum Program {
  /// A command that cannot be read is refused input like any other, so it ends with 2.
  static func main() async {
    do {
      var command = try Cordon.parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      guard Cordon.exitCode(for: error) == .validationFailure else { Cordon.exit(withError: error) }
      try? FileHandle.standardError.write(
        contentsOf: Data("\(Cordon.fullMessage(for: error))\n".utf8))
      exit(2)
    }
  }
}

/// The verbs, by job.
struct Cordon: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cordon",
    abstract: "Blocks what an order names and nothing else, and puts every decision on a record.",
    discussion: """
      Exit codes: 0 done, 1 failed, 2 refused (the input is wrong, or the rules forbid it; the \
      reason is on standard error).
      """,
    version: ProgramVersion.text,
    groupedSubcommands: [
      CommandGroup(name: "Run", subcommands: [ServeCommand.self]),
      CommandGroup(
        name: "Block", subcommands: [OrderCommand.self, ExplainCommand.self, ZoneCommand.self]),
      CommandGroup(
        name: "Watch",
        subcommands: [
          WatchCommand.self, CaseCommand.self, NoticeCommand.self, ScanCommand.self,
        ]),
      CommandGroup(
        name: "Accounts",
        subcommands: [
          PlatformCommand.self, ConductVerbs.self, AccountCommand.self, PartyCommand.self,
          InfractionCommand.self, SanctionCommand.self, AppealCommand.self, LeadCommand.self,
          BatchCommand.self, ReportCommand.self,
        ]),
      CommandGroup(name: "Record", subcommands: [RecordCommand.self]),
      CommandGroup(name: "House", subcommands: [UserCommand.self, ConfigCommand.self]),
    ]
  )
}
