internal import Enforcement
internal import Foundation
internal import GRDB
public import TransparencyLog

/// What a check of the whole record found.
public struct VerificationReport: Sendable {
  /// Whether everything fits.
  public var verified: Bool { fault == nil }
  /// The number of entries checked.
  public let entries: UInt64
  /// The root over the entries checked, where all could be read.
  public let root: Digest?
  /// What is wrong first; nil where nothing is.
  public let fault: Fault?

  /// Something that does not fit.
  public struct Fault: Sendable, Hashable {
    /// The number of the first bad entry; nil where no entry is bad, but something around them is.
    public let entry: UInt64?
    /// What is wrong with it.
    public let reason: String
  }
}

extension Journal {
  /// Checks the whole record against itself.
  ///
  /// Each entry's leaf against its hash and its form, each sealed value and target against its
  /// commitment, the tree against the leaves, the checkpoint against the tree, the database's own
  /// structure, and every view against one made afresh. Reads everything, changes nothing.
  public func verify() -> VerificationReport {
    // Taken before the snapshot: what was acknowledged by now must be in it.
    let acknowledged = size
    do {
      return try storage.pool.read { db in
        try RecordCheck(
          db: db, journal: self, acknowledged: acknowledged,
          erased: try Erasure.erasedEntries(db)
        ).run()
      }
    } catch {
      let fault = StoreError(error, directory: storage.directory)
      return VerificationReport(
        entries: size, root: nil,
        fault: VerificationReport.Fault(entry: nil, reason: "\(fault)"))
    }
  }
}

/// One run of the check.
private struct RecordCheck {
  let db: Database
  let journal: Journal
  let acknowledged: UInt64
  /// Entries whose sealed values were erased lawfully, as the views say; they are checked too.
  let erased: Set<Int64>

  func run() throws -> VerificationReport {
    try ViewRebuild.withFreshViews { try run(folding: &$0) }
  }

  private func run(folding fresh: inout FreshViews) throws -> VerificationReport {
    let stored = try Int64.fetchOne(db, sql: "SELECT max(idx) + 1 FROM entry") ?? 0
    let count = max(acknowledged, UInt64(clamping: stored))
    var frontier = TreeFrontier()
    for index in 0..<count {
      let event: Event
      do {
        event = try check(entry: Int64(index), &frontier)
      } catch {
        return report(
          index, entry: index, "\(StoreError(error, directory: journal.storage.directory))")
      }
      try fresh.add(RecordedEvent(index: index, event: event), from: db)
    }
    if let reason = try firstFaultAround(count, frontier, fresh) {
      return report(count, entry: nil, reason, root: frontier.root)
    }
    return VerificationReport(entries: count, root: frontier.root, fault: nil)
  }

  private func report(
    _ entries: UInt64, entry: UInt64?, _ reason: String, root: Digest? = nil
  ) -> VerificationReport {
    VerificationReport(
      entries: entries, root: root, fault: VerificationReport.Fault(entry: entry, reason: reason))
  }

  // MARK: One entry

  private func check(entry index: Int64, _ frontier: inout TreeFrontier) throws -> Event {
    guard
      let row = try Row.fetchOne(
        db.cachedStatement(sql: "SELECT leaf, hash FROM entry WHERE idx = ?"), arguments: [index])
    else { throw StoreError.corrupt("the entry is missing") }
    let leaf = Array(row["leaf"] as Data)
    let hash = TreeHash.leaf(leaf)
    guard hash.bytes == Array(row["hash"] as Data) else {
      throw StoreError.corrupt("the leaf does not have the hash that was recorded")
    }
    for node in frontier.append(hash) {
      guard
        try StoredNodes(db: db).node(level: node.level, index: node.index) == node.digest
      else {
        throw StoreError.corrupt("the tree has another hash at level \(node.level)")
      }
    }
    guard let json = try? CanonicalJSON(parsing: leaf, requireCanonical: true) else {
      throw StoreError.corrupt("the leaf is not canonical JSON")
    }
    let sealed = try checkSealed(of: index, json)
    if json["kind"]?.string == "order.assessed" { try checkTargets(of: index, json) }
    return try EventCoding.event(json, sealed: sealed) { () throws(StoreError) in
      try Journal.openLines(of: index, in: db)
    }
  }

