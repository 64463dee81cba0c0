import ArgumentParser
import Console

/// How much a list shows.
struct ListLength: ParsableArguments {
  @Option(help: "The most to show.")
  var limit = 100

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit is 1 or more, not \(limit)") }
  }
}

/// Whose things a list shows, and how many.
struct ListOptions: ParsableArguments {
  @Option(help: "Only those of a platform.")
  var platform: String?

  @Option(help: "Only those of an account: its number, or PLATFORM/ID.")
  var account: String?

  @OptionGroup var length: ListLength

  var selection: ListSelection {
    ListSelection(platform: platform, account: account, limit: length.limit)
  }
}
