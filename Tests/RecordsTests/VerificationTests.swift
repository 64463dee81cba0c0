import DomainNames
import Enforcement
import Foundation
import GRDB
import Testing
import TransparencyLog

@testable import Records

@Suite("Checking the record") struct VerificationTests {
  /// Something done to the store from outside, and what the check must say.
  struct Damage: Sendable, CustomTestStringConvertible {
    let sql: String
    /// The entry that is named; nil where none is.
    let entry: UInt64?
    let reason: String

    var testDescription: String { sql }
  }

  /// Entry 7 is the order's receipt, 8 its assessment, 9 its confirmation.
  static let damages = [
    Damage(
      sql: "UPDATE entry SET leaf = CAST(leaf || x'20' AS BLOB) WHERE idx = 7", entry: 7,
      reason: "does not have the hash"),
    Damage(
      sql: "UPDATE entry SET hash = zeroblob(32) WHERE idx = 3", entry: 3,
      reason: "does not have the hash"),
    Damage(sql: "DELETE FROM entry WHERE idx = 4", entry: 4, reason: "missing"),
    Damage(sql: "DELETE FROM entry WHERE idx = 9", entry: 9, reason: "missing"),
    Damage(
      sql: "UPDATE tree_node SET hash = zeroblob(32) WHERE level = 0 AND idx = 2", entry: 2,
      reason: "another hash at level 0"),
    Damage(
      sql: "UPDATE tree_node SET hash = zeroblob(32) WHERE level = 1 AND idx = 1", entry: 3,
      reason: "another hash at level 1"),
    Damage(
      sql: "DELETE FROM tree_node WHERE level = 2 AND idx = 0", entry: 3, reason: "lacks the hash"),
    Damage(
      sql: "INSERT INTO tree_node VALUES (5, 9, zeroblob(32))", entry: nil, reason: "hashes"),
    Damage(
      sql: "UPDATE sealed_field SET value = x'2278' WHERE entry = 7 AND name = 'actor'", entry: 7,
      reason: "actor does not open"),
    Damage(
      sql: "UPDATE sealed_field SET salt = zeroblob(32) WHERE entry = 9", entry: 9,
      reason: "does not open"),
    Damage(
      sql: "DELETE FROM sealed_field WHERE entry = 7 AND name = 'contact'", entry: 7,
      reason: "the sealed value contact is missing"),
    Damage(
      sql: "INSERT INTO sealed_field VALUES (7, 'more', zeroblob(32), x'31')", entry: 7,
      reason: "more does not open"),
    Damage(
      sql: "INSERT INTO sealed_field VALUES (99, 'more', zeroblob(32), x'31')", entry: nil,
      reason: "belong to no entry"),
    Damage(
      sql:
        "UPDATE target SET value = CAST(replace(value, 'venue', 'other') AS BLOB) WHERE position = 0",
      entry: 8, reason: "targets"),
    Damage(
      sql: "UPDATE target SET salt = zeroblob(32) WHERE position = 1", entry: 8, reason: "targets"),
    Damage(sql: "DELETE FROM target WHERE position = 0", entry: 8, reason: "targets"),
    Damage(sql: "DELETE FROM target WHERE position = 2", entry: 8, reason: "targets"),
    Damage(
      sql: "INSERT INTO target VALUES (8, 3, zeroblob(32), x'7B7D')", entry: 8, reason: "targets"),
    Damage(
      sql: "INSERT INTO target VALUES (-1, 0, zeroblob(32), x'7B7D')", entry: nil,
      reason: "belong to no entry"),
    Damage(sql: "DELETE FROM checkpoint", entry: nil, reason: "no checkpoint"),
    Damage(
      sql: "UPDATE checkpoint SET note = CAST(replace(note, 'log.example', 'fog.example') AS BLOB)",
      entry: nil,
      reason: "does not verify"),
    Damage(
      sql: "UPDATE view_person SET role = 'administrator' WHERE name = 'axel'", entry: nil,
      reason: "view_person differs"),
    Damage(
      sql: "UPDATE view_person SET token = zeroblob(32) WHERE name = 'axel'", entry: nil,
      reason: "view_person differs"),
    Damage(
      sql: "UPDATE view_order SET body = replace(body, 'in-force', 'revoked')", entry: nil,
      reason: "view_order differs"),
    Damage(
      sql: "UPDATE view_rule SET scope = 'exact'", entry: nil, reason: "view_rule differs"),
    Damage(
      sql: "DELETE FROM view_interval", entry: nil, reason: "view_interval differs"),
    Damage(
      sql: "INSERT INTO view_history VALUES ('o-20180823-1', 1, 'order.revoked')", entry: nil,
      reason: "view_history differs"),
  ]

