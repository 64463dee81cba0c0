internal import Foundation
internal import Detection
internal import Interchange

/// Judges pages and texts for `cordon scan`, without a data directory.
public struct Scan: Sendable {
  /// The configuration: where the policies are, and what may be fetched.
  public var configuration: CordonConfiguration
  /// Whether verdicts are written as JSON.
  public var json: Bool
  /// Whether the page is shown with its evidence marked.
  public var explains: Bool
  /// Where the explained pages are written as markup.
  public var explanationPath: String?
  /// Whether text is coloured.
  public var color: Bool

  /// Takes the parts.
  public init(
    configuration: CordonConfiguration, json: Bool, explains: Bool = false,
    explanationPath: String? = nil,
    color: Bool = false
  ) {
    self.configuration = configuration
    self.json = json
    self.explains = explains
    self.explanationPath = explanationPath
    self.color = color
  }

  /// A page that is at hand.
  public struct Page: Sendable {
    /// What its answer calls it.
    public var name: String
    /// Where it was found; nil where that is not known.
    public var url: String?
    /// Its octets, in UTF-8.
    public var octets: [UInt8]

    /// Takes the parts.
    public init(name: String, url: String? = nil, octets: [UInt8]) {
      self.name = name
      self.url = url
      self.octets = octets
    }
  }

  /// Judges a stream of lines, `{"id","url"?,"title"?,"html"?|"text"?}`, in order.
  ///
  /// - Parameters:
  ///   - features: whether to write features in place of verdicts.
  ///   - read: the next octets; nil at the end.
  ///   - output: where the answers go.
  /// - Returns: how it ended.
  public func lines(
    features: Bool = false, read: () throws -> [UInt8]?, output: DeskOutput
  ) async -> ExitCode {
    await guarded(output) {
      let detector = try DetectorFolder.load(policies: configuration.policies)
      try await ScanStream(detector: detector, writesFeatures: features).run(read: read) {
        try await output.out($0)
      }
    }
  }

  /// Judges pages that are at hand, then pages of the web, one after the other.
  ///
  /// A page that cannot be fetched is told on standard error, and the others go on.
  ///
  /// - Parameters:
  ///   - pages: those at hand.
  ///   - addresses: those to fetch; nothing that the address guard refuses is asked.
  ///   - output: where the answers go.
  /// - Returns: how it ended; failed where a page could not be fetched.
  public func pages(
    _ pages: [Page], addresses: [String] = [], output: DeskOutput
  ) async -> ExitCode {
    var failures = 0
    let code = await guarded(output) {
      let detector = try DetectorFolder.load(policies: configuration.policies)
      var explained: [(scan: ScanSubject, verdict: Verdict)] = []
      func judge(_ scan: ScanSubject) async throws {
        let verdict = detector.verdict(on: scan.subject)
        try await output.out(try answer(scan, verdict))
        if explanationPath != nil { explained.append((scan, verdict)) }
      }
      for page in pages {
        try await judge(ScanSubject(path: page.name, octets: page.octets, url: page.url))
      }
      let fetching = ScanFetching(configuration)
      failures = try await fetching.pages(addresses, output: output, judge)
      if let explanationPath {
        let octets = HTMLExplanation(pages: explained).octets
        try Data(octets).write(to: URL(fileURLWithPath: explanationPath))
      }
    }
    return code == .done && failures > 0 ? .failed : code
  }

  private func answer(_ scan: ScanSubject, _ verdict: Verdict) throws -> [UInt8] {
    let reply = ScanReply(id: scan.id, verdict: verdict)
    let style = TextStyle(color: color)
    if json { return try JSONText.encode(reply) }
    guard explains else { return Array(reply.text(style).utf8) }
    let heading = style.paint(style.safe(scan.id.description), .strong) + "\n"
    let explanation = TerminalExplanation(scan: scan, verdict: verdict).text(style)
    return Array((heading + explanation + "\n").utf8)
  }

  /// Does it, and says on standard error what went wrong.
  private func guarded(
    _ output: DeskOutput, _ work: () async throws -> Void
  ) async -> ExitCode {
    do {
      try await work()
      return .done
    } catch let fault as PolicyFileError {
      try? await output.err("refused: \(fault)")
      return .refused
    } catch let fault as PackFault {
      try? await output.err("refused: \(fault)")
      return .refused
    } catch let fault as DeskFault {
      try? await output.err("refused: \(fault)")
      return .refused
    } catch {
      try? await output.err("failed: \(error)")
      return .failed
    }
  }
}
