import ArgumentParser
import Console

struct AccountReview: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Says that you looked at an account before its posts are for the public.",
    discussion: """
      Your name and the time go on the record, with the category and the number under which the \
      account is filed. Only an account with a permit bears the mark for political news; a review \
      without --news-permit takes the mark away.
      """)

  @OptionGroup var common: CommonOptions

  @Argument(help: "PLATFORM/ID, or the account's number here.")
  var account: String

  @Option(help: "The category under which it is filed, such as personal, business or media.")
  var category: String

  @Option(help: "The number under which it is filed with the authority.")
  var filing: String?

  @Option(help: "The permit under which it may post and pass on political news.")
  var newsPermit: String?

  func run() async throws {
    let input = ReviewInput(category: category, filing: filing, newsPermit: newsPermit)
    try await common.perform(
      .conduct(.accountReview(account: account, input)), asPerson: true)
  }
}
