/// Looks at pages and posts, and says what is there: pure, and safe to use from many tasks at once.
///
/// Compiling packs takes long (about a second for those that Cordon ships with); keep the engine.
public final class Engine: Sendable {
  /// The packs that are applied, such as `crypto-trading@1`.
  public let packs: [String]
  let compiled: CompiledPacks
  let workspaces: WorkspacePool

  /// Compiles packs, and checks every example they carry.
  ///
  /// - Throws: ``PackFault`` for the first fault found; nothing is loaded then.
  public init(packs: [Pack]) throws(PackFault) {
    let compiled = try PackCompiler.compile(packs)
    self.packs = packs.map(\.label)
    self.compiled = compiled
    workspaces = WorkspacePool {
      guard let scratch = compiled.database.makeScratch(also: [compiled.digits]) else {
        return nil
      }
      return Workspace(scratch: scratch, scriptScratch: compiled.scripts?.makeScratch())
    }
    try checkExamples(of: packs)
  }

  /// What there is to see in a subject.
  ///
  /// Reads at most ``PageBounds`` of it. Never fails: what cannot be read shows nothing.
  public func observe(_ subject: Subject) -> Observations { observe(subject, for: .reading) }

  /// What there is to see in a subject, as far as its use needs that.
  func observe(_ subject: Subject, for use: ObservationUse) -> Observations {
    workspaces.withWorkspace { observe(subject, for: use, in: $0) }
      ?? Observations(packs: packs)
  }

  /// All that is looked for in a text, in Vectorscan's syntax: for those who measure.
  public var expressions: [String] { compiled.expressions }

  /// How often patterns are met in a plain text, by folding and matching alone: a part of what
  /// ``observe(_:)`` does, so that it can be measured by itself.
  public func countMatches(in text: [UInt8]) -> Int {
    workspaces.withWorkspace { workspace in
      let count = min(text.count, PageBounds.octets)
      workspace.makeRoom(for: count)
      let folded = Folding.fold(
        text, in: 0..<count, regions: [], into: &workspace.octets, after: workspace.takeText())
      match(folded.count, in: workspace)
      workspace.keep(folded)
      return workspace.matches.count
    } ?? 0
  }

  private func observe(
    _ subject: Subject, for use: ObservationUse, in workspace: Workspace
  ) -> Observations {
    let title = Array((subject.title ?? "").utf8.prefix(PageBounds.attribute))
    switch subject.content {
    case .text(let source):
      let count = min(source.count, PageBounds.octets)
      workspace.makeRoom(for: count + title.count)
      let start = foldTitle(title, workspace)
      let titleEnd = start.count
      let text = Folding.fold(
        source, in: 0..<count, regions: [], into: &workspace.octets, after: start)
      return observe(
        subject, source, title, titleEnd, text, reading: nil, for: use,
        isCut: count < source.count, workspace)
    case .html(let source):
      let count = min(source.count, PageBounds.octets)
      workspace.makeRoom(for: count + title.count)
      let start = foldTitle(title, workspace)
      let titleEnd = start.count
      let (text, reading) = Folding.read(
        source, count: count, into: &workspace.octets, after: start)
      return observe(
        subject, source, title, titleEnd, text, reading: reading, for: use,
        isCut: count < source.count, workspace)
    }
  }

  /// Finds all patterns in the workspace's text, of so many octets.
  ///
  /// - Returns: the octets with their padding, and how many of the matches are places already;
  ///   of the others only the ends are known.
  @discardableResult
  private func match(_ count: Int, in workspace: Workspace) -> (padded: Int, placed: Int) {
    let padded = workspace.pad(after: count)
    compiled.phrases?.scan(workspace.octets, count: count, into: &workspace.matches)
    let placed = workspace.matches.count
    compiled.database.scan(
      workspace.octets, in: 0..<padded, scratch: workspace.scratch, into: &workspace.matches)
    matchDigits(count, padded, in: workspace)
    return (padded, placed)
  }

