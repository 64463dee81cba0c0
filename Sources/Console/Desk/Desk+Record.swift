internal import Foundation
internal import Records
internal import TransparencyLog

// MARK: - The record

extension Desk {
  func verifyRecord(_ teller: inout DeskTeller) async throws -> ExitCode {
    let report = journal.verify()
    try await teller.tell(VerifyReply(report))
    return report.verified ? .done : .failed
  }

  func proveEntry(_ text: String, _ teller: inout DeskTeller) async throws {
    guard let index = UInt64(text) else {
      throw DeskFault("\"\(text)\" is no entry: give its number, from 0")
    }
    let proof = try journal.prove(index)
    try await teller.tell(ProofReply(proof, key: journal.verifierKey.description))
  }

  func showCheckpoint(_ teller: inout DeskTeller) async throws {
    let checkpoint = try journal.checkpoint()
    try await teller.tell(
      CheckpointReply(checkpoint, key: journal.verifierKey.description))
  }

  func rebuildViews(_ teller: inout DeskTeller) async throws {
    let wereRight = try journal.rebuildViews()
    try await teller.tell(
      RebuildReply(identical: wereRight, entries: journal.size))
  }
}

/// The answer of `record verify`.
struct VerifyReply: Tellable {
  let verified: Bool
  let entries: UInt64
  let root: String?
  let firstFault: Fault?

  struct Fault: Encodable, Sendable {
    let entry: UInt64?
    let reason: String
  }

  init(_ report: VerificationReport) {
    verified = report.verified
    entries = report.entries
    root = report.root?.base64
    firstFault = report.fault.map { Fault(entry: $0.entry, reason: $0.reason) }
  }

  func text(_ style: TextStyle) -> String {
    guard let firstFault else {
      return style.paint("The record is whole: ", .good)
        + "\(entries) entries, root \(root ?? "")\n"
    }
    let place = firstFault.entry.map { "The first bad entry is \($0)" } ?? "The entries are whole"
    return style.paint("The record is damaged. ", .bad) + "\(place): \(firstFault.reason)\n"
  }
}

/// The answer of `record prove`.
struct ProofReply: Tellable {
  let entry: UInt64
  let leaf: String
  let leafHash: String
  let bundle: String
  let key: String

  init(_ proof: EntryProof, key: String) {
    entry = proof.index
    leaf = String(decoding: proof.leaf, as: UTF8.self)
    leafHash = TreeHash.leaf(proof.leaf).hex
    bundle = proof.bundle.text
    self.key = key
  }

  func text(_ style: TextStyle) -> String {
    style.fields([("entry", "\(entry)"), ("leaf", leaf), ("leaf hash", leafHash), ("key", key)])
      + style.paint("\nProof (c2sp.org/tlog-proof)\n", .strong) + bundle
  }
}

/// The answer of `record checkpoint`.
struct CheckpointReply: Tellable {
  let origin: String
  let size: UInt64
  let root: String
  let note: String
  let key: String

  init(_ checkpoint: VerifiedCheckpoint, key: String) {
    origin = checkpoint.origin
    size = checkpoint.size
    root = checkpoint.root.base64
    note = checkpoint.note.encoded
    self.key = key
  }

  func text(_ style: TextStyle) -> String {
    note + style.paint("\nverifier key  \(key)\n", .faint)
  }
}

/// The answer of `record rebuild`.
struct RebuildReply: Tellable {
  let identical: Bool
  let entries: UInt64

  func text(_ style: TextStyle) -> String {
    "The views were made again from \(entries) entries; "
      + (identical
        ? "they came out as they were.\n"
        : style.paint("they had not been right, and are now.\n", .warning))
  }
}
