import ArgumentParser
import Console

struct OrderSettle: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settle",
    abstract:
      "Says what becomes of held and quarantined lines, as another person than who imported them.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The order's number.")
  var id: String

  @Option(
    name: .customLong("line"),
    help: "A line (12, or 12.2), or held, or quarantined. May be repeated.")
  var lines: [String]

  @Flag(help: "Enforce held lines as they stand.")
  var accept = false

  @Flag(help: "Do not enforce the lines.")
  var drop = false

  @Option(name: .customLong("name"), help: "The name that a quarantined line means.")
  var name: String?

  @Option(help: "The scope of that name: exact or subtree.")
  var scope: String?

  @Option(help: "Why, in writing.")
  var reason: String?

  func validate() throws {
    guard [accept, drop, name != nil].count(where: { $0 }) == 1 else {
      throw ValidationError("Give one of --accept, --drop and --name.")
    }
  }

  func run() async throws {
    let outcome: OrderSettlement.Outcome =
      if let name { .read(name: name, scope: scope) } else if accept { .accept } else { .drop }
    try await common.perform(
      .orderSettle(id: id, OrderSettlement(lines: lines, outcome: outcome, reason: reason)),
      asPerson: true)
  }
}
