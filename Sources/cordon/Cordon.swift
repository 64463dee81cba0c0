import ArgumentParser

/// The program.
@main
struct Cordon: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cordon",
    abstract: "Blocks what an order names and nothing else, and puts every decision on a record.",
    discussion: """
      Exit codes: 0 done, 1 failed, 2 refused (the input is wrong, or the rules forbid it; the \
      reason is on standard error).
      """,
    version: "0.1.0",
    groupedSubcommands: [
      CommandGroup(name: "Run", subcommands: [ServeCommand.self]),
      CommandGroup(
        name: "Block", subcommands: [OrderCommand.self, ExplainCommand.self, ZoneCommand.self]),
      CommandGroup(name: "Record", subcommands: [RecordCommand.self]),
      CommandGroup(name: "House", subcommands: [UserCommand.self, ConfigCommand.self]),
    ]
  )
}
