extension Detector {
  /// What a post is for: as ``verdict(on:)`` says, and many times faster for one that has nothing to
  /// do with crypto.
  ///
  /// Such a post is told by one pass over its text: category `none`, score 1, and neither language
  /// nor evidence. Nothing is a finding that names no crypto, whatever else it says.
  public func verdict(onPost text: [UInt8]) -> Verdict {
    guard let seen = engine.observe(post: text) else {
      return Verdict(category: .none, score: 1, packs: labels)
    }
    return verdict(on: Subject(content: .text(text)), seen: seen)
  }
}

extension Engine {
  /// What there is to see in a post; nil where it shows none of the marks.
  func observe(post source: [UInt8]) -> Observations? {
    workspaces.withWorkspace { workspace in
      let count = min(source.count, PageBounds.octets)
      workspace.makeRoom(for: count)
      let text = Folding.fold(
        source, in: 0..<count, regions: [], into: &workspace.octets, after: workspace.takeText())
      workspace.keep(text)
      guard isMarked(workspace, text) else { return nil }
      return observe(
        Subject(content: .text(source)), source, [], 0, text, reading: nil, for: .verdict,
        isCut: count < source.count, workspace)
    } ?? nil
  }

  private func isMarked(_ workspace: Workspace, _ text: FoldedText) -> Bool {
    compiled.marks.areMet(in: workspace, count: text.count)
      || !AddressFinder.candidates(workspace.octets, in: 0..<text.count).isEmpty
  }
}
