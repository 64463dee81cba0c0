internal import Foundation
internal import GRDB
public import TransparencyLog

/// An entry, and the proof that it is on the record.
public struct EntryProof: Sendable {
  /// The number of the entry.
  public let index: UInt64
  /// The leaf as it was hashed: canonical JSON.
  public let leaf: [UInt8]
  /// Index, path and checkpoint in one text that verifies offline (c2sp.org/tlog-proof).
  public let bundle: ProofBundle
  /// The checkpoint that the proof leads to.
  public let checkpoint: VerifiedCheckpoint
}

extension Journal {
  /// The newest checkpoint, verified with the log's own key.
  public func checkpoint() throws(StoreError) -> VerifiedCheckpoint {
    try read { db in try checkpoint(in: db) }
  }

  func checkpoint(in db: Database) throws -> VerifiedCheckpoint {
    try Self.checkpoint(in: db, key: key)
  }

  static func checkpoint(in db: Database, key: NoteSigningKey) throws -> VerifiedCheckpoint {
    guard let note = try Data.fetchOne(db, sql: "SELECT note FROM checkpoint WHERE id = 1") else {
      throw StoreError.corrupt("there is no checkpoint")
    }
    do {
      return try VerifiedCheckpoint(SignedNote(bytes: Array(note)), by: key.verifier)
    } catch {
      throw StoreError.corrupt("the checkpoint does not verify: \(error)")
    }
  }

  /// Proves that an entry is on the record.
  ///
  /// - Parameter index: the number of the entry.
  /// - Returns: the entry with its proof.
  /// - Throws: ``StoreError`` where there is no such entry, or the store is damaged.
  public func prove(_ index: UInt64) throws(StoreError) -> EntryProof {
    try read { db in
      let checkpoint = try checkpoint(in: db)
      guard index < checkpoint.size else {
        throw StoreError.noEntry(index, size: checkpoint.size)
      }
      guard
        let leaf = try Data.fetchOne(
          db, sql: "SELECT leaf FROM entry WHERE idx = ?", arguments: [Int64(index)])
      else { throw StoreError.corrupt("entry \(index) is missing") }
      let proof = try StoredNodes(db: db).inclusionProof(of: index, inTreeOfSize: checkpoint.size)
      do {
        try checkpoint.verify(proof, leaf: TreeHash.leaf(Array(leaf)))
        return EntryProof(
          index: index, leaf: Array(leaf), bundle: try ProofBundle(proof, checkpoint: checkpoint),
          checkpoint: checkpoint)
      } catch {
        throw StoreError.corrupt("entry \(index) cannot be proved: \(error)")
      }
    }
  }

  /// Proves that the record of now continues the record of an earlier size.
  ///
  /// - Parameter size: the earlier size.
  /// - Returns: the proof, for the newest checkpoint.
  /// - Throws: ``StoreError`` where the record was never that large, or is damaged.
  public func proveConsistency(from size: UInt64) throws(StoreError) -> ConsistencyProof {
    try read { db in
      let checkpoint = try checkpoint(in: db)
      guard size <= checkpoint.size else {
        throw StoreError.noEntry(size, size: checkpoint.size)
      }
      return try StoredNodes(db: db).consistencyProof(from: size, to: checkpoint.size)
    }
  }
}
