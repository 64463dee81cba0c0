public import TransparencyLog

/// How far a log has been read, all of it verified.
public struct CTPosition: Sendable, Hashable {
  /// The log's name for itself.
  public var origin: String
  /// The tree up to which it was read.
  public var frontier: TreeFrontier

  /// Takes the parts.
  public init(origin: String, frontier: TreeFrontier) {
    self.origin = origin
    self.frontier = frontier
  }
}

/// What one look at a log brought.
public struct CTReading: Sendable, Hashable {
  /// Where to go on the next time.
  public var position: CTPosition
  /// Names that were looked for, in the order of the log; bounded.
  public var leads: [NameLead]
  /// How many entries were read.
  public var entries: UInt64
  /// How many were passed over, because there were too many since the last look.
  public var skipped: UInt64
}

/// A name in a new certificate that is worth a look, and why.
public struct NameLead: Sendable, Hashable {
  /// The name, without a wildcard's `*.`.
  public var name: String
  /// Why it is worth a look.
  public var reason: Reason
  /// The entry's number in the log.
  public var entry: UInt64
  /// When the log took it, in milliseconds since the Unix epoch.
  public var time: UInt64

  /// Why a name is worth a look.
  public enum Reason: Sendable, Hashable {
    /// It passes for a venue's.
    case likeness(venue: String, known: String, variation: String)
    /// It holds a word that is looked for.
    case keyword(String)
  }

  /// Takes the parts.
  public init(name: String, reason: Reason, entry: UInt64, time: UInt64) {
    self.name = name
    self.reason = reason
    self.entry = entry
    self.time = time
  }
}

/// Reads a log from where it was left to its newest checkpoint.
///
/// 1. The checkpoint is fetched, and its signature verified.
/// 2. A log that has become shorter, or has another root at the same size, contradicts itself.
/// 3. Where too much is new, the oldest of it is passed over: a proof made from hash tiles shows
///    that the tree read so far is a beginning of the new one.
/// 4. Data tiles are read, their entries hashed and added to the tree.
/// 5. Only if that leads to the signed root, what was found is answered; else nothing is.
struct CTFollower: Sendable {
  /// The most leads of one look.
  static let leadLimit = 10_000
  /// The most octets of a data tile: 256 entries of 64 KiB.
  static let tileLimit = 16 << 20

  let log: CTLog
  let rules: LeadRules
  /// The most entries of one look.
  let entryLimit: UInt64

  /// Reads on.
  ///
  /// - Parameters:
  ///   - position: where the last look ended; nil for the first, which begins near the end.
  ///   - source: where the log's files are had from.
  /// - Returns: what was found, and where to go on.
  /// - Throws: `CTFault`; the position to go on from stays what it was.
  func read(
    after position: CTPosition?, from source: some CTSource
  ) async throws(CTFault) -> CTReading {
    let head = try log.head(from: try await source.file("checkpoint", limit: 1 << 16))
    if let position {
      guard position.origin == head.origin else {
        throw .checkpoint("it is of \(head.origin), not of \(position.origin)")
      }
      try Self.check(head, against: position.frontier)
    }
    let old = position?.frontier ?? TreeFrontier()
    let start = max(old.size, head.size - min(head.size, entryLimit))
    var frontier = old
    if start > old.size {
      frontier = try await jump(from: old, to: start, head: head, source: source)
    }
    var leads: [NameLead] = []
    try await read(&frontier, to: head.size, leads: &leads, from: source)
    guard frontier.root == head.root else {
      throw .contradiction("the entries up to \(head.size) do not lead to the signed root")
    }
    let skipped = position == nil ? 0 : start - old.size
    return CTReading(
      position: CTPosition(origin: head.origin, frontier: frontier), leads: leads,
      entries: head.size - start, skipped: skipped)
  }

  /// Refuses a head that takes back what was read.
  private static func check(_ head: CTHead, against frontier: TreeFrontier) throws(CTFault) {
    guard head.size >= frontier.size else {
      throw .contradiction("it had \(frontier.size) entries, and now signs for \(head.size)")
    }
    guard head.size > frontier.size || head.root == frontier.root else {
      throw .contradiction("it signs two roots for \(head.size) entries")
    }
  }

  /// The tree up to an entry that was not reached by reading, proved to continue the old one.
  private func jump(
    from old: TreeFrontier, to start: UInt64, head: CTHead, source: some CTSource
  ) async throws(CTFault) -> TreeFrontier {
    var tiles = CTTiles(size: head.size)
    let proof = try await tiles.answer(from: source) {
      try $0.consistencyProof(from: old.size, to: head.size)
    }
    do {
      try proof.verify(oldRoot: old.root, newRoot: head.root)
    } catch {
      throw .contradiction("\(error)")
    }
    // Not proved yet: what is read after it must lead from it to the signed root.
    return try await tiles.answer(from: source) { try $0.frontier(ofSize: start) }
  }

  private func read(
    _ frontier: inout TreeFrontier, to size: UInt64, leads: inout [NameLead],
    from source: some CTSource
  ) async throws(CTFault) {
    while frontier.size < size {
      let index = frontier.size >> 8
      let width = Int(min(256, size - index << 8))
      guard let tile = TileID(level: 0, index: index, width: width) else { return }
      let bytes = try await CTTiles.file(
        of: tile, path: tile.dataPath, full: TileID.full(tile)?.dataPath, limit: Self.tileLimit,
        source)
      let entries = try CTEntry.read(tile: bytes, first: index << 8, count: width)
      for entry in entries.dropFirst(Int(frontier.size & 0xFF)) {
        let number = frontier.size
        _ = frontier.append(entry.leaf)
        for lead in rules.leads(in: entry, number: number) where leads.count < Self.leadLimit {
          leads.append(lead)
        }
      }
      guard !Task.isCancelled else {
        throw .fetch(path: tile.dataPath, reason: "the reading was ended")
      }
    }
  }
}