  /// Checks the sealed values of an entry, and answers them.
  private func checkSealed(
    of index: Int64, _ json: CanonicalJSON
  ) throws -> [String: [UInt8]] {
    let commitments = json["commitments"]?.object ?? CanonicalJSON.Object()
    let rows = try Row.fetchAll(
      db.cachedStatement(sql: "SELECT name, salt, value FROM sealed_field WHERE entry = ?"),
      arguments: [index])
    var sealed: [String: [UInt8]] = [:]
    for row in rows {
      let name: String = row["name"]
      let value = Array(row["value"] as Data)
      sealed[name] = value
      guard let salt = CommitmentSalt(bytes: Array(row["salt"] as Data)),
        commitments[name]?.string == Commitment(to: value, salt: salt).digest.hex
      else { throw StoreError.corrupt("the sealed value \(name) does not open its commitment") }
    }
    for name in commitments.names {
      let isErased = erased.contains(index) && !Erasure.keptNames.contains(name)
      guard (sealed[name] != nil) != isErased else {
        throw StoreError.corrupt(
          "the sealed value \(name) " + (isErased ? "was erased, and is there" : "is missing"))
      }
    }
    return sealed
  }

  private func checkTargets(of index: Int64, _ json: CanonicalJSON) throws {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT position, salt, value FROM target WHERE entry = ? ORDER BY position",
      arguments: [index])
    var tree = TreeFrontier()
    while let row = try rows.next() {
      let position: Int64 = row["position"]
      guard UInt64(position) == tree.size,
        let salt = CommitmentSalt(bytes: Array(row["salt"] as Data))
      else { throw StoreError.corrupt("the targets are not in sequence at \(tree.size)") }
      let target = SealedTargets.Row(salt: salt, value: Array(row["value"] as Data))
      _ = tree.append(target.leaf)
    }
    guard tree.root.hex == json["data"]?["targets_root"]?.string else {
      throw StoreError.corrupt("the targets do not have the root that was recorded")
    }
  }

  // MARK: Around the entries

  private func firstFaultAround(
    _ count: UInt64, _ frontier: TreeFrontier, _ fresh: FreshViews
  ) throws -> String? {
    let checkpoint: VerifiedCheckpoint
    do {
      checkpoint = try journal.checkpoint(in: db)
    } catch {
      return "\(error)"
    }
    guard checkpoint.size == count, checkpoint.root == frontier.root else {
      return "the checkpoint is of another tree (size \(checkpoint.size), not \(count))"
    }
    if let stray = try strayRows(beyond: Int64(count)) { return stray }
    let structure = try String.fetchAll(db, sql: "PRAGMA integrity_check(1)")
    guard structure == ["ok"] else {
      return "the database is damaged: \(structure.first ?? "it says nothing")"
    }
    if let difference = try SchemaCheck.firstDifference(in: db) { return difference }
    return try fresh.firstDifference(from: db)
  }

  private func strayRows(beyond count: Int64) throws -> String? {
    for (table, column) in [("entry", "idx"), ("sealed_field", "entry"), ("target", "entry")] {
      let stray = try Int64.fetchOne(
        db, sql: "SELECT count(*) FROM \(table) WHERE \(column) < 0 OR \(column) >= ?",
        arguments: [count])
      if stray != 0 { return "the table \(table) has rows that belong to no entry" }
    }
    let nodes = try Int64.fetchOne(db, sql: "SELECT count(*) FROM tree_node")
    let expected = (0..<63).reduce(Int64(0)) { $0 + (count >> $1) }
    return nodes == expected
      ? nil : "the tree has \(nodes ?? 0) hashes, and should have \(expected)"
  }
}
