import ArgumentParser
import Console

struct WatchMirrors: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mirrors",
    abstract: "Proposes sites that seem to be others under new names, with the reasons.",
    discussion: "A likeness is a reason to look, and no finding. Nothing is watched by itself.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The site that proposals are about; all, if none is named.")
  var site: String?

  @Option(help: "Have this proposed site watched.")
  var accept: String?

  func validate() throws {
    guard site == nil || accept == nil else {
      throw ValidationError("name a site to list proposals, or --accept one, not both")
    }
  }

  func run() async throws {
    guard let accept else { return try await common.perform(.watchMirrors(site: site)) }
    try await common.perform(.watchMirrorAccept(name: accept), asPerson: true)
  }
}

struct WatchLeads: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "leads",
    abstract: "Lists names in new certificates that pass for a venue's.",
    discussion: "Which logs are read says watch.ct_logs. Nothing is looked at by itself.")

  @OptionGroup var common: CommonOptions

  @Flag(help: "Read on in the logs first.")
  var read = false

  @Option(help: "Have this name watched.")
  var accept: String?

  func validate() throws {
    guard !read || accept == nil else {
      throw ValidationError("--read and --accept exclude each other")
    }
  }

  func run() async throws {
    guard let accept else { return try await common.perform(.watchLeads(reading: read)) }
    try await common.perform(.watchLeadAccept(name: accept), asPerson: true)
  }
}
