import ArgumentParser
import Console

struct WatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Sites that are looked at again and again: what they are for, and what changed.",
    subcommands: [
      WatchAdd.self, WatchList.self, WatchShow.self, WatchRun.self, WatchDrop.self,
      WatchMirrors.self, WatchLeads.self,
    ]
  )
}

struct WatchAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Has sites watched from now on. Several URLs of one site are its start pages.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "URLs, or hosts alone.")
  var urls: [String] = []

  @Option(help: "A file with a URL a line, or - for standard input.")
  var from: String?

  @Option(help: "How closely to watch: low, normal or high.")
  var risk: String?

  @Option(help: "Why the sites are watched; it goes on the record.")
  var note: String?

  @Option(help: "The language that the sites' people read, such as zh-Hans.")
  var language: String?

  @Option(help: "The most pages of each site.")
  var pages: Int?

  @Option(help: "The most links from a start page.")
  var depth: Int?

  @Flag(help: "The site is the whole host, even one that strangers share.")
  var wholeHost = false

  func run() async throws {
    let input = WatchInput(
      urls: urls, risk: risk, note: note, language: language, pages: pages, depth: depth,
      wholeHost: wholeHost)
    try await common.perform(
      .watchAdd(input), file: try from.map { try Terminal.read($0) } ?? [], asPerson: true)
  }
}

struct WatchDrop: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drop",
    abstract: "Has sites watched no more; what is known of them is kept.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The sites.")
  var sites: [String]

  @Option(help: "Why; it goes on the record.")
  var reason: String

  func run() async throws {
    try await common.perform(.watchDrop(sites: sites, reason: reason), asPerson: true)
  }
}

struct WatchList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists watched sites, those that need a person first.")

  @OptionGroup var common: CommonOptions

  @Flag(help: "With those that are watched no more.")
  var all = false

  func run() async throws { try await common.perform(.watchList(all: all)) }
}

struct WatchShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Shows all about a site: pages, findings, captures, robots.txt, failures.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The site, or a URL of it.")
  var site: String

  @Flag(help: "Every page and capture.")
  var all = false

  func run() async throws { try await common.perform(.watchShow(site: site, all: all)) }
}
