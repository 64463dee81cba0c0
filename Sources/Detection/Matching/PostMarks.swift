/// What a text must show before it can be about crypto: something that names it, or an address.
///
/// A mark is looked for more widely than its signal is met: its context is not asked for. So a text
/// without marks certainly meets no signal that names crypto.
struct PostMarks: Sendable {
  /// The phrases of the marks.
  let phrases: PhraseIndex
  /// Their expressions; nil where there are none.
  let database: PatternDatabase?

  /// Whether a mark stands in the workspace's text, of so many octets.
  func areMet(in workspace: Workspace, count: Int) -> Bool {
    defer { workspace.matches.removeAll() }
    let padded = workspace.pad(after: count)
    phrases.scan(workspace.octets, count: count, into: &workspace.matches)
    if workspace.matches.count > 0 { return true }
    guard let database, let scratch = workspace.markScratch else { return false }
    database.scan(workspace.octets, in: 0..<padded, scratch: scratch, into: &workspace.matches)
    // Where not all matches were kept, one that counts may be among the others.
    return workspace.matches.isFull
      || (0..<workspace.matches.count).contains { workspace.matches[$0].end <= count }
  }
}
