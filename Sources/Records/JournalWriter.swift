internal import Enforcement
internal import Foundation
internal import GRDB
internal import TransparencyLog

/// Adds entries within one transaction.
///
/// | a crash after | leaves |
/// | --- | --- |
/// | any statement here | nothing: the transaction never happened |
/// | the commit | everything: entries, sealed values, targets, tree, checkpoint and views |
struct JournalWriter {
  let db: Database
  let key: NoteSigningKey
  let random: RandomOctets
  var frontier: TreeFrontier
  var register: Register
  /// Hashes of the tree that are not written yet.
  private var nodes: [TreeNode] = []

  init(
    db: Database, key: NoteSigningKey, random: RandomOctets, frontier: TreeFrontier,
    register: Register
  ) {
    self.db = db
    self.key = key
    self.random = random
    self.frontier = frontier
    self.register = register
  }

  /// Adds an event, with the targets that stand beside it if it is an assessment.
  mutating func append(_ event: Event, targets: SealedTargets?) throws -> RecordedEvent {
    let index = frontier.size
    let entry = try EventCoding.entry(for: event, random: random)
    try insert(entry, at: Int64(index))
    if case .orderAssessed = event.change, let targets { try insert(targets, at: Int64(index)) }
    register.apply(event)
    let recorded = RecordedEvent(index: index, event: event)
    try Views(db: db).apply(recorded, register: register, accepted: targets?.accepted)
    try Outbox(db: db).apply(recorded)
    try EffectQueue(db: db).apply(recorded, book: register.conduct)
    if case .conduct(.partyErased(let party, let accounts)) = event.change {
      try Erasure(db: db).erase(party, accounts)
    }
    return recorded
  }

  private mutating func insert(_ entry: Entry, at index: Int64) throws {
    try db.cachedStatement(sql: "INSERT INTO entry (idx, leaf, hash) VALUES (?, ?, ?)")
      .execute(arguments: [index, Data(entry.leaf), Data(entry.hash.bytes)])
    let sealed = try db.cachedStatement(
      sql: "INSERT INTO sealed_field (entry, name, salt, value) VALUES (?, ?, ?, ?)")
    for field in entry.sealed {
      try sealed.execute(
        arguments: [index, field.name, Data(field.salt.bytes), Data(field.value)])
    }
    nodes += frontier.append(entry.hash)
    if nodes.count >= Self.nodesAtOnce { try writeNodes(nodes.count / Self.nodesAtOnce) }
  }

  /// The hashes that one statement writes.
  private static let nodesAtOnce = 16

  private static let insertOfNodes =
    "INSERT INTO tree_node (level, idx, hash) VALUES "
    + repeatElement("(?, ?, ?)", count: nodesAtOnce).joined(separator: ", ")

  /// Writes the first hashes that wait, so many times sixteen.
  private mutating func writeNodes(_ times: Int) throws {
    let statement = try db.cachedStatement(sql: Self.insertOfNodes)
    for _ in 0..<times {
      try statement.execute(
        arguments: StatementArguments(nodes.prefix(Self.nodesAtOnce).flatMap(Self.values)))
      nodes.removeFirst(Self.nodesAtOnce)
    }
  }

  private static func values(of node: TreeNode) -> [(any DatabaseValueConvertible)?] {
    [node.level, Int64(node.index), Data(node.digest.bytes)]
  }

  /// Writes what waits to be written; then the tree can be signed.
  private mutating func writeRest() throws {
    let statement = try db.cachedStatement(
      sql: "INSERT INTO tree_node (level, idx, hash) VALUES (?, ?, ?)")
    for node in nodes {
      try statement.execute(arguments: StatementArguments(Self.values(of: node)))
    }
    nodes = []
    try Views(db: db).noteState(entries: frontier.size, register)
  }

  private func insert(_ targets: SealedTargets, at index: Int64) throws {
    let statement = try db.cachedStatement(
      sql: "INSERT INTO target (entry, position, salt, value) VALUES (?, ?, ?, ?)")
    for (position, row) in targets.rows.enumerated() {
      try statement.execute(
        arguments: [index, position, Data(row.salt.bytes), Data(row.value)])
    }
  }

  /// Signs the tree as it stands now, and notes that the views are of it.
  mutating func signCheckpoint() throws {
    try writeRest()
    let checkpoint = try Checkpoint(
      origin: "\(key.name)", size: frontier.size, root: frontier.root
    ).signed(by: key)
    try db.execute(
      sql: "INSERT OR REPLACE INTO checkpoint (id, note) VALUES (1, ?)",
      arguments: [Data(checkpoint.note.bytes)])
  }
}

/// The stored hashes of the tree.
struct StoredNodes: TreeNodes {
  let db: Database

  func node(level: Int, index: UInt64) throws -> Digest {
    let hash = try Data.fetchOne(
      db.cachedStatement(sql: "SELECT hash FROM tree_node WHERE level = ? AND idx = ?"),
      arguments: [level, Int64(index)])
    guard let digest = hash.flatMap({ Digest(bytes: $0) }) else {
      throw StoreError.corrupt("the tree lacks the hash at level \(level), place \(index)")
    }
    return digest
  }
}
