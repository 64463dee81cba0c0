/// What a post must show before it can be about crypto: without one of these its verdict is `none`.
struct PostMarks: Sendable {
  /// By the number of a signal: whether it names crypto, or shows that an address is written out.
  let signals: [Bool]

  /// Reads them off what packs say of their signals.
  init(_ compiled: CompiledPacks, _ known: [String: PackSignals.Known]) {
    var marks = compiled.signals.map { known[$0.id]?.kinds.contains(.object) == true }
    // What links say can name crypto too; their signals are met by markup or by a written address.
    marks[compiled.helpers[BuiltInPatterns.Name.address.rawValue]] = true
    signals = marks
  }
}

extension Detector {
  /// What a post is for: as ``verdict(on:)`` says, and many times faster for one that has nothing to
  /// do with crypto.
  ///
  /// Such a post is told by one pass over its text: category `none`, score 1, and neither language
  /// nor evidence. Nothing is a finding that names no crypto, whatever else it says.
  public func verdict(onPost text: [UInt8]) -> Verdict {
    guard let seen = engine.observe(post: text, marks: postMarks) else {
      return Verdict(category: .none, score: 1, packs: labels)
    }
    return verdict(on: Subject(content: .text(text)), seen: seen)
  }
}

extension Engine {
  /// What there is to see in a post; nil where it shows none of the marks.
  ///
  /// A mark is looked for more widely than its signal is met: word boundaries and context are not
  /// asked for. So nil is certain.
  func observe(post source: [UInt8], marks: PostMarks) -> Observations? {
    workspaces.withWorkspace { workspace in
      let count = min(source.count, PageBounds.octets)
      workspace.makeRoom(for: count)
      let text = Folding.fold(
        source, in: 0..<count, regions: [], into: &workspace.octets, after: FoldedText())
      compiled.database.scan(
        workspace.octets, in: 0..<text.count, scratch: workspace.scratch, into: &workspace.matches)
      guard isMarked(workspace, text, marks) else { return nil }
      return observeMatches(
        Subject(content: .text(source)), source, [], 0, text, reading: nil,
        isCut: count < source.count, workspace)
    } ?? nil
  }

  private func isMarked(
    _ workspace: Workspace, _ text: FoldedText, _ marks: PostMarks
  ) -> Bool {
    // Where not all matches were kept, one that matters may be among the others.
    if workspace.matches.isFull { return true }
    for index in 0..<workspace.matches.count
    where marks.signals[compiled.owners[Int(workspace.matches[index].pattern)].signal] {
      return true
    }
    return !AddressFinder.candidates(workspace.octets, in: 0..<text.count).isEmpty
  }
}