  @Test(arguments: damages)
  func `every damage is found, and its place`(damage: Damage) async throws {
    let office = try await Office.open()
    var claim = OrderClaim.sample(effective: nil)
    claim.contact = "desk@authority.example"
    _ = try await office.orderInForce(
      try Parcel(
        claim,
        [
          .target(1, "venue.example"), .target(2, "other.example"),
          .target(3, "third.example", .refuse),
        ]))
    let sound = office.journal.verify()
    #expect(sound.verified)
    #expect(sound.entries == 11)
    try office.folder.meddle(damage.sql)
    let report = office.journal.verify()
    #expect(report.fault?.entry == damage.entry)
    #expect(report.fault?.reason.contains(damage.reason) == true, "\(report.fault?.reason ?? "-")")
  }

  @Test func `a record that lost its end tells it, and adds nothing`() async throws {
    let office = try await Office.open()
    let (folder, clock) = (office.folder, office.clock)
    let journal = try await { () async throws -> Journal in
      try folder.meddle(
        """
        DELETE FROM sealed_field WHERE entry = 6; DELETE FROM entry WHERE idx = 6;
        DELETE FROM tree_node WHERE level = 0 AND idx = 6;
        """)
      #expect(office.journal.verify().fault?.entry == 6)
      let copy = try Folder()
      try FileManager.default.copyItem(atPath: folder.path, toPath: copy.path)
      return try Journal.open(copy, clock)
    }()
    #expect(journal.size == 6)
    #expect(!journal.verify().verified)
    await #expect(throws: try #require(journal.fault)) {
      try await journal.perform(
        .addPerson(person("eve"), .auditor, tokenDigest: Office.digest(of: 50)),
        by: Office.administrator)
    }
    #expect(journal.size == 6)
  }

  @Test func `checks beside writers find nothing wrong`() async throws {
    let office = try await Office.open()
    let journal = office.journal
    let parcels = try (0..<60).map { number in try Parcel(.sample("R-\(number)")) }
    let faults = try await withThrowingTaskGroup(of: String?.self) { group in
      for parcel in parcels {
        group.addTask {
          _ = try await journal.receive(parcel)
          return nil
        }
        group.addTask { journal.verify().fault?.reason }
      }
      return try await group.reduce(into: []) { $0 += [$1].compactMap(\.self) }
    }
    #expect(faults == [])
  }
}

@Suite("Proofs") struct ProofTests {
  @Test func `every entry is proved offline, by the bundle's text and the log's key alone`()
    async throws
  {
    let office = try await Office.open()
    for number in 0..<20 {
      _ = try await office.journal.receive(try Parcel(.sample("R-\(number)")))
    }
    let journal = office.journal
    let key = journal.verifierKey
    for index in 0..<journal.size {
      let proof = try journal.prove(index)
      let bundle = try ProofBundle(bytes: Array(proof.bundle.text.utf8))
      #expect(bundle.index == index)
      #expect(try bundle.verify(leaf: TreeHash.leaf(proof.leaf), by: key).size == journal.size)
      var other = proof.leaf
      other[other.count / 2] ^= 1
      #expect(throws: ProofBundleError.self) {
        try bundle.verify(leaf: TreeHash.leaf(other), by: key)
      }
    }
  }

  @Test func `each checkpoint continues every earlier one`() async throws {
    let office = try await Office.open()
    let journal = office.journal
    var checkpoints = [try journal.checkpoint()]
    for number in 0..<12 {
      _ = try await journal.receive(try Parcel(.sample("R-\(number)")))
      let newest = try journal.checkpoint()
      for older in checkpoints {
        try newest.verify(try journal.proveConsistency(from: older.size), from: older)
      }
      checkpoints.append(newest)
    }
    #expect(checkpoints.map(\.size) == (0...12).map { 7 + 2 * $0 })
  }
}
