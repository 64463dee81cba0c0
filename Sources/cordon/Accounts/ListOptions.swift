import ArgumentParser
import Console

/// Whose things a list shows, and how many.
struct ListOptions: ParsableArguments {
  @Option(help: "Only those of a platform.")
  var platform: String?

  @Option(help: "Only those of an account: its number, or PLATFORM/ID.")
  var account: String?

  @Option(help: "The most to show.")
  var limit = 100

  var selection: ListSelection {
    ListSelection(platform: platform, account: account, limit: limit)
  }
}
