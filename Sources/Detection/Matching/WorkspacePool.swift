internal import Synchronization

/// What one call of the engine needs of memory; kept between calls, so that posts cost little.
final class Workspace {
  /// Room for folded text.
  var octets: [UInt8] = []
  /// Room for its runs and segments: that of the last call.
  private var text = FoldedText()
  var matches = MatchList()
  let scratch: PatternDatabase.Scratch
  let scriptScratch: PatternDatabase.Scratch?

  init(scratch: PatternDatabase.Scratch, scriptScratch: PatternDatabase.Scratch?) {
    self.scratch = scratch
    self.scriptScratch = scriptScratch
  }

  /// Makes room for the folded text of so many octets.
  ///
  /// Most characters grow by nothing; those that do grow find room up to twice the text.
  func makeRoom(for count: Int) {
    let wanted = 2 * count + 4_096
    if octets.count < wanted { octets = [UInt8](repeating: 0, count: wanted) }
  }

  /// Empty lines behind so many octets of folded text; where they end.
  ///
  /// Vectorscan 5.4.9 misses matches of some expressions that end in the last 24 octets of what it is
  /// given, so it is given these too.
  func pad(after count: Int) -> Int {
    let end = min(count + Self.padding, octets.count)
    for at in count..<max(count, end) { octets[at] = 0x0A }
    return end
  }

  /// Octets that are read behind the end of a match or a text.
  static let padding = 64

  /// Octets of room that are kept between calls, at most.
  static let kept = 2 << 20

  /// An empty text with the room that the last one had.
  func takeText() -> FoldedText {
    text.take()
  }

  /// Keeps the room of a text until the call is over, which is when no one else has it any longer.
  func keep(_ text: FoldedText) {
    self.text = text
  }

  func shrink() {
    matches.removeAll()
    if octets.count > Self.kept { octets = [] }
    text.empty(keeping: Self.kept)
  }
}

/// Lends workspaces, at most ``kept`` of which are kept.
final class WorkspacePool: Sendable {
  private static let kept = 16

  private struct Shelf: ~Copyable, Sendable {
    nonisolated(unsafe) var workspaces: [Workspace] = []
  }

  private let shelf = Mutex(Shelf())
  private let make: @Sendable () -> Workspace?

  init(_ make: @escaping @Sendable () -> Workspace?) {
    self.make = make
  }

  /// Runs a closure with a workspace that no one else uses; nil where there is no memory for one.
  func withWorkspace<Outcome>(_ body: (Workspace) -> Outcome) -> Outcome? {
    guard let workspace = shelf.withLock({ $0.workspaces.popLast() }) ?? make() else { return nil }
    let outcome = body(workspace)
    workspace.shrink()
    shelf.withLock { shelf in
      if shelf.workspaces.count < Self.kept { shelf.workspaces.append(workspace) }
    }
    return outcome
  }
}
