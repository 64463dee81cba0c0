internal import Synchronization

/// What a text must show before it can be about crypto: something that names it, or an address.
///
/// A mark is looked for more widely than its signal is met: its context is not asked for. So a text
/// without marks certainly meets no signal that names crypto.
///
/// Marks are compiled when the first post is read, and once: who reads pages needs none.
final class PostMarks: Sendable {
  /// The phrases of the marks, by their patterns' numbers.
  private let phrases: [(pattern: Int, octets: [UInt8])]
  private let shapes: [(pattern: Int, shape: WordShape)]
  /// Their other expressions; they compile together with others.
  private let expressions: [PatternDatabase.Pattern]
  private let means = Mutex<Means?>(nil)

  private struct Means {
    let phrases: PhraseIndex
    let database: Expressions

    enum Expressions {
      case none
      case compiled(PatternDatabase)
      /// There was no memory.
      case failed
    }
  }

  /// Takes what marks look for.
  init(
    phrases: [(pattern: Int, octets: [UInt8])], shapes: [(pattern: Int, shape: WordShape)],
    expressions: [PatternDatabase.Pattern]
  ) {
    self.phrases = phrases
    self.shapes = shapes
    self.expressions = expressions
  }

  private func ready() -> Means {
    means.withLock { means in
      if let means { return means }
      let database: Means.Expressions =
        expressions.isEmpty
        ? .none : (try? PatternDatabase(expressions)).map { .compiled($0) } ?? .failed
      let made = Means(phrases: PhraseIndex(phrases, shapes: shapes), database: database)
      means = made
      return made
    }
  }

  /// Whether a mark stands in the workspace's text, of so many octets; where there was no memory to
  /// compile them, one may.
  func areMet(in workspace: Workspace, count: Int) -> Bool {
    defer { workspace.matches.removeAll() }
    let means = ready()
    let padded = workspace.pad(after: count)
    means.phrases.scan(workspace.octets, count: count, into: &workspace.matches)
    if workspace.matches.count > 0 { return true }
    switch means.database {
    case .none: return false
    case .failed: return true
    case .compiled(let database):
      workspace.scratch.fit(database)
      database.scan(
        workspace.octets, in: 0..<padded, scratch: workspace.scratch, into: &workspace.matches)
    }
    // Where not all matches were kept, one that counts may be among the others.
    return workspace.matches.isFull
      || (0..<workspace.matches.count).contains { workspace.matches[$0].end <= count }
  }
}
