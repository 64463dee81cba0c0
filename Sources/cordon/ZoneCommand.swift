import ArgumentParser
import Console

struct ZoneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "zone",
    abstract: "The rules in force, for other systems.",
    subcommands: [ZoneExport.self]
  )
}

struct ZoneExport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes the rules in force in another system's form.")

  @OptionGroup var common: CommonOptions

  @Option(name: .customLong("to"), help: "The form: json, hosts or rpz.")
  var target: String

  @Option(help: "The name of the policy zone, for rpz.")
  var zone = "policy.cordon."

  func run() async throws {
    try await common.perform(.zoneExport(format: target, zone: zone))
  }
}
