import ArgumentParser
import Console

struct WatchMirrors: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mirrors",
    abstract: "Proposes sites that seem to be others under new names, with the reasons.",
    discussion: "A likeness is a reason to look, and no finding. Nothing is watched by itself.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var settling: SettlingOptions

  @Argument(help: "The site that proposals are about; all, if none is named.")
  var site: String?

  func validate() throws {
    guard site == nil || settling.isEmpty else {
      throw ValidationError("name a site to list proposals, or settle one, not both")
    }
  }

  func run() async throws {
    switch try settling.choice {
    case .accept(let name):
      try await common.perform(.watchMirrorAccept(name: name), asPerson: true)
    case .dismiss(let name, let reason):
      try await common.perform(.watchMirrorDismiss(name: name, reason: reason), asPerson: true)
    case .dismissed: try await common.perform(.watchDismissals(ofLeads: false))
    case nil: try await common.perform(.watchMirrors(site: site))
    }
  }
}

struct WatchLeads: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "leads",
    abstract: "Lists names in new certificates that pass for a venue's.",
    discussion: "Which logs are read says watch.ct_logs. Nothing is looked at by itself.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var settling: SettlingOptions

  @Flag(help: "Read on in the logs first.")
  var read = false

  func validate() throws {
    guard !read || settling.isEmpty else {
      throw ValidationError("--read lists leads; it settles none")
    }
  }

  func run() async throws {
    switch try settling.choice {
    case .accept(let name):
      try await common.perform(.watchLeadAccept(name: name), asPerson: true)
    case .dismiss(let name, let reason):
      try await common.perform(.watchLeadDismiss(name: name, reason: reason), asPerson: true)
    case .dismissed: try await common.perform(.watchDismissals(ofLeads: true))
    case nil: try await common.perform(.watchLeads(reading: read))
    }
  }
}

/// What a person makes of a name that is shown.
struct SettlingOptions: ParsableArguments {
  @Option(help: "Have this name watched.")
  var accept: String?

  @Option(help: "Show this name no more, until something else speaks for it.")
  var dismiss: String?

  @Option(help: "Why it is dismissed.")
  var reason: String?

  @Flag(help: "List what was dismissed, by whom, and why.")
  var dismissed = false

  enum Choice {
    case accept(String)
    case dismiss(String, reason: String)
    case dismissed
  }

  var isEmpty: Bool { accept == nil && dismiss == nil && !dismissed }

  func validate() throws { _ = try choice }

  /// The one thing that is asked for; nil to list.
  var choice: Choice? {
    get throws {
      guard [accept != nil, dismiss != nil, dismissed].count(where: { $0 }) <= 1 else {
        throw ValidationError("--accept, --dismiss and --dismissed exclude each other")
      }
      guard (dismiss != nil) == (reason != nil) else {
        throw ValidationError("--dismiss and --reason go together")
      }
      if let accept { return .accept(accept) }
      if let dismiss { return .dismiss(dismiss, reason: reason ?? "") }
      return dismissed ? .dismissed : nil
    }
  }
}