  /// Finds the expressions that match only within a line that holds a digit.
  ///
  /// What is read begins at the beginning of a line and ends well behind the end of one, in text
  /// without digits, so that nothing is met there.
  private func matchDigits(_ count: Int, _ padded: Int, in workspace: Workspace) {
    var at = 0
    while let lines = OctetScan.linesWithDigits(
      in: workspace.octets, at..<count, apart: 4 * Workspace.padding)
    {
      let end = StartFinder.windowEnd(
        behind: lines.upperBound, in: workspace.octets, count: padded)
      compiled.digits.scan(
        workspace.octets, in: lines.lowerBound..<end, scratch: workspace.scratch,
        into: &workspace.matches)
      at = lines.upperBound
    }
  }

  private func foldTitle(_ title: [UInt8], _ workspace: Workspace) -> FoldedText {
    title.isEmpty
      ? workspace.takeText()
      : Folding.fold(
        title, in: 0..<title.count, regions: RegionSet(.title), into: &workspace.octets,
        after: workspace.takeText())
  }

  /// What a subject shows whose text is folded.
  func observe(
    _ subject: Subject, _ source: [UInt8], _ title: [UInt8], _ titleEnd: Int, _ text: FoldedText,
    reading: PageReading?, for use: ObservationUse, isCut: Bool, _ workspace: Workspace
  ) -> Observations {
    workspace.keep(text)
    let (padded, placed) = match(text.count, in: workspace)
    let isFull = workspace.matches.isFull
    let observed = ObservedText(
      octets: workspace.octets, text: text, source: source,
      part: reading == nil ? .text : .html, title: title, titleEnd: titleEnd)
    let places = SignalPlaces(
      workspace, compiled: compiled, count: text.count, padded: padded, placed: placed,
      wantsStarts: use != .presence)
    var observer = Observer(
      compiled: compiled, text: observed, places: places, reading: reading,
      pageHost: subject.url.flatMap(WebAddress.host(of:)),
      evidence: use == .reading ? SignalTally.evidenceBound : Detector.maximumPlaces)
    observer.observe(workspace)
    var observations = observer.observations(packs: packs, wantsPage: use == .reading)
    observations.isTruncated =
      isCut || isFull || text.isTruncated
      || reading?.structure.isTruncated == true
    return observations
  }

  /// Checks the examples of all packs, each by itself.
  private func checkExamples(of packs: [Pack]) throws(PackFault) {
    for pack in packs {
      for signal in pack.signals {
        for example in signal.mustMatch where met(signal, example) == nil {
          throw PackFault(
            pack: pack.label, signal: signal.id, reason: .exampleNotMet(example.text))
        }
        for example in signal.mustNotMatch where met(signal, example) != nil {
          let evidence = observe(example.subject, for: .verdict)[id: signal.id]?.evidence
          throw PackFault(
            pack: pack.label, signal: signal.id,
            reason: .exampleMet(example.text, text: evidence?.first?.text ?? ""))
        }
      }
    }
  }

  private func met(_ signal: Signal, _ example: Signal.Example) -> SignalMet? {
    observe(example.subject, for: signal.isMetAnywhere ? .presence : .verdict)[id: signal.id]
  }
}

/// What observations are for.
enum ObservationUse {
  /// For a reader: all there is.
  case reading
  /// For a verdict, which needs less.
  case verdict
  /// To know which signals without rules are met: where their expressions begin is no matter.
  case presence
}

extension Signal {
  /// Whether one place is enough, wherever it is.
  fileprivate var isMetAnywhere: Bool { context.isEmpty && minimumCount == 1 }
}

extension Signal.Example {
  /// What is written.
  var text: String {
    switch self {
    case .text(let text), .html(let text): text
    }
  }

  fileprivate var subject: Subject {
    switch self {
    case .text(let text): Subject(content: .text(Array(text.utf8)))
    case .html(let text): Subject(content: .html(Array(text.utf8)))
    }
  }
}
